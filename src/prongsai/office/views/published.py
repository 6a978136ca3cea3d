"""What is public, what may be done about it, and how the jobs of publication stand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.approval import actions as approval
from prongsai.approval.refusals import CannotSubmit
from prongsai.approval.states import SubmissionBlocker
from prongsai.disclosures import actions
from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import desk_of
from prongsai.office.filters import DisclosureFilter
from prongsai.office.forms import ASKED, SubmissionForm
from prongsai.office.published import jobs, published_rows
from prongsai.office.queries import visible_disclosures
from prongsai.office.submitting import submission_screen
from prongsai.office.views.doors import disclosure_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode
from prongsai.record.states import CONTENT_ACTIONS

PAGE = 25


@require_GET
def published(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    rows = visible_disclosures(desk).exclude(number="").order_by("-number")
    rows = rows.prefetch_related("submissions")
    chosen = DisclosureFilter(request.GET, queryset=rows, request=request)
    page = Paginator(chosen.qs, PAGE).get_page(request.GET.get("page"))
    shown = {"form": chosen.form, "page": page, "rows": published_rows(page, desk)}
    return render(request, "office/published/list.html", shown | {"jobs": jobs(desk)})


@require_POST
@disclosure_door("change_published")
def correct(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Opens the published content for a new version; the public goes on seeing the present one."""
    with refusals_told(request):
        actions.begin_correction(
            disclosure=disclosure,
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
        return redirect("write", ref=disclosure.ref)
    return redirect("work", ref=disclosure.ref)


@require_http_methods(["GET", "POST"])
@disclosure_door("change_published")
def propose(request: HttpRequest, disclosure: Disclosure, action: str) -> HttpResponse:
    """Withdraw, consolidate, recall or restore: each goes through a chain like content does."""
    if action not in ASKED or action in CONTENT_ACTIONS:
        raise Http404(action)
    desk = desk_of(request)
    form = SubmissionForm(request.POST or None, action=action)
    if form.is_valid() and _is_proposed(request, disclosure, form, action):
        return redirect("work", ref=disclosure.ref)
    shown = submission_screen(disclosure, form, action=action, desk=desk)
    return render(
        request, "office/submitting/submit.html", shown, status=422 if form.is_bound else 200
    )


def _is_proposed(
    request: HttpRequest, disclosure: Disclosure, form: SubmissionForm, action: str
) -> bool:
    """A refusal leaves its sentences in the form or above it, and what was typed where it was."""
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    try:
        approval.submit(disclosure=disclosure, action=action, by=by, at=at, **form.submission())
    except CannotSubmit as refusal:
        for blocker in refusal.blockers:
            if isinstance(blocker, Blocker) and blocker.code == SubmissionBlocker.NO_TARGET:
                form.add_error("redirect_number", str(blocker))
            else:
                messages.error(request, str(blocker))
        return False
    messages.success(request, _("ส่งเข้าพิจารณาแล้ว ประชาชนยังเห็นของเดิมจนกว่าจะอนุมัติครบทุกขั้น"))
    return True
