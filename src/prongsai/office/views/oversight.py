"""What takes a second person: appointments to posts that decide, and changes of the accounts of those who hold them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.actions.accounts import read_account_notice
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.models import AccountNotice
from prongsai.office.oversight import (
    open_notices,
    overseeing_post,
    proposed_appointments,
    seconding_post,
)
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.actions import settle_appointment
from prongsai.organisation.models import Appointment


@require_GET
def oversight(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    shown = {"notices": open_notices(desk), "proposed": proposed_appointments(desk)}
    return render(request, "office/oversight/oversight.html", shown)


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` is agree or refuse; the action says who may."""
    require_fresh_sign_in(request)
    held, desk = get_object_or_404(Appointment, pk=pk), desk_of(request)
    agrees = request.POST.get("do") == "agree"
    with refusals_told(request):
        settle_appointment(
            appointment=held,
            agrees=agrees,
            reason=request.POST.get("reason", ""),
            by=desk.actor_at(seconding_post(desk)),
            at=timezone.now(),
        )
        messages.success(
            request,
            _("ยืนยันแล้ว คำสั่งมีผลตามวันที่ระบุ") if agrees else _("ไม่ให้มีผลแล้ว แจ้งผู้บันทึกคำสั่งให้แก้"),
        )
    return redirect("oversight")


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    notice, desk = get_object_or_404(AccountNotice, pk=pk), desk_of(request)
    is_own = notice.person == desk.person
    by = desk.actor if is_own else desk.actor_at(overseeing_post(desk))
    with refusals_told(request):
        read_account_notice(notice=notice, by=by, at=timezone.now())
    return redirect("oversight")
