"""Many items recalled by one wish: a dry run, a set, its decision, its progress."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.office.desk import Desk, desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.handing import made_file
from prongsai.office.queries import visible_disclosures
from prongsai.office.recall_forms import RecallForm, SetDecisionForm, SetFilterForm
from prongsai.office.recalling import may_see_set, sent_back_by, set_posts, set_screen
from prongsai.office.submitting import ways
from prongsai.office.views.doors import refuse, role_door
from prongsai.office.views.telling import tell
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.publication.models import RecallSet
from prongsai.publication.recalls.choosing import Chosen, choose, matching
from prongsai.publication.recalls.sets import decide_set, propose_set
from prongsai.publication.texts import LEFT_OUT
from prongsai.record.cells import CSV_TYPE, csv_text
from prongsai.record.states import Action

MOST = 2_000


@require_http_methods(["GET", "POST"])
@role_door("write")
def dry_run(request: HttpRequest) -> HttpResponse:
    """GET looks, POST asks for what was looked at."""
    desk = desk_of(request)
    filters = SetFilterForm(request.GET or None)
    chosen = _chosen(filters, desk) if filters.is_valid() else None
    form = RecallForm(request.POST or None)
    if chosen is not None and request.method == "POST" and form.is_valid():
        answer = _propose(request, filters, chosen, form)
        if answer is not None:
            return answer
    shown = {"filters": filters, "form": form, **_shown(chosen, desk)}
    status = 422 if form.is_bound else 200
    return render(request, "office/recalls/dry_run.html", shown, status=status)


def _shown(chosen: Chosen | None, desk: Desk) -> dict[str, object]:
    return {
        "chosen": chosen,
        "left_out": _in_words(chosen),
        "sent_back": sent_back_by(chosen, desk) if chosen else None,
        "ways": _ways(chosen, desk),
        "sets": [each for each in RecallSet.objects.all()[:20] if may_see_set(each, desk)],
    }


def _chosen(filters: SetFilterForm, desk: Desk) -> Chosen | None:
    """None without any filter: nobody means everything that was ever published."""
    wanted = filters.wanted()
    if not wanted:
        return None
    rows = matching(visible_disclosures(desk), wanted)[:MOST]
    return choose(rows, by=desk.actor_with(RoleCode.OFFICER), at=timezone.now())


def _in_words(chosen: Chosen | None) -> list[tuple[object, str]]:
    return [(each, str(LEFT_OUT[why])) for each, why in chosen.left_out] if chosen else []


def _ways(chosen: Chosen | None, desk: Desk) -> list[object]:
    """Of the first item; others of other units go to their own directors."""
    if chosen is None or not chosen.hit:
        return []
    return [*ways(chosen.hit[0], action=Action.RECALLED, desk=desk)]


def _propose(
    request: HttpRequest, filters: SetFilterForm, chosen: Chosen, form: RecallForm
) -> HttpResponse | None:
    at = timezone.now()
    try:
        made = propose_set(
            numbers=chosen.numbers,
            seen=request.POST.getlist("seen"),
            filters=filters.wanted(),
            by=desk_of(request).actor_with(RoleCode.OFFICER),
            at=at,
            **form.wish(at=at),
        )
    except CannotAct as refusal:
        tell(request, refusal)
        return None
    return redirect("recall_set", ref=made.ref)


@require_GET
@role_door("write")
def dry_run_table(request: HttpRequest) -> HttpResponse:
    """What would be hit and what not, as CSV."""
    filters = SetFilterForm(request.GET)
    desk = desk_of(request)
    chosen = _chosen(filters, desk) if filters.is_valid() else None
    hit = chosen.hit if chosen else ()
    sent_back = sent_back_by(chosen, desk).seen if chosen else ()
    rows = [
        [_("เลขที่"), _("ชื่อเรื่อง"), _("หน่วยงาน"), _("ผล")],
        *(_cells(each, _("จะถูกเรียกคืน")) for each in hit),
        *(_cells(each, _("จะกลับไปที่ผู้เขียนพร้อมทั้งชุด")) for each in sent_back),
        *(_cells(each, why) for each, why in _in_words(chosen)),
    ]
    return made_file(csv_text(rows), "recall-dry-run.csv", CSV_TYPE)


def _cells(disclosure: object, outcome: str) -> list[str]:
    number, title = getattr(disclosure, "number", ""), getattr(disclosure, "title", "")
    return [number, title, str(getattr(disclosure, "unit", "")), outcome]


@require_http_methods(["GET", "POST"])
def recall_set(request: HttpRequest, ref: UUID) -> HttpResponse:
    """How a set stands; those whom it waits for say their word here."""
    found = get_object_or_404(RecallSet.objects.select_related("submitted_by"), ref=ref)
    desk = desk_of(request)
    if not may_see_set(found, desk):
        refuse(desk, "office.recall_sets", found.subject, _not_theirs, request.path)
    posts = set_posts(found, desk)
    initial = {"content_hash": found.content_hash}
    form = SetDecisionForm(request.POST or None, posts=posts, initial=initial)
    if request.method == "POST" and form.is_valid():
        require_fresh_sign_in(request)
        return _decide(request, found, form)
    shown = {"screen": set_screen(found, desk), "form": form, "may_decide": bool(posts)}
    status = 422 if form.is_bound else 200
    return render(request, "office/recalls/set.html", shown, status=status)


def _not_theirs() -> str:
    return _("ชุดเรียกคืนนี้เป็นของหน่วยงานอื่นและไม่ได้รอท่านพิจารณา ท่านจึงเปิดดูไม่ได้")


def _decide(request: HttpRequest, found: RecallSet, form: SetDecisionForm) -> HttpResponse:
    given, desk = form.cleaned_data, desk_of(request)
    try:
        decide_set(
            recall_set=found,
            verdict=given["verdict"],
            reason=given["reason"],
            hash_seen=given["content_hash"],
            by=desk.actor_at(given["post"]),
            at=timezone.now(),
        )
        messages.success(request, _("บันทึกคำพิจารณาแล้ว ระบบกำลังดำเนินการทีละรายการ"))
    except CannotAct as refusal:
        tell(request, refusal)
    return redirect("recall_set", ref=found.ref)
