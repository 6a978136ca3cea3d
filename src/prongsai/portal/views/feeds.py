"""Feeds of what is new: Atom for readers, JSON Feed for programs. They hold only what lists show."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from prongsai.portal.context import site_for
from prongsai.record import queries
from prongsai.record.addresses import public_path
from prongsai.record.models import Item
from prongsai.record.sections import section as section_named
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
        "items": [_json_item(row, site.origin) for row in queries.latest(LENGTH)],
    }
    return JsonResponse(
        feed, json_dumps_params={"ensure_ascii": False}, content_type="application/feed+json"
    )


def _json_item(row: Item, origin: str) -> dict[str, str]:
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
    }


def _atom(request: HttpRequest, title: str, rows: list[Item], page: str) -> HttpResponse:
    context = {"title": title, "rows": rows, "page": page}
    return render(request, "portal/feed.atom", context, content_type=ATOM)
