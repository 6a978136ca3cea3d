"""What becomes of a redaction that was asked for: counted, made, and put into its slot or refused."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F

from prongsai.disclosures.actions import attach, attach_when_clean
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.places import NamedUpload
from prongsai.files.redaction.rules import Problem
from prongsai.files.states import ON_THE_WAY, Derivation, FileState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from prongsai.screening.models import Redaction
from prongsai.screening.redacting.queries import attachment_in, is_table
from prongsai.screening.redacting.refusals import sentence
from prongsai.screening.states import RedactionState
from prongsai.thai.filenames import safe_file_name

MOST_ATTEMPTS = 3


def begin(*, redaction: Redaction, at: datetime) -> bool:
    """Counted before it is tried: what has killed its maker three times is not tried a fourth time."""
    if redaction.attempts >= MOST_ATTEMPTS:
        fail(redaction=redaction, kind="ended", at=at)
        return False
    Redaction.objects.filter(pk=redaction.pk).update(attempts=F("attempts") + 1)
    return True


def fail(*, redaction: Redaction, kind: str, at: datetime) -> None:
    """There is no result: `kind` is a key of `refusals.UNMADE`."""
    _refuse(redaction, [Problem(kind)], at)


def finish(
    *, redaction: Redaction, problems: Sequence[Problem], made: Path, twin: Path, at: datetime
) -> None:
    """Puts the result into the slot in the name of who asked; with a problem it goes nowhere."""
    redaction.refresh_from_db()
    if redaction.state != RedactionState.MAKING:
        return
    left = [one for one in problems if asdict(one) not in redaction.accepted]
    if left:
        _refuse(redaction, left, at)
        return
    try:
        _put_in_place(redaction, made, twin, at)
    except CannotAct as refusal:
        _refuse(redaction, [Problem("not_attached", where=str(refusal))], at)


def _put_in_place(redaction: Redaction, made: Path, twin: Path, at: datetime) -> None:
    by, disclosure = asker(redaction), redaction.disclosure
    lying = attachment_in(disclosure, redaction.slot)
    if lying is None or not _may_replace(redaction, lying.file):
        _refuse(redaction, [Problem("replaced")], at)
        return
    result = _received(redaction, made, _name(redaction), Derivation.REDACTED, by, at)
    if result.state == FileState.REFUSED:
        _refuse(redaction, [Problem("not_attached", where=result.refusal)], at)
        return
    result = _attached(disclosure, result, redaction.slot, lying.label, by, at)
    second = None
    if twin.exists():
        name = _name(redaction).rpartition(".")[0] + ".csv"
        second = _received(redaction, twin, name, Derivation.TWIN, by, at, of=result)
        second = _attached(disclosure, second, "", lying.label, by, at)
    _verified(redaction, result, second, by, at)


def _may_replace(redaction: Redaction, lying: StoredFile) -> bool:
    """The original, or the result that a worker put there before it died."""
    return lying.pk == redaction.original_id or (
        lying.derived_from_id == redaction.original_id and lying.derivation == Derivation.REDACTED
    )


def _attached(
    disclosure: Disclosure, file: StoredFile, slot: str, label: str, by: Actor, at: datetime
) -> StoredFile:
    """What lies in the slot now, which a worker may have put there before it died; or what waits for the scanner."""
    if file.state in ON_THE_WAY:
        attach_when_clean(disclosure=disclosure, file=file, slot=slot, by=by, at=at)
        return file
    return attach(disclosure=disclosure, file=file, slot=slot, label=label, by=by, at=at).file


def _received(
    redaction: Redaction,
    path: Path,
    name: str,
    derivation: str,
    by: Actor,
    at: datetime,
    of: StoredFile | None = None,
) -> StoredFile:
    source = of or redaction.original
    with path.open("rb") as stream:
        upload = NamedUpload(name, stream)
        return receive(upload=upload, by=by, at=at, derived_from=source, derivation=derivation)


def _name(redaction: Redaction) -> str:
    stem, _dot, ending = redaction.original.name.rpartition(".")
    # A table comes out as a book, whatever it was.
    ending = "xlsx" if is_table(redaction.original) else ending
    return safe_file_name(f"{stem or redaction.original.name} (ปิดทับ).{ending}")


def asker(redaction: Redaction) -> Actor:
    asked_by = redaction.asked_by
    return Actor(
        person_id=redaction.asked_by_id,
        name=asked_by.full_name if asked_by else "",
        post_code=redaction.post_code,
        post_title=redaction.post_title,
        capacity=redaction.capacity,
        acting_order=redaction.acting_order,
    )


@transaction.atomic
def _verified(
    redaction: Redaction, result: StoredFile, twin: StoredFile | None, by: Actor, at: datetime
) -> None:
    redaction.state, redaction.finished_at = RedactionState.VERIFIED, at
    redaction.result, redaction.twin = result, twin
    redaction.save(update_fields=["state", "finished_at", "result", "twin"])
    _record(redaction, by, at, Outcome.DONE)


@transaction.atomic
def _refuse(redaction: Redaction, problems: Sequence[Problem], at: datetime) -> None:
    redaction.state, redaction.finished_at = RedactionState.FAILED, at
    redaction.problems = [asdict(one) for one in problems]
    redaction.save(update_fields=["state", "finished_at", "problems"])
    _record(redaction, asker(redaction), at, Outcome.REFUSED)


def _record(redaction: Redaction, by: Actor, at: datetime, outcome: Outcome) -> None:
    record_act(
        by=by,
        at=at,
        verb="redact_file",
        subject=redaction.disclosure.subject,
        outcome=outcome,
        reason=" ".join(sentence(one) for one in redaction.problems),
        details={
            "slot": redaction.slot,
            "redaction": redaction.pk,
            "original": redaction.original.sha256,
            "result": redaction.result.sha256 if redaction.result else "",
            "covers": len(redaction.covers),
        },
    )
