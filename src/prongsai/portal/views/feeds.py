"""Feeds of what is new: Atom for readers, JSON Feed for programs. They hold only what lists show."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from prongsai.portal.context import site_for
from prongsai.record import queries
from prongsai.record.addresses import public_path
from prongsai.record.models import Item
from prongsai.record.sections import section as section_named
from prongsai.record.together import bundles_of
from prongsai.thai.dates import BANGKOK

LENGTH = 50
ATOM = "application/atom+xml; charset=utf-8"
JSON_FEED = "https://jsonfeed.org/version/1.1"


def latest_atom(request: HttpRequest) -> HttpResponse:
    return _atom(
        request, str(settings.MUNICIPALITY["name_th"]), queries.latest(LENGTH), public_path("home")
    )


def section_atom(request: HttpRequest, slug: str) -> HttpResponse:
    section = section_named(slug)
    if section is None:
        raise Http404
    title = f"{section.title()} · {settings.MUNICIPALITY['name_th']}"
    return _atom(request, title, queries.latest(LENGTH, slug), public_path("section", slug=slug))


def latest_json(request: HttpRequest) -> HttpResponse:
    site = site_for(request.path)
    feed = {
        "version": JSON_FEED,
        "title": site.name,
        "home_page_url": f"{site.origin}/",
        "feed_url": site.origin + public_path("feed_json"),
        "language": "th",
        "items": _json_items(queries.latest(LENGTH), site.origin),
    }
    return JsonResponse(
        feed, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
    )


def _json_items(rows: list[Item], origin: str) -> list[dict[str, Any]]:
    bundles = _bundle_urls(rows, origin)
    return [_json_item(row, origin, bundles.get(row.number)) for row in rows]


def _bundle_urls(rows: list[Item], origin: str) -> dict[str, str]:
    """Number -> the page of what was published together with it."""
    found = bundles_of(row.number for row in rows)
    return {
        number: origin + public_path("bundle", bundle_id=bundle) for number, bundle in found.items()
    }


def _json_item(row: Item, origin: str, bundle: str | None) -> dict[str, Any]:
    # A name of our own begins with an underscore (JSON Feed 1.1, extensions).
    together = {"_prongsai": {"bundle": bundle}} if bundle else {}
    url = origin + public_path("item", number=row.number)
    return {
        "id": url,
        "url": url,
        "title": row.title,
        "summary": row.summary,
        # JSON Feed 1.1 wants a content in each item, also where there is no summary.
        "content_text": row.summary or row.title,
        "date_published": row.first_published_at.astimezone(BANGKOK).isoformat(),
        "date_modified": row.major_updated_at.astimezone(BANGKOK).isoformat(),
        **together,
    }


def _atom(request: HttpRequest, title: str, rows: list[Item], page: str) -> HttpResponse:
    bundles = _bundle_urls(rows, site_for(request.path).origin)
    pairs = [(row, bundles.get(row.number)) for row in rows]
    context = {"title": title, "pairs": pairs, "newest": next(iter(rows), None), "page": page}
    return render(request, "portal/feed.atom", context, content_type=ATOM)
