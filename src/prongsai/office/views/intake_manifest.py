"""A table that says what the dropped files are: looked at first, imported when somebody says so."""

from io import BytesIO

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from openpyxl import Workbook

from prongsai.files.queries import path_of
from prongsai.files.rules import XLSX
from prongsai.intake.actions import keep_manifest
from prongsai.intake.manifests.checking import Checker
from prongsai.intake.manifests.columns import COLUMNS
from prongsai.intake.manifests.reporting import HEADINGS, report_rows
from prongsai.intake.manifests.running import BatchFiles, Outcome, Run
from prongsai.intake.manifests.tables import opened
from prongsai.intake.models import Batch
from prongsai.office.desk import desk_of
from prongsai.office.handing import made_file
from prongsai.office.intake import units_at
from prongsai.office.views.doors import batch_door, role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.record.cells import CSV_TYPE, csv_text

SHOWN = 500


@require_http_methods(["GET", "POST"])
@batch_door
def manifest(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Keeps a table that was sent; shows what the kept one would do. Looking imports nothing."""
    if request.method == "POST":
        _keep(request, batch)
        return redirect("manifest", ref=batch.ref)
    problems, outcomes, run = _looked_at(request, batch)
    shown = {
        "batch": batch,
        "columns": COLUMNS,
        "problems": problems,
        "outcomes": [each for each in outcomes if each.status == "wrong"][:SHOWN],
        "counts": run.counts,
        "total": len(outcomes),
    }
    return render(request, "office/intake/manifest.html", shown)


def _keep(request: HttpRequest, batch: Batch) -> None:
    upload = request.FILES.get("manifest")
    if upload is None:
        messages.error(request, _("ยังไม่ได้เลือกบัญชีนำเข้า โปรดเลือกไฟล์ CSV หรือ XLSX"))
        return
    with refusals_told(request):
        by = desk_of(request).actor_with(RoleCode.OFFICER)
        keep_manifest(batch=batch, upload=upload, by=by, at=timezone.now())


def _run_of(request: HttpRequest, batch: Batch, *, is_dry: bool) -> Run:
    desk = desk_of(request)
    return Run(
        checker=Checker(units=units_at(desk), unit=batch.unit.code),
        files=BatchFiles(batch),
        by=desk.actor_with(RoleCode.OFFICER),
        at=timezone.now(),
        is_dry=is_dry,
        batch=batch,
    )


def _looked_at(request: HttpRequest, batch: Batch) -> tuple[list[str], list[Outcome], Run]:
    run = _run_of(request, batch, is_dry=True)
    if batch.manifest is None:
        return [], [], run
    try:
        with opened(path_of(batch.manifest), batch.manifest.name) as lines:
            return [], list(run.outcomes(lines)), run
    except CannotAct as refusal:
        return [str(each) for each in refusal.blockers], [], run


@require_POST
@batch_door
def run(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Makes a draft of each row that is in order; the others stay for the next time."""
    if batch.manifest is None:
        raise Http404("no manifest")
    importing = _run_of(request, batch, is_dry=False)
    with refusals_told(request), opened(path_of(batch.manifest), batch.manifest.name) as lines:
        for _outcome in importing.outcomes(lines):
            pass
        made, wrong = importing.counts["made"], importing.counts["wrong"]
        done = ngettext("ทำเป็นฉบับร่างแล้ว %(n)d เรื่อง", "ทำเป็นฉบับร่างแล้ว %(n)d เรื่อง", made)
        messages.success(request, done % {"n": made})
        if wrong:
            left = ngettext(
                "อีก %(n)d แถวยังนำเข้าไม่ได้ เหตุผลอยู่ข้างล่าง",
                "อีก %(n)d แถวยังนำเข้าไม่ได้ เหตุผลอยู่ข้างล่าง",
                wrong,
            )
            messages.warning(request, left % {"n": wrong})
    return redirect("manifest", ref=batch.ref)


@require_GET
@batch_door
def report(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Every row and what is wrong with it, as a table to work through."""
    _problems, outcomes, _run = _looked_at(request, batch)
    rows = [HEADINGS, *(row for outcome in outcomes for row in report_rows(outcome))]
    return made_file(csv_text(rows), "ผลตรวจบัญชีนำเข้า.csv", CSV_TYPE)


@require_GET
@role_door("write")
def template(request: HttpRequest, form: str) -> HttpResponse:
    """An empty manifest with one row as an example."""
    rows = [[each.heading for each in COLUMNS], [each.example for each in COLUMNS]]
    if form == "csv":
        return made_file(csv_text(rows), "แม่แบบบัญชีนำเข้า.csv", CSV_TYPE)
    if form == "xlsx":
        workbook, stream = Workbook(), BytesIO()
        for row in rows:
            workbook.active.append(row)
        workbook.save(stream)
        return made_file(stream.getvalue(), "แม่แบบบัญชีนำเข้า.xlsx", XLSX)
    raise Http404(form)
