"""From an approved submission to the document that the record keeps."""

from datetime import datetime
from typing import Any

from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries import effective_endorsements
from prongsai.disclosures.edition import edition_content
from prongsai.organisation.states import Capacity
from prongsai.record.states import CONTENT_ACTIONS


def document(submission: Submission, *, at: datetime) -> dict[str, Any]:
    """The edition (or the statement about one) without number, version and salt: the record adds those."""
    common = {
        "action": submission.action,
        "published_at": at.isoformat(),
        "decided": [
            {"post": each.post_title, "acting": _acting(each), "at": each.at.isoformat()}
            for each in effective_endorsements(submission)
        ],
    }
    if submission.action not in CONTENT_ACTIONS:
        return {
            **common,
            "schema": "prongsai-act-1",
            "explanation": submission.explanation,
            "recall_reason": submission.recall_reason,
            "redirect_number": submission.redirect_number,
        }
    return {
        **edition_content(submission.revision),
        **common,
        "schema": "prongsai-edition-1",
        "change": {"significance": submission.significance, "note": submission.change_note},
    }


def _acting(decision: Decision) -> str:
    """How the post was held, and by which order, when not in one's own right: as official papers say it."""
    if not decision.acting_order:
        return ""
    return f"{Capacity(decision.capacity).label} {decision.acting_order}"
