"""Search, as a page and for programs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.discovery.queries import Filters, Hit, SearchAnswer, search
from prongsai.portal.choices import search_filters_of
from prongsai.portal.filters import SEARCH_FIELDS, narrowing
from prongsai.portal.paging import Pages, page_number
from prongsai.portal.views.api import answer, item_url

ON_A_PAGE = DEFAULT_LIMIT = 10
MOST = 100


def search_page(request: HttpRequest) -> HttpResponse:
    filters = search_filters_of(request.GET)
    words = request.GET.get("q", "").strip()
    context: dict[str, Any] = {"here": "search", "query": words, "filters": filters}
    found = _asked(request) if words else None
    if found is not None:
        context["found"] = found
        context["pages"] = Pages(found.page, found.pages, found.total, filters.query)
    return _follows_record(render(request, "portal/search.html", context), found)


def search_json(request: HttpRequest) -> HttpResponse:
    limit = request.GET.get("limit", "")
    per_page = (
        min(int(limit), MOST)
        if limit.isascii() and limit.isdigit() and len(limit) < 5
        else DEFAULT_LIMIT
    )
    found = _asked(request, per_page=max(1, per_page))
    content = {
        "query": found.query,
        "total": found.total,
        "took_ms": round(found.took_ms, 2),
        "results": [_result(hit) for hit in found.hits],
    }
    return _follows_record(answer(content), found)


def _asked(request: HttpRequest, per_page: int = ON_A_PAGE) -> SearchAnswer:
    filters = Filters(**narrowing(request.GET, SEARCH_FIELDS))
    page = page_number(request.GET.get("page", ""))
    return search(request.GET.get("q", ""), filters=filters, page=page, per_page=per_page)


def _result(hit: Hit) -> dict[str, Any]:
    return {
        "number": hit.item.number,
        "title": hit.item.title,
        "url": item_url(hit.item.number),
        "score": round(hit.score, 4),
        "highlights": [highlight.text for highlight in hit.highlights],
    }


def _follows_record(response: HttpResponse, found: SearchAnswer | None) -> HttpResponse:
    """An answer of an index that is behind the record must not be kept under the record's head."""
    if found is not None and found.is_behind:
        response["Cache-Control"] = "no-store"
    return response
