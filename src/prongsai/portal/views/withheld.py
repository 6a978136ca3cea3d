"""The register of what current items do not show: the ground, since when, until when at most. No words of theirs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.portal.paging import Pages, page_number
from prongsai.record.withheld import grounds_in_use, register

LONGEST_KEY = 60


def chosen_ground(request: HttpRequest) -> str:
    """A ground that some part is withheld on; any other asks for all."""
    key = request.GET.get("ground", "")[:LONGEST_KEY]
    return key if any(each["ground"] == key for each in grounds_in_use()) else ""


def withheld(request: HttpRequest) -> HttpResponse:
    ground = chosen_ground(request)
    found = register(ground=ground, page=page_number(request.GET.get("page", "")))
    query = (("ground", ground),) if ground else ()
    context = {
        "here": "withheld",
        "lines": found.lines,
        "grounds": grounds_in_use(),
        "ground": ground,
        "pages": Pages(found.page, found.pages, found.total, query),
    }
    return render(request, "portal/withheld.html", context)
