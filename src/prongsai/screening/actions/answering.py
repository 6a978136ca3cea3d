"""What is said of a decision afterwards: a second person agrees or objects, or it is taken back."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from prongsai.disclosures.actions import move_stage
from prongsai.disclosures.actions.locking import locked
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.screening import queries
from prongsai.screening.actions.deciding import (
    close_if_unused,
    facts_of,
    record_decisions,
    send_back_if_promised,
    spoken_by,
)
from prongsai.screening.models import Finding, FindingDecision
from prongsai.screening.refusals import SENTENCES, CannotDecideFinding
from prongsai.screening.states import Scope, SecondWord, Verdict
from prongsai.screening.verdicts import screener_blockers, second_word_blockers

_BATCH = 500


def say_second_word(
    *,
    decision: FindingDecision,
    word: str,
    by: Actor,
    at: datetime,
    reason: str = "",
    scope: str = Scope.ONE,
) -> list[FindingDecision]:
    """Another person agrees with `decision` as they saw it, or objects, and then the finding is open again.

    With the scope of a group it is about all that was decided in the same act. The same again changes nothing.
    """
    finding = decision.finding
    disclosure = finding.screening.disclosure
    with locked(disclosure, verb=_verb(word), by=by, at=at) as row:
        newest = finding.decisions.order_by("id").last()
        if newest is not None and _is_said(newest, decision, word, by):
            return [newest]
        _refuse_second(row, decision, newest, word=word, reason=reason, by=by, at=at)
        made = [_second(each, word, reason.strip(), by, at) for each in _meant(decision, scope)]
        FindingDecision.objects.bulk_create(made, batch_size=_BATCH)
        send_back_if_promised(row, by, at)
        record_decisions(_verb(word), row, made, by=by)
    return made


def _verb(word: str) -> str:
    return "object_to_decision" if word == SecondWord.OBJECT else "confirm_decision"


def _is_said(newest: FindingDecision, seen: FindingDecision, word: str, by: Actor) -> bool:
    if newest.person_id != by.person_id or newest.pk <= seen.pk:
        return False
    is_objection = newest.verdict == Verdict.OBJECTED
    return is_objection if word == SecondWord.OBJECT else newest.confirms_id == seen.pk


def _meant(decision: FindingDecision, scope: str) -> Sequence[FindingDecision]:
    if scope == Scope.ONE:
        return [decision]
    return list(queries.said_together(decision).select_related("finding"))


def _second(
    first: FindingDecision, word: str, reason: str, by: Actor, at: datetime
) -> FindingDecision:
    is_objection = word == SecondWord.OBJECT
    return FindingDecision(
        finding=first.finding,
        verdict=Verdict.OBJECTED if is_objection else first.verdict,
        legal_ground="" if is_objection else first.legal_ground,
        personal_basis="" if is_objection else first.personal_basis,
        confirms=None if is_objection else first,
        reason=reason or _("อ่านแล้วเห็นด้วยกับผู้ตรวจคนแรก"),
        at=at,
        **spoken_by(by),
    )


def _refuse_second(
    disclosure: Disclosure,
    decision: FindingDecision,
    newest: FindingDecision | None,
    *,
    word: str,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    facts = facts_of(disclosure, decision.finding, by, at)
    blockers = screener_blockers(**facts) + second_word_blockers(
        is_known=word in SecondWord.values,
        # Read again under the lock: whoever calls may hold what was true a while ago.
        awaits_second=Finding.objects.get(pk=decision.finding_id).awaits_second,
        is_as_seen=newest is not None and newest.pk == decision.pk,
        is_same_person=decision.person_id == by.person_id,
        lacks_reason=word == SecondWord.OBJECT and not reason.strip(),
    )
    if blockers:
        raise CannotDecideFinding([SENTENCES[blocker] for blocker in blockers])


def withdraw_decision(
    *,
    decision: FindingDecision,
    by: Actor,
    at: datetime,
    reason: str = "",
    scope: str = Scope.ONE,
) -> list[FindingDecision]:
    """Takes a decision back before the work is submitted: the finding is open again, the register as before.

    Work that went back to its writers only because of it, and that nobody has begun to change, comes back too.
    """
    finding = decision.finding
    disclosure = finding.screening.disclosure
    with locked(disclosure, verb="withdraw_decision", by=by, at=at) as row:
        newest = finding.decisions.order_by("id").last()
        if newest is not None and newest.verdict == Verdict.WITHDRAWN and newest.pk > decision.pk:
            return [newest]
        _refuse_withdrawal(row, decision, newest, by, at)
        taken = _meant(decision, scope)
        why = reason.strip() or _("ถอนเพื่อพิจารณาใหม่")
        made = [_withdrawal(each.finding, why, by, at) for each in taken]
        FindingDecision.objects.bulk_create(made, batch_size=_BATCH)
        if decision.withheld:
            close_if_unused(decision.withheld, by=by, at=at, reason=why)
        _bring_back(row, by, at, why)
        record_decisions("withdraw_decision", row, made, by=by)
    return made


def _withdrawal(finding: Finding, reason: str, by: Actor, at: datetime) -> FindingDecision:
    return FindingDecision(
        finding=finding, verdict=Verdict.WITHDRAWN, reason=reason, at=at, **spoken_by(by)
    )


def _refuse_withdrawal(
    disclosure: Disclosure,
    decision: FindingDecision,
    newest: FindingDecision | None,
    by: Actor,
    at: datetime,
) -> None:
    facts = facts_of(disclosure, decision.finding, by, at)
    facts["is_screening"] = disclosure.stage in (Stage.SCREENING, Stage.WRITING)
    blockers = screener_blockers(**facts)
    if newest is None or newest.pk != decision.pk:
        blockers.append("not_newest")
    if blockers:
        raise CannotDecideFinding([SENTENCES[blocker] for blocker in blockers])


def _bring_back(disclosure: Disclosure, by: Actor, at: datetime, reason: str) -> None:
    """To the screeners, unless somebody has begun to write: they will send it when they are done."""
    if disclosure.stage == Stage.WRITING and not disclosure.working_copies.exists():
        move_stage(disclosure=disclosure, to=Stage.SCREENING, by=by, at=at, reason=reason)
