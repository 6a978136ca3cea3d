"""Reads the demonstration's disclosures and puts everything that happens to them into order of time."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from html import escape
from itertools import groupby
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from prongsai.record.states import Action, Significance

DATA = Path(__file__).parent / "data"
BANGKOK = ZoneInfo("Asia/Bangkok")
OPENING, CLOSING = time(8, 35), time(16, 15)
# How long before it goes into the chain something was begun, written, and sent to the screeners.
BEGUN, WRITTEN, SENT = timedelta(hours=1), timedelta(minutes=30), timedelta(minutes=25)
Row = Mapping[str, Any]
_LINK = re.compile(r"\[([^\]]+)\]\(((?:/|https?://)[^\s()]+)\)")


@dataclass(frozen=True)
class Event:
    """One act on one item: what is submitted when, and when the gate opens for it."""

    key: str
    action: Action
    submitted: datetime
    published: datetime
    row: Row
    note: str = ""
    significance: Significance = Significance.MAJOR
    explanation: str = ""
    recall_reason: str = ""
    changes: Row = field(default_factory=dict)


def events(*, until: datetime | None = None) -> list[Event]:
    """Everything that has happened in the demonstration by `until`, or ever, in the order in which it was published."""
    rows = [row for path in sorted((DATA / "disclosures").glob("*.toml")) for row in _rows(path)]
    every = sorted((each for row in rows for each in _events(row)), key=lambda each: each.published)
    return every if until is None else [each for each in every if each.published <= until]


def _rows(path: Path) -> list[Row]:
    rows: list[Row] = tomllib.loads(path.read_text(encoding="utf-8"))["disclosure"]
    return rows


def _events(row: Row) -> Iterator[Event]:
    yield _event(row, row, Action.PUBLISHED)
    for change in row.get("corrections", ()):
        yield _event(
            row,
            change,
            Action.CORRECTED,
            note=change["note"],
            significance=change["significance"],
            changes=change,
        )
    if "withdrawal" in row:
        act = row["withdrawal"]
        yield _event(row, act, Action.WITHDRAWN, explanation=act["explanation"])
    if "recall" in row:
        act = row["recall"]
        yield _event(
            row, act, Action.RECALLED, explanation=act["explanation"], recall_reason=act["reason"]
        )
    if "expires" in row:
        midnight = datetime.combine(row["expires"] + timedelta(days=1), time.min)
        yield _event(row, {"submitted": midnight, "published": midnight}, Action.EXPIRED)


def _event(row: Row, times: Row, action: Action, **more: Any) -> Event:
    return Event(
        key=row["key"],
        action=action,
        submitted=times["submitted"].replace(tzinfo=BANGKOK),
        published=times["published"].replace(tzinfo=BANGKOK),
        row=row,
        **more,
    )


def screening_moments(sent: datetime, *, findings: int) -> list[datetime]:
    """One after the other from five minutes after `sent`, and all well before the chain begins."""
    first, reading = sent + timedelta(minutes=5), SENT - timedelta(minutes=10)
    return [first + reading / findings * place for place in range(findings)]


def decision_moments(event: Event, *, steps: int) -> list[datetime]:
    """Evenly between submission and publication; what takes days is decided in office hours only."""
    whole = event.published - event.submitted
    even = [event.submitted + whole / (steps + 1) * (step + 1) for step in range(steps)]
    if whole < timedelta(hours=12):
        return even
    return [
        min(_at_desk(at, step), event.published - timedelta(minutes=steps - step))
        for step, at in enumerate(even)
    ]


def _at_desk(at: datetime, step: int) -> datetime:
    """The nearest moment of that day between opening and closing; one who signs later is later then, too."""
    opening, closing = (
        datetime.combine(at.date(), hour, tzinfo=at.tzinfo) for hour in (OPENING, CLOSING)
    )
    late = timedelta(minutes=5 * step)
    if at < opening:
        return opening + late
    return at if at < closing else closing + late


def html(lines: list[str]) -> str:
    """The body in HTML: lines marked "## " are headings, "- " list entries, "| " rows of a table; `[words](address)`
    within a line is a link.
    """
    marks = {"## ": _heading, "- ": _list, "| ": _table}

    def mark(line: str) -> str:
        return next((each for each in marks if line.startswith(each)), "")

    parts = []
    for found, group in groupby(lines, key=mark):
        texts = [_linked(escape(line.removeprefix(found))) for line in group]
        parts.append(marks[found](texts) if found else "".join(f"<p>{text}</p>" for text in texts))
    return "".join(parts)


def _linked(text: str) -> str:
    # As a body keeps it (disclosures.body).
    return _LINK.sub(r'<a href="\2" rel="noopener noreferrer">\1</a>', text)


def _heading(texts: list[str]) -> str:
    return "".join(f"<h2>{text}</h2>" for text in texts)


def _list(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li><p>{text}</p></li>" for text in texts) + "</ul>"


def _table(texts: list[str]) -> str:
    header, *rows = [[cell.strip() for cell in text.split("|")] for text in texts]
    head = "".join(f'<th scope="col"><p>{cell}</p></th>' for cell in header)
    body = "".join(
        "<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
