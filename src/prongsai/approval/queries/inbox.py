"""What waits for a person today."""

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from prongsai.approval import rules
from prongsai.approval.models import Submission
from prongsai.approval.queries.submissions import said
from prongsai.approval.states import SubmissionState, Urgency
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.queries import posts_held
from prongsai.organisation.states import RoleCode
from prongsai.screening.queries import to_screen

SENT_BACK = frozenset({SubmissionState.REMANDED, SubmissionState.REFUSED, SubmissionState.STOPPED})


@dataclass(frozen=True)
class Inbox:
    """Disclosures to write and to screen; submissions to decide and that came back."""

    to_write: tuple[Disclosure, ...] = ()
    to_screen: tuple[Disclosure, ...] = ()
    to_decide: tuple[Submission, ...] = ()
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
    officer_units: frozenset[int]
    approving_posts: frozenset[str]
    roles: frozenset[str]


def inbox(person: Person, on: date) -> Inbox:
    """Six questions to the database, however much waits; fewer for those with fewer roles."""
    standing = _standing(person, on)
    writing = _writing(standing)
    back = {submission.disclosure_id: submission for submission in _sent_back(writing)}
    return Inbox(
        to_write=tuple(each for each in writing if each.pk not in back),
        to_screen=_to_screen(standing),
        to_decide=_to_decide(standing),
        sent_back=tuple(back.values()),
    )


def _standing(person: Person, on: date) -> _Standing:
    held = posts_held(person, on)
    codes = {appointment: _role_codes(appointment) for appointment in held}
    return _Standing(
        person=person,
        on=on,
        officer_units=frozenset(
            each.post.unit_id for each in held if RoleCode.OFFICER in codes[each]
        ),
        approving_posts=frozenset(
            each.post.code for each in held if RoleCode.APPROVER in codes[each]
        ),
        roles=frozenset().union(*codes.values()),
    )


def _role_codes(appointment: Appointment) -> frozenset[str]:
    return frozenset(role.code for role in appointment.post.roles.all())


def _writing(standing: _Standing) -> list[Disclosure]:
    """Drafts of the person's units; of other units only what a webmaster began.

    What the screeners are done with is the writer's again: it is ready to be sent.
    """
    theirs = Q(unit__in=standing.officer_units)
    if RoleCode.WEBMASTER in standing.roles:
        theirs |= Q(created_by=standing.person)
    elif not standing.officer_units:
        return []
    newest = Submission.objects.filter(disclosure=OuterRef("pk")).order_by("-submitted_at", "-id")
    screened = Q(stage=Stage.SCREENING) & ~Q(pk__in=to_screen(on=standing.on).values("pk"))
    drafts = Disclosure.objects.filter(theirs).filter(Q(stage=Stage.WRITING) | screened)
    rows = drafts.select_related("unit", "latest").order_by("changed_at")
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
    return tuple(to_screen(on=standing.on).select_related("unit", "latest"))


def _to_decide(standing: _Standing) -> tuple[Submission, ...]:
    """Urgent first, then whoever has waited longest. Own work is not shown: it cannot be decided."""
    if not standing.approving_posts:
        return ()
    rows = Submission.objects.filter(state=SubmissionState.UNDER_WAY)
    rows = rows.select_related("disclosure__unit", "submitted_by").prefetch_related("decisions")
    mine = [each for each in rows if _waits_for(each, standing)]
    return tuple(sorted(mine, key=lambda each: (each.urgency != Urgency.URGENT, each.submitted_at)))


def _waits_for(submission: Submission, standing: _Standing) -> bool:
    posts = standing.approving_posts.intersection(submission.steps[submission.step]["posts"])
    counting = rules.effective(said(submission.decisions.all()))
    spoken = {each.post for each in counting if each.step == submission.step}
    has_decided = any(each.person == standing.person.pk for each in counting)
    # The snapshot is enough for a list; the decision itself asks again who contributed.
    is_own = standing.person.pk in submission.contributors
    return bool(posts - spoken) and not has_decided and not is_own
