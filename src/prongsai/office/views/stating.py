"""Statements: that a period has nothing, that a duty does not apply, that what is published is still right."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prongsai.approval import actions as approval
from prongsai.disclosures.actions import make_review, make_statement
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.obligations.queries import obligation
from prongsai.office.desk import desk_of
from prongsai.office.owed import about
from prongsai.office.owed_forms import StatementForm
from prongsai.office.views.doors import disclosure_door, role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode
from prongsai.record.states import Action
from prongsai.screening import actions as screening
from prongsai.screening.queries import open_findings


@require_http_methods(["GET", "POST"])
@role_door("write")
def state(request: HttpRequest, duty_key: str) -> HttpResponse:
    """For one duty; the draft is then read, and sent like any other work."""
    duty, desk = obligation(duty_key), desk_of(request)
    if duty is None:
        raise Http404(duty_key)
    asked = about(duty, request.GET.get("part", ""))
    initial = {"ref": uuid4(), "fiscal_year": asked.fiscal_year, "period": asked.period}
    form = StatementForm(request.POST or None, desk=desk, duty=duty, initial=initial)
    if form.is_valid():
        by, given = desk.actor_with(RoleCode.OFFICER), form.cleaned_data
        try:
            made = make_statement(
                wish=form.wish(), unit=given["unit"], ref=given["ref"], by=by, at=timezone.now()
            )
            messages.success(request, _("ร่างถ้อยแถลงแล้ว อ่านถ้อยคำที่ประชาชนจะเห็น แล้วส่งเข้าพิจารณา"))
            return redirect("submit", ref=made.ref)
        except CannotSave as refusal:
            for blocker in refusal.blockers:
                form.add_error(None, str(blocker))
    shown = {"form": form, "duty": duty}
    return render(request, "office/owed/state.html", shown, status=422 if form.is_bound else 200)


@require_POST
@disclosure_door("change_published")
def review(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """One tap: the statement is made, screened and sent; whoever taps again finds the one that is on its way."""
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    with refusals_told(request):
        made = make_review(disclosure=disclosure, by=by, at=at, ref=_ref(request))
        if made.stage in {Stage.WRITING, Stage.SCREENING}:
            _send(request, made, by)
        else:
            messages.info(request, _("มีถ้อยแถลงว่าตรวจทานฉบับนี้แล้วอยู่ระหว่างดำเนินการ ไม่ต้องส่งซ้ำ"))
        return redirect("work", ref=made.ref)
    return redirect("work", ref=disclosure.ref)


def _ref(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("ref", ""))
    except ValueError:
        return uuid4()


def _send(request: HttpRequest, made: Disclosure, by: Actor) -> None:
    """Through screening into its chain."""
    at = timezone.now()
    looked = screening.submit_for_screening(disclosure=made, by=by, at=at)
    if open_findings(looked.revision, on=localdate(at)).exists():
        messages.warning(request, _("ถ้อยแถลงมีข้อความที่ต้องตัดสินก่อน จึงส่งให้ผู้ตรวจกลั่นกรองแล้ว"))
        return
    approval.submit(disclosure=made, action=Action.PUBLISHED, by=by, at=at)
    messages.success(request, _("ส่งถ้อยแถลงว่าตรวจทานแล้วเข้าพิจารณา ประชาชนเห็นเมื่ออนุมัติครบทุกขั้น"))
