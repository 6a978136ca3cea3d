"""Files into a disclosure, out of it, and privately open to whoever may see it."""

from dataclasses import asdict
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.disclosures import actions
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import hand_out_original
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.office.desk import desk_of
from prongsai.office.handing import private_file, private_original
from prongsai.office.rights import sees_file
from prongsai.office.uploads import MOVES, Taken, Wish, moved, take_in
from prongsai.office.views.doors import disclosure_door, note_opening, refuse_file
from prongsai.office.views.telling import refusals_told
from prongsai.office.writing import files_panel
from prongsai.organisation.states import RoleCode


@require_POST
@disclosure_door("attach")
def attach(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    wish = Wish(disclosure, request.POST.get("slot", ""), "keeps_original" in request.POST)
    taken = take_in(
        request.FILES.getlist("files"),
        wish,
        by=desk_of(request).actor_with(RoleCode.OFFICER),
        at=timezone.now(),
    )
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"taken": [asdict(one) for one in taken]})
    _tell(request, taken)
    return _at_files(request, disclosure)


@require_POST
@disclosure_door("attach")
def print_body(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Of what was saved last; what is typed since then is in none."""
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    with refusals_told(request):
        actions.print_body(disclosure=disclosure, by=by, at=timezone.now())
        messages.success(request, _("แนบ PDF ของเนื้อหาแล้ว ถ้าแก้เนื้อหาอีก ระบบจะนำออกให้ แล้วกดจัดทำใหม่"))
    return _at_files(request, disclosure)


def _at_files(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """The writing screen at its files; with what was typed, where the script kept that before it sent the form."""
    opening = "?draft=1" if "draft" in request.POST else ""
    return redirect(reverse("write", kwargs={"ref": disclosure.ref}) + opening + "#files")


def _tell(request: HttpRequest, taken: list[Taken]) -> None:
    if not taken:
        messages.error(request, _("ยังไม่ได้เลือกไฟล์ โปรดเลือกไฟล์ก่อนกดแนบ"))
    for one in taken:
        if one.refusal:
            messages.error(request, f"{one.name}: {one.refusal}")
        elif one.is_waiting:
            sentence = _("รับไฟล์ “{name}” แล้ว กำลังรอโปรแกรมตรวจไวรัส ระบบจะแนบให้เองเมื่อตรวจผ่าน")
            messages.info(request, sentence.format(name=one.name))
        else:
            messages.success(request, _("แนบไฟล์ “{name}” แล้ว").format(name=one.name))


@require_GET
@disclosure_door("edit")
def files(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """The panel alone: the script puts it in place after an upload."""
    return render(request, "office/writing/files.html", files_panel(disclosure))


@require_POST
@disclosure_door("attach")
def detach(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    with refusals_told(request):
        actions.detach(
            disclosure=disclosure,
            slot=slot,
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return _at_files(request, disclosure)


@require_POST
@disclosure_door("attach")
def relabel(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    with refusals_told(request):
        actions.relabel(
            disclosure=disclosure,
            slot=slot,
            label=request.POST.get("label", "").strip(),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return _at_files(request, disclosure)


@require_POST
@disclosure_door("attach")
def rename(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    with refusals_told(request):
        actions.rename(
            disclosure=disclosure,
            slot=slot,
            name=request.POST.get("name", ""),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return _at_files(request, disclosure)


@require_POST
@disclosure_door("attach")
def move(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """One place up or down; at an end nothing moves, so that a second click does no harm."""
    with refusals_told(request):
        actions.arrange(
            disclosure=disclosure,
            slots=moved(disclosure, slot, MOVES.get(request.POST.get("to", ""), 0)),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=timezone.now(),
        )
    return _at_files(request, disclosure)


@require_GET
def file_by_hash(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    """Images and files of a preview, under the address that they will have in public."""
    # The same bytes may have come in for several works; one that this person may see is enough.
    for stored in StoredFile.objects.filter(sha256=sha256, state=FileState.CLEAN):
        if sees_file(desk_of(request), stored):
            note_opening(request, stored)
            return private_file(stored)
    raise Http404(name)


@require_GET
def file(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    stored = get_object_or_404(StoredFile, pk=file_id)
    if not sees_file(desk_of(request), stored):
        refuse_file(request, stored)
    note_opening(request, stored)
    try:
        return private_file(stored)
    except FileNotFoundError as gone:
        raise Http404(str(gone)) from gone


# Handing it out is an act, and nothing is done on GET.
@require_POST
def original(request: HttpRequest, file_id: UUID) -> HttpResponseBase:
    """Evidence as it came, for who may read the work that it belongs to."""
    stored = get_object_or_404(StoredFile, pk=file_id)
    desk = desk_of(request)
    if not sees_file(desk, stored):
        refuse_file(request, stored)
    try:
        stream = hand_out_original(stored=stored, by=desk.actor, at=timezone.now())
    except FileNotFoundError as gone:
        raise Http404(str(gone)) from gone
    return private_original(stored, stream)
