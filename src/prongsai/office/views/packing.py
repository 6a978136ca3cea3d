"""The pack for assessors: looked at, checked address by address, and taken away as a file."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.monitoring.packing import PackRow, pack_csv, pack_pdf, pack_rows, pack_xlsx, troubles
from prongsai.record.owed import Group, newest_group

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@require_http_methods(["GET", "POST"])
def pack(request: HttpRequest, instrument: str) -> HttpResponse:
    """POST opens every address; that changes nothing, but it is work that no link should set off."""
    group = _group(instrument)
    rows = pack_rows(group.lines)
    is_checked = request.method == "POST"
    found = troubles(rows, origin=_origin()) if is_checked else []
    context = {
        "group": group,
        "rows": rows,
        "is_checked": is_checked,
        "troubles": found,
        "count": sum(len(row.paths) for row in rows),
        "there": sum(row.is_there for row in rows),
        "not_whole": [row.clause for row in rows if row.is_there and not row.is_met],
        "origin": _origin(),
        "forms": tuple(TYPES),
    }
    return render(request, "office/owed/pack.html", context)


@require_GET
def download(request: HttpRequest, instrument: str, form: str) -> HttpResponse:
    group = _group(instrument)
    if form not in TYPES:
        raise Http404(form)
    answer = HttpResponse(_file(group, pack_rows(group.lines), form), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{instrument}.{form}"'
    return answer


def _file(group: Group, rows: list[PackRow], form: str) -> bytes:
    if form == "csv":
        return pack_csv(rows, origin=_origin())
    if form == "xlsx":
        return pack_xlsx(rows, origin=_origin())
    return pack_pdf(
        rows,
        origin=_origin(),
        heading=group.instrument.name_th,
        body=settings.MUNICIPALITY["name_th"],
        made_on=localdate(timezone.now()),
    )


def _group(key: str) -> Group:
    """The newest year of a law or list. Nothing for one that was not looked at."""
    found = newest_group(key)
    if found is None:
        raise Http404(key)
    return found


def _origin() -> str:
    return str(settings.PORTAL_URL).rstrip("/")
