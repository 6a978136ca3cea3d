"""Where a submission stands, and what a post may say of it or of a chain."""

from prongsai.approval.states.chains import (
    ChainBlocker,
    ChainVerdict,
)
from prongsai.approval.states.submissions import (
    OPEN_STATES,
    SUBMITTABLE,
    Cause,
    CirculationBlocker,
    DecisionBlocker,
    Passing,
    ReminderCause,
    StopBlocker,
    SubmissionBlocker,
    SubmissionState,
    SuggestionBlocker,
    TakeBackBlocker,
    TimeBlocker,
    Urgency,
    Verdict,
)

__all__ = [
    "OPEN_STATES",
    "SUBMITTABLE",
    "Cause",
    "ChainBlocker",
    "ChainVerdict",
    "CirculationBlocker",
    "DecisionBlocker",
    "Passing",
    "ReminderCause",
    "StopBlocker",
    "SubmissionBlocker",
    "SubmissionState",
    "SuggestionBlocker",
    "TakeBackBlocker",
    "TimeBlocker",
    "Urgency",
    "Verdict",
]
