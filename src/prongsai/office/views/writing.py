"""The writing screen: form, autosave, conflict, preview, and the revisions behind it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.disclosures import actions
from prongsai.disclosures.forms import WritingForm, typed
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.queries import compare as changes_between
from prongsai.disclosures.refusals import CannotSave, EditConflict
from prongsai.office import writing
from prongsai.office.desk import desk_of
from prongsai.office.table_files import coming_files
from prongsai.office.views.doors import disclosure_door, sandboxed
from prongsai.office.views.telling import refusals_told
from prongsai.office.whole import whole
from prongsai.organisation.states import RoleCode

TEMPLATE = "office/writing/write.html"


@require_http_methods(["GET", "POST"])
@disclosure_door("edit")
def write(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    if request.method == "POST":
        return _save(request, disclosure)
    copy = writing.unsaved_copy(disclosure, desk_of(request).person.pk)
    shown = writing.opened(disclosure, copy if "draft" in request.GET else None)
    return render(request, TEMPLATE, shown | {"copy": None if "draft" in request.GET else copy})


def _save(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    form = WritingForm(request.POST, base=writing.base_content(disclosure))
    if not form.is_valid():
        shown = writing.returned(disclosure, form, request.POST)
        return render(request, TEMPLATE, shown, status=422)
    try:
        revision = actions.save(
            disclosure=disclosure,
            content=writing.chosen_content(disclosure, form, request.POST),
            base_sequence=whole(request.POST.get("base_sequence")),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    except EditConflict as conflict:
        return render(request, TEMPLATE, writing.conflicted(disclosure, conflict), status=409)
    except CannotSave as refusal:
        return _not_saved(request, disclosure, form, refusal)
    messages.success(request, _("บันทึกแล้ว เป็นฉบับร่างที่ {n}").format(n=revision.sequence))
    then = "submit" if request.POST.get("then") == "submit" else "write"
    return redirect(then, ref=disclosure.ref)


def _not_saved(
    request: HttpRequest, disclosure: Disclosure, form: WritingForm, refusal: CannotSave
) -> HttpResponse:
    for blocker in refusal.blockers:
        messages.error(request, str(blocker))
    shown = writing.returned(disclosure, form, request.POST)
    return render(request, TEMPLATE, shown, status=409)


@require_POST
@disclosure_door("edit")
def autosave(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Answers the script: until when everything typed is kept, or why it is not."""
    try:
        copy = actions.autosave(
            disclosure=disclosure,
            form=typed(request.POST),
            base_sequence=whole(request.POST.get("base_sequence")),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    except CannotSave as refusal:
        return JsonResponse({"why": str(refusal)}, status=409)
    return JsonResponse({"saved_at": f"{timezone.localtime(copy.saved_at):%H.%M} น."})


@require_POST
@disclosure_door("edit")
def forget(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    with refusals_told(request):
        actions.forget_working_copy(
            disclosure=disclosure,
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return redirect("write", ref=disclosure.ref)


@require_http_methods(["GET", "POST"])
@disclosure_door("see")
@sandboxed
def preview(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """The portal's own template over the newest revision, or over a form that was not saved. Nothing is kept."""
    content = writing.base_content(disclosure)
    if request.method == "POST":
        form = WritingForm(request.POST, base=content)
        if not form.is_valid():
            return render(request, "office/writing/no_preview.html", {"form": form}, status=422)
        content = form.content()
    shown = {
        "page": writing.preview_page(content),
        "lacks_files": coming_files(disclosure) is not None,
    }
    return render(request, "office/writing/preview.html", shown)


@require_GET
@disclosure_door("see")
def revisions(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    rows = disclosure.revisions.select_related("author").order_by("-sequence")
    return render(
        request, "office/writing/revisions.html", {"disclosure": disclosure, "revisions": rows}
    )


@require_GET
@disclosure_door("see")
def compare(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    old, new = (
        get_object_or_404(disclosure.revisions, sequence=whole(request.GET.get(side)))
        for side in ("old", "new")
    )
    changes = changes_between(old, new)
    shown = {"disclosure": disclosure, "old": old, "new": new, "changes": changes}
    return render(request, "office/writing/compare.html", shown)
