"""Covering parts of a file before it goes out: drawing, having it made, comparing, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.disclosures.models import Disclosure
from prongsai.files.examination.accepted import CannotLook
from prongsai.office.desk import desk_of
from prongsai.office.redacting import frame, progress, screen
from prongsai.office.redaction_forms import marks_in, rows_in, sought_in
from prongsai.office.redaction_tables import table_screen
from prongsai.office.views.doors import disclosure_door
from prongsai.office.views.telling import refusals_told
from prongsai.office.whole import whole
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.screening.models import Redaction
from prongsai.screening.redacting import actions, queries
from prongsai.screening.redacting.actions import Target
from prongsai.screening.redacting.queries import Marking
from prongsai.screening.redacting.refusals import SENTENCES, CannotRedactFile
from prongsai.thai.dates import BANGKOK, UnreadableDate, parse_date


def _marking(disclosure: Disclosure, slot: str) -> Marking:
    attachment = queries.attachment_in(disclosure, slot)
    if attachment is None:
        raise Http404(slot)
    return Marking(disclosure, attachment)


def _officer(request: HttpRequest) -> Actor:
    return desk_of(request).actor_with(RoleCode.OFFICER)


def _target(request: HttpRequest, disclosure: Disclosure, slot: str) -> Target:
    """The file that the form was opened for; a name that is none is no file of ours."""
    try:
        return Target(disclosure, slot, UUID(request.POST.get("file", "")))
    except ValueError as error:
        raise CannotRedactFile([SENTENCES["other_file"]]) from error


def _at(disclosure: Disclosure, slot: str, page: int) -> HttpResponse:
    address = reverse("redact", kwargs={"ref": disclosure.ref, "slot": slot})
    return redirect(f"{address}?page={page}" if page > 1 else address)


@require_GET
@disclosure_door("attach")
def redact(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    marking = _marking(disclosure, slot)
    number = min(max(whole(request.GET.get("page")), 1), max(marking.count, 1))
    try:
        if not queries.can_be_redacted(marking.stored):
            raise CannotRedactFile([SENTENCES["wrong_type"]])
        if queries.is_table(marking.stored):
            first = whole(request.GET.get("row")) or 1
            header = whole(request.GET.get("header", "1"))
            shown = table_screen(marking, number, first, header)
            return render(request, "office/redacting/table.html", shown)
        template = "redact" if queries.has_pages(marking.stored) else "document"
        return render(request, f"office/redacting/{template}.html", screen(marking, number))
    except (CannotLook, CannotRedactFile) as why:
        shown = frame(marking, number) | {"why": str(why)}
        return render(request, "office/redacting/impossible.html", shown)


@require_POST
@disclosure_door("attach")
def mark(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """One page as it was left; the script sends it after every change."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    page = whole(request.POST.get("page"))
    try:
        draft = _keep(request, disclosure, slot)
    except CannotAct as refusal:
        if wants_json:
            return JsonResponse({"why": str(refusal)}, status=409)
        for blocker in refusal.blockers:
            messages.error(request, str(blocker))
        return _at(disclosure, slot, page)
    if wants_json:
        now = f"{timezone.now().astimezone(BANGKOK):%H.%M}"
        return JsonResponse({"saved_at": now, "total": len(draft.covers)})
    messages.success(request, _("บันทึกกรอบของหน้านี้แล้ว"))
    return _at(disclosure, slot, whole(request.POST.get("go")) or page)


def _keep(request: HttpRequest, disclosure: Disclosure, slot: str) -> Redaction:
    target = _target(request, disclosure, slot)
    return actions.mark(
        target=target,
        page=whole(request.POST.get("page")),
        marks=marks_in(request.POST, _marking(disclosure, slot)),
        rows=rows_in(request.POST),
        by=_officer(request),
        at=timezone.now(),
    )


@require_POST
@disclosure_door("attach")
def mark_alike(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """Everywhere in the file where it says the same; what is ticked on the page is kept first."""
    with refusals_told(request):
        _keep(request, disclosure, slot)
        marking = _marking(disclosure, slot)
        found = marking.alike(sought_in(request.POST, marking))
        target, at = _target(request, disclosure, slot), timezone.now()
        actions.add_marks(target=target, marks=found, by=_officer(request), at=at)
        _tell_found(request, len(found), len({one.page for one in found}))
    return _at(disclosure, slot, whole(request.POST.get("page")))


def _tell_found(request: HttpRequest, places: int, pages: int) -> None:
    if places:
        sentence = _("ทำกรอบทับข้อความเดียวกันแล้ว {places} แห่ง ใน {pages} หน้า")
        messages.success(request, sentence.format(places=places, pages=pages))
    else:
        messages.error(request, _("ไม่พบข้อความนี้ในไฟล์ หรือสั้นเกินไป โปรดตรวจตัวสะกด หรือวาดกรอบเอง"))


@require_POST
@disclosure_door("attach")
def make(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """What is ticked is kept, then the machine is asked for the file."""
    with refusals_told(request):
        target = _target(request, disclosure, slot)
        if not _is_being_made(disclosure, slot) and "page" in request.POST:
            _keep(request, disclosure, slot)
        accepts = request.POST.get("confirm") == "on"
        actions.ask(
            target=target, by=_officer(request), at=timezone.now(), accepts_problems=accepts
        )
    return _at(disclosure, slot, whole(request.POST.get("page")))


def _is_being_made(disclosure: Disclosure, slot: str) -> bool:
    """A second click on the button finds it so."""
    draft = queries.under_way(disclosure, slot)
    return draft is not None and draft.asked_at is not None


@require_POST
@disclosure_door("attach")
def drop(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    with refusals_told(request):
        target = _target(request, disclosure, slot)
        actions.drop(target=target, by=_officer(request), at=timezone.now())
        messages.success(request, _("ทิ้งกรอบที่ทำไว้แล้ว"))
    return _at(disclosure, slot, 1)


@require_POST
@disclosure_door("attach")
def undo(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    with refusals_told(request):
        actions.undo(disclosure=disclosure, slot=slot, by=_officer(request), at=timezone.now())
        messages.success(request, _("นำต้นฉบับกลับมาไว้ในช่องนี้แล้ว กรอบที่เคยทำยังอยู่"))
    return _at(disclosure, slot, 1)


@require_POST
@disclosure_door("attach")
def keep(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """Until when the original is kept."""
    redaction = queries.in_force(disclosure).get(slot)
    if redaction is None:
        raise Http404(slot)
    with refusals_told(request):
        try:
            until = parse_date(request.POST.get("until", ""))
        except UnreadableDate as error:
            raise CannotRedactFile([str(error)]) from error
        actions.keep_original_until(
            redaction=redaction, until_date=until, by=_officer(request), at=timezone.now()
        )
        messages.success(request, _("บันทึกวันเก็บต้นฉบับแล้ว"))
    return redirect("redact_compare", ref=disclosure.ref, slot=slot)


@require_GET
@disclosure_door("see")
def state(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """Asked by the script while the file is being made."""
    newest = disclosure.redactions.filter(slot=slot).first()
    if newest is None:
        raise Http404(slot)
    return JsonResponse({"state": newest.state, "words": progress(newest)})


@require_GET
@disclosure_door("see")
def compare(request: HttpRequest, disclosure: Disclosure, slot: str) -> HttpResponse:
    """Original and result side by side, page by page."""
    redaction = queries.in_force(disclosure).get(slot)
    if redaction is None:
        raise Http404(slot)
    count = redaction.original.pages or 1
    number = min(max(whole(request.GET.get("page")), 1), count)
    covered = sorted({cover["page"] for cover in redaction.covers})
    shown = {
        "disclosure": disclosure,
        "redaction": redaction,
        "slot": slot,
        "has_pages": queries.has_pages(redaction.original),
        "number": number,
        "count": count,
        "covered": covered,
        "before": max((page for page in covered if page < number), default=None),
        "after": min((page for page in covered if page > number), default=None),
    }
    return render(request, "office/redacting/compare.html", shown)
