"""The chains of approval: looked at by everybody, proposed by administrators, confirmed by a second person."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.approval import actions
from prongsai.approval.models import ChainVersion
from prongsai.approval.queries.chains import versions_of
from prongsai.approval.refusals import CannotChangeChain
from prongsai.office.chain_forms import (
    ChainForm,
    NewChainForm,
    StepForms,
    UnitForm,
    WayForm,
    columns_of,
    steps_form,
)
from prongsai.office.chains import chain_screen, chains_screen
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import visitor_at
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told, tell
from prongsai.organisation.states import RoleCode

CHANGE = "office/chains/change.html"


@require_GET
def chains(request: HttpRequest) -> HttpResponse:
    form = WayForm(request.GET if "unit" in request.GET else None)
    desk = desk_of(request)
    may_propose = not role_refusal("edit_chains", visitor_at(desk))
    shown = chains_screen(desk, form) | {"may_propose": may_propose}
    return render(request, "office/chains/list.html", shown)


@require_GET
def chain(request: HttpRequest, code: str) -> HttpResponse:
    versions = get_list_or_404(versions_of(code))
    desk = desk_of(request)
    form = UnitForm(request.GET if "unit" in request.GET else None)
    may_propose = not role_refusal("edit_chains", visitor_at(desk))
    shown = chain_screen(versions, form, desk, may_propose=may_propose)
    return render(request, "office/chains/one.html", shown)


@require_http_methods(["GET", "POST"])
@role_door("edit_chains")
def new(request: HttpRequest) -> HttpResponse:
    form = NewChainForm(request.POST or None, initial={"base_number": 0})
    return _edited(request, form, None)


@require_http_methods(["GET", "POST"])
@role_door("edit_chains")
def change(request: HttpRequest, code: str) -> HttpResponse:
    version = get_list_or_404(versions_of(code))[0]
    form = ChainForm(request.POST or None, initial=columns_of(version))
    return _edited(request, form, version)


def _edited(request: HttpRequest, form: ChainForm, version: ChainVersion | None) -> HttpResponse:
    """`do` is "more" for another empty step, else the version is proposed."""
    is_more = request.POST.get("do") == "more"
    is_proposal = request.method == "POST" and not is_more
    steps = _steps(request, version)
    if is_proposal and form.is_valid() and steps.is_valid():
        made = form.version(_code(form, version), steps.plans())
        if _is_proposed(request, made, form.cleaned_data["base_number"]):
            return redirect("chain", code=made.code)
    if is_more and steps.is_valid():
        steps = steps_form(plans=steps.plans(), extra=1)
    shown = {"form": form, "steps": steps, "version": version}
    return render(request, CHANGE, shown, status=422 if is_proposal else 200)


def _steps(request: HttpRequest, version: ChainVersion | None) -> StepForms:
    """As they were sent, or those of the version; a chain that is new begins with an empty one."""
    plans = version.steps if version else []
    return steps_form(request.POST or None, plans=plans, extra=0 if version else 1)


def _code(form: ChainForm, version: ChainVersion | None) -> str:
    return version.code if version else str(form.cleaned_data["code"])


def _is_proposed(request: HttpRequest, version: ChainVersion, base_number: int) -> bool:
    """What was refused stays in the form, with its sentences above."""
    by, at = desk_of(request).actor_with(RoleCode.ADMINISTRATOR), timezone.now()
    version.from_date = version.from_date or timezone.localdate(at)
    try:
        actions.propose_chain(version=version, base_number=base_number, by=by, at=at)
    except CannotChangeChain as refusal:
        tell(request, refusal)
        return False
    messages.success(request, _("เสนอแล้ว สายเดิมใช้ต่อไปจนกว่าผู้อื่นที่มีสิทธิจะยืนยันฉบับใหม่"))
    return True


@require_POST
@role_door("edit_chains")
def retire(request: HttpRequest, code: str) -> HttpResponse:
    """Proposes that the chain ends today; a second person confirms that too."""
    last = get_list_or_404(versions_of(code))[0]
    version = ChainVersion(code=code, is_retired=True, reason=request.POST.get("reason", ""))
    kept = ("name_th", "name_en", "urgency", "action", "kind", "section", "unit_code", "plans")
    for name in kept:
        setattr(version, name, getattr(last, name))
    _is_proposed(request, version, last.number)
    return redirect("chain", code=code)


@require_POST
def settle(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """`do` is "confirm" or "refuse"; the action says who may, and the trail remembers who tried."""
    require_fresh_sign_in(request)
    version = get_object_or_404(ChainVersion, code=code, number=number)
    by, at = desk_of(request).actor, timezone.now()
    with refusals_told(request):
        if request.POST.get("do") == "refuse":
            reason = request.POST.get("reason", "")
            actions.refuse_chain(version=version, reason=reason, by=by, at=at)
            messages.success(request, _("บันทึกแล้วว่าไม่ให้ใช้ฉบับนี้ สายเดิมใช้ต่อไป"))
        else:
            actions.confirm_chain(version=version, by=by, at=at)
            messages.success(request, _("ยืนยันแล้ว เรื่องที่ส่งตั้งแต่วันเริ่มใช้จะเดินตามฉบับนี้"))
    return redirect("chain", code=code)
