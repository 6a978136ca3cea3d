"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.portal.context import language_of, section_links
from prongsai.portal.listings import latest_by_section
from prongsai.record import queries

NEWS = "news"
SHOWN_NEWS = 3
SHOWN_IN_SECTION = 5


def home(request: HttpRequest) -> HttpResponse:
    links = section_links(language_of(request.path))
    latest = latest_by_section([link.slug for link in links], SHOWN_IN_SECTION)
    context = {
        "here": "home",
        "entry_count": queries.head() + 1,
        "latest": [(link, latest[link.slug]) for link in links if latest[link.slug]],
        "news": latest[NEWS][:SHOWN_NEWS],
    }
    return render(request, "portal/home.html", context)
