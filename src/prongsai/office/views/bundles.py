"""Several disclosures put together, sent, taken back and decided as one."""

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.approval.bundles import actions, queries
from prongsai.approval.bundles.deciding import decide_bundle, look_at
from prongsai.approval.models import Bundle, Submission
from prongsai.approval.states import Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.office.bundle_forms import BundleDecisionForm, BundleForm, ChangeForm
from prongsai.office.bundles import (
    bundle_rows,
    bundle_screen,
    change_forms,
    decision_form,
    decision_screen,
    drafts,
    may_see,
    next_unread,
)
from prongsai.office.desk import Desk, desk_of
from prongsai.office.forms import SubmissionForm
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import may, visitor_at
from prongsai.office.submitting import stopper
from prongsai.office.views.doors import admit, refuse, role_door
from prongsai.office.views.telling import refusals_told, tell
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.record.states import Action
from prongsai.screening import actions as screening
from prongsai.screening.queries import open_findings

View = Callable[..., HttpResponseBase]


def bundle_door(view: View) -> View:
    """Turn `ref` in the address into a bundle of which the person at the desk may see every member."""

    @wraps(view)
    def guarded(request: HttpRequest, ref: UUID, **rest: Any) -> HttpResponseBase:
        bundle = get_object_or_404(Bundle.objects.select_related("unit", "opened_by"), ref=ref)
        if not may_see(bundle, desk_of(request)):
            refuse(desk_of(request), "office.bundle", bundle.subject, _not_theirs, request.path)
        return view(request, bundle, **rest)

    return guarded


def _not_theirs() -> str:
    return _("ชุดเผยแพร่นี้มีเรื่องของหน่วยงานอื่นที่ยังไม่ได้ส่งมาถึงท่าน ท่านจึงเปิดดูไม่ได้ หากต้องใช้ โปรดติดต่อหน่วยงานนั้น")


@require_GET
def bundles(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    may_write = not role_refusal("write", visitor_at(desk))
    shown = {"rows": bundle_rows(desk), "may_write": may_write}
    return render(request, "office/bundles/list.html", shown)


@require_http_methods(["GET", "POST"])
@role_door("write")
def open_bundle(request: HttpRequest) -> HttpResponse:
    """A new bundle: its title, and the drafts that are to be in it."""
    return _arranged(request, None)


@require_http_methods(["GET", "POST"])
@bundle_door
@role_door("write")
def arrange(request: HttpRequest, bundle: Bundle) -> HttpResponse:
    return _arranged(request, bundle)


def _arranged(request: HttpRequest, bundle: Bundle | None) -> HttpResponse:
    desk = desk_of(request)
    there = [str(each.ref) for each in queries.members_of(bundle)] if bundle else []
    chosen = request.POST.getlist("members") if request.method == "POST" else there
    rows = drafts(desk, bundle, chosen)
    # Members that the list does not hold any more may be kept or left out; the action says what is wrong.
    form = _form(request, bundle, [*there, *(str(each.disclosure.ref) for each in rows)])
    if form.is_valid():
        made = _arrange(request, bundle, form, chosen=chosen, there=there)
        if made is not None:
            return redirect("bundle", ref=made.ref)
    shown = {"form": form, "bundle": bundle, "drafts": rows}
    status = 422 if form.is_bound else 200
    return render(request, "office/bundles/arrange.html", shown, status=status)


def _form(request: HttpRequest, bundle: Bundle | None, known: list[str]) -> BundleForm:
    """A bundle stays with its unit, as its members do."""
    initial = {"title": bundle.title, "unit": bundle.unit.code} if bundle else {}
    desk = desk_of(request)
    form = BundleForm(request.POST or None, desk=desk, choices=known, initial=initial)
    if bundle is not None:
        del form.fields["unit"]
    return form


def _in_order(works: Iterable[Disclosure], there: Sequence[str]) -> list[Disclosure]:
    """Members keep their places; new ones come behind them, by title, so that volume 1 stands before volume 2."""
    places = {ref: place for place, ref in enumerate(there)}
    last = len(places)
    return sorted(works, key=lambda each: (places.get(str(each.ref), last), each.title))


def _arrange(
    request: HttpRequest,
    bundle: Bundle | None,
    form: BundleForm,
    *,
    chosen: Sequence[str],
    there: Sequence[str],
) -> Bundle | None:
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    works = _in_order(Disclosure.objects.filter(ref__in=chosen), there)
    title = form.cleaned_data["title"]
    try:
        if bundle is None:
            unit = form.cleaned_data["unit"]
            return actions.open_bundle(title=title, unit=unit, disclosures=works, by=by, at=at)
        actions.arrange_bundle(bundle=bundle, title=title, disclosures=works, by=by, at=at)
    except CannotAct as refusal:
        tell(request, refusal)
        return None
    return bundle


@require_GET
@bundle_door
def bundle(request: HttpRequest, found: Bundle) -> HttpResponse:
    """How a bundle stands: its members, what keeps each of them, and what may be done now."""
    return _shown(request, found, SubmissionForm(action=Action.PUBLISHED))


def _shown(
    request: HttpRequest,
    found: Bundle,
    form: SubmissionForm,
    changes: Sequence[ChangeForm] = (),
) -> HttpResponse:
    shown = bundle_screen(found, desk_of(request), at=timezone.now()) | {"form": form}
    if changes:
        shown["changes"] = changes
    status = 422 if form.is_bound else 200
    return render(request, "office/bundles/one.html", shown, status=status)


@require_POST
@bundle_door
@role_door("write")
def send(request: HttpRequest, found: Bundle) -> HttpResponse:
    """Screens every member first; what has to be decided goes to the screeners, and the bundle waits."""
    form = SubmissionForm(request.POST, action=Action.PUBLISHED)
    changes = change_forms(found, queries.members_of(found), request.POST)
    if not all([form.is_valid(), *(each.is_valid() for each in changes)]):
        return _shown(request, found, form, changes)
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    with refusals_told(request):
        undecided = _screened(found, desk_of(request), by=by, at=at)
        if undecided:
            sentence = _(
                "ระบบพบข้อความที่ต้องตัดสินก่อนในเรื่อง %(titles)s จึงส่งให้ผู้ตรวจกลั่นกรองแล้ว ส่งชุดได้เมื่อตัดสินครบ"
            )
            messages.warning(request, sentence % {"titles": ", ".join(undecided)})
            return redirect("bundle", ref=found.ref)
        seen = request.POST.getlist("seen")
        said = {str(each.about.ref): each.change() for each in changes}
        wishes = form.submission() | {"changes": said}
        actions.send_bundle(bundle=found, seen=seen, by=by, at=at, **wishes)
        messages.success(request, _("ส่งทั้งชุดเข้าพิจารณาแล้ว ทุกเรื่องในชุดถูกล็อกไว้จนกว่าจะพิจารณาเสร็จ"))
    return redirect("bundle", ref=found.ref)


def _screened(found: Bundle, desk: Desk, *, by: Actor, at: Any) -> list[str]:
    """Titles of the members in which something has to be decided first.

    Nothing is put on its way that the sender could not send alone; why not is for the action to say.
    """
    members = queries.members_of(found)
    if not all(may(desk, "submit", each) for each in members if each.is_editable):
        return []
    looks = [
        screening.submit_for_screening(disclosure=each, by=by, at=at)
        for each in members
        if each.is_editable
    ]
    on = localdate(at)
    open_ones = {one.disclosure_id for one in looks if open_findings(one.revision, on=on).exists()}
    return [f"“{each.title}”" for each in members if each.pk in open_ones]


@require_POST
@bundle_door
def take_back(request: HttpRequest, found: Bundle) -> HttpResponse:
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    with refusals_told(request):
        reason = request.POST.get("reason", "")
        actions.take_back_bundle(bundle=found, by=by, at=timezone.now(), reason=reason)
        messages.success(request, _("ขอคืนทั้งชุดแล้ว แก้ไขต่อได้"))
    return redirect("bundle", ref=found.ref)


@require_POST
@bundle_door
def stop(request: HttpRequest, found: Bundle) -> HttpResponse:
    """Before its time: the action says who may, and the trail remembers who tried."""
    desk, at = desk_of(request), timezone.now()
    lead = queries.lead_of(found)
    if lead is None:
        raise Http404
    by = stopper(lead, desk, at) or desk.actor
    with refusals_told(request):
        actions.stop_bundle(bundle=found, reason=request.POST.get("reason", ""), by=by, at=at)
    return redirect("bundle", ref=found.ref)


@require_POST
@bundle_door
@role_door("write")
def close(request: HttpRequest, found: Bundle) -> HttpResponse:
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    with refusals_told(request):
        actions.close_bundle(bundle=found, by=by, at=timezone.now())
        messages.success(request, _("เลิกชุดแล้ว เรื่องในชุดยังเป็นร่างและส่งเดี่ยว ๆ ได้"))
    return redirect("bundle", ref=found.ref)


@require_http_methods(["GET", "POST"])
@bundle_door
def decide(request: HttpRequest, found: Bundle) -> HttpResponse:
    """One word about all members."""
    lead = queries.lead_of(found)
    if lead is None:
        raise Http404
    if request.method == "POST":
        admit(request, "decide", lead.disclosure)
    desk = desk_of(request)
    form = decision_form(lead, desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_fresh_sign_in(request)
        return _decide(request, lead, form)
    shown = decision_screen(found, lead, form, desk)
    status = 422 if form.is_bound else 200
    return render(request, "office/bundles/decide.html", shown, status=status)


def _decide(request: HttpRequest, lead: Submission, form: BundleDecisionForm) -> HttpResponse:
    given, desk, sending = form.cleaned_data, desk_of(request), lead.sending
    if sending is None:
        raise Http404
    try:
        decide_bundle(
            sending=sending,
            verdict=given["verdict"],
            reason=given["reason"],
            hash_seen=given["content_hash"],
            to_step=given["to_step"],
            by=desk.actor_at(given["post"]),
            at=timezone.now(),
        )
    except CannotAct as refusal:
        tell(request, refusal)
        return redirect("decide_bundle", ref=sending.bundle.ref)
    is_endorsed = given["verdict"] == Verdict.ENDORSE
    sentence = _("ลงนามเห็นชอบทั้งชุดแล้ว") if is_endorsed else _("ส่งกลับทั้งชุดแล้ว พร้อมเหตุผลของท่าน")
    messages.success(request, sentence)
    return redirect("inbox")


@require_POST
def look(request: HttpRequest, ref: UUID) -> HttpResponse:
    """They have read this member; on to the next one, or back to the bundle."""
    rows = Submission.objects.select_related("disclosure__unit", "sending__bundle")
    submission = get_object_or_404(rows.exclude(sending=None), ref=ref)
    admit(request, "see", submission.disclosure)
    desk = desk_of(request)
    look_at(submission=submission, by=desk.actor, at=timezone.now())
    following = next_unread(submission, desk)
    if following is not None:
        return redirect("decide", ref=following.ref)
    return redirect(
        "decide_bundle", ref=submission.sending.bundle.ref if submission.sending else ref
    )
