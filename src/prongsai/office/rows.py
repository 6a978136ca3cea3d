"""One thing that waits, as the inbox shows it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from prongsai.approval.models import TimeWish


@dataclass(frozen=True)
class Row:
    """One thing that waits. `note` is what somebody said about it; `is_day`: since that day, whatever the hour;
    `has_day` that a day was set by which it had to be done.
    """

    address: str
    title: str
    kind: str
    unit: str
    since: datetime
    since_label: Promise
    is_urgent: bool = False
    is_day: bool = False
    note: str = ""
    days_late: int = 0
    has_day: bool = True
    circulation: int = 0
    time_wish: TimeWish | None = None
