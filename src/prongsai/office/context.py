"""What every office template knows: who is at the desk, what waits for them, and whose installation this is."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from prongsai.office.counting import waiting_count
from prongsai.office.desk import Desk
from prongsai.office.health import worker_rests
from prongsai.office.inbox import WaitingList, inbox_lists
from prongsai.office.navigation import Place, places


def desk(request: HttpRequest) -> dict[str, Any]:
    """Lazily, so that a page which shows no navigation asks nothing of the database."""
    known: dict[str, Any] = {
        "municipality": settings.MUNICIPALITY,
        "portal_url": settings.PORTAL_URL,
        "provider": settings.IDENTITY_PROVIDER,
    }
    sitting: Desk | None = getattr(request, "desk", None)
    if sitting is None or not sitting.appointments:
        return known | {"desk": sitting}
    # One object for the count in the navigation and for the inbox page, which would ask twice.
    waiting = SimpleLazyObject(lambda: inbox_lists(sitting, at=_now()))
    return known | {
        "desk": sitting,
        "waiting_lists": waiting,
        "worker_rests": SimpleLazyObject(lambda: worker_rests(at=_now())),
        "places": SimpleLazyObject(lambda: _places(sitting, waiting, request.path)),
    }


def _now() -> datetime:
    return timezone.now()  # noqa: TID251 -- every page's context is at the edge


def _places(sitting: Desk, waiting: Iterable[WaitingList], path: str) -> list[Place]:
    count = waiting_count(sitting, waiting, is_inbox=path == reverse("inbox"))
    return places(sitting, count, path)
