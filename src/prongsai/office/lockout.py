"""For how long a door stays shut after wrong passwords: longer each time, so that guessing on does not pay."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest

from prongsai.office.accounts import typed_name
from prongsai.organisation.models import Act

FIRST = timedelta(minutes=15)
# Eight hours at most: whoever is locked out in the morning signs in after noon at the latest.
MOST_DOUBLINGS = 5
MEMORY = timedelta(days=1)


def cool_off(request: HttpRequest | None) -> timedelta:
    """For the name that was typed; axes asks at each attempt, and counts those that are not older."""
    name = typed_name(request)[:60] if request else ""
    newest = AccessAttempt.objects.filter(username=name).aggregate(at=Max("attempt_time"))["at"]
    if not name or newest is None:
        return FIRST
    # The lock that this attempt itself began comes after it, and so does not make itself longer.
    before = Act.objects.filter(verb="office.lock_out", at__gt=newest - MEMORY, at__lt=newest)
    times = before.filter(details__typed=name, details__begins=True).count()
    return FIRST * (1 << min(times, MOST_DOUBLINGS))
