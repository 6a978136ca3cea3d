"""From an approved submission to the document that the record keeps, and to the text of its files."""

import logging
from dataclasses import replace
from datetime import datetime
from typing import Any

from prongsai.approval.bundles.queries import said_of_bundle
from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries import change_said, effective_endorsements
from prongsai.disclosures.edition import edition_content
from prongsai.disclosures.states import KindCode
from prongsai.files.examination.accepted import CannotLook, locate
from prongsai.files.models import StoredFile
from prongsai.files.queries import checked_text, path_of, text_pages
from prongsai.files.rules import IMAGES, PDF, PageText
from prongsai.files.structure import blocks_of, may_hold_table, may_hold_title
from prongsai.organisation.states import Capacity
from prongsai.record.models import Bundling
from prongsai.record.states import CONTENT_ACTIONS, Action

# Looking for titles takes a tenth of a second a page; a publication must not wait for minutes.
_MOST_TITLED = 150

logger = logging.getLogger(__name__)


def entered_as(submission: Submission) -> str:
    """The act of the entry: a statement begins its item by one of its own name."""
    is_first = submission.action == Action.PUBLISHED
    is_statement = submission.disclosure.kind == KindCode.STATEMENT
    return Action.STATEMENT if is_first and is_statement else submission.action


def document(submission: Submission, *, at: datetime) -> dict[str, Any]:
    """The edition (or the statement about one) without number, version and salt: the record adds those."""
    common = {
        "action": entered_as(submission),
        "published_at": at.isoformat(),
        "decided": [
            {"post": each.post_title, "acting": _acting(each), "at": each.at.isoformat()}
            for each in effective_endorsements(submission)
        ],
    }
    if submission.action not in CONTENT_ACTIONS:
        return {
            **common,
            **_bundles_of_the_recalled(submission),
            "schema": "prongsai-act-1",
            "explanation": submission.explanation,
            "recall_reason": submission.recall_reason,
            "redirect_number": submission.redirect_number,
        }
    return {
        **edition_content(submission.revision),
        **common,
        "schema": "prongsai-edition-1",
        "change": change_said(submission),
        **_bundle(submission),
    }


def _bundle(submission: Submission) -> dict[str, Any]:
    said = said_of_bundle(submission)
    return {"bundle": said} if said else {}


def _bundles_of_the_recalled(submission: Submission) -> dict[str, Any]:
    """Its editions will be gone, and the pages of their bundles have to say that they were members."""
    if submission.action != Action.RECALLED:
        return {}
    rows = Bundling.objects.filter(number=submission.disclosure.number).order_by("version")
    said = list(rows.values("bundle", "version", "place"))
    return {"bundles": said} if said else {}


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
    places = _Places(stored)
    return [
        _public_page(places, page) | ({"checked": vouched} if vouched else {})
        for page in text_pages(stored, text_sha256=text_sha256)
    ]


class _Places:
    """Where the words of a file's pages stand. A file that could not be looked into once is not looked into again."""

    def __init__(self, stored: StoredFile) -> None:
        self.stored = stored
        self._is_readable = stored.media_type == PDF

    def placed(self, page: PageText) -> PageText:
        """With its words where they stand, if that may show a table or a title; else it goes out without."""
        if page.words or not self._is_readable or not self._is_worth_it(page):
            return page
        try:
            located = locate(path_of(self.stored), self.stored.media_type, page)
        except (CannotLook, OSError) as why:
            logger.warning(
                "no tables and titles are found in %s: %s", self.stored.pk, type(why).__name__
            )
            self._is_readable = False
            return page
        return replace(page, words=located.words())

    def _is_worth_it(self, page: PageText) -> bool:
        is_titled = page.number <= _MOST_TITLED and may_hold_title(page.text)
        return is_titled or may_hold_table(page.text)


def _public_page(places: _Places, page: PageText) -> dict[str, Any]:
    is_printed = places.stored.media_type in IMAGES | {PDF}
    blocks = [block.to_json() for block in blocks_of(places.placed(page), is_printed=is_printed)]
    return replace(page, hidden=()).to_json() | {"blocks": blocks}
