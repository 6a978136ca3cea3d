"""Comparing a file's text with its pages, page by page, and vouching for it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.disclosures.actions import attach, bind_checked_text, unbind_checked_text
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.files.actions import CannotVouch, draft_page, make_searchable, vouch_for_text
from prongsai.files.models import StoredFile
from prongsai.files.queries import checked_text, text_pages
from prongsai.files.states import Derivation
from prongsai.office import attached
from prongsai.office.checking import (
    attachment_in,
    checking,
    compared_pages,
    first_open_page,
    is_unchanged,
)
from prongsai.office.desk import desk_of
from prongsai.office.rights import sees_file
from prongsai.office.views.doors import disclosure_door, note_opening, refuse_file
from prongsai.office.views.telling import refusals_told, tell
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode


@require_GET
@disclosure_door("attach")
def check_text(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """Where this person goes on."""
    attachment = _attachment(disclosure, slot)
    number = first_open_page(attachment, desk_of(request).person.pk)
    return redirect("check_page", ref=disclosure.ref, slot=slot, number=number)


@require_GET
@disclosure_door("attach")
def check_page(
    request: HttpRequest, disclosure: Disclosure, slot: str, number: int
) -> HttpResponse:
    shown = checking(_attachment(disclosure, slot), desk_of(request).person.pk, number)
    if shown is None:
        raise Http404(slot)
    return render(request, "office/checking/page.html", {"checking": shown})


@require_POST
@disclosure_door("attach")
def save_page(request: HttpRequest, disclosure: Disclosure, slot: str, number: int) -> HttpResponse:
    """Of the script, or of a button: kept as it is, or found to be the same as the picture."""
    attachment, by = _attachment(disclosure, slot), _officer(request)
    person_id, text = desk_of(request).person.pk, request.POST.get("text", "")
    is_verdict = request.POST.get("act") == "same"
    try:
        draft = draft_page(
            stored=attachment.file,
            number=number,
            text=text,
            is_same=is_verdict or is_unchanged(attachment, person_id, number, text),
            by=by,
            at=timezone.now(),
        )
    except CannotVouch as refusal:
        return _not_kept(request, refusal, disclosure, slot, number)
    if _is_script(request):
        return JsonResponse({"saved_at": f"{timezone.localtime(draft.saved_at):%H.%M} น."})
    to = _following(attachment, person_id, number) if is_verdict else number
    return redirect("check_page", ref=disclosure.ref, slot=slot, number=to)


def _not_kept(
    request: HttpRequest, refusal: CannotVouch, disclosure: Disclosure, slot: str, number: int
) -> HttpResponse:
    if _is_script(request):
        return JsonResponse({"why": str(refusal)}, status=409)
    tell(request, refusal)
    return redirect("check_page", ref=disclosure.ref, slot=slot, number=number)


def _following(attachment: Attachment, person_id: int, number: int) -> int:
    """The next page; after the last one, the first that is still open."""
    shown = checking(attachment, person_id, number)
    return (shown.next if shown else None) or first_open_page(attachment, person_id)


@require_POST
@disclosure_door("attach")
def vouch(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    attachment, by, at = _attachment(disclosure, slot), _officer(request), timezone.now()
    pages = compared_pages(attachment, desk_of(request).person.pk)
    try:
        checked = vouch_for_text(stored=attachment.file, pages=pages, by=by, at=at)
    except CannotVouch as refusal:
        tell(request, refusal)
        return redirect("check_text", ref=disclosure.ref, slot=slot)
    with refusals_told(request):
        bind_checked_text(disclosure=disclosure, slot=slot, checked=checked, by=by, at=at)
        messages.success(
            request, _("บันทึกแล้วว่าท่านเทียบข้อความกับภาพครบทุกหน้า จะเผยแพร่พร้อมไฟล์เมื่อเรื่องผ่านการอนุมัติ")
        )
    return _at_files(disclosure)


@require_POST
@disclosure_door("attach")
def unbind(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    with refusals_told(request):
        unbind_checked_text(
            disclosure=disclosure, slot=slot, by=_officer(request), at=timezone.now()
        )
    return _at_files(disclosure)


@require_POST
@disclosure_door("attach")
def searchable(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """A PDF that can be searched takes the place of the scan in its slot."""
    attachment, by, at = _attachment(disclosure, slot), _officer(request), timezone.now()
    with refusals_told(request):
        made = make_searchable(stored=attachment.file, by=by, at=at)
        attach(disclosure=disclosure, file=made, slot=slot, label=attachment.label, by=by, at=at)
        messages.success(
            request, _("สร้าง PDF ที่ค้นข้อความได้และใช้แทนไฟล์สแกนแล้ว นำไฟล์สแกนเดิมกลับมาได้จนกว่าจะส่งเรื่อง")
        )
    return _at_files(disclosure)


@require_POST
@disclosure_door("attach")
def original(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """The scan comes back to its slot."""
    attachment = _attachment(disclosure, slot)
    scan = attachment.file.derived_from
    # What was covered must never come back this way.
    if scan is None or attachment.file.derivation != Derivation.SEARCHABLE:
        raise Http404(slot)
    with refusals_told(request):
        attach(
            disclosure=disclosure,
            file=scan,
            slot=slot,
            label=attachment.label,
            by=_officer(request),
            at=timezone.now(),
        )
    return _at_files(disclosure)


@require_GET
def read_text(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """What goes out beside the file: the checked text that `text` names, or the machine's."""
    stored = get_object_or_404(StoredFile, pk=file_id)
    if not sees_file(desk_of(request), stored):
        refuse_file(request, stored)
    note_opening(request, stored)
    named = request.GET.get("text", "")
    try:
        shown = {
            "file": stored,
            "pages": text_pages(stored, text_sha256=named),
            "checked": checked_text(stored, named) if named else None,
        }
    except LookupError as unknown:
        raise Http404(named) from unknown
    return render(request, "office/checking/read.html", shown)


@require_GET
@disclosure_door("edit")
def progress(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    response = JsonResponse(attached.state_of(disclosure))
    response["Cache-Control"] = "private, no-store"
    return response


def _attachment(disclosure: Disclosure, slot: str) -> Attachment:
    attachment = attachment_in(disclosure, slot)
    if attachment is None:
        raise Http404(slot)
    return attachment


def _officer(request: HttpRequest) -> Actor:
    return desk_of(request).actor_with(RoleCode.OFFICER)


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _at_files(disclosure: Disclosure) -> HttpResponse:
    return redirect(reverse("write", kwargs={"ref": disclosure.ref}) + "#files")
