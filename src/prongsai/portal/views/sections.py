"""A section with its filters and pages."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.portal.choices import filters_of
from prongsai.portal.context import language_of, section_links
from prongsai.portal.filters import LIST_FIELDS, narrowing
from prongsai.portal.listings import section_page
from prongsai.portal.paging import Pages, page_number


def section(request: HttpRequest, slug: str) -> HttpResponse:
    link = next(
        (each for each in section_links(language_of(request.path)) if each.slug == slug), None
    )
    if link is None:
        raise Http404
    filters = filters_of(request.GET, section=slug)
    chosen = narrowing(request.GET, LIST_FIELDS)
    page = page_number(request.GET.get("page", ""))
    listing = section_page({**chosen, "section": slug}, page=page)
    pages = Pages(listing.page, listing.pages, listing.total, filters.query)
    context = {
        "here": "sections",
        "section": link,
        "filters": filters,
        "rows": listing.items,
        "pages": pages,
    }
    return render(request, "portal/section.html", context)
