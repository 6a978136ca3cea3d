"""The yearly report: its numbers, and a draft that begins from them."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.disclosures.refusals import CannotSave
from prongsai.monitoring.reporting.draft import report_title
from prongsai.monitoring.reporting.duties import duties_of_report
from prongsai.monitoring.reporting.figures import Report
from prongsai.monitoring.reporting.report import yearly_report
from prongsai.monitoring.reporting.starting import start_report
from prongsai.office.desk import Desk, desk_of
from prongsai.office.owed_forms import ReportForm
from prongsai.office.queries import visible_disclosures
from prongsai.office.views.doors import role_door
from prongsai.organisation.states import RoleCode
from prongsai.thai.dates import BUDDHIST_YEARS


@require_http_methods(["GET", "POST"])
@role_door("write")
def report(request: HttpRequest, year: int) -> HttpResponse:
    """A draft is made once for each time the page was opened, however often the button is pressed."""
    desk = desk_of(request)
    made = _report(year, desk)
    form = ReportForm(request.POST or None, desk=desk, initial={"ref": uuid4()})
    if form.is_valid():
        by = desk.actor_with(RoleCode.OFFICER)
        try:
            work = start_report(year=year, by=by, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("ร่างรายงานแล้ว เขียนแทนข้อความนำทางให้ครบ แล้วส่งเข้าพิจารณา"))
            return redirect("write", ref=work.ref)
        except CannotSave as refusal:
            for blocker in refusal.blockers:
                form.add_error(None, str(blocker))
    status = 422 if form.is_bound else 200
    return render(request, "office/owed/report.html", _shown(made, form, desk), status=status)


def _report(year: int, desk: Desk) -> Report:
    """Nothing for a year that has not begun, or that is none."""
    try:
        if year in BUDDHIST_YEARS:
            return yearly_report(year, on=desk.on)
    except ValueError as early:
        raise Http404(year) from early
    raise Http404(year)


def _shown(made: Report, form: ReportForm, desk: Desk) -> dict[str, Any]:
    year = made.span.year
    works = visible_disclosures(desk).filter(title=report_title(year))
    return {
        "report": made,
        "year": year,
        "form": form,
        "duties": duties_of_report(year),
        "works": works.select_related("unit"),
    }
