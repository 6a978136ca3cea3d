"""The index of what anybody may inspect under the Information Act: all of it, one folder, and all as CSV."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from prongsai.obligations.queries import instrument
from prongsai.portal.asked_day import asked_day
from prongsai.portal.context import language_of
from prongsai.portal.trails import index_trail, transparency_trail
from prongsai.record import inspection
from prongsai.record.cells import CSV_TYPE

# The whole is for finding the folder; the folder has everything, and so has the CSV.
MOST_SHOWN = 20


def index(request: HttpRequest) -> HttpResponse:
    asked = asked_day(request.GET)
    found = inspection.folders(on=asked.on)
    context = {
        "here": "transparency",
        "trail": transparency_trail(language_of(request.path), instrument(inspection.LAW)),
        "folders": found,
        "total": len({each.number for one in found for each in one.documents}),
        "most": MOST_SHOWN,
        "on": asked.on,
        "asked": asked,
        "made_on": localdate(),
    }
    return render(request, "portal/index.html", context)


def index_folder(request: HttpRequest, folder: str) -> HttpResponse:
    asked = asked_day(request.GET)
    found = inspection.folder(folder, on=asked.on)
    if found is None:
        raise Http404(folder)
    trail = index_trail(language_of(request.path), instrument(inspection.LAW))
    context = {
        "here": "transparency",
        "trail": trail,
        "folder": found,
        "on": asked.on,
        "asked": asked,
        "made_on": localdate(),
    }
    return render(request, "portal/index_folder.html", context)


def index_csv(request: HttpRequest) -> HttpResponse:
    on = asked_day(request.GET).on
    text = inspection.index_csv(
        inspection.folders(on=on),
        origin=settings.PORTAL_URL,
        made_on=on or localdate(),
    )
    answer = HttpResponse(text, content_type=CSV_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="index-oia.csv"'
    return answer
