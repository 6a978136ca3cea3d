"""How often the site answered well, by day, as monitoring told it for the public's board."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from prongsai.record.models import UptimeDay


@dataclass(frozen=True)
class UptimeTally:
    """Of the days from `first_date` to `last_date` that were watched."""

    first_date: date
    last_date: date
    checks: int
    well: int

    @property
    def checks_words(self) -> str:
        return f"{self.checks:,}"

    @property
    def share(self) -> str:
        """In per cent with one decimal, cut and not rounded: 100.0 is every single one."""
        tenths = self.well * 1000 // self.checks
        return f"{tenths // 10}.{tenths % 10}"


def uptime_of_month(*, on: date) -> UptimeTally | None:
    """Of the month up to the day before; where nothing is told of it yet, of the last that was told."""
    newest = UptimeDay.objects.filter(on_date__lt=on).aggregate(newest=Max("on_date"))["newest"]
    if newest is None:
        return None
    days = UptimeDay.objects.filter(on_date__gte=newest.replace(day=1), on_date__lte=newest)
    found = days.aggregate(first=Min("on_date"), checks=Sum("checks"), well=Sum("well"))
    return UptimeTally(found["first"], newest, found["checks"], found["well"])


def last_day() -> date | None:
    """The last that is told."""
    newest: date | None = UptimeDay.objects.aggregate(newest=Max("on_date"))["newest"]
    return newest
