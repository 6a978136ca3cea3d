"""Screening a disclosure, and deciding what was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.actions.locking import locked
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.states import Stage
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.queries import has_role
from prongsai.organisation.states import RoleCode
from prongsai.screening import queries
from prongsai.screening.models import Finding, FindingDecision, Screening
from prongsai.screening.refusals import SENTENCES, CannotDecideFinding, CannotScreen
from prongsai.screening.rules import (
    decision_blockers,
    findings_in,
    fingerprint,
    keyed,
    rules_version,
)
from prongsai.screening.states import LETS_STAND, Severity, Verdict
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
        _refuse_half_read(row)
        screening = _screen(row, look, by, at)
        if queries.open_findings(screening.revision).exists():
            move_stage(disclosure=row, to=Stage.SCREENING, by=by, at=at)
    return screening


def _refuse_half_read(disclosure: Disclosure) -> None:
    """What a page says that is still being read, nobody has looked for personal data."""
    waiting = pages_waiting(disclosure.latest) if disclosure.latest else 0
    if waiting:
        raise CannotScreen([SENTENCES["still_reading"].format(pages=waiting)])


def screen(*, disclosure: Disclosure, by: Actor, at: datetime) -> Screening:
    """Screens the newest revision by today's rules; once is enough for one revision."""
    look = _look(disclosure, at)
    with locked(disclosure, verb="screen", by=by, at=at) as row:
        return _screen(row, look, by, at)


def _look(disclosure: Disclosure, at: datetime) -> _Look:
    revision = Revision.objects.filter(disclosure=disclosure).order_by("-sequence").first()
    if revision is None or queries.current_screening(revision):
        return _Look(revision)
    return _Look(revision, tuple(_findings(revision, at.astimezone(BANGKOK).date())))


def _screen(disclosure: Disclosure, look: _Look, by: Actor, at: datetime) -> Screening:
    revision = disclosure.latest
    if revision is None:
        raise CannotScreen([SENTENCES["nothing_written"]])
    # Somebody saved between the look and the lock.
    if look.revision != revision:
        look = _look(disclosure, at)
    screening, is_new = Screening.objects.get_or_create(
        revision=revision,
        rules_version=rules_version(),
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
    """What was let stand before, stands again in the same kind of place; the newest decision counts."""
    decided: dict[tuple[str, str], FindingDecision] = {}
    before = FindingDecision.objects.filter(finding__screening__disclosure=disclosure)
    # A later decision about the same datum takes the earlier one's place.
    for decision in before.select_related("finding").order_by("id"):
        decided[decision.finding.fingerprint, decision.finding.place_kind] = decision
    contributors = contributors_since_last_publication(disclosure) if decided else set()
    for finding in found:
        earlier = decided.get((finding.fingerprint, finding.place_kind))
        if earlier is None or earlier.verdict not in LETS_STAND:
            continue
        # Who has worked on the content since then may not be the one who lets anything in it stand.
        if earlier.person_id in contributors:
            continue
        FindingDecision.objects.create(
            finding=finding,
            verdict=earlier.verdict,
            legal_ground=earlier.legal_ground,
            reason=earlier.reason,
            at=at,
            person_id=earlier.person_id,
            post_title=earlier.post_title,
            acting_order=earlier.acting_order,
            earlier=earlier,
        )


def decide_finding(
    *,
    finding: Finding,
    verdict: str,
    reason: str,
    by: Actor,
    at: datetime,
    legal_ground: str = "",
) -> FindingDecision:
    """A screener's reasoned decision. It may be decided anew until the disclosure moves on.

    When all is decided and something is to be removed or redacted, the work goes back to its writers.
    """
    made = FindingDecision(
        finding=finding,
        verdict=verdict,
        legal_ground=legal_ground.strip(),
        reason=reason.strip(),
        at=at,
        person_id=by.person_id or 0,
        post_title=by.post_title,
        acting_order=by.acting_order,
    )
    disclosure = finding.screening.disclosure
    with locked(disclosure, verb="decide_finding", by=by, at=at) as row:
        _refuse(row, made, by)
        made.save(force_insert=True)
        _send_back_if_promised(row, by, at)
        _record_decision(row, made, by)
    return made


def _record_decision(disclosure: Disclosure, made: FindingDecision, by: Actor) -> None:
    finding = made.finding
    record_act(
        by=by,
        at=made.at,
        verb="decide_finding",
        subject=disclosure.subject,
        reason=made.reason,
        details={"finding": finding.pk, "detector": finding.detector, "verdict": str(made.verdict)},
    )


def _refuse(disclosure: Disclosure, made: FindingDecision, by: Actor) -> None:
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    latest = disclosure.latest
    current = queries.current_screening(latest) if latest else None
    day = made.at.astimezone(BANGKOK).date()
    blockers = decision_blockers(
        has_person=person is not None,
        is_screener=person is not None and has_role(person, RoleCode.SCREENER, day),
        is_current=current is not None and made.finding.screening_id == current.pk,
        is_screening=disclosure.stage == Stage.SCREENING,
        has_contributed=by.person_id in contributors_since_last_publication(disclosure),
        verdict=made.verdict if made.verdict in Verdict.values else "",
        reason=made.reason,
        legal_ground=made.legal_ground,
    )
    if blockers:
        raise CannotDecideFinding([SENTENCES[blocker] for blocker in blockers])


def _send_back_if_promised(disclosure: Disclosure, by: Actor, at: datetime) -> None:
    revision = disclosure.latest
    if revision is None or queries.open_findings(revision).exists():
        return
    if queries.findings(revision).promised().exists():
        reason = _("มีข้อความที่ต้องนำออกหรือปิดทับก่อนเผยแพร่")
        move_stage(disclosure=disclosure, to=Stage.WRITING, by=by, at=at, reason=reason)


def take_back(*, disclosure: Disclosure, by: Actor, at: datetime, reason: str) -> None:
    """Back from the screeners to writing, before or after they have decided."""
    with locked(disclosure, verb="take_back_from_screening", by=by, at=at) as row:
        if row.stage != Stage.SCREENING:
            raise CannotScreen([SENTENCES["not_screening"]])
        move_stage(disclosure=row, to=Stage.WRITING, by=by, at=at, reason=reason)
