"""What the machine keeps of itself and for itself: no act, for nobody decided anything."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.sessions.models import Session

from prongsai.office.models import KnownDevice, Pulse, SearchText
from prongsai.office.searching import not_in_search, searchable_text


def beat(*, name: str, at: datetime) -> None:
    """Says that this process is alive. The machine does so every few seconds: nothing of it is an act."""
    Pulse.objects.update_or_create(name=name, defaults={"at": at})


def refresh_search(*, at: datetime, most: int = 50) -> int:
    """Puts into the staff's search what is new there; how many disclosures that were."""
    rows = list(not_in_search()[:most])
    for disclosure in rows:
        SearchText.objects.update_or_create(
            disclosure=disclosure,
            defaults={"text": searchable_text(disclosure), "changed_at": at},
        )
    return len(rows)


def forget_sessions(*, at: datetime) -> int:
    """Those that are over, and from where they were opened; also of visitors who never signed in.

    With them what was typed at doors that are open again, and browsers whose cookie has ended.
    """
    gone, _by_model = Session.objects.filter(expire_date__lt=at).delete()
    there = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=there).delete()
    AccessAttempt.objects.filter(expiration__expires_at__lte=at).delete()
    oldest = at - timedelta(seconds=settings.DEVICE_COOKIE_AGE)
    KnownDevice.objects.filter(last_seen_at__lt=oldest).delete()
    return gone
