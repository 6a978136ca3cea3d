"""What screening found in the newest revision, and the screener's decisions."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.desk import desk_of
from prongsai.office.findings import finding_groups
from prongsai.office.forms import FindingForm
from prongsai.office.views.doors import disclosure_door, permitted
from prongsai.office.whole import whole
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.screening.actions import decide_finding
from prongsai.screening.models import Finding
from prongsai.screening.queries import alike, blocking_reasons, open_findings
from prongsai.screening.states import Verdict

TEMPLATE = "office/screening/screening.html"


@require_GET
@disclosure_door("see")
def screening(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    return render(request, TEMPLATE, _page(request, disclosure))


def _page(request: HttpRequest, disclosure: Disclosure) -> dict[str, Any]:
    revision = disclosure.latest
    return {
        "disclosure": disclosure,
        "groups": finding_groups(disclosure, revision) if revision else [],
        "open_count": open_findings(revision).count() if revision else 0,
        "reasons": blocking_reasons(revision) if revision else [],
        "may": permitted(desk_of(request), disclosure),
        "verdicts": Verdict.choices,
        "refused": {},
    }


@require_http_methods(["GET", "POST"])
@disclosure_door("screen")
def decide(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    # A refused decision leaves its page at this address: choosing a post there comes back by GET.
    if request.method == "GET":
        return redirect("screening", ref=disclosure.ref)
    rows = Finding.objects.filter(screening__disclosure=disclosure)
    finding = get_object_or_404(rows, pk=whole(request.POST.get("finding")))
    form = FindingForm(request.POST)
    by = desk_of(request).actor_with(RoleCode.SCREENER)
    is_decided = form.is_valid() and _is_decided(request, finding, form, by)
    disclosure.refresh_from_db()
    if disclosure.stage == Stage.SCREENING:
        if is_decided:
            return redirect("screening", ref=disclosure.ref)
        return _refused(request, disclosure, finding, form)
    # It went back to its writers, and with it the screener's sight of the findings.
    if is_decided:
        messages.success(request, _("ตัดสินครบแล้ว ส่งคืนผู้เขียนเพื่อแก้ไข"))
    else:
        _tell_errors(request, form)
    return redirect("inbox")


def _is_decided(request: HttpRequest, finding: Finding, form: FindingForm, by: Actor) -> bool:
    """Alike ones are those of the very same datum: one look is enough for all of them."""
    given = dict(form.cleaned_data)
    chosen = (list(alike(finding)) if given.pop("alike") else []) or [finding]
    try:
        for one in chosen:
            decide_finding(finding=one, by=by, at=timezone.now(), **given)
    except CannotAct as refusal:
        for blocker in refusal.blockers:
            form.add_error(None, str(blocker))
        return False
    messages.success(request, _("ตัดสินแล้ว {n} ข้อ").format(n=len(chosen)))
    return True


def _refused(
    request: HttpRequest, disclosure: Disclosure, finding: Finding, form: FindingForm
) -> HttpResponse:
    """The page as it was left, with what was typed; above it, when the finding has no form any more."""
    revision = disclosure.latest
    if revision is None or not open_findings(revision).filter(pk=finding.pk).exists():
        _tell_errors(request, form)
    shown = _page(request, disclosure) | {"refused": {finding.pk: form}}
    return render(request, TEMPLATE, shown, status=422)


def _tell_errors(request: HttpRequest, form: FindingForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
