"""Search over everything that one may see."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prongsai.office.desk import desk_of
from prongsai.office.searching import (
    LONGEST_QUERY,
    acts_with,
    disclosures_with,
    found,
    people_with,
    vacant_posts_with,
    words_of,
)

PAGE = 20


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    desk, words = desk_of(request), words_of(query)
    shown: dict[str, Any] = {"query": query, "longest": LONGEST_QUERY, "has_words": bool(words)}
    if words:
        rows = Paginator(disclosures_with(words, desk), PAGE).get_page(request.GET.get("page"))
        shown |= {"page": rows, "found": found(list(rows), words)}
        shown |= {"people": people_with(words, desk), "vacant": vacant_posts_with(words, desk)}
        shown["acts"] = acts_with(words, desk)
    return render(request, "office/searching/search.html", shown)
