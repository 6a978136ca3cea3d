"""What was done by whom, and who holds what today."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.desk import desk_of
from prongsai.office.filters import ActFilter
from prongsai.office.lists import chart
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import visitor_at
from prongsai.office.subjects import subjects_of
from prongsai.office.trail_table import acts_as_csv
from prongsai.office.views.doors import role_door
from prongsai.organisation.actions import record_act
from prongsai.organisation.models import Act
from prongsai.record.cells import CSV_TYPE

PAGE = 50


@require_GET
@role_door("see_acts")
def acts(request: HttpRequest) -> HttpResponse:
    chosen = _chosen(request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": chosen.form,
        "page": page,
        "subjects": subjects_of(page.object_list, desk_of(request)),
        "query": request.GET.urlencode(),
    }
    return render(request, "office/acts/acts.html", shown)


# Taking the trail out of the office is an act, and nothing is done on GET.
@require_POST
@role_door("see_acts")
def export_acts(request: HttpRequest) -> HttpResponseBase:
    """What the filters in the address leave, as a table for spreadsheets."""
    rows = _chosen(request).qs
    record_act(
        by=desk_of(request).actor,
        at=timezone.now(),
        verb="office.export_acts",
        details={"filter": request.GET.urlencode()[:300], "rows": rows.count()},
    )
    answer = StreamingHttpResponse(acts_as_csv(rows), content_type=CSV_TYPE)
    answer["Content-Disposition"] = content_disposition_header(True, "acts.csv") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _chosen(request: HttpRequest) -> ActFilter:
    rows = Act.objects.select_related("person").order_by("-id")
    return ActFilter(request.GET, queryset=rows, request=request)


@require_GET
def organisation(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    shown = {"units": chart(desk.on), "may_appoint": not role_refusal("appoint", visitor_at(desk))}
    return render(request, "office/acts/organisation.html", shown)
