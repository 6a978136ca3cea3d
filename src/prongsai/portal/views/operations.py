"""What machines ask: is it alive, is it ready, what may be crawled, whom to tell about a hole."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone

from prongsai.portal.notices import board
from prongsai.record import queries
from prongsai.record.models import Item
from prongsai.record.states import ItemState
from prongsai.record.together import readable_bundles
from prongsai.record.triggers import missing_triggers

PLAIN = "text/plain; charset=utf-8"
NO_STORE = {"Cache-Control": "no-store"}
SECURITY_TEXT_LASTS = timedelta(days=180)
# The protocol allows no more in one file (sitemaps.org).
LARGEST_SITEMAP = 50_000


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type=PLAIN, headers=NO_STORE)


def readyz(request: HttpRequest) -> JsonResponse:
    """The record can be read and refuses change. An unreadable file of notices is told; the site goes on without."""
    try:
        head = queries.head()
        problems = [f"missing trigger: {name}" for name in missing_triggers()]
    except DatabaseError:
        head, problems = None, ["the record cannot be read"]
    content = {
        "ready": not problems,
        "head": head,
        "problems": problems,
        "notices": board().standing._asdict(),
    }
    return JsonResponse(content, status=503 if problems else 200, headers=NO_STORE)


def sitemap(request: HttpRequest) -> HttpResponse:
    # Withdrawn and expired items stay readable, and so findable from outside.
    readable = Item.objects.filter(
        state__in=[ItemState.CURRENT, ItemState.WITHDRAWN, ItemState.EXPIRED]
    )
    bundles = readable_bundles()
    room = max(0, LARGEST_SITEMAP - len(bundles))
    rows = readable.order_by("-updated_at").only("number", "updated_at")[:room]
    context = {"rows": rows, "bundles": bundles}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        # Filters and pages of searches would lead a crawler on without end.
        "Disallow: /search",
        "Disallow: /en/search",
        f"Sitemap: {settings.PORTAL_URL.rstrip('/')}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. Not cached: it names the day until which it holds."""
    return HttpResponse("\n".join(_security_lines()) + "\n", content_type=PLAIN, headers=NO_STORE)


def _security_lines() -> Iterator[str]:
    origin = settings.PORTAL_URL
    yield f"Contact: mailto:{settings.MUNICIPALITY['email']}"
    yield f"Expires: {(timezone.now() + SECURITY_TEXT_LASTS).strftime('%Y-%m-%dT00:00:00Z')}"
    yield "Preferred-Languages: th, en"
    yield f"Canonical: {origin}/.well-known/security.txt"
