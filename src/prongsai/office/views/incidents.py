"""Incidents with personal data: their clock, their checklist, their end."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.desk import Desk, desk_of
from prongsai.office.permissions import OVERSEERS
from prongsai.office.recalling import incident_rows, incident_screen, may_keep_here
from prongsai.office.views.doors import refuse
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.actors import Actor
from prongsai.publication.models import Incident
from prongsai.publication.recalls import actions
from prongsai.publication.recalls.queries import may_keep

LATEST = 100


@require_GET
def incidents(request: HttpRequest) -> HttpResponse:
    """Open ones first, the most pressing at the top."""
    desk, at = desk_of(request), timezone.now()
    rows = Incident.objects.select_related("submission__disclosure__unit", "recall_set")
    seen = [each for each in rows.order_by("-known_at")[:LATEST] if _may_see(each, desk)]
    shown = incident_rows(seen, at=at)
    split = {
        "open_rows": [each for each in reversed(shown) if each.incident.closed_at is None],
        "closed_rows": [each for each in shown if each.incident.closed_at is not None],
    }
    return render(request, "office/recalls/incidents.html", split)


@require_GET
def incident(request: HttpRequest, ref: UUID) -> HttpResponse:
    found = _found(request, ref)
    shown = incident_screen(found, desk_of(request), at=timezone.now())
    return render(request, "office/recalls/incident.html", shown)


@require_POST
def answer_incident(request: HttpRequest, ref: UUID) -> HttpResponse:
    found = _found(request, ref)
    with refusals_told(request):
        actions.answer(
            incident=found,
            question=request.POST.get("question", ""),
            text=request.POST.get("text", ""),
            by=_keeper(found, desk_of(request)),
            at=timezone.now(),
        )
        messages.success(request, _("บันทึกคำตอบแล้ว"))
    return redirect("incident", ref=ref)


@require_POST
def close_incident(request: HttpRequest, ref: UUID) -> HttpResponse:
    found = _found(request, ref)
    with refusals_told(request):
        actions.close_incident(
            incident=found,
            reason=request.POST.get("reason", ""),
            by=_keeper(found, desk_of(request)),
            at=timezone.now(),
        )
        messages.success(request, _("ปิดเหตุแล้ว"))
    return redirect("incident", ref=ref)


def _found(request: HttpRequest, ref: UUID) -> Incident:
    rows = Incident.objects.select_related("submission__disclosure__unit", "recall_set")
    found = get_object_or_404(rows, ref=ref)
    desk = desk_of(request)
    if not _may_see(found, desk):
        refuse(desk, "office.see_incidents", found.subject, _not_theirs, request.path)
    return found


def _may_see(found: Incident, desk: Desk) -> bool:
    return bool(desk.roles & OVERSEERS) or may_keep_here(found, desk)


def _not_theirs() -> str:
    return _("เหตุนี้เป็นของหน่วยงานอื่น ท่านจึงเปิดดูไม่ได้ หากเกี่ยวข้อง โปรดติดต่อปลัดหรือผู้ดูแลเว็บไซต์")


def _keeper(found: Incident, desk: Desk) -> Actor:
    """As the first of their posts that may; else as they sit, and the action says why not."""
    held = (desk.actor_at(one.post.code) for one in desk.appointments)
    return next((by for by in held if may_keep(found, by, on=desk.on)), desk.actor)
