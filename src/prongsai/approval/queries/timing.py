"""Until when something approved may be put off, and by whom."""

from datetime import date, datetime

from django.utils.timezone import localdate

from prongsai.approval import rules, timing
from prongsai.approval.models import Submission
from prongsai.approval.queries.proposing import head_posts
from prongsai.approval.queries.submissions import approved_time_of, bundle_title
from prongsai.approval.states import SubmissionState
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import held_by, is_in_scope
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode


def moving(
    submission: Submission, *, wanted: datetime, reason: str, by: Actor, at: datetime
) -> list[Blocker]:
    """Every reason why `by` cannot give it this time now; none means they may."""
    case = timing.Moving(
        state=submission.state,
        state_label=str(SubmissionState(submission.state).label),
        present=submission.publish_after,
        approved=approved_time_of(submission),
        wanted=wanted,
        latest=latest_day_of(submission),
        may_move=may_move_time(submission, by, on=localdate(at)),
        reason=reason,
        bundle=bundle_title(submission) or "",
    )
    return timing.time_blockers(case, at=at)


def may_move_time(submission: Submission, by: Actor, *, on: date) -> bool:
    """Posts of its last step, and the heads of the unit whose it is; an order must reach so far."""
    disclosure = submission.disclosure
    posts = {*submission.steps[-1]["posts"], *head_posts(disclosure.unit)}
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
