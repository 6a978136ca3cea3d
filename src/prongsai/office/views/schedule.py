"""When things become public by themselves, and how to change that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.approval import actions
from prongsai.approval.queries import submissions_of
from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import desk_of
from prongsai.office.forms import TimeForm
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.schedule import schedule as planned
from prongsai.office.submitting import mover, stopper
from prongsai.office.views.doors import disclosure_door
from prongsai.office.views.submitting import KEPT
from prongsai.office.views.telling import refusals_told
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
    desk = desk_of(request)
    form = TimeForm(request.POST, prefix=f"time-{submission.pk}")
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
        return redirect("schedule")
    require_fresh_sign_in(request)
    by, reason = mover(submission, desk) or desk.actor, form.cleaned_data["reason"]
    with refusals_told(request):
        actions.move_time(
            submission=submission, to=form.moment(), reason=reason, by=by, at=timezone.now()
        )
        messages.success(request, _("เลื่อนเวลาแล้ว การอนุมัติยังมีผล ระบบเผยแพร่เองตามเวลาใหม่"))
    return redirect("schedule")
