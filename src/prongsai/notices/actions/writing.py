"""An officer writes a notice, or the next wording of one that is live, and sends it to the director."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from prongsai.disclosures.tidy import line, lines
from prongsai.notices import rules
from prongsai.notices.labels import LABELS
from prongsai.notices.models import TEXTS, Notice, Wording
from prongsai.notices.queries import (
    director_posts,
    directors_beside,
    has_name_of,
    is_over,
    may_write_for,
    rules_of_the_house,
    unit_of,
)
from prongsai.notices.refusals import CannotWrite
from prongsai.notices.states import (
    Category,
    Certainty,
    Message,
    NoticeState,
    Severity,
    Stage,
    Urgency,
    WriteBlocker,
)
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post, Unit
from prongsai.organisation.refusals import Blocker
from prongsai.screening.queries import unspeakable

LONG = ("happened", "to_do", "to_do_en", "impact")
# Duty telephones belong here and are no secret; everywhere else a number may be somebody's own.
NAMES_CONTACTS = "contact"


@dataclass(frozen=True)
class Words:
    """What the form holds, as it was typed."""

    headline: str = ""
    happened: str = ""
    to_do: str = ""
    contact: str = ""
    area: str = ""
    valid_until_at: datetime | None = None
    impact: str = ""
    source: str = ""
    headline_en: str = ""
    to_do_en: str = ""
    category: str = Category.SAFETY
    severity: str = Severity.SEVERE
    urgency: str = Urgency.IMMEDIATE
    certainty: str = Certainty.OBSERVED


def start(*, ref: UUID, is_drill: bool, words: Words, by: Actor, at: datetime) -> Notice:
    """The same `ref` again, by the same person, answers the notice that it made. Raises `CannotWrite`."""
    with refusals_recorded(by=by, at=at, verb="start_notice", subject=f"notice:{ref}"):
        made = Notice.objects.filter(ref=ref, started_by_id=by.person_id).first()
        if made is not None:
            return _written_again(made, words, by, at)
        if has_name_of(ref):
            raise CannotWrite([Blocker(WriteBlocker.NAME_IS_TAKEN)])
        unit = unit_of(by)
        writer = _check_writer(by, unit, on=localdate(at))
        notice = Notice.objects.create(
            ref=ref, is_drill=is_drill, unit=unit, started_at=at, started_by_id=writer
        )
        wording = Wording(notice=notice, version=1, written_at=at, written_by_id=writer)
        _fill(wording, words, by)
        record_act(
            by=by,
            at=at,
            verb="start_notice",
            subject=notice.subject,
            details={"is_drill": is_drill, "headline": wording.headline},
        )
    return notice


def _written_again(notice: Notice, words: Words, by: Actor, at: datetime) -> Notice:
    """The form was sent twice, or somebody went back and changed it: what it says last is what is kept."""
    newest = notice.newest
    if newest is not None and newest.version == 1 and newest.stage == Stage.DRAFT:
        save(wording=newest, words=words, by=by, at=at)
    return notice


def save(*, wording: Wording, words: Words, by: Actor, at: datetime) -> Wording:
    """Raises `CannotWrite`; a wording that went to the director is locked."""
    with refusals_recorded(by=by, at=at, verb="save_notice", subject=wording.notice.subject):
        row = _locked(wording)
        _check_draft(row, by, on=localdate(at))
        _fill(row, words, by)
        record_act(
            by=by,
            at=at,
            verb="save_notice",
            subject=row.notice.subject,
            details={"version": row.version, "hash": row.hash},
        )
    return row


def send_to_director(*, wording: Wording, by: Actor, at: datetime) -> Wording:
    """Raises `CannotWrite` with everything that is missing at once."""
    with refusals_recorded(by=by, at=at, verb="send_notice", subject=wording.notice.subject):
        row = _locked(wording)
        _check_draft(row, by, on=localdate(at))
        row.writers = sorted({*row.writers, by.person_id})
        blockers = [
            *rules.sending_blockers(_writing(row), at=at),
            *_staffing(row, on=localdate(at)),
        ]
        if blockers:
            raise CannotWrite(blockers)
        row.stage, row.submitted_at, row.submitted_by_id = Stage.AWAITING_DIRECTOR, at, by.person_id
        row.remark = ""
        row.save()
        if row.notice.state == NoticeState.DRAFT:
            row.notice.state = NoticeState.AWAITING_DIRECTOR
            row.notice.save(update_fields=["state"])
        details = {"version": row.version, "hash": row.hash}
        record_act(by=by, at=at, verb="send_notice", subject=row.notice.subject, details=details)
    return row


def begin_update(*, notice: Notice, by: Actor, at: datetime) -> Wording:
    """The present wording to be changed; the public goes on reading it meanwhile. Raises `CannotWrite`."""
    with refusals_recorded(by=by, at=at, verb="update_notice", subject=notice.subject):
        row = Notice.objects.select_for_update().select_related("unit").get(pk=notice.pk)
        writer = _check_writer(by, row.unit, on=localdate(at))
        current, newest = row.current, row.newest
        if row.state != NoticeState.LIVE or current is None or newest is None:
            raise CannotWrite([Blocker(WriteBlocker.NOT_LIVE, str(NoticeState(row.state).label))])
        if is_over(row, at=at):
            raise CannotWrite([Blocker(WriteBlocker.NOT_LIVE, str(NoticeState.ENDED.label))])
        if newest.stage != Stage.APPROVED:
            raise CannotWrite([Blocker(WriteBlocker.WORDING_UNDER_WAY)])
        wording = successor(current, Message.UPDATE)
        wording.written_at, wording.written_by_id = at, writer
        wording.save()
        details = {"version": wording.version}
        record_act(by=by, at=at, verb="update_notice", subject=row.subject, details=details)
    return wording


def successor(current: Wording, kind: str) -> Wording:
    """The same words once more, not saved; whoever wrote them is still among its writers."""
    copied = {name: getattr(current, name) for name in (*TEXTS, "impact", "valid_until_at")}
    return Wording(
        notice=current.notice,
        version=current.version + 1,
        predecessor=current,
        kind=kind,
        writers=current.writers,
        **copied,
    )


def _locked(wording: Wording) -> Wording:
    """The notice first, as every verb does, so that two of them wait for each other and never both."""
    Notice.objects.select_for_update().get(pk=wording.notice_id)
    return Wording.objects.select_related("notice__unit").get(pk=wording.pk)


def _check_writer(by: Actor, unit: Unit, *, on: date) -> int:
    """The writer's id; the machine has none, and writes no notice."""
    if by.person_id is None or not may_write_for(by, unit, on=on):
        raise CannotWrite([Blocker(WriteBlocker.NOT_WRITER, by.post_title or by.name)])
    return by.person_id


def _check_draft(row: Wording, by: Actor, *, on: date) -> None:
    _check_writer(by, row.notice.unit, on=on)
    if row.stage != Stage.DRAFT:
        raise CannotWrite([Blocker(WriteBlocker.NOT_DRAFT, str(Stage(row.stage).label))])


def _fill(row: Wording, words: Words, by: Actor) -> None:
    texts = _tidied(words)
    long = [
        Blocker(WriteBlocker.TOO_LONG, str(LABELS[name]))
        for name, most in rules.LIMITS.items()
        if len(texts[name]) > most
    ]
    if long:
        raise CannotWrite(long)
    for name, text in texts.items():
        setattr(row, name, text)
    row.valid_until_at = words.valid_until_at
    row.writers = sorted({*row.writers, by.person_id})
    row.save()


def _tidied(words: Words) -> dict[str, str]:
    """Nothing invisible, no mark that turns the text round; an unknown word of the protocol becomes the usual one."""
    usual = Words()
    texts = {name: value for name, value in asdict(words).items() if name != "valid_until_at"}
    known = {"category": Category, "severity": Severity, "urgency": Urgency, "certainty": Certainty}
    for name, text in texts.items():
        if name in known:
            texts[name] = text if text in known[name].values else getattr(usual, name)
        else:
            texts[name] = lines(text) if name in LONG else line(text)
    return texts


def _writing(row: Wording) -> rules.Writing:
    texts = {name: getattr(row, name) for name in rules.LIMITS}
    spoken = "\n".join(text for name, text in texts.items() if name != NAMES_CONTACTS)
    found = [*unspeakable(spoken), *unspeakable(texts[NAMES_CONTACTS], names_contacts=True)]
    return rules.Writing(
        texts=texts,
        labels={name: str(label) for name, label in LABELS.items()},
        valid_until_at=row.valid_until_at,
        longest=rules_of_the_house().longest(is_drill=row.notice.is_drill),
        unspeakable=tuple(found),
    )


def _staffing(row: Wording, *, on: date) -> list[Blocker]:
    """Better told now than found out while everybody waits."""
    if directors_beside(row.notice.unit, row.writers, on=on):
        return []
    codes = director_posts(row.notice.unit)
    titles = Post.objects.filter(code__in=codes).values_list("title_th", flat=True)
    return [Blocker(WriteBlocker.NO_DIRECTOR, ", ".join(titles) or "–")]
