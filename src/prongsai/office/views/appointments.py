"""Orders of appointment: entered and ended by administrators, and delegation by a holder where that is allowed."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.office.appointment_forms import DelegationForm, EndForm, OrderForm
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import tell
from prongsai.organisation import actions
from prongsai.organisation.models import Appointment
from prongsai.organisation.refusals import CannotAppoint
from prongsai.organisation.states import RoleCode

TEMPLATE = "office/appointments/order.html"


@require_http_methods(["GET", "POST"])
@role_door("appoint")
def appoint(request: HttpRequest) -> HttpResponse:
    form = OrderForm(request.POST or None, initial={"post": request.GET.get("post", "")})
    by = desk_of(request).actor_with(RoleCode.ADMINISTRATOR)

    def act() -> None:
        actions.appoint(appointment=form.appointment(), by=by, at=timezone.now())

    if form.is_valid() and _is_done(
        request, act, _("บันทึกคำสั่งแล้ว มีผลตามวันที่ระบุ ถ้าตำแหน่งนั้นอนุมัติหรือดูแลระบบ มีผลเมื่อผู้อื่นยืนยัน")
    ):
        return redirect("organisation")
    shown = {"form": form, "title": _("บันทึกคำสั่งแต่งตั้ง"), "place": "organisation"}
    return render(request, TEMPLATE, shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@role_door("appoint")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    held = get_object_or_404(Appointment.objects.select_related("person", "post"), pk=pk)
    form = EndForm(request.POST or None)
    by = desk_of(request).actor_with(RoleCode.ADMINISTRATOR)

    def act() -> None:
        actions.end_appointment(appointment=held, by=by, at=timezone.now(), **form.cleaned_data)

    if form.is_valid() and _is_done(request, act, _("บันทึกวันสิ้นสุดแล้ว")):
        return redirect("organisation")
    shown = {"form": form, "title": _("สิ้นสุดการดำรงตำแหน่ง"), "held": held, "place": "organisation"}
    return render(request, TEMPLATE, shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def delegate(request: HttpRequest) -> HttpResponse:
    """A holder's own; the room is not there in a municipality that does not allow it."""
    if not settings.MUNICIPALITY.get("own_delegation", False):
        raise Http404
    desk = desk_of(request)
    form = DelegationForm(request.POST or None, held=list(desk.appointments))

    def act() -> None:
        appointment = form.appointment()
        by = desk.actor_at(appointment.post.code)
        actions.delegate(appointment=appointment, by=by, at=timezone.now())

    if form.is_valid() and _is_done(
        request, act, _("มอบหมายแล้ว ผู้รับมอบจะเห็นงานของตำแหน่งนี้ตามวันที่ระบุ")
    ):
        return redirect("account")
    shown = {"form": form, "title": _("มอบหมายให้แทนชั่วคราว"), "place": "account"}
    return render(request, TEMPLATE, shown, status=422 if form.is_bound else 200)


def _is_done(request: HttpRequest, act: Callable[[], None], sentence: str) -> bool:
    """What was refused stays in the form, with its sentences above."""
    # An order gives somebody a signature.
    require_fresh_sign_in(request)
    try:
        act()
    except CannotAppoint as refusal:
        tell(request, refusal)
        return False
    messages.success(request, sentence)
    return True
