"""For how long a door stays shut after wrong passwords: longer each time, so that guessing on does not pay."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.db.models import Max
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from prongsai.office.accounts import typed_name
from prongsai.office.addresses import counted, counted_address
from prongsai.organisation.models import Act, Person

FIRST = timedelta(minutes=15)
# Eight hours at most: whoever is locked out in the morning signs in after noon at the latest.
MOST_DOUBLINGS = 5
MEMORY = timedelta(days=1)


def cool_off(request: HttpRequest | None) -> timedelta:
    """For the name that was typed at that address; axes asks at each attempt, and counts those that are not older.

    What somebody does elsewhere with the same name makes nobody wait for longer.
    """
    if request is None:
        return FIRST
    name = typed_name(request)
    address = counted_address(request)
    attempts = AccessAttempt.objects.filter(username=name, ip_address=address)
    newest = attempts.aggregate(at=Max("attempt_time"))["at"]
    if not name or newest is None:
        return FIRST
    # The lock that this attempt itself began comes after it, and so does not make itself longer.
    before = Act.objects.filter(verb="office.lock_out", at__gt=newest - MEMORY, at__lt=newest)
    begun = before.filter(details__typed=as_kept(name), details__begins=True)
    whence = begun.values_list("details__address", flat=True)
    times = sum(counted(each or "") == address for each in whence)
    return FIRST * (1 << min(times, MOST_DOUBLINGS))


def as_kept(typed: str) -> str:
    """What the trail keeps of a name: that of an account, else a mark that is the same for the same word.

    People type passwords in the wrong field, and the trail forgets nothing.
    """
    name = typed.strip().casefold()
    if not name or Person.objects.filter(username__iexact=name).exists():
        return name[:60]
    return f"?{salted_hmac('prongsai.office.typed', name).hexdigest()[:12]}"
