"""The list of work, the start of a new one, and the page on which one piece of work is seen whole."""

from uuid import uuid4

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.approval.queries import open_submission, submissions_of
from prongsai.disclosures import actions
from prongsai.disclosures.kinds import written_kinds
from prongsai.disclosures.models import Disclosure
from prongsai.monitoring.models import Defect
from prongsai.obligations.queries import obligation
from prongsai.office.bundle_rows import bundle_of_work
from prongsai.office.condition import shown
from prongsai.office.desk import desk_of
from prongsai.office.filters import DisclosureFilter
from prongsai.office.forms import StartForm
from prongsai.office.owed import About, about, kind_for
from prongsai.office.papers import submission_papers
from prongsai.office.published import published_rows
from prongsai.office.queries import acts_of, visible_disclosures
from prongsai.office.rights import permitted
from prongsai.office.submitting import stopper
from prongsai.office.views.doors import disclosure_door, role_door
from prongsai.office.views.telling import refusals_told
from prongsai.office.waiting import wait_of
from prongsai.organisation.states import RoleCode
from prongsai.screening.queries import open_findings

PAGE = 25
LATEST_ACTS = 40


@require_GET
def disclosures(request: HttpRequest) -> HttpResponse:
    rows = visible_disclosures(desk_of(request)).order_by("-changed_at")
    chosen = DisclosureFilter(request.GET, queryset=rows, request=request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "office/disclosures/list.html", {"form": chosen.form, "page": page})


@require_http_methods(["GET", "POST"])
@role_door("write")
def start(request: HttpRequest) -> HttpResponse:
    """The address of the new work is made with the form, so that a second click opens the first one's work."""
    desk = desk_of(request)
    duty = obligation(request.GET.get("duty", ""))
    initial = {"ref": uuid4(), "part": request.GET.get("part", "")}
    initial |= {"duty": duty.key, "kind": kind_for(duty).code} if duty else {}
    form = StartForm(request.POST or None, desk=desk, initial=initial)
    if not form.is_valid():
        shown = {"form": form, "kinds": written_kinds(), "duty": duty}
        return render(request, "office/disclosures/start.html", shown)
    given = form.cleaned_data
    wanted = obligation(given["duty"])
    asked = about(wanted, given["part"]) if wanted else About()
    with refusals_told(request):
        work = actions.start(
            kind=given["kind"],
            unit=given["unit"],
            ref=given["ref"],
            duties=[wanted.key] if wanted else [],
            fiscal_year=asked.fiscal_year,
            period=asked.period,
            by=desk.actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
        return redirect("write", ref=work.ref)
    return redirect("start")


@require_GET
@disclosure_door("see")
def work(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    desk, current = desk_of(request), open_submission(disclosure)
    submissions = list(submissions_of(disclosure))
    open_count = open_findings(disclosure.latest, on=desk.on).count() if disclosure.latest else 0
    return render(
        request,
        "office/disclosures/work.html",
        {
            "disclosure": disclosure,
            "content": disclosure.latest.content if disclosure.latest else {},
            "may": permitted(desk, disclosure),
            "bundle": bundle_of_work(disclosure, current),
            "wait": wait_of(disclosure, at=timezone.now()) if current else None,
            "may_stop": current is not None and stopper(current, desk, timezone.now()) is not None,
            "submissions": submissions,
            # Of the newest: the others stand on a page of their own.
            "papers": submission_papers(submissions[:1]),
            "public": next(iter(published_rows([disclosure], desk)), None),
            "condition": shown(Defect.objects.filter(number=disclosure.number), desk)
            if disclosure.number
            else [],
            "open_count": open_count,
            "is_decided": not open_count,
            "acts": acts_of(disclosure)[:LATEST_ACTS],
        },
    )


@require_POST
@disclosure_door("discard")
def discard(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    with refusals_told(request):
        actions.discard(
            disclosure=disclosure,
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return redirect("work", ref=disclosure.ref)


@require_POST
@disclosure_door("bring_back")
def bring_back(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    with refusals_told(request):
        actions.resume(
            disclosure=disclosure,
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return redirect("write", ref=disclosure.ref)
