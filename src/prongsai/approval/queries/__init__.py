"""What is on its way, what it waits for, and who may move it."""

from prongsai.approval.queries.deciding import deciding, deciding_posts, may_decide, turn_of
from prongsai.approval.queries.inbox import Inbox, inbox
from prongsai.approval.queries.proposing import (
    Route,
    contributors_to,
    proposal,
    route,
    unspeakable_texts,
)
from prongsai.approval.queries.stopping import is_stoppable_by, stopping
from prongsai.approval.queries.submissions import (
    act_of,
    approved_time_of,
    bundle_title,
    change_said,
    contributors,
    contributors_to_bundle,
    current_hash,
    effective_endorsements,
    open_submission,
    posts_concerned,
    public_hash,
    said,
    steps_of,
    submission_content,
    submissions_of,
)
from prongsai.approval.queries.timing import latest_day_of, may_move_time, moving

__all__ = [
    "Inbox",
    "Route",
    "act_of",
    "approved_time_of",
    "bundle_title",
    "change_said",
    "contributors",
    "contributors_to",
    "contributors_to_bundle",
    "current_hash",
    "deciding",
    "deciding_posts",
    "effective_endorsements",
    "inbox",
    "is_stoppable_by",
    "latest_day_of",
    "may_decide",
    "may_move_time",
    "moving",
    "open_submission",
    "posts_concerned",
    "proposal",
    "public_hash",
    "route",
    "said",
    "steps_of",
    "stopping",
    "submission_content",
    "submissions_of",
    "turn_of",
    "unspeakable_texts",
]
