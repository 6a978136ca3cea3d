"""Whether something approved may still be stopped, and by whom."""

from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval import rules
from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import held_by, is_in_scope
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode


def stopping(submission: Submission, *, reason: str, by: Actor, at: datetime) -> list[Blocker]:
    """Every reason why `by` cannot stop it now; none means they may."""
    return rules.stop_blockers(
        state=submission.state,
        state_label=str(SubmissionState(submission.state).label),
        publish_after=submission.publish_after,
        at=at,
        is_theirs=is_stoppable_by(submission, by, at),
        reason=reason,
    )


def is_stoppable_by(submission: Submission, by: Actor, at: datetime) -> bool:
    """Its submitter in any post, or whoever holds an approving post of its last step on that day.

    An order to stand in must reach so far.
    """
    held, work = held_by(by, on=localdate(at)), submission.disclosure
    last = held.filter(
        post__code__in=submission.steps[-1]["posts"], post__roles__code=RoleCode.APPROVER
    )
    is_sender = by.person_id == submission.submitted_by_id and held.exists()
    return is_sender or any(is_in_scope(each, work.kind, work.unit) for each in last)
