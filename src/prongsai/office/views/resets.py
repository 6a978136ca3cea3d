"""Second factors that were lost: an administrator asks, another administrator or an approver agrees."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.account_forms import ReasonForm
from prongsai.office.actions.accounts import ask_for_reset, settle_reset
from prongsai.office.actions.accounts.resetting import AGREEING_ROLES
from prongsai.office.desk import Desk, desk_of, roles_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.models import FactorReset
from prongsai.office.people import waiting_resets
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.queries import actor_by
from prongsai.organisation.states import RoleCode


@require_POST
@role_door("edit_people")
def ask(request: HttpRequest, username: str) -> HttpResponse:
    row, form = (
        get_object_or_404(Person, username=username),
        ReasonForm(request.POST, prefix="reset"),
    )
    if not form.is_valid():
        messages.error(request, _("ยังไม่ได้ขอ: โปรดเขียนว่าตรวจตัวจริงของเจ้าของบัญชีอย่างไร"))
        return redirect("person", username=username)
    require_fresh_sign_in(request)
    by, reason = desk_of(request).actor_with(RoleCode.ADMINISTRATOR), form.cleaned_data["reason"]
    with refusals_told(request):
        if ask_for_reset(person=row, reason=reason, by=by, at=timezone.now()):
            messages.success(request, _("ขอแล้ว ผู้ดูแลระบบหรือผู้อนุมัติคนอื่นต้องยืนยันภายในหนึ่งวัน"))
        else:
            messages.success(request, _("ล้างการยืนยันสองชั้นแล้ว เจ้าของตั้งใหม่ได้เมื่อเข้าสู่ระบบ"))
    return redirect("person", username=username)


@require_GET
@role_door("agree_to_reset")
def resets(request: HttpRequest) -> HttpResponse:
    rows = waiting_resets(at=timezone.now())
    return render(request, "office/people/resets.html", {"rows": rows})


@require_POST
@role_door("agree_to_reset")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    require_fresh_sign_in(request)
    row = get_object_or_404(FactorReset, pk=pk)
    agrees = request.POST.get("do") == "agree"
    with refusals_told(request):
        settle_reset(reset=row, agrees=agrees, by=_agreeing(desk_of(request)), at=timezone.now())
        messages.success(
            request, _("ล้างแล้ว เจ้าของบัญชีต้องตั้งใหม่") if agrees else _("ไม่ให้ล้าง บัญชีคงเดิม")
        )
    return redirect("factor_resets")


def _agreeing(desk: Desk) -> Actor:
    """As the post that reaches furthest; of two alike, the chosen one."""
    fitting = [held for held in desk.appointments if AGREEING_ROLES & roles_of(held)]
    return actor_by(min(fitting, key=lambda held: (held.is_limited, held != desk.chosen)))
