"""What every office template knows: who is at the desk, what waits for them, and whose installation this is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from prongsai.office.desk import Desk
from prongsai.office.inbox import inbox_lists, waiting_count
from prongsai.office.navigation import Place, places


def desk(request: HttpRequest) -> dict[str, Any]:
    """Lazily, so that a page which shows no navigation asks nothing of the database."""
    known: dict[str, Any] = {
        "municipality": settings.MUNICIPALITY,
        "portal_url": settings.PORTAL_URL,
    }
    sitting: Desk | None = getattr(request, "desk", None)
    if sitting is None or not sitting.appointments:
        return known | {"desk": sitting}
    return known | {
        "desk": sitting,
        "places": SimpleLazyObject(lambda: _places(sitting, request.path)),
    }


def _places(sitting: Desk, path: str) -> list[Place]:
    return places(sitting, waiting_count(inbox_lists(sitting)), path)
