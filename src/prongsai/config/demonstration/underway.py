"""Reads the work that lies on the desks of the demonstration, with days counted from the day of loading."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from prongsai.config.demonstration.plan import BANGKOK, DATA, Row
from prongsai.thai.dates import format_date

_DAY = re.compile(r"\{(day|iso):([+-]\d+)\}")
# By weekday, Monday first: how far back the working day before it lies.
_BACK = (3, 1, 1, 1, 1, 1, 2)


@dataclass(frozen=True)
class Word:
    """What a post of the chain has said."""

    at: datetime
    verdict: str
    reason: str = ""


@dataclass(frozen=True)
class Work:
    """A piece of work as far as it has come: what has no moment has not happened."""

    key: str
    row: Row
    begun: datetime
    written: datetime
    sent: datetime | None = None
    submitted: datetime | None = None
    words: tuple[Word, ...] = ()


def works(now: datetime) -> list[Work]:
    """All of it, as it stands at `now`."""
    now = now.astimezone(BANGKOK).replace(microsecond=0)
    rows = tomllib.loads((DATA / "underway.toml").read_text(encoding="utf-8"))["work"]
    return [_work(_dated(row, now.date()), now) for row in rows]


def _work(row: dict[str, Any], now: datetime) -> Work:
    reached = {
        name: _moment(row[name], now)
        for name in ("begun", "written", "sent", "submitted")
        if name in row
    }
    words = tuple(
        Word(_moment(word["at"], now), word["verdict"], word.get("reason", ""))
        for word in row.get("words", ())
    )
    days = {name: date.fromisoformat(row[name]) for name in ("as_of", "expires") if name in row}
    return Work(key=row["key"], row=row | days, words=words, **reached)


def _moment(when: Mapping[str, Any], now: datetime) -> datetime:
    """`minutes` before now; or a `time` on the day that lies so many working `days` back."""
    if "minutes" in when:
        return now - timedelta(minutes=when["minutes"])
    day = working_day(now.date(), back=when["days"])
    return datetime.combine(day, when["time"], tzinfo=BANGKOK)


def working_day(today: date, *, back: int) -> date:
    """The day that lies `back` days from Monday to Friday before today; holidays are not known here."""
    day = today
    for _step in range(back):
        day -= timedelta(days=_BACK[day.weekday()])
    return day


def _dated(value: Any, today: date) -> Any:
    """`{day:+7}` is next week's day in Thai words, `{iso:-1}` yesterday as details keep it."""
    if isinstance(value, str):
        return _DAY.sub(lambda found: _day(found, today), value)
    if isinstance(value, list):
        return [_dated(each, today) for each in value]
    if isinstance(value, dict):
        return {key: _dated(each, today) for key, each in value.items()}
    return value


def _day(found: re.Match[str], today: date) -> str:
    day = today + timedelta(days=int(found[2]))
    return format_date(day) if found[1] == "day" else day.isoformat()
