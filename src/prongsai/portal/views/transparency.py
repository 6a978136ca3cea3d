"""What is owed to the public and whether it is there: the board, one law or list, and the evidence for one item."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from prongsai.obligations.queries import obligation_at
from prongsai.portal.context import language_of
from prongsai.portal.owed import (
    LONGEST,
    board_page,
    chosen,
    due_calendar,
    evidence_page,
    instrument_page,
)
from prongsai.portal.trails import transparency_trail


def board(request: HttpRequest) -> HttpResponse:
    context = board_page(chosen(request.GET))
    return render(request, "portal/transparency.html", {"here": "transparency", **context})


def due(request: HttpRequest) -> HttpResponse:
    """For calendars that people subscribe to."""
    made = due_calendar(
        origin=settings.PORTAL_URL,
        name=str(settings.MUNICIPALITY["name_th"]),
        at=datetime.combine(localdate(), time(), tzinfo=UTC),
        unit=request.GET.get("unit", "")[:LONGEST],
    )
    return HttpResponse(made, content_type="text/calendar; charset=utf-8")


def instrument(request: HttpRequest, instrument: str) -> HttpResponse:
    context = instrument_page(instrument, chosen(request.GET))
    if context is None:
        raise Http404
    trail = transparency_trail(language_of(request.path))
    context |= {"here": "transparency", "trail": trail}
    return render(request, "portal/instrument.html", context)


def item(request: HttpRequest, instrument: str, item: str) -> HttpResponse:
    duty = obligation_at(instrument, item)
    if duty is None:
        raise Http404
    trail = transparency_trail(language_of(request.path), duty.instrument)
    context = {"here": "transparency", "trail": trail, "duty": duty}
    found = evidence_page(duty, request.GET)
    page = "portal/evidence.html" if found["line"] else "portal/unseen_duty.html"
    return render(request, page, context | found)
