"""The dashboards, by what somebody is responsible for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from prongsai.office import health as installation
from prongsai.office.condition import defective_count
from prongsai.office.dashboards import (
    WRITING_ROLES,
    due_soon,
    leads_a_unit,
    my_work,
    sees_the_whole,
    unit_work,
    whole,
)
from prongsai.office.desk import desk_of
from prongsai.office.views.doors import role_door


@require_GET
def dashboard(request: HttpRequest) -> HttpResponse:
    """Only the parts that concern this person; somebody with several posts sees the parts of each."""
    desk, at = desk_of(request), timezone.now()
    shown: dict[str, Any] = {"defective": defective_count(desk)}
    if desk.roles & WRITING_ROLES:
        shown |= {"mine": my_work(desk, at=at), "due": due_soon(desk)}
    if leads_a_unit(desk):
        shown["unit"] = unit_work(desk, at=at)
    if sees_the_whole(desk):
        shown["whole"] = whole(at=at)
    return render(request, "office/dashboards/dashboard.html", shown)


@require_GET
@role_door("see_health")
def health(request: HttpRequest) -> HttpResponse:
    facts = installation.facts(at=timezone.now())
    return render(request, "office/dashboards/health.html", {"facts": facts})
