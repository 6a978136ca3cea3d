"""Findings as the command line and the benchmark print them; nothing of a datum is in it."""

from collections.abc import Iterable, Iterator
from typing import Any

from prongsai.files.rules import PageText
from prongsai.screening.located import Located, Own, Seen
from prongsai.screening.rules import findings_in

_NOBODY = Own()


def finding_json(located: Located, page: int | None) -> dict[str, Any]:
    return {
        "detector": located.detector,
        "label": located.label,
        "family": located.family,
        "severity": located.severity,
        "page": page,
        "start": located.start,
        "end": located.end,
        "excerpt": located.excerpt,
    }


def report_on_pages(name: str, pages: Iterable[PageText]) -> dict[str, Any]:
    """One document; a page that could not be read is a finding too."""
    findings = [finding for page in pages for finding in _page_findings(page)]
    return {"file": name, "findings": findings}


def _page_findings(page: PageText) -> Iterator[dict[str, Any]]:
    if page.source == "none":
        yield finding_json(unread_page(), page.number)
    for located in findings_in(page.text, _NOBODY, Seen.of(page)):
        yield finding_json(located, page.number)


def unread_page() -> Located:
    """Stands for what nobody has read, so that it never passes for clean."""
    return Located(
        detector="unread_page", label="", family="unread", severity="decide",
        start=0, end=0, excerpt="", datum="",
    )  # fmt: skip


def report_on_line(line: dict[str, Any]) -> dict[str, Any]:
    """One `{"id", "text"}` of a collection; a `source` of `ocr` says that a machine has read the text."""
    text = line["text"]
    seen = Seen(source=line.get("source", "text"))
    findings = [finding_json(located, 1) for located in findings_in(text, _NOBODY, seen)]
    return {"id": line["id"], "findings": findings}


def has_block(report: dict[str, Any]) -> bool:
    return any(finding["severity"] == "block" for finding in report["findings"])
