"""Chains and their versions, bundles, submissions, decisions, and what is circulated afterwards."""

from prongsai.approval.models.bundles import (
    Bundle,
    BundleMember,
    Sending,
)
from prongsai.approval.models.chains import (
    ChainConfirmation,
    ChainVersion,
)
from prongsai.approval.models.submissions import (
    BundleLook,
    Circulation,
    Decision,
    Reminder,
    Submission,
    SubmissionQuerySet,
    Suggestion,
    TimeChange,
)
from prongsai.approval.models.times import TimeAnswer, TimeWish

__all__ = [
    "Bundle",
    "BundleLook",
    "BundleMember",
    "ChainConfirmation",
    "ChainVersion",
    "Circulation",
    "Decision",
    "Reminder",
    "Sending",
    "Submission",
    "SubmissionQuerySet",
    "Suggestion",
    "TimeAnswer",
    "TimeChange",
    "TimeWish",
]
