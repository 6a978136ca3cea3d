"""Whether the site was up, month by month, and the certificate of a month."""

import re
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from prongsai.files.rules import PDF
from prongsai.monitoring import uptime_papers
from prongsai.monitoring.uptime import Month
from prongsai.office.handing import made_file
from prongsai.thai.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@require_GET
def months(request: HttpRequest) -> HttpResponse:
    """The newest first; the one that runs is told until now."""
    found = uptime_papers.months(on=localdate(timezone.now()))
    shown = [(month_key(each.first), each) for each in found]
    return render(request, "office/owed/uptime.html", {"months": shown})


@require_GET
def month(request: HttpRequest, month: str) -> HttpResponse:
    context = {"month": _watched(month), "key": month, "address": settings.PORTAL_URL}
    return render(request, "office/owed/uptime_month.html", context)


@require_GET
def certificate(request: HttpRequest, month: str) -> HttpResponse:
    found, on = _watched(month), localdate(timezone.now())
    pdf = uptime_papers.uptime_pdf(found, address=settings.PORTAL_URL, on=on)
    return made_file(pdf, f"uptime-{month}.pdf", PDF)


def month_key(first: date) -> str:
    """As it stands in an address: 2569-11."""
    return f"{first.year + BUDDHIST_OFFSET}-{first:%m}"


def _watched(key: str) -> Month:
    written = _MONTH.fullmatch(key)
    if written is None or int(written[1]) not in BUDDHIST_YEARS:
        raise Http404(key)
    first = date(int(written[1]) - BUDDHIST_OFFSET, int(written[2]), 1)
    found = uptime_papers.watched_month(first, at=timezone.now())
    if found is None:
        raise Http404(key)
    return found
