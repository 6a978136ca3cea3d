"""From an approved submission to the document that the record keeps, and to the text of its files."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pypdfium2 as pdfium

from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries import effective_endorsements
from prongsai.disclosures.edition import edition_content
from prongsai.files.locating import locate
from prongsai.files.models import StoredFile
from prongsai.files.queries import checked_text, path_of, text_pages
from prongsai.files.rules import IMAGES, PDF, PageText
from prongsai.files.structure import blocks_of, may_hold_table
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


def public_text(stored: StoredFile, text_sha256: str) -> list[dict[str, Any]]:
    """The file's text as the record keeps it: each page with its blocks, and by whom and when it was checked.

    What is hidden in the file is decided already, and where it is hidden is nobody else's concern.
    """
    checked = checked_text(stored, text_sha256) if text_sha256 else None
    vouched = {"post": checked.post_title, "at": checked.at.isoformat()} if checked else None
    return [
        _public_page(stored, page) | ({"checked": vouched} if vouched else {})
        for page in text_pages(stored, text_sha256=text_sha256)
    ]


def _public_page(stored: StoredFile, page: PageText) -> dict[str, Any]:
    is_printed = stored.media_type in IMAGES | {PDF}
    blocks = [block.to_json() for block in blocks_of(_placed(stored, page), is_printed=is_printed)]
    return replace(page, hidden=()).to_json() | {"blocks": blocks}


def _placed(stored: StoredFile, page: PageText) -> PageText:
    """With its words where they stand, if that may show a table; a file that cannot be looked at goes out without."""
    if page.words or stored.media_type != PDF or not may_hold_table(page.text):
        return page
    try:
        return replace(page, words=locate(path_of(stored), stored.media_type, page).words())
    except (pdfium.PdfiumError, OSError):
        return page
