"""Lists of duties: which hold, what a signed one would change, and the decision which holds."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.monitoring.adopting import adopt, receive_pack
from prongsai.monitoring.data_packs import LONGEST_PACK, adopted, sheet_of
from prongsai.monitoring.models import DataPack
from prongsai.monitoring.rehearsing import compare, rehearse, years_to_rehearse
from prongsai.obligations.queries import sheet as standing_sheet
from prongsai.office.chapters import OWN_DUTIES, address_of
from prongsai.office.desk import desk_of
from prongsai.office.duty_lists import choices, decisions, our_lists, standing_lists, waiting_packs
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import visitor_at
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told
from prongsai.office.whole import whole
from prongsai.organisation.states import RoleCode


@require_GET
def duty_lists(request: HttpRequest) -> HttpResponse:
    context = {
        "standing": standing_lists(),
        "waiting": waiting_packs(),
        "may_adopt": not role_refusal("adopt_lists", visitor_at(desk_of(request))),
        "own_duties": address_of(OWN_DUTIES),
    }
    return render(request, "office/owed/lists.html", context)


@require_POST
@role_door("adopt_lists")
def receive(request: HttpRequest) -> HttpResponse:
    """Leads to what the pack would change; nothing holds by that."""
    upload = request.FILES.get("pack")
    if upload is None:
        messages.error(request, _("ยังไม่ได้เลือกไฟล์ โปรดเลือกไฟล์ชุดข้อมูลแล้วส่งอีกครั้ง"))
        return redirect("duty_lists")
    by = desk_of(request).actor_with(RoleCode.WEBMASTER)
    with refusals_told(request):
        pack = receive_pack(raw=upload.read(LONGEST_PACK + 1), by=by, at=timezone.now())
        return redirect(_place(pack))
    return redirect("duty_lists")


@require_GET
def duty_list(request: HttpRequest, instrument: str) -> HttpResponse:
    """With `?pack=` as that one would have it; the rehearsal is about the fiscal year `?year=`."""
    pack, standing = _pack(instrument, request.GET.get("pack", "")), standing_sheet(instrument)
    sheet, today = sheet_of(pack) if pack else standing, localdate(timezone.now())
    if sheet is None:
        raise Http404(instrument)
    years = years_to_rehearse(sheet, on=today)
    asked = request.GET.get("year", "")
    holding = adopted().get(instrument)
    is_in_use = standing is not None and pack in (None, holding)
    # A list that holds is looked at with its own year's content, one that may come with the last year's.
    usual = years[-1] if is_in_use else years[0]
    year = int(asked) if asked in map(str, years) else usual
    context = {
        "instrument": sheet.instrument,
        "pack": pack or holding,
        "holding": holding,
        "is_in_use": is_in_use,
        "is_ours": instrument in our_lists(),
        "compared": compare(sheet),
        "rehearsal": rehearse(sheet, year=year, on=today),
        "years": years,
        "choices": choices(instrument),
        "decisions": decisions(instrument),
        "may_adopt": not role_refusal("adopt_lists", visitor_at(desk_of(request))),
    }
    return render(request, "office/owed/list.html", context)


@require_POST
@role_door("adopt_lists")
def adopt_list(request: HttpRequest, instrument: str) -> HttpResponse:
    """`pack` names the one that shall hold; without it what the system brings."""
    pack = _pack(instrument, request.POST.get("pack", ""))
    if pack is None and not decisions(instrument):
        raise Http404(instrument)
    by = desk_of(request).actor_with(RoleCode.WEBMASTER)
    with refusals_told(request):
        reason = request.POST.get("reason", "")[:500]
        adopt(instrument_key=instrument, pack=pack, reason=reason, by=by, at=timezone.now())
        messages.success(request, _said(instrument, pack))
        return redirect("duty_lists")
    return redirect(_place(pack) if pack else reverse("duty_lists"))


def _said(instrument: str, pack: DataPack | None) -> str:
    if pack is not None:
        return _("ใช้รายการนี้แล้ว กระดานของทุกคนจะเปลี่ยนภายในหนึ่งนาที")
    if instrument in our_lists():
        return _("กลับไปใช้รายการที่มากับระบบแล้ว กระดานของทุกคนจะเปลี่ยนภายในหนึ่งนาที")
    return _("เลิกใช้รายการนี้แล้ว กระดานของทุกคนจะเปลี่ยนภายในหนึ่งนาที")


def _place(pack: DataPack) -> str:
    address = reverse("duty_list", kwargs={"instrument": pack.instrument_key})
    return f"{address}?pack={pack.pk}"


def _pack(instrument: str, key: str) -> DataPack | None:
    """None where none is named."""
    if not key:
        return None
    return get_object_or_404(DataPack, instrument_key=instrument, pk=whole(key))
