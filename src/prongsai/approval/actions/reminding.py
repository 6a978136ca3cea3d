"""Says that a step is due or late: to its posts on each working day, to the post above once."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from prongsai.approval.models import Reminder, Submission
from prongsai.approval.queries.deadlines import Deadline, deadline, silent_posts
from prongsai.approval.states import ReminderCause, SubmissionState
from prongsai.organisation.holidays import holidays_from
from prongsai.organisation.queries import posts_above, posts_with_holders
from prongsai.organisation.rules import is_working_day


def remind(*, at: datetime) -> int:
    """How many reminders were added; a second call on the same day adds none.

    The machine does this by itself, so that nothing of it goes into the trail of acts: the rows are the trail.
    """
    on = localdate(at)
    if not is_working_day(on, holidays_from(on, settings.HOLIDAYS_FILE)):
        return 0
    rows = Submission.objects.leading().filter(state=SubmissionState.UNDER_WAY).order_by("id")
    wanted = [
        reminder
        for submission in rows.prefetch_related("decisions")
        for reminder in _reminders(submission, on, at)
    ]
    return _add(wanted)


@transaction.atomic
def _add(wanted: Iterable[Reminder]) -> int:
    by_key = {each.key: each for each in wanted}
    there = set(Reminder.objects.filter(key__in=by_key).values_list("key", flat=True))
    new = [each for key, each in by_key.items() if key not in there]
    for reminder in new:
        reminder.save(force_insert=True)
    return len(new)


def _reminders(submission: Submission, on: date, at: datetime) -> Iterable[Reminder]:
    due = deadline(submission, on=on)
    if due is None or on < due.due_date:
        return
    cause = ReminderCause.LATE if due.days_late else ReminderCause.DUE
    silent = silent_posts(submission)
    for post in silent:
        yield _reminder(submission, due, cause, post, at, day=on.isoformat())
    if due.days_late:
        for post in _posts_above(silent, on):
            yield _reminder(submission, due, ReminderCause.ESCALATED, post, at, day="")


def _posts_above(posts: Iterable[str], on: date) -> list[str]:
    """The nearest post above each that somebody holds."""
    above, held = posts_above(), posts_with_holders(on)
    found = (next((one for one in above.get(post, ()) if one in held), "") for post in posts)
    return [post for post in dict.fromkeys(found) if post]


def _reminder(
    submission: Submission,
    due: Deadline,
    cause: ReminderCause,
    post: str,
    at: datetime,
    *,
    day: str,
) -> Reminder:
    place = f"{submission.ref}/{submission.round}.{submission.step}"
    return Reminder(
        key=f"{place}/{cause}/{post}/{day}",
        submission=submission,
        cause=cause,
        post_code=post,
        step=submission.step,
        due_date=due.due_date,
        at=at,
    )
