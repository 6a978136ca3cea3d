"""What waits for a person today."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import OuterRef, Q, QuerySet, Subquery

from prongsai.approval.chains import Step
from prongsai.approval.models import Circulation, Reminder, Submission
from prongsai.approval.queries.deadlines import escalated_to
from prongsai.approval.queries.submissions import said, steps_of
from prongsai.approval.states import Passing, SubmissionState, Urgency
from prongsai.approval.walking import Said, effective, turn
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.queries import (
    held_appointments,
    is_in_scope,
    posts_held,
    posts_reaching,
)
from prongsai.organisation.states import RoleCode
from prongsai.screening.queries import to_screen

SENT_BACK = frozenset({SubmissionState.REMANDED, SubmissionState.REFUSED, SubmissionState.STOPPED})


@dataclass(frozen=True)
class Inbox:
    """Disclosures to write and to screen; submissions to decide and that came back."""

    to_write: tuple[Disclosure, ...] = ()
    to_screen: tuple[Disclosure, ...] = ()
    to_decide: tuple[Submission, ...] = ()
    to_acknowledge: tuple[Circulation, ...] = ()
    late_below: tuple[Reminder, ...] = ()
    sent_back: tuple[Submission, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in vars(self).items()}

    @property
    def count(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class _Standing:
    """What the posts held today let somebody do."""

    person: Person
    on: date
    writes: Q
    approving_posts: frozenset[str]
    roles: frozenset[str]
    held: tuple[Appointment, ...] = ()


def inbox(person: Person, on: date, *, held: Sequence[Appointment] | None = None) -> Inbox:
    """Ten questions to the database, however much waits; fewer for those with fewer roles.

    `held` are the posts of that day with their roles, where they are known already.
    """
    standing = _standing(person, on, posts_held(person, on) if held is None else held)
    writing = _writing(standing)
    back = {submission.disclosure_id: submission for submission in _sent_back(writing)}
    return Inbox(
        to_write=tuple(each for each in writing if each.pk not in back),
        to_screen=_to_screen(standing),
        to_decide=_to_decide(standing, on),
        to_acknowledge=tuple(to_acknowledge(standing.held)),
        late_below=_late_below(standing),
        sent_back=tuple(back.values()),
    )


def _standing(person: Person, on: date, held: Sequence[Appointment]) -> _Standing:
    codes = {appointment: _role_codes(appointment) for appointment in held}
    return _Standing(
        person=person,
        on=on,
        writes=_of_their_units(each for each in held if RoleCode.OFFICER in codes[each]),
        approving_posts=frozenset(
            each.post.code for each in held if RoleCode.APPROVER in codes[each]
        ),
        roles=frozenset().union(*codes.values()),
        held=tuple(held),
    )


def _role_codes(appointment: Appointment) -> frozenset[str]:
    return frozenset(role.code for role in appointment.post.roles.all())


def _of_their_units(officers: Iterable[Appointment]) -> Q:
    """What these appointments write, as far as each reaches; an empty Q where there is none."""
    found = Q()
    for each in officers:
        unit = each.post.unit
        if is_in_scope(each, next(iter(each.scope_kinds), ""), unit):
            kinds = {"kind__in": each.scope_kinds} if each.scope_kinds else {}
            found |= Q(unit=unit, **kinds)
    return found


def _writing(standing: _Standing) -> list[Disclosure]:
    """Drafts of the person's units; of other units only what a webmaster began.

    What the screeners are done with is the writer's again: it is ready to be sent.
    """
    theirs = standing.writes
    if RoleCode.WEBMASTER in standing.roles:
        theirs |= Q(created_by=standing.person)
    elif not theirs:
        return []
    newest = Submission.objects.filter(disclosure=OuterRef("pk")).order_by("-submitted_at", "-id")
    screened = Q(stage=Stage.SCREENING) & ~Q(pk__in=to_screen(on=standing.on).values("pk"))
    drafts = Disclosure.objects.filter(theirs).filter(Q(stage=Stage.WRITING) | screened)
    rows = drafts.select_related("unit", "latest", "table_making").order_by("changed_at")
    return list(rows.annotate(last_submission=Subquery(newest.values("pk")[:1])))


def _sent_back(writing: list[Disclosure]) -> QuerySet[Submission]:
    """The last submissions of these drafts, where they were remanded, refused by the gate, or stopped."""
    last = [each.last_submission for each in writing if each.last_submission]  # type: ignore[attr-defined]  # annotated above
    if not last:
        return Submission.objects.none()
    rows = Submission.objects.filter(pk__in=last, state__in=SENT_BACK)
    return rows.select_related("disclosure__unit", "submitted_by").prefetch_related(
        "decisions__person"
    )


def _to_screen(standing: _Standing) -> tuple[Disclosure, ...]:
    if RoleCode.SCREENER not in standing.roles:
        return ()
    held = [each for each in standing.held if RoleCode.SCREENER in _role_codes(each)]
    rows = to_screen(on=standing.on).select_related("unit", "latest")
    return tuple(each for each in rows if posts_reaching(held, each.kind, each.unit))


def to_acknowledge(held: Sequence[Appointment]) -> list[Circulation]:
    """What was circulated to these posts, as far as they reach, and nobody has acknowledged, oldest first."""
    rows = Circulation.objects.filter(
        acknowledged_at=None, post_code__in={each.post.code for each in held}
    )
    related = ("submission__disclosure__unit", "submission__sending__bundle__unit")
    found = rows.select_related(*related).order_by("id")
    return [each for each in found if each.post_code in _reaching(held, each.submission)]


def _reaching(held: Iterable[Appointment], submission: Submission) -> frozenset[str]:
    return posts_reaching(held, submission.disclosure.kind, submission.disclosure.unit)


def _late_below(standing: _Standing) -> tuple[Reminder, ...]:
    if not standing.approving_posts:
        return ()
    # Two posts of one step may both be late: the submission is shown once.
    rows = escalated_to(standing.approving_posts)
    late = {
        each.submission_id: each
        for each in rows
        if each.post_code in _reaching(standing.held, each.submission)
    }
    return tuple(late.values())


def _to_decide(standing: _Standing, on: date) -> tuple[Submission, ...]:
    """Urgent first, then whoever has waited longest. Own work is not shown: it cannot be decided."""
    if not standing.approving_posts:
        return ()
    rows = Submission.objects.leading().filter(pk__in=_asking(standing.approving_posts))
    related = ("disclosure__unit", "submitted_by", "sending__bundle__unit")
    rows = rows.select_related(*related).prefetch_related("decisions")
    held = held_appointments(on)
    mine = [each for each in rows if _waits_for(each, standing, held)]
    return tuple(sorted(mine, key=lambda each: (each.urgency != Urgency.URGENT, each.submitted_at)))


def _asking(posts: frozenset[str]) -> list[int]:
    """What stands at a step that one of these posts may be asked about, its own or one that it stands in for.

    Read as bare columns: of all that is under way, little waits for one person.
    """
    # Codes are quoted in the JSON.
    named = reduce(or_, (Q(steps__icontains=f'"{code}"') for code in posts))
    rows = Submission.objects.filter(named, state=SubmissionState.UNDER_WAY)
    found = rows.order_by().values_list("pk", "step", "steps")
    return [pk for pk, at_step, steps in found if posts & Step.from_json(steps[at_step]).asked]


def _waits_for(submission: Submission, standing: _Standing, held: Sequence[Appointment]) -> bool:
    counting = effective(said(submission.decisions.all()))
    has_decided = any(each.person == standing.person.pk for each in counting)
    # The snapshot is enough for a list; the decision itself asks again who contributed.
    is_own = standing.person.pk in submission.contributors
    if has_decided or is_own:
        return False
    posts = standing.approving_posts & _reaching(standing.held, submission)
    steps = steps_of(submission)
    there = _reaching(held, submission)
    return any(_is_asked(steps, submission.step, post, there, counting) for post in posts)


def _is_asked(
    steps: Sequence[Step],
    at_step: int,
    post: str,
    held: AbstractSet[str],
    counting: Sequence[Said],
) -> bool:
    """Whether the matter waits for this post. A post that may pull it up is free to, and not asked."""
    speaks = turn(steps, at_step, post, held.__contains__)
    if speaks is None or speaks.passing == Passing.PULLED_UP:
        return False
    step = steps[speaks.step]
    seat = step.seat_of(speaks.for_post or post)
    spoken = {step.seat_of(each.post) for each in counting if each.step == speaks.step}
    return seat not in spoken
