"""The demonstration's past as monitoring would have seen it: over what was public then, before anything later is."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils.timezone import localdate

from prongsai.config.demonstration.plan import BANGKOK
from prongsai.monitoring.actions import COVERAGE, REMINDERS, look, remind_of_duties
from prongsai.monitoring.models import Progress
from prongsai.organisation.holidays import calendar
from prongsai.organisation.rules import is_working_day
from prongsai.record.models import Entry

EVENING, MIDDLE = time(17, 0), 15


def evenings(first: datetime, until: datetime) -> list[datetime]:
    """From `first` until before `until`: of the last working day of each month and of the last one up to its 15th."""
    holidays = calendar(settings.HOLIDAYS_FILE).holidays(range(first.year, until.year + 1))
    days = (
        _working_day(date(year, month, day), holidays)
        for year, month in _months(localdate(first), localdate(until))
        for day in (MIDDLE, monthrange(year, month)[1])
    )
    found = (datetime.combine(day, EVENING, tzinfo=BANGKOK) for day in days)
    return [each for each in found if first < each < until]


def _months(first: date, last: date) -> Iterator[tuple[int, int]]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return ((each // 12, each % 12 + 1) for each in range(start, end + 1))


def _working_day(day: date, holidays: Collection[date]) -> date:
    """That day, or the last one before it."""
    while not is_working_day(day, holidays):
        day -= timedelta(days=1)
    return day


def look_back(*, at: datetime) -> None:
    """As the worker would have done that evening. Nothing where it was done, or where later things are public already:
    what was public then can no longer be seen.
    """
    if Entry.objects.filter(at__gt=at).exists():
        return
    if not _is_done(COVERAGE, at):
        look(at=at)
    if not _is_done(REMINDERS, at):
        remind_of_duties(at=at)


def _is_done(name: str, at: datetime) -> bool:
    return Progress.objects.filter(name=name, whole_date__gte=localdate(at)).exists()
