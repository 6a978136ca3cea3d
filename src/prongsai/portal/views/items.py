"""An item: its current edition, earlier ones, its history, its files by slot; and what a recall leaves."""

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.utils.timezone import localdate

from prongsai.portal.asked_day import asked_day
from prongsai.portal.comparing import comparison
from prongsai.portal.context import language_of
from prongsai.portal.listings import related_items
from prongsai.portal.trails import section_trail
from prongsai.record import queries
from prongsai.record.addresses import public_path
from prongsai.record.pages import EditionPage
from prongsai.record.posted import posted
from prongsai.record.states import ItemState
from prongsai.record.together import bundle_page


def item(request: HttpRequest, number: str) -> HttpResponse:
    page = queries.page(number)
    if page is None:
        return gone_or_unknown(request, number)
    if page.state == ItemState.CONSOLIDATED:
        language = language_of(request.path)
        return HttpResponsePermanentRedirect(
            public_path("item", language, number=page.place.redirect_number)
        )
    return _shown(request, page)


def version(request: HttpRequest, number: str, version: int) -> HttpResponse:
    page = queries.page(number, version)
    if page is None:
        return gone_or_unknown(request, number)
    return _shown(request, page)


def history(request: HttpRequest, number: str) -> HttpResponse:
    page = queries.page(number)
    if page is None:
        return gone_or_unknown(request, number)
    trail = section_trail(page, language_of(request.path), with_item=True)
    return render(
        request, "portal/history.html", {"page": page, "trail": trail, "here": "sections"}
    )


def posting(request: HttpRequest, number: str) -> HttpResponse:
    """How long it stood in public; of what was recalled nothing but that is said."""
    page = queries.page(number)
    if page is None:
        return gone_or_unknown(request, number)
    asked = asked_day(request.GET)
    found = posted(number, on=asked.on or localdate())
    trail = section_trail(page, language_of(request.path), with_item=True)
    context = {
        "page": page,
        "posted": found,
        "on": asked.on,
        "asked": asked,
        "trail": trail,
        "here": "sections",
    }
    return render(request, "portal/posting.html", context)


def compare(request: HttpRequest, number: str) -> HttpResponse:
    """Two versions side by side; without a choice the current one and the one before it."""
    page = queries.page(number)
    if page is None:
        return gone_or_unknown(request, number)
    versions = sorted({each.version for each in page.history})
    new = _version(request.GET.get("to", ""), versions) or page.version
    old = _version(request.GET.get("from", ""), versions) or max(1, new - 1)
    before, after = queries.page(number, old), queries.page(number, new)
    if before is None or after is None:
        return gone_or_unknown(request, number)
    context = {
        "here": "sections",
        "page": page,
        "found": comparison(before, after),
        "versions": versions,
        "view": "inline" if request.GET.get("view") == "inline" else "side",
        "trail": section_trail(page, language_of(request.path), with_item=True),
    }
    return render(request, "portal/compare.html", context)


def _version(text: str, versions: list[int]) -> int | None:
    return next((each for each in versions if str(each) == text), None)


def slot(request: HttpRequest, number: str, slot: str) -> HttpResponse:
    file = queries.slot_file(number, slot)
    if file is None:
        return gone_or_unknown(request, number)
    return HttpResponseRedirect(public_path("file", sha256=file.sha256, name=file.name))


def gone_or_unknown(request: HttpRequest, number: str) -> HttpResponse:
    """A recalled item says when and why; any other number was never given out."""
    tombstone = queries.tombstone(number)
    if tombstone is None:
        raise Http404
    return render(request, "portal/tombstone.html", {"tombstone": tombstone}, status=410)


def _shown(request: HttpRequest, page: EditionPage) -> HttpResponse:
    section = page.section.slug or page.section.top
    bundle = bundle_page(page.place.bundle) if page.place.bundle else None
    context = {
        "here": "sections",
        "page": page,
        "bundle": bundle,
        "fellows": bundle.without(page.number) if bundle else (),
        "related": related_items(page.number, section=section, unit=page.unit.code),
        "trail": section_trail(page, language_of(request.path)),
    }
    return render(request, "portal/item.html", context)
