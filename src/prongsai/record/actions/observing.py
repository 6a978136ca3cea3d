"""Keeps what monitoring saw. It is no entry: it says how the record was found, and adds nothing to what is public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from prongsai.record.models import Observation, UptimeDay
from prongsai.record.triggers import RECORD


@dataclass(frozen=True)
class Seen:
    """What looking at one duty of one year came to; the fields are those of `Observation`."""

    obligation_key: str
    year: int
    result: str
    due_date: date | None
    post_code: str
    post_th: str
    post_en: str
    unit_code: str
    parts: Sequence[Mapping[str, Any]]


def observe(seen: Iterable[Seen], *, at: datetime) -> int:
    """Adds a row for each that differs from the newest one kept; answers how many."""
    with transaction.atomic(using=RECORD):
        newest = {(row.obligation_key, row.year): row for row in Observation.objects.standing()}
        rows = [_row(each, at) for each in seen]
        changed = [row for row in rows if _differs(row, newest.get((row.obligation_key, row.year)))]
        Observation.objects.bulk_create(changed)
    return len(changed)


@dataclass(frozen=True)
class UptimeSum:
    """How often the home page was asked for on a day, and how often it was well."""

    day: date
    checks: int
    well: int


def keep_uptime(sums: Iterable[UptimeSum]) -> int:
    """Adds the days that are not kept yet; answers how many."""
    with transaction.atomic(using=RECORD):
        kept = set(UptimeDay.objects.values_list("on_date", flat=True))
        rows = [
            UptimeDay(on_date=each.day, checks=each.checks, well=each.well)
            for each in sums
            if each.day not in kept
        ]
        UptimeDay.objects.bulk_create(rows)
    return len(rows)


def _row(seen: Seen, at: datetime) -> Observation:
    return Observation(**vars(seen) | {"parts": [dict(part) for part in seen.parts]}, at=at)


def _differs(row: Observation, kept: Observation | None) -> bool:
    names = ("result", "due_date", "post_code", "post_th", "post_en", "unit_code", "parts")
    return kept is None or any(getattr(row, name) != getattr(kept, name) for name in names)
