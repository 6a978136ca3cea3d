"""The pack for assessors: looked at, made by the worker, and taken away as files."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.monitoring.assembling.actions import ask_for_pack, call_off_pack, newest_pack
from prongsai.monitoring.assembling.states import PackState
from prongsai.monitoring.packing import pack_csv, pack_rows, pack_xlsx
from prongsai.obligations.results import Result
from prongsai.office.desk import desk_of
from prongsai.office.handing import made_file
from prongsai.office.packs import TYPES, asked_pack, file_of, progress
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import visitor_at
from prongsai.office.views.doors import role_door
from prongsai.organisation.states import RoleCode
from prongsai.record.owed import Group, newest_group

# The rows alone are quick; what is opened, pictured and set in print is the worker's.
AT_ONCE = {"csv": pack_csv, "xlsx": pack_xlsx}


@require_GET
def pack(request: HttpRequest, instrument: str) -> HttpResponse:
    group = _group(instrument)
    rows = pack_rows(group.lines)
    context = {
        "group": group,
        "rows": rows,
        "there": sum(row.is_there for row in rows),
        "broken": [each for each in group.lines if each.result == Result.BROKEN],
        "not_whole": [row.clause for row in rows if row.is_there and not row.is_met],
        "origin": settings.PORTAL_URL,
        "forms": list(AT_ONCE),
        "asked": asked_pack(group.instrument.key, at=timezone.now(), rows=rows),
        "may_make": not role_refusal("write", visitor_at(desk_of(request))),
    }
    return render(request, "office/owed/pack.html", context)


@require_GET
def download(request: HttpRequest, instrument: str, form: str) -> HttpResponse:
    group = _group(instrument)
    if form not in AT_ONCE:
        raise Http404(form)
    octets = AT_ONCE[form](pack_rows(group.lines), origin=settings.PORTAL_URL)
    return made_file(octets, f"{instrument}.{form}", TYPES[form])


@require_POST
@role_door("write")
def ask(request: HttpRequest, instrument: str) -> HttpResponse:
    """A second click finds the one that is being made."""
    group, by = _group(instrument), desk_of(request).actor_with(RoleCode.OFFICER)
    ask_for_pack(instrument=group.instrument.key, by=by, at=timezone.now())
    return redirect("pack", instrument=instrument)


@require_POST
@role_door("write")
def call_off(request: HttpRequest, instrument: str) -> HttpResponse:
    pack = newest_pack(instrument)
    if pack is not None and pack.state == PackState.ASKED:
        by = desk_of(request).actor_with(RoleCode.OFFICER)
        call_off_pack(pack=pack, by=by, at=timezone.now())
        messages.success(request, _("ยกเลิกแล้ว สั่งทำใหม่ได้ทุกเมื่อ"))
    return redirect("pack", instrument=instrument)


@require_GET
def state(request: HttpRequest, instrument: str) -> HttpResponse:
    """Asked by the script while the pack is being made."""
    pack = newest_pack(instrument)
    if pack is None:
        raise Http404(instrument)
    told = "making" if pack.state == PackState.ASKED else pack.state
    return JsonResponse({"state": told, "words": progress(pack)})


@require_GET
@role_door("write")
def made(request: HttpRequest, instrument: str, form: str) -> HttpResponse:
    """A file of the pack that was made; 404 once it is thrown away, or a recall has come over it."""
    asked = asked_pack(instrument, at=timezone.now(), rows=[])
    octets = file_of(asked.pack, form) if asked and asked.is_ready and form in TYPES else None
    if octets is None:
        raise Http404(form)
    return made_file(octets, f"{instrument}.{form}", TYPES[form])


def _group(key: str) -> Group:
    """The newest year of a law or list. Nothing for one that was not looked at."""
    found = newest_group(key)
    if found is None:
        raise Http404(key)
    return found
