"""Sending content to screening and to those who must agree, and taking it back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prongsai.approval import actions, rules
from prongsai.approval.queries import open_submission, submissions_of
from prongsai.approval.refusals import CannotSubmit
from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import desk_of
from prongsai.office.forms import CoverForm, SubmissionForm
from prongsai.office.submitting import cover_form, stopper, submission_screen
from prongsai.office.views.doors import disclosure_door
from prongsai.office.views.telling import refusals_told, tell
from prongsai.office.writing import suggestion_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode
from prongsai.screening import actions as screening
from prongsai.screening.queries import open_findings
from prongsai.screening.redacting.actions import answer_cover
from prongsai.screening.redacting.refusals import CannotRedactFile
from prongsai.screening.refusals import CannotScreen

KEPT = "office_submission:{ref}"
TEMPLATE = "office/submitting/submit.html"


@require_http_methods(["GET", "POST"])
@disclosure_door("submit")
def submit(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Screens first; what was filled in is remembered until the findings are decided."""
    action, desk = rules.content_action(disclosure.number), desk_of(request)
    kept = request.session.get(KEPT.format(ref=disclosure.ref))
    form = SubmissionForm(request.POST or None, action=action, initial=kept)
    covers = cover_form(disclosure, request.POST or None)
    # Both are asked, so that every error is told at once.
    if all([form.is_valid(), covers.is_valid()]):
        request.session[KEPT.format(ref=disclosure.ref)] = request.POST.dict()
        by = desk.actor_with(RoleCode.OFFICER)
        return _send(request, disclosure, form, action, by, covers)
    shown = submission_screen(disclosure, form, action=action, desk=desk, covers=covers)
    return render(request, TEMPLATE, shown, status=422 if form.is_bound else 200)


def _send(
    request: HttpRequest,
    disclosure: Disclosure,
    form: SubmissionForm,
    action: str,
    by: Actor,
    covers: CoverForm,
) -> HttpResponse:
    at = timezone.now()
    try:
        for slot, said in covers.answers().items():
            answer_cover(disclosure=disclosure, slot=slot, by=by, at=at, **said)
        looked = screening.submit_for_screening(disclosure=disclosure, by=by, at=at)
        if open_findings(looked.revision, on=localdate(at)).exists():
            messages.warning(
                request, _("ระบบพบข้อความที่ต้องตัดสินก่อน จึงส่งให้ผู้ตรวจกลั่นกรองแล้ว ดูรายการได้ที่หน้านี้")
            )
            return redirect("screening", ref=disclosure.ref)
        actions.submit(disclosure=disclosure, action=action, by=by, at=at, **form.submission())
    except (CannotRedactFile, CannotScreen, CannotSubmit) as refusal:
        tell(request, refusal)
        return redirect("submit", ref=disclosure.ref)
    request.session.pop(KEPT.format(ref=disclosure.ref), None)
    messages.success(
        request, _("ส่งเข้าพิจารณาแล้ว เนื้อหาถูกล็อกไว้จนกว่าจะพิจารณาเสร็จ หากต้องแก้ไขให้ขอเรื่องคืน")
    )
    return redirect("work", ref=disclosure.ref)


@require_POST
@disclosure_door("edit")
def accept_suggestion(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """The author confirms an approver's words, and finds the sending as it was filled in before."""
    last = submissions_of(disclosure).first()
    suggestion = suggestion_of(last) if last else None
    if last is None or suggestion is None:
        raise Http404
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    with refusals_told(request):
        actions.accept_suggestion(suggestion=suggestion, by=by, at=at)
        wishes = {name: getattr(last, name) for name in ("urgency", "significance", "change_note")}
        request.session[KEPT.format(ref=disclosure.ref)] = wishes
        messages.success(request, _("บันทึกคำที่แก้เป็นฉบับใหม่แล้ว ตรวจแล้วส่งเข้าพิจารณาอีกครั้ง"))
        return redirect("submit", ref=disclosure.ref)
    return redirect("write", ref=disclosure.ref)


@require_POST
@disclosure_door("take_back")
def take_back(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """From the deciders, or from the screeners, whoever has it now."""
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    reason = request.POST.get("reason", "").strip()
    submission = open_submission(disclosure)
    with refusals_told(request):
        if submission is not None:
            actions.take_back(submission=submission, by=by, at=at, reason=reason)
        else:
            screening.take_back(disclosure=disclosure, by=by, at=at, reason=reason)
        messages.success(request, _("ขอเรื่องคืนแล้ว แก้ไขต่อได้"))
    return redirect("work", ref=disclosure.ref)


@require_POST
@disclosure_door("see")
def stop(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Before its time: the action says who may, and the trail remembers who tried."""
    desk, at = desk_of(request), timezone.now()
    submission = submissions_of(disclosure).first()
    if submission is None:
        raise Http404
    by = stopper(submission, desk, at) or desk.actor
    with refusals_told(request):
        actions.stop(submission=submission, reason=request.POST.get("reason", ""), by=by, at=at)
    return redirect("work", ref=disclosure.ref)
