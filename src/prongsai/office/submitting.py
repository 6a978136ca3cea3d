"""What is shown before something is sent: which way it would go, who holds the posts today, what stands against it."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict

from prongsai.approval.models import Submission
from prongsai.approval.queries import (
    contributors_to,
    is_last_approver,
    may_move_time,
    route,
    stopping,
)
from prongsai.approval.rules import stop_blockers
from prongsai.approval.states import SubmissionState, Urgency
from prongsai.disclosures.kinds import missing_fields
from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import Desk, roles_of
from prongsai.office.forms import CoverForm, SubmissionForm
from prongsai.office.lists import ChainStep, chain_steps
from prongsai.office.verbs import ASKED
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post, Unit
from prongsai.organisation.queries import actor_by, is_in_scope
from prongsai.organisation.states import RoleCode, UnitLevel
from prongsai.record.states import CONTENT_ACTIONS
from prongsai.screening.redacting.queries import unanswered


@dataclass(frozen=True)
class Way:
    """One of the ways that could be chosen, normal or urgent."""

    urgency: str
    label: str
    steps: Sequence[ChainStep]
    blockers: Sequence[str]


def cover_form(disclosure: Disclosure, data: QueryDict | None = None) -> CoverForm:
    """What has to be said of covered files before the work is sent."""
    parts = list(disclosure.withheld_parts.present())
    return CoverForm(data, covered=unanswered(disclosure), parts=parts)


def submission_screen(
    disclosure: Disclosure,
    form: SubmissionForm,
    *,
    action: str,
    desk: Desk,
    covers: CoverForm | None = None,
) -> dict[str, Any]:
    """Everything that `submitting/submit.html` takes."""
    carries_content = action in CONTENT_ACTIONS and disclosure.latest is not None
    content = disclosure.latest.content if disclosure.latest else {}
    return {
        "disclosure": disclosure,
        "form": form,
        "action": action,
        "action_label": ASKED[action],
        "ways": ways(disclosure, action=action, desk=desk),
        "missing": missing_fields(content) if carries_content else [],
        "carries_content": carries_content,
        "covers": covers,
    }


def stopper(submission: Submission, desk: Desk, at: datetime) -> Actor | None:
    """As which of their posts somebody may still stop what is approved and waits; None when they may not."""
    held = (actor_by(one) for one in desk.appointments)
    # Whether a reason is given is for the form to ask.
    may = (by for by in held if not stopping(submission, reason="-", by=by, at=at))
    return next(may, None)


def may_stop(submission: Submission, desk: Desk, at: datetime) -> bool:
    """The same answer as `stopper` by what the desk knows already, for lists: no questions to the database."""
    is_last = any(
        held.post.code in submission.steps[-1]["posts"]
        and any(role.code == RoleCode.APPROVER for role in held.post.roles.all())
        and is_in_scope(held, submission.disclosure.kind, submission.disclosure.unit)
        for held in desk.appointments
    )
    blockers = stop_blockers(
        state=submission.state,
        state_label="",
        publish_after=submission.publish_after,
        at=at,
        is_theirs=is_last or submission.submitted_by_id == desk.person.pk,
        reason="-",
    )
    return not blockers


def mover(submission: Submission, desk: Desk) -> Actor | None:
    """As which of their posts somebody may put off what is approved and waits; None when they may not."""
    held = (actor_by(one) for one in desk.appointments)
    return next((by for by in held if may_move_time(submission, by, on=desk.on)), None)


def may_ask_for_time(submission: Submission, desk: Desk) -> bool:
    """Whether they may ask that it be put off, by what the desk knows already."""
    if submission.state != SubmissionState.APPROVED:
        return False
    is_sender = submission.submitted_by_id == desk.person.pk
    is_helper = RoleCode.WEBMASTER in desk.roles
    return is_sender or is_helper or submission.disclosure.unit.code in desk.writing_units


def answers_for(submission: Submission, desk: Desk) -> bool:
    """Whether they hold a post of its last step, and an order reaches so far."""
    within = desk.reaching(submission.disclosure.kind, submission.disclosure.unit).appointments
    return any(
        held.post.code in submission.steps[-1]["posts"] and RoleCode.APPROVER in roles_of(held)
        for held in within
    )


def answerer(submission: Submission, desk: Desk) -> Actor | None:
    """As which of their posts somebody may answer what a writer asks of the time; None when they may not."""
    held = (actor_by(one) for one in desk.appointments)
    return next((by for by in held if is_last_approver(submission, by, on=desk.on)), None)


def led_units(desk: Desk) -> frozenset[int]:
    """Units whose highest approving post they hold; one question to the database."""
    held = {each.post_id for each in desk.appointments}
    units = {each.post.unit_id for each in desk.appointments}
    posts = Post.objects.filter(unit__in=units, roles__code=RoleCode.APPROVER)
    first: dict[int, int] = {}
    for pk, unit in posts.order_by("rank", "code").values_list("pk", "unit_id"):
        first.setdefault(unit, pk)
    return frozenset(unit for unit, pk in first.items() if pk in held)


def may_put_off(submission: Submission, desk: Desk, led: AbstractSet[int]) -> bool:
    """The same answer as `mover` by what the desk knows already; `led` are their `led_units`."""
    if submission.state != SubmissionState.APPROVED:
        return False
    unit = submission.disclosure.unit
    within = desk.reaching(submission.disclosure.kind, unit).appointments
    approving = [held for held in within if RoleCode.APPROVER in roles_of(held)]
    line = {each.pk for each in _line(unit) if each.level != UnitLevel.MUNICIPALITY}
    return any(
        held.post.code in submission.steps[-1]["posts"] or held.post.unit_id in line & led
        for held in approving
    )


def _line(unit: Unit) -> Iterator[Unit]:
    above: Unit | None = unit
    while above is not None:
        yield above
        above = above.parent


def ways(disclosure: Disclosure, *, action: str, desk: Desk) -> list[Way]:
    """Normal and urgent, with the people of today."""
    return [_way(disclosure, urgency, action=action, desk=desk) for urgency in Urgency]


def _way(disclosure: Disclosure, urgency: Urgency, *, action: str, desk: Desk) -> Way:
    by = desk.actor_with(RoleCode.OFFICER)
    excluded = contributors_to(disclosure, action=action, by=by)
    found = route(disclosure, action=action, urgency=urgency, excluded=excluded, on=desk.on)
    rows = [step.to_json() for step in found.steps]
    return Way(
        urgency=urgency,
        label=str(urgency.label),
        steps=chain_steps(rows, on=desk.on, at_step=-1),
        blockers=[str(blocker) for blocker in found.blockers],
    )
