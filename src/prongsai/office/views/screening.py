"""What screening found in the newest revision, and the screener's decisions."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import desk_of
from prongsai.office.findings import finding_groups
from prongsai.office.forms import FindingForm
from prongsai.office.views.doors import disclosure_door, permitted
from prongsai.office.views.telling import refusals_told
from prongsai.office.whole import whole
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode
from prongsai.screening.actions import decide_finding
from prongsai.screening.models import Finding
from prongsai.screening.queries import alike, blocking_reasons, open_findings
from prongsai.screening.states import Verdict


@require_GET
@disclosure_door("see")
def screening(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    revision = disclosure.latest
    shown = {
        "disclosure": disclosure,
        "groups": finding_groups(disclosure, revision) if revision else [],
        "open_count": open_findings(revision).count() if revision else 0,
        "reasons": blocking_reasons(revision) if revision else [],
        "may": permitted(desk_of(request), disclosure),
        "verdicts": Verdict.choices,
    }
    return render(request, "office/screening/screening.html", shown)


@require_POST
@disclosure_door("screen")
def decide(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    rows = Finding.objects.filter(screening__disclosure=disclosure)
    finding = get_object_or_404(rows, pk=whole(request.POST.get("finding")))
    form = FindingForm(request.POST)
    if form.is_valid():
        _decide(request, finding, form, desk_of(request).actor_with(RoleCode.SCREENER))
    else:
        for error in form.errors.values():
            messages.error(request, str(error[0]))
    return redirect("screening", ref=disclosure.ref)


def _decide(request: HttpRequest, finding: Finding, form: FindingForm, by: Actor) -> None:
    """Alike ones are those of the very same datum: one look is enough for all of them."""
    given = dict(form.cleaned_data)
    chosen = list(alike(finding)) if given.pop("alike") else [finding]
    with refusals_told(request):
        for one in chosen or [finding]:
            decide_finding(finding=one, by=by, at=timezone.now(), **given)
        messages.success(request, _("ตัดสินแล้ว {n} ข้อ").format(n=len(chosen or [finding])))
