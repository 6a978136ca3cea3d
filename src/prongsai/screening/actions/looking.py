"""Looking through a disclosure, and taking it back from the screeners."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.actions.locking import locked
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.states import Stage
from prongsai.disclosures.tables.slots import lacks_files
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.screening import queries
from prongsai.screening.models import Finding, FindingDecision, Screening
from prongsai.screening.refusals import SENTENCES, CannotScreen
from prongsai.screening.rules import findings_in, fingerprint, keyed, rules_version
from prongsai.screening.states import LETS_STAND, Severity
from prongsai.screening.texts import (
    UnreadFile,
    own,
    pages_waiting,
    placed_texts,
    unread_files,
)
from prongsai.thai.dates import BANGKOK


@dataclass(frozen=True)
class _Look:
    """What one revision holds, found before anything is locked: a long document takes a while."""

    revision: Revision | None
    found: tuple[Finding, ...] = ()


def submit_for_screening(*, disclosure: Disclosure, by: Actor, at: datetime) -> Screening:
    """Screens the newest revision. With something to decide, the work goes to the screeners."""
    look = _look(disclosure, at)
    with locked(disclosure, verb="submit_for_screening", by=by, at=at) as row:
        if row.stage not in (Stage.WRITING, Stage.SCREENING):
            raise CannotScreen([SENTENCES["wrong_stage"]])
        _refuse_names(row)
        _refuse_half_read(row)
        _refuse_half_made(row)
        screening = _screen(row, look, by, at)
        if queries.open_findings(screening.revision, on=_day(at)).exists():
            move_stage(disclosure=row, to=Stage.SCREENING, by=by, at=at)
    return screening


def _refuse_names(disclosure: Disclosure) -> None:
    """Asked before anybody else sees them: whoever writes can mend it alone."""
    refused = queries.refused_file_names(disclosure.latest) if disclosure.latest else []
    if refused:
        raise CannotScreen(refused)


def _refuse_half_read(disclosure: Disclosure) -> None:
    """What a page says that is still being read, nobody has looked for personal data."""
    waiting = pages_waiting(disclosure.latest) if disclosure.latest else 0
    if waiting:
        raise CannotScreen([SENTENCES["still_reading"].format(pages=waiting)])


def _refuse_half_made(disclosure: Disclosure) -> None:
    """What is looked at must be all that could become public."""
    if disclosure.latest and lacks_files(disclosure.latest.content):
        raise CannotScreen([SENTENCES["still_making"]])


def screen(*, disclosure: Disclosure, by: Actor, at: datetime) -> Screening:
    """Screens the newest revision by the rules of the day; once is enough for one revision."""
    look = _look(disclosure, at)
    with locked(disclosure, verb="screen", by=by, at=at) as row:
        return _screen(row, look, by, at)


def _look(disclosure: Disclosure, at: datetime) -> _Look:
    revision = Revision.objects.filter(disclosure=disclosure).order_by("-sequence").first()
    if revision is None or queries.current_screening(revision, on=_day(at)):
        return _Look(revision)
    return _Look(revision, tuple(_findings(revision, _day(at))))


def _day(at: datetime) -> date:
    return at.astimezone(BANGKOK).date()


def _screen(disclosure: Disclosure, look: _Look, by: Actor, at: datetime) -> Screening:
    revision = disclosure.latest
    if revision is None:
        raise CannotScreen([SENTENCES["nothing_written"]])
    # Somebody saved between the look and the lock.
    if look.revision != revision:
        look = _look(disclosure, at)
    screening, is_new = Screening.objects.get_or_create(
        revision=revision,
        rules_version=rules_version(_day(at)),
        defaults={"disclosure": disclosure, "content_hash": revision.content_hash, "at": at},
    )
    if is_new:
        _keep(screening, look.found, by, at)
    return screening


def _keep(screening: Screening, found: tuple[Finding, ...], by: Actor, at: datetime) -> None:
    disclosure = screening.disclosure
    for finding in found:
        finding.screening = screening
    _carry_over(disclosure, Finding.objects.bulk_create(found), at)
    record_act(
        by=by,
        at=at,
        verb="screen",
        subject=disclosure.subject,
        details={"revision": screening.revision.sequence, "findings": len(found)},
    )


def _findings(revision: Revision, day: date) -> Iterator[Finding]:
    key, ours = settings.FINDINGS_KEY, own()
    in_files: set[str] = set()
    for placed in placed_texts(revision):
        for located in findings_in(placed.text, ours, placed.seen, day):
            # The name of an official in duty is no finding.
            if placed.names_officials and located.label == "NAME":
                continue
            mark = fingerprint(key, located, placed.sheet)
            # What the file says too is decided there, once.
            if placed.place.startswith("file_text:") and mark in in_files:
                continue
            if placed.place.startswith("file:"):
                in_files.add(mark)
            yield Finding(
                detector=located.detector,
                label=located.label,
                severity=located.severity,
                place=placed.place,
                page=placed.page,
                start=located.start,
                end=located.end,
                excerpt=located.excerpt,
                fingerprint=mark,
            )
    for unread in unread_files(revision):
        yield _unread_finding(unread, key)


def _unread_finding(unread: UnreadFile, key: str) -> Finding:
    pages = ", ".join(map(str, unread.pages[:30]))
    excerpt = (
        _("ภาพ ซึ่งระบบอ่านไม่ได้")
        if unread.is_picture
        else _("หน้าที่อ่านไม่ได้: {pages}").format(pages=pages)
    )
    return Finding(
        detector=queries.UNREAD,
        severity=Severity.DECIDE,
        place=unread.place,
        page=unread.pages[0] if unread.pages else None,
        start=0,
        end=0,
        excerpt=excerpt,
        fingerprint=keyed(key, f"{queries.UNREAD}|{unread.sha256}"),
    )


def _carry_over(disclosure: Disclosure, found: list[Finding], at: datetime) -> None:
    """What was let stand before, stands again in the same kind of place, by the word of the same people."""
    decided = _newest_words(disclosure) if found else {}
    contributors = contributors_since_last_publication(disclosure) if decided else set()
    words = [
        (finding, newest)
        for finding in found
        if (newest := decided.get((finding.fingerprint, finding.place_kind)))
    ]
    # Who has worked on the content since then may not be the one who lets anything in it stand.
    standing = [
        (_again(newest.confirms or newest, finding, at), newest)
        for finding, newest in words
        if (newest.confirms or newest).person_id not in contributors
    ]
    _enter_again(standing, contributors, at)


def _enter_again(
    standing: Sequence[tuple[FindingDecision, FindingDecision]],
    contributors: AbstractSet[int],
    at: datetime,
) -> None:
    """Each word with the newest one that it repeats, which a second person may have confirmed."""
    firsts = FindingDecision.objects.bulk_create(first for first, _newest in standing)
    FindingDecision.objects.bulk_create(
        _confirmed_again(newest, first, at)
        for first, (_unsaved, newest) in zip(firsts, standing, strict=True)
        if newest.confirms and newest.person_id not in contributors
    )


def _confirmed_again(
    newest: FindingDecision, first: FindingDecision, at: datetime
) -> FindingDecision:
    """The second person's word, which now confirms the first one's new row."""
    second = _again(newest, first.finding, at)
    second.confirms = first
    return second


def _newest_words(disclosure: Disclosure) -> dict[tuple[str, str], FindingDecision]:
    """By datum and kind of place what counts of it: the newest, where that lets it stand."""
    said: dict[tuple[str, str], FindingDecision] = {}
    before = FindingDecision.objects.filter(finding__screening__disclosure=disclosure)
    # A later decision about the same datum takes the earlier one's place.
    for decision in before.select_related("finding", "confirms").order_by("id"):
        said[decision.finding.fingerprint, decision.finding.place_kind] = decision
    return {key: newest for key, newest in said.items() if newest.verdict in LETS_STAND}


def _again(earlier: FindingDecision, finding: Finding, at: datetime) -> FindingDecision:
    return FindingDecision(
        finding=finding,
        verdict=earlier.verdict,
        legal_ground=earlier.legal_ground,
        personal_basis=earlier.personal_basis,
        reason=earlier.reason,
        at=at,
        person_id=earlier.person_id,
        post_title=earlier.post_title,
        acting_order=earlier.acting_order,
        earlier=earlier,
    )


def take_back(*, disclosure: Disclosure, by: Actor, at: datetime, reason: str) -> None:
    """Back from the screeners to writing, before or after they have decided."""
    with locked(disclosure, verb="take_back_from_screening", by=by, at=at) as row:
        if row.stage != Stage.SCREENING:
            raise CannotScreen([SENTENCES["not_screening"]])
        move_stage(disclosure=row, to=Stage.WRITING, by=by, at=at, reason=reason)
