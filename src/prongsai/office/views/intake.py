"""Files come in, their rows are confirmed, skipped or taken out. Each address does one of these."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from prongsai.disclosures.models import Disclosure
from prongsai.intake import actions
from prongsai.intake.actions.deciding import refuse_unless_proposed
from prongsai.intake.forms import ArrivalForm, PlaceForm, obligation_options
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.queries import (
    arrivals_of,
    counts_of,
    duplicates_of,
    known_arrival,
    reading_progress,
)
from prongsai.intake.refusals import CannotConfirm
from prongsai.intake.states import DuplicateChoice
from prongsai.office.desk import desk_of
from prongsai.office.dropping import Dropped, drop_form, take_all_in
from prongsai.office.intake import (
    form_of,
    may_correct,
    rows_of,
    stored_form,
    sure_among,
    typed_over,
    units_at,
    unsure_of_place,
    visible_batches,
    words_of,
)
from prongsai.office.views.doors import admit, admit_to, arrival_door, batch_door, role_door
from prongsai.office.views.telling import refusals_told, tell_with_link
from prongsai.organisation.states import RoleCode

PAGE, BATCHES = 20, 15
# One request stays short; the rest of a huge batch takes another click.
MOST_AT_ONCE = 100


@require_GET
@role_door("write")
def intake(request: HttpRequest) -> HttpResponse:
    """The address of the new batch is made with the page: every file that is dropped on it joins the same one."""
    desk = desk_of(request)
    page = Paginator(visible_batches(desk), BATCHES).get_page(request.GET.get("page"))
    counts = counts_of(page.object_list)
    shown = {
        "page": page,
        "batches": [(batch, counts.get(batch.pk)) for batch in page],
        **drop_form(desk, uuid4()),
    }
    return render(request, "office/intake/intake.html", shown)


@require_POST
@role_door("write")
def drop(request: HttpRequest) -> HttpResponse:
    batch = _batch_of(request)
    dropped = take_all_in(
        request.FILES.getlist("files"),
        batch=batch,
        by=desk_of(request).actor_with(RoleCode.OFFICER),
        at=timezone.now(),
    )
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"taken": [each.to_json() for each in dropped]})
    _tell(request, dropped)
    return redirect("batch", ref=batch.ref)


def _batch_of(request: HttpRequest) -> Batch:
    """The batch that the form names: one that is there and open to this desk, or a new one of a unit of theirs."""
    desk = desk_of(request)
    form = drop_form(desk, None, request.POST)["form"]
    if not form.is_valid():
        raise Http404("no such unit")
    there = Batch.objects.filter(ref=form.cleaned_data["batch"]).select_related("unit").first()
    if there is not None:
        admit_to(request, there)
        return there
    by = desk.actor_with(RoleCode.OFFICER)
    given = form.cleaned_data
    return actions.open_batch(ref=given["batch"], unit=given["unit"], by=by, at=timezone.now())


def _tell(request: HttpRequest, dropped: list[Dropped]) -> None:
    if not dropped:
        messages.error(request, _("ยังไม่ได้เลือกไฟล์ โปรดเลือกไฟล์ก่อนกดนำเข้า"))
    for one in dropped:
        if one.refusal:
            messages.error(request, f"{one.name}: {one.refusal}")


@require_GET
@role_door("write")
def known(request: HttpRequest) -> HttpResponse:
    """Whether these bytes came in before, so that a browser need not send them again."""
    unit, sha256 = request.GET.get("unit", ""), request.GET.get("sha256", "")
    found = None
    if unit in units_at(desk_of(request)):
        found = known_arrival(unit_code=unit, sent_sha256=sha256)
    return JsonResponse({"known": Dropped.of(found, is_known=True).to_json() if found else None})


@require_GET
@batch_door
def batch(request: HttpRequest, batch: Batch) -> HttpResponse:
    return _batch_page(request, batch)


def _batch_page(
    request: HttpRequest, batch: Batch, refused: dict[int, ArrivalForm] | None = None
) -> HttpResponse:
    arrivals = arrivals_of(batch)
    if request.GET.get("show") != "all":
        arrivals = arrivals.undecided() | arrivals.filter(state="refused")
    page = Paginator(arrivals, PAGE).get_page(request.GET.get("page"))
    desk = desk_of(request)
    shown = {
        "batch": batch,
        "page": page,
        "rows": rows_of(list(page.object_list), desk, refused),
        "counts": counts_of([batch]).get(batch.pk),
        **_together(batch),
        "obligations": obligation_options(),
        "is_all": request.GET.get("show") == "all",
        **drop_form(desk, batch.ref, unit=batch.unit.code),
    }
    return render(request, "office/intake/batch.html", shown)


def _together(batch: Batch) -> dict[str, Any]:
    """What may be done with many rows at once, on whichever page they stand."""
    rows = list(arrivals_of(batch).undecided()[:MOST_AT_ONCE])
    unplaced = len(unsure_of_place(rows))
    return {"sure": len(sure_among(rows)), "unplaced": unplaced, "place": PlaceForm()}


@require_GET
@batch_door
def progress(request: HttpRequest, batch: Batch) -> HttpResponse:
    """How far the machine is, for those that are still being read and those that have just been."""
    arrivals = list(arrivals_of(batch))
    read = reading_progress(arrivals)
    told = [
        {
            "ref": str(each.ref),
            "state": each.state,
            "words": words_of(each, read[each.file.sha256]),
            "percent": read[each.file.sha256].percent,
        }
        for each in arrivals
    ]
    return JsonResponse(
        {"is_done": all(each["state"] != "reading" for each in told), "arrivals": told}
    )


@require_POST
@arrival_door
def confirm(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """Makes a draft of the whole row as it stands; with mistakes in it the row comes back with them."""
    desk = desk_of(request)
    form = form_of(arrival, desk, request.POST)
    if arrival.is_proposed and not form.is_valid():
        return _batch_page(request, arrival.batch, {arrival.pk: form})
    with refusals_told(request):
        _tell_made(request, arrival.batch, [_confirmed(request, arrival, form)])
    return _back(request, arrival.batch)


def _confirmed(request: HttpRequest, arrival: Arrival, form: ArrivalForm) -> Disclosure:
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    if arrival.disclosure is not None:
        return arrival.disclosure
    # Only what is proposed was looked through by its form.
    refuse_unless_proposed(arrival)
    return actions.confirm(
        arrival=arrival, content=form.content(), accepted=form.accepted(), by=by, at=at
    )


def _tell_made(request: HttpRequest, batch: Batch, made: list[Disclosure]) -> None:
    """One draft by its name, several by their number; each time with the way there."""
    if len(made) == 1:
        sentence = _("ทำเป็นฉบับร่างแล้ว: %(title)s") % {"title": made[0].title}
        tell_with_link(
            request, sentence, _("เขียนต่อ"), reverse("write", kwargs={"ref": made[0].ref})
        )
    elif made:
        sentence = _("ทำเป็นฉบับร่างแล้ว %(n)d เรื่อง") % {"n": len(made)}
        address = reverse("batch", kwargs={"ref": batch.ref}) + "?show=all"
        tell_with_link(request, sentence, _("ดูฉบับร่างที่ทำแล้ว"), address)


@require_POST
@batch_door
def confirm_ticked(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Only rows of which the machine is sure, or that a person has typed over; the others stay, and are named."""
    ticked = [ref for ref in request.POST.getlist("arrival") if _is_uuid(ref)]
    if not ticked:
        messages.error(request, _("ยังไม่ได้เลือกแถว โปรดทำเครื่องหมายหน้าแถวที่ตรวจแล้ว"))
    made, left = _confirm_sure(request, arrivals_of(batch).undecided().filter(ref__in=ticked))
    for arrival in left:
        sentence = _("“%(name)s” ยังมีข้อที่ต้องดู จึงไม่ได้ทำเป็นฉบับร่าง โปรดตรวจแล้วยืนยันทั้งแถว")
        messages.error(request, sentence % {"name": arrival.name})
    _tell_made(request, batch, made)
    return _back(request, batch)


@require_POST
@batch_door
def confirm_all_sure(request: HttpRequest, batch: Batch) -> HttpResponse:
    """Every row of the batch of which the machine is sure throughout; what is in doubt stays for people."""
    made, left = _confirm_sure(request, arrivals_of(batch).undecided()[:MOST_AT_ONCE])
    _tell_made(request, batch, made)
    if left:
        sentence = ngettext(
            "ยังเหลือ %(n)d แถวที่มีข้อต้องดู โปรดตรวจและยืนยันทีละแถว",
            "ยังเหลือ %(n)d แถวที่มีข้อต้องดู โปรดตรวจและยืนยันทีละแถว",
            len(left),
        )
        messages.info(request, sentence % {"n": len(left)})
    return _back(request, batch)


@require_POST
@batch_door
def place(request: HttpRequest, batch: Batch) -> HttpResponse:
    """One choice of kind and section for all rows in which they are in doubt; the rows are then confirmed as ever."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("ยังไม่ได้ใส่ให้แถวใด เพราะยังไม่ได้เลือกประเภทหรือหมวด โปรดเลือกทั้งสองช่อง"))
        return _back(request, batch)
    rows = {each.pk: each for each in arrivals_of(batch).undecided()[:MOST_AT_ONCE]}
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    asked = unsure_of_place(rows.values())
    with refusals_told(request):
        for pk, names in asked.items():
            chosen = {name: form.cleaned_data[name] for name in names}
            actions.keep(arrival=rows[pk], typed=rows[pk].given | chosen, by=by, at=at)
        messages.success(
            request, _("ใส่ประเภทและหมวดให้แล้ว %(n)d แถว ตรวจแล้วกดยืนยัน") % {"n": len(asked)}
        )
    return _back(request, batch)


def _confirm_sure(
    request: HttpRequest, arrivals: Iterable[Arrival]
) -> tuple[list[Disclosure], list[Arrival]]:
    """The drafts that were made, and the rows in which somebody has to look at something."""
    made: list[Disclosure] = []
    left: list[Arrival] = []
    rows = list(arrivals)
    sure = {each.pk for each in sure_among(rows)}
    for arrival in rows:
        form = stored_form(arrival, desk_of(request))
        if arrival.pk not in sure or not form.is_valid():
            left.append(arrival)
            continue
        with refusals_told(request):
            made.append(_confirmed(request, arrival, form))
    return made, left


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@require_POST
@arrival_door
def keep(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    """What was typed stays in the row; the script asks for this while somebody types."""
    typed = typed_over(arrival, desk_of(request), request.POST)
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    if "application/json" in request.headers.get("Accept", ""):
        try:
            actions.keep(arrival=arrival, typed=typed, by=by, at=timezone.now())
        except CannotConfirm as refusal:
            return JsonResponse({"kept": False, "why": str(refusal)}, status=409)
        return JsonResponse({"kept": True})
    with refusals_told(request):
        actions.keep(arrival=arrival, typed=typed, by=by, at=timezone.now())
        messages.success(request, _("เก็บสิ่งที่พิมพ์ไว้แล้ว ยังไม่ได้ทำเป็นฉบับร่าง"))
    return _back(request, arrival.batch)


@require_POST
@arrival_door
def duplicate(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    choice, at = request.POST.get("choice", ""), timezone.now()
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    with refusals_told(request):
        if choice == DuplicateChoice.CORRECT:
            work = _work_to_correct(request, arrival)
            actions.correct_with(arrival=arrival, disclosure=work, by=by, at=at)
            return redirect("write", ref=work.ref)
        if choice in (DuplicateChoice.NEW, DuplicateChoice.SKIP):
            actions.decide_duplicate(arrival=arrival, choice=choice, by=by, at=at)
    return _back(request, arrival.batch)


def _work_to_correct(request: HttpRequest, arrival: Arrival) -> Disclosure:
    """One of those that the row points out, and that this desk may change."""
    wanted = request.POST.get("work", "")
    found = [each.disclosure for each in duplicates_of([arrival])[arrival.pk]]
    work = next((each for each in found if each and str(each.ref) == wanted), None)
    if work is None:
        raise Http404("not among the duplicates")
    if not may_correct(desk_of(request), work):
        admit(request, "edit", work)
    return work


@require_POST
@arrival_door
def discard(request: HttpRequest, arrival: Arrival) -> HttpResponse:
    with refusals_told(request):
        by = desk_of(request).actor_with(RoleCode.OFFICER)
        actions.discard(arrival=arrival, by=by, at=timezone.now())
    return _back(request, arrival.batch)


def _back(request: HttpRequest, batch: Batch) -> HttpResponse:
    """To the same page of the table."""
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isdecimal() else ""
    return redirect(reverse("batch", kwargs={"ref": batch.ref}) + query)
