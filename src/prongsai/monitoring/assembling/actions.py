"""A pack is asked for, called off, made, and thrown away. The office asks; the worker does the rest."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from prongsai.monitoring.assembling.files import clear, pack_path, step_path
from prongsai.monitoring.assembling.making import Outcome
from prongsai.monitoring.assembling.states import PackProblem, PackState
from prongsai.monitoring.models import EvidencePack
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.record.models import Entry
from prongsai.record.queries import head
from prongsai.record.states import Action

MOST_ATTEMPTS = 3
KEPT_FOR = timedelta(days=1)


@transaction.atomic
def ask_for_pack(*, instrument: str, by: Actor, at: datetime) -> EvidencePack:
    """The one that is under way, if there is one: asking twice makes one pack."""
    there = EvidencePack.objects.filter(instrument_key=instrument, state=PackState.ASKED).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            pack = EvidencePack.objects.create(
                instrument_key=instrument, asked_at=at, asked_by_id=by.person_id
            )
    except IntegrityError:
        # Somebody else's click came between the question and the row.
        return EvidencePack.objects.get(instrument_key=instrument, state=PackState.ASKED)
    record_act(by=by, at=at, verb="ask_for_pack", subject=_subject(pack))
    return pack


@transaction.atomic
def call_off_pack(*, pack: EvidencePack, by: Actor, at: datetime) -> None:
    """What is finished stays as it is."""
    asked = EvidencePack.objects.filter(pk=pack.pk, state=PackState.ASKED)
    if asked.update(state=PackState.CALLED_OFF, finished_at=at):
        record_act(by=by, at=at, verb="call_off_pack", subject=_subject(pack))
    # Whoever is at it finds that its step is gone, and stops.
    step_path(pack.ref).unlink(missing_ok=True)


def begin_pack(*, pack: EvidencePack, at: datetime) -> bool:
    """Counted before it is tried: what has killed its maker three times is not tried a fourth time."""
    if pack.attempts >= MOST_ATTEMPTS:
        fail_pack(pack=pack, problem=PackProblem.ENDED, at=at)
        return False
    asked = EvidencePack.objects.filter(pk=pack.pk, state=PackState.ASKED)
    return bool(asked.update(attempts=F("attempts") + 1, seq=head()))


def finish_pack(*, pack: EvidencePack, outcome: Outcome, at: datetime) -> None:
    """One that was called off meanwhile is thrown away."""
    asked = EvidencePack.objects.filter(pk=pack.pk, state=PackState.ASKED)
    is_kept = asked.update(
        state=PackState.READY,
        finished_at=at,
        troubles=[asdict(each) for each in outcome.troubles],
        pages=outcome.pages,
        pictures=outcome.pictures,
    )
    if not is_kept:
        clear(pack.ref)
    step_path(pack.ref).unlink(missing_ok=True)


def fail_pack(*, pack: EvidencePack, problem: PackProblem, at: datetime) -> None:
    asked = EvidencePack.objects.filter(pk=pack.pk, state=PackState.ASKED)
    asked.update(state=PackState.FAILED, problem=problem, finished_at=at)
    clear(pack.ref)


def throw_away_packs(*, at: datetime) -> int:
    """Those that are a day old, and those over which a recall has come since; answers how many."""
    ready = EvidencePack.objects.filter(state=PackState.READY)
    gone = [(pack, problem) for pack in ready if (problem := end_of(pack, at=at))]
    for pack, problem in gone:
        clear(pack.ref)
        EvidencePack.objects.filter(pk=pack.pk).update(state=PackState.GONE, problem=problem)
    return len(gone)


def end_of(pack: EvidencePack, *, at: datetime) -> PackProblem | None:
    """Why a pack that is ready is not given out any more. What was recalled may stand in its pictures."""
    recalls = Entry.objects.filter(seq__gt=pack.seq, action=Action.RECALLED)
    if recalls.exists():
        return PackProblem.RECALLED
    is_old = pack.finished_at is None or pack.finished_at <= at - KEPT_FOR
    return PackProblem.TOO_OLD if is_old or not pack_path(pack.ref).is_file() else None


def next_packs() -> Iterable[EvidencePack]:
    """In the order in which they were asked for; what a dead worker had begun is still asked for."""
    return EvidencePack.objects.filter(state=PackState.ASKED).order_by("pk")


def newest_pack(instrument: str) -> EvidencePack | None:
    return EvidencePack.objects.filter(instrument_key=instrument).first()


def _subject(pack: EvidencePack) -> str:
    return f"pack:{pack.instrument_key}"
