"""Until when something approved may be put off, and by whom."""

from dataclasses import replace
from datetime import date, datetime

from django.db.models import F
from django.utils.timezone import localdate

from prongsai.approval import rules, timing
from prongsai.approval.models import Submission, TimeWish
from prongsai.approval.queries.proposing import head_posts, is_author
from prongsai.approval.queries.submissions import approved_time_of, bundle_title
from prongsai.approval.states import SubmissionState, TimeBlocker
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import held_by, is_in_scope
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode


def moving(
    submission: Submission, *, wanted: datetime, reason: str, by: Actor, at: datetime
) -> list[Blocker]:
    """Every reason why `by` cannot give it this time now; none means they may."""
    may_move = may_move_time(submission, by, on=localdate(at))
    case = _moving(submission, wanted, reason, may_move=may_move)
    return timing.time_blockers(case, at=at)


def asking(
    submission: Submission, *, wanted: datetime, reason: str, by: Actor, at: datetime
) -> list[Blocker]:
    """Every reason why `by` cannot ask for this time now."""
    may_ask = may_ask_for_time(submission, by, on=localdate(at))
    case = _moving(submission, wanted, reason, may_move=may_ask)
    return timing.time_blockers(replace(case, refused_as=TimeBlocker.NOT_WRITERS), at=at)


def _moving(
    submission: Submission, wanted: datetime, reason: str, *, may_move: bool
) -> timing.Moving:
    return timing.Moving(
        state=submission.state,
        state_label=str(SubmissionState(submission.state).label),
        present=submission.publish_after,
        approved=approved_time_of(submission),
        wanted=wanted,
        latest=latest_day_of(submission),
        may_move=may_move,
        reason=reason,
        bundle=bundle_title(submission) or "",
    )


def answering(
    wish: TimeWish, *, is_agreed: bool, reason: str, by: Actor, at: datetime
) -> list[Blocker]:
    """Every reason why `by` cannot say this to the wish now."""
    case = timing.Answering(
        is_open=open_wish(wish.submission) == wish,
        is_asker=wish.person_id == by.person_id,
        is_last_approver=is_last_approver(wish.submission, by, on=localdate(at)),
        is_agreed=is_agreed,
        reason=reason,
    )
    return timing.answer_blockers(case)


def open_wish(submission: Submission) -> TimeWish | None:
    """The newest wish, while nobody has answered and the submission still waits for the time that it is about."""
    wishes = list(submission.time_wishes.all())
    if not wishes or hasattr(wishes[-1], "answer"):
        return None
    wish = wishes[-1]
    # Moved away and back, it waits for that time by somebody's other word.
    if any(each.at > wish.at for each in submission.time_changes.all()):
        return None
    is_waiting = submission.state == SubmissionState.APPROVED
    return wish if is_waiting and submission.publish_after == wish.before_at else None


def open_wishes(*, at: datetime) -> list[TimeWish]:
    """Of all submissions that wait, those whose time can still come; the oldest first."""
    rows = TimeWish.objects.filter(
        answer=None,
        after_at__gt=at,
        submission__state=SubmissionState.APPROVED,
        submission__publish_after=F("before_at"),
    )
    rows = rows.select_related("submission__disclosure__unit", "person").order_by("id")
    said = rows.prefetch_related("submission__time_wishes__answer", "submission__time_changes")
    return [each for each in said if open_wish(each.submission) == each]


def may_ask_for_time(submission: Submission, by: Actor, *, on: date) -> bool:
    """Whoever sent it, and whoever may write it."""
    is_sender = by.person_id is not None and by.person_id == submission.submitted_by_id
    return is_sender or is_author(by, submission.disclosure, on=on)


def is_last_approver(submission: Submission, by: Actor, *, on: date) -> bool:
    """Posts of its last step; an order must reach so far."""
    return _holds_one_of(submission, by, set(submission.steps[-1]["posts"]), on=on)


def may_move_time(submission: Submission, by: Actor, *, on: date) -> bool:
    """Posts of its last step, and the heads of the unit whose it is."""
    posts = {*submission.steps[-1]["posts"], *head_posts(submission.disclosure.unit)}
    return _holds_one_of(submission, by, posts, on=on)


def _holds_one_of(submission: Submission, by: Actor, posts: set[str], *, on: date) -> bool:
    disclosure = submission.disclosure
    held = held_by(by, on=on).filter(post__code__in=posts, post__roles__code=RoleCode.APPROVER)
    return any(is_in_scope(each, disclosure.kind, disclosure.unit) for each in held)


def latest_day_of(submission: Submission) -> date | None:
    if not rules.carries_content(submission.action):
        return None
    content = submission.revision.content
    ends = content.get("expires_date")
    return timing.latest_day(
        date.fromisoformat(ends) if ends else None, content.get("minimum_posting_days")
    )
