"""The register of parts that the public does not see: of one work, and of all that the desk may see."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.disclosures.actions import show_again, withhold
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.office.desk import desk_of
from prongsai.office.filters import WithheldFilter
from prongsai.office.forms import WithheldForm
from prongsai.office.queries import visible_disclosures
from prongsai.office.rights import permitted
from prongsai.office.views.doors import admit, disclosure_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.screening.redacting.actions import answer_cover

PAGE = 25


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """What is withheld now in the works that this desk may see, the next to be reviewed first."""
    desk = desk_of(request)
    rows = WithheldPart.objects.present().filter(
        disclosure__in=visible_disclosures(desk).values("pk")
    )
    chosen = WithheldFilter(
        request.GET, queryset=rows.select_related("disclosure"), request=request
    )
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    due = rows.due_for_review(desk.on).count()
    shown = {"form": chosen.form, "page": page, "due": due, "today": desk.on}
    return render(request, "office/withheld/register.html", shown)


@require_http_methods(["GET", "POST"])
@disclosure_door("see")
def parts(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """The parts of one work, and a form for whoever is writing it."""
    form = WithheldForm(request.POST or None)
    if request.method == "POST":
        admit(request, "edit", disclosure)
        if form.is_valid() and _is_entered(request, disclosure, form):
            is_asked = bool(request.POST.get("slot"))
            return redirect("submit" if is_asked else "withheld_parts", ref=disclosure.ref)
    shown = {
        "disclosure": disclosure,
        "may": permitted(desk_of(request), disclosure),
        "parts": disclosure.withheld_parts.present(),
        "form": form,
        "slot": request.POST.get("slot") or request.GET.get("slot", ""),
    }
    status = 422 if form.errors else 200
    return render(request, "office/withheld/parts.html", shown, status=status)


def _is_entered(request: HttpRequest, disclosure: Disclosure, form: WithheldForm) -> bool:
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    slot = request.POST.get("slot", "")
    try:
        part = withhold(disclosure=disclosure, wanted=form.withholding(), by=by, at=at)
        if slot:
            answer_cover(disclosure=disclosure, slot=slot, part=part.ref, by=by, at=at)
    except CannotAct as refusal:
        for blocker in refusal.blockers:
            form.add_error(None, str(blocker))
        return False
    messages.success(request, _("ลงทะเบียนแล้ว ประชาชนจะเห็นเมื่อเรื่องนี้เผยแพร่"))
    return True


@require_POST
@disclosure_door("edit")
def close(request: HttpRequest, disclosure: Disclosure, part: UUID) -> HttpResponse:
    with refusals_told(request):
        show_again(
            disclosure=disclosure,
            ref=part,
            reason=request.POST.get("reason", ""),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return redirect("withheld_parts", ref=disclosure.ref)
