"""When things become public by themselves, and how to change that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.approval import actions
from prongsai.approval.models import Submission, TimeWish
from prongsai.approval.queries import submissions_of
from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import desk_of
from prongsai.office.forms import TimeForm
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.schedule import schedule as planned
from prongsai.office.submitting import answerer, mover, stopper
from prongsai.office.views.doors import admit, disclosure_door
from prongsai.office.views.submitting import KEPT
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.states import RoleCode
from prongsai.record.states import CONTENT_ACTIONS


@require_GET
def schedule(request: HttpRequest) -> HttpResponse:
    shown = planned(desk_of(request), at=timezone.now())
    return render(request, "office/schedule/schedule.html", {"schedule": shown})


@require_POST
@disclosure_door("see")
def reschedule(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """The time is part of what was approved: it is stopped, and sent again with the same words and another time."""
    submission = submissions_of(disclosure).first()
    if submission is None or submission.action not in CONTENT_ACTIONS:
        raise Http404
    desk, at = desk_of(request), timezone.now()
    by = stopper(submission, desk, at) or desk.actor
    with refusals_told(request):
        actions.stop(submission=submission, reason=request.POST.get("reason", ""), by=by, at=at)
        request.session[KEPT.format(ref=disclosure.ref)] = {
            "urgency": submission.urgency,
            "significance": submission.significance,
            "change_note": submission.change_note,
        }
        messages.success(request, _("หยุดไว้แล้ว ใส่เวลาใหม่แล้วส่งอีกครั้ง เพราะเวลาเป็นส่วนหนึ่งของสิ่งที่อนุมัติ"))
        return redirect("submit", ref=disclosure.ref)
    return redirect("schedule")


@require_POST
@disclosure_door("see")
def move_time(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Put off within what was approved; nobody is asked again, and the action says who may."""
    submission = submissions_of(disclosure).first()
    if submission is None:
        raise Http404
    desk, form = desk_of(request), _told_form(request, submission)
    if form is None:
        return redirect("schedule")
    require_fresh_sign_in(request)
    by, reason = mover(submission, desk) or desk.actor, form.cleaned_data["reason"]
    with refusals_told(request):
        actions.move_time(
            submission=submission, to=form.moment(), reason=reason, by=by, at=timezone.now()
        )
        messages.success(request, _("เลื่อนเวลาแล้ว การอนุมัติยังมีผล ระบบเผยแพร่เองตามเวลาใหม่"))
    return redirect("schedule")


def _told_form(request: HttpRequest, submission: Submission) -> TimeForm | None:
    """None for one with mistakes, which are told."""
    form = TimeForm(request.POST, prefix=f"time-{submission.pk}")
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))
    return None if form.errors else form


@require_POST
@disclosure_door("see")
def ask_for_time(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """A writer asks whoever decides the last step to put it off."""
    submission = submissions_of(disclosure).first()
    if submission is None:
        raise Http404
    form, at = _told_form(request, submission), timezone.now()
    if form is None:
        return redirect("schedule")
    by, reason = desk_of(request).actor_with(RoleCode.OFFICER), form.cleaned_data["reason"]
    with refusals_told(request):
        actions.ask_for_time(submission=submission, to=form.moment(), reason=reason, by=by, at=at)
        messages.success(
            request,
            _("ขอเลื่อนเวลาแล้ว คำขอขึ้นใน “งานของฉัน” ของผู้อนุมัติขั้นสุดท้าย เวลาเดิมยังใช้อยู่จนกว่าจะเห็นชอบ"),
        )
    return redirect("schedule")


@require_POST
def answer_time_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` is "agree" or "refuse"; the action says who may, and the trail remembers who tried."""
    rows = TimeWish.objects.select_related("submission__disclosure__unit")
    wish = get_object_or_404(rows, pk=pk)
    admit(request, "see", wish.submission.disclosure)
    require_fresh_sign_in(request)
    desk, at = desk_of(request), timezone.now()
    by = answerer(wish.submission, desk) or desk.actor
    with refusals_told(request):
        if request.POST.get("do") == "agree":
            actions.agree_to_time(wish=wish, by=by, at=at)
            messages.success(request, _("เห็นชอบแล้ว ระบบเผยแพร่เองตามเวลาใหม่"))
        else:
            actions.refuse_time(wish=wish, reason=request.POST.get("reason", ""), by=by, at=at)
            messages.success(request, _("บันทึกแล้วว่าไม่เห็นชอบ เวลาเดิมยังใช้อยู่"))
    return redirect("inbox" if request.POST.get("from") == "inbox" else "schedule")
