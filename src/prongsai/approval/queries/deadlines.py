"""Until when a step is to be decided, in working days, and what is late."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.timezone import localdate

from prongsai.approval.chains import Step
from prongsai.approval.models import Decision, Reminder, Submission
from prongsai.approval.queries.submissions import said, steps_of
from prongsai.approval.states import ReminderCause, SubmissionState, Verdict
from prongsai.approval.walking import effective
from prongsai.organisation.holidays import holidays_from
from prongsai.organisation.rules import working_days_after, working_days_late


@dataclass(frozen=True)
class Deadline:
    """The last day for the present step, and how many working days have passed since; 0 until then."""

    due_date: date
    days_late: int


def deadline(submission: Submission, *, on: date) -> Deadline | None:
    """None where the step has no deadline, or nothing is to be decided any more."""
    days = steps_of(submission)[submission.step].days
    if not days or submission.arrived_at is None or submission.state != SubmissionState.UNDER_WAY:
        return None
    arrived = localdate(submission.arrived_at)
    holidays = holidays_from(arrived, settings.HOLIDAYS_FILE)
    due = working_days_after(arrived, days, holidays)
    return Deadline(due, working_days_late(due, on, holidays))


def words_of_their_step() -> QuerySet[Decision]:
    """For lists of submissions: of all decisions only those by which `silent_posts` changes."""
    # A remand undoes words of steps before its own; endorsements of other steps say nothing of this one.
    return Decision.objects.filter(Q(step=F("submission__step")) | ~Q(verdict=Verdict.ENDORSE))


def silent_posts(submission: Submission) -> list[str]:
    """Seats of the present step that have not spoken."""
    step = Step.from_json(submission.steps[submission.step])
    counting = effective(said(submission.decisions.all()))
    spoken = {step.seat_of(each.post) for each in counting if each.step == submission.step}
    return [seat for seat in step.seats if seat not in spoken]


def escalated_to(posts: frozenset[str]) -> QuerySet[Reminder]:
    """What is late at posts below these, and still stands where it was late; oldest first."""
    rows = Reminder.objects.filter(cause=ReminderCause.ESCALATED, post_code__in=posts)
    rows = rows.filter(submission__state=SubmissionState.UNDER_WAY, submission__step=F("step"))
    related = ("submission__disclosure__unit", "submission__sending__bundle__unit")
    return rows.select_related(*related).order_by("id")
