"""What a screener decides of findings: one, all of the same datum, or a whole group in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from prongsai.disclosures.actions import Withholding, move_stage
from prongsai.disclosures.actions.locking import locked
from prongsai.disclosures.actions.withholding import close, enter
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.queries import has_role_for
from prongsai.organisation.states import RoleCode
from prongsai.screening import queries
from prongsai.screening.models import Finding, FindingDecision
from prongsai.screening.refusals import SENTENCES, CannotDecideFinding
from prongsai.screening.rules import decision_blockers
from prongsai.screening.states import CHANGES_CONTENT, CHOOSABLE, Scope
from prongsai.screening.verdicts import LONGEST_BASIS
from prongsai.thai.dates import BANGKOK

_BATCH = 500


@dataclass(frozen=True)
class Words:
    """What is said: the verdict, why, on what grounds, and what the register is to say of it."""

    verdict: str
    reason: str
    legal_ground: str = ""
    personal_basis: str = ""
    withholding: Withholding | None = None


def decide_finding(
    *,
    finding: Finding,
    verdict: str,
    reason: str,
    by: Actor,
    at: datetime,
    legal_ground: str = "",
    personal_basis: str = "",
) -> FindingDecision:
    """A screener's reasoned decision of one finding. It may be decided anew until the disclosure moves on."""
    words = Words(verdict, reason, legal_ground, personal_basis)
    made = decide_findings(finding=finding, scope=Scope.ONE, words=words, by=by, at=at)
    return made[0]


def decide_findings(
    *, finding: Finding, scope: str, words: Words, by: Actor, at: datetime
) -> list[FindingDecision]:
    """The decisions made: of `finding`, or of all open ones like it or of its group; all or none, one act.

    The same again by the same person changes nothing. When all is decided and something is to be removed or
    redacted, the work goes back to its writers. A number of questions that does not depend on that of findings.
    """
    disclosure = finding.screening.disclosure
    said = _tidy(words)
    with locked(disclosure, verb="decide_finding", by=by, at=at) as row:
        _refuse(row, finding, said, by, at)
        newest = finding.decisions.order_by("id").last()
        if scope == Scope.ONE and newest is not None and _is_same(newest, said, by):
            return [newest]
        chosen = queries.chosen(finding, scope)
        if not chosen:
            return []
        part = _enter(row, said, by, at)
        made = _add(chosen, said, part, by, at)
        if scope == Scope.ONE and newest is not None and newest.withheld:
            close_if_unused(newest.withheld, by=by, at=at, reason=said.reason)
        send_back_if_promised(row, by, at)
        record_decisions("decide_finding", row, made, by=by)
    return made


def _tidy(words: Words) -> Words:
    return Words(
        verdict=words.verdict if words.verdict in CHOOSABLE else "",
        reason=words.reason.strip(),
        legal_ground=words.legal_ground.strip(),
        personal_basis=words.personal_basis.strip(),
        withholding=words.withholding,
    )


def _is_same(newest: FindingDecision, said: Words, by: Actor) -> bool:
    there = (newest.verdict, newest.reason, newest.legal_ground, newest.personal_basis)
    here = (said.verdict, said.reason, said.legal_ground, said.personal_basis)
    return newest.person_id == by.person_id and newest.confirms_id is None and there == here


def _add(
    chosen: Sequence[Finding], said: Words, part: WithheldPart | None, by: Actor, at: datetime
) -> list[FindingDecision]:
    rows = [
        FindingDecision(
            finding=finding,
            verdict=said.verdict,
            legal_ground=said.legal_ground,
            personal_basis=said.personal_basis,
            reason=said.reason,
            at=at,
            withheld=part,
            **spoken_by(by),
        )
        for finding in chosen
    ]
    return FindingDecision.objects.bulk_create(rows, batch_size=_BATCH)


def spoken_by(by: Actor) -> dict[str, str | int]:
    """Who said it, as columns of a decision."""
    return {
        "person_id": by.person_id or 0,
        "post_title": by.post_title,
        "acting_order": by.acting_order,
    }


def _enter(disclosure: Disclosure, said: Words, by: Actor, at: datetime) -> WithheldPart | None:
    """The line of the register that goes with what is taken out or covered."""
    wanted = said.withholding
    if wanted is None:
        return None
    if said.verdict not in CHANGES_CONTENT:
        raise CannotDecideFinding([SENTENCES["nothing_withheld"]])
    if queries.unspeakable(f"{wanted.part}\n{wanted.reason}"):
        raise CannotDecideFinding([SENTENCES["register_tells_it"]])
    try:
        return enter(disclosure, wanted, by=by, at=at)
    except CannotSave as refusal:
        raise CannotDecideFinding(list(refusal.blockers)) from refusal


def close_if_unused(part: WithheldPart, *, by: Actor, at: datetime, reason: str) -> None:
    """The register may not speak of a part once no decision that counts withholds it."""
    if part.removed_at is None and not queries.withholding(part).exists():
        close(part, by=by, at=at, reason=reason)


def record_decisions(
    verb: str, disclosure: Disclosure, made: Sequence[FindingDecision], *, by: Actor
) -> None:
    """One act, however many findings it is about."""
    first = made[0]
    record_act(
        by=by,
        at=first.at,
        verb=verb,
        subject=disclosure.subject,
        reason=first.reason,
        details={
            "finding": first.finding_id,
            "findings": len(made),
            "detector": first.finding.detector,
            "verdict": str(first.verdict),
        },
    )


def _refuse(disclosure: Disclosure, finding: Finding, said: Words, by: Actor, at: datetime) -> None:
    facts = facts_of(disclosure, finding, by, at)
    blockers = decision_blockers(
        **facts,
        verdict=said.verdict,
        reason=said.reason,
        legal_ground=said.legal_ground,
        is_secret=finding.detector == queries.SECRECY,
    )
    if len(said.personal_basis) > LONGEST_BASIS:
        blockers.append("too_long")
    if blockers:
        raise CannotDecideFinding([SENTENCES[blocker] for blocker in dict.fromkeys(blockers)])


def facts_of(disclosure: Disclosure, finding: Finding, by: Actor, at: datetime) -> dict[str, bool]:
    """What the rules ask of whoever speaks, and of when."""
    person = Person.objects.filter(pk=by.person_id).first() if by.person_id else None
    latest = disclosure.latest
    day = at.astimezone(BANGKOK).date()
    current = queries.current_screening(latest, on=day) if latest else None
    return {
        "has_person": person is not None,
        "is_screener": person is not None
        and has_role_for(
            person, RoleCode.SCREENER, kind=disclosure.kind, unit=disclosure.unit, on=day
        ),
        "is_current": current is not None and finding.screening_id == current.pk,
        "is_screening": disclosure.stage == Stage.SCREENING,
        "has_contributed": by.person_id in contributors_since_last_publication(disclosure),
    }


def send_back_if_promised(disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Once nothing waits for a decision any more, what is to be changed is the writers' to change."""
    revision = disclosure.latest
    day = at.astimezone(BANGKOK).date()
    if revision is None or queries.open_findings(revision, on=day).exists():
        return
    if queries.findings(revision, on=day).promised().exists():
        reason = _("มีข้อความที่ต้องนำออกหรือปิดทับก่อนเผยแพร่")
        move_stage(disclosure=disclosure, to=Stage.WRITING, by=by, at=at, reason=reason)
