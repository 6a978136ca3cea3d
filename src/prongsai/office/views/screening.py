"""What screening found in the newest revision, and what screeners say of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.disclosures.grounds import grounds
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.desk import desk_of
from prongsai.office.findings import FindingGroup, finding_groups, shower
from prongsai.office.forms import FindingForm, SecondWordForm
from prongsai.office.rights import may, permitted
from prongsai.office.seconds import Seconds, second_people
from prongsai.office.views.doors import disclosure_door
from prongsai.office.views.telling import refusals_told
from prongsai.office.whole import whole
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.record.states import Extent
from prongsai.screening.actions import decide_findings, say_second_word, withdraw_decision
from prongsai.screening.models import Finding, FindingDecision
from prongsai.screening.overview import findings_of_group
from prongsai.screening.queries import blocking_reasons, open_findings
from prongsai.screening.states import CHOOSABLE, Scope, SecondWord

TEMPLATE = "office/screening/screening.html"
PAGE = 20
CONFIRMED = gettext_lazy("บันทึกว่าเห็นด้วยแล้ว {n} ข้อ")
OBJECTED = gettext_lazy("บันทึกว่าไม่เห็นด้วยแล้ว {n} ข้อ ต้องตัดสินใหม่")


@require_GET
@disclosure_door("see")
def screening(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    return render(request, TEMPLATE, _page(request, disclosure))


def _page(request: HttpRequest, disclosure: Disclosure, *, keep: int = 0) -> dict[str, Any]:
    revision = disclosure.latest
    on = desk_of(request).on
    groups = finding_groups(disclosure, revision, on=on, keep=keep) if revision else []
    counts = [place.count for group in groups for place in group.places]
    return _common(request, disclosure) | {
        "groups": groups,
        "open_count": sum(count.open for count in counts),
        "second_count": sum(count.second for count in counts),
        "reasons": blocking_reasons(revision, on=on) if revision else [],
        "is_decided": not any(count.open or count.second for count in counts),
        "seconds": _seconds(request, disclosure, groups),
    }


def _seconds(
    request: HttpRequest, disclosure: Disclosure, groups: list[FindingGroup]
) -> Seconds | None:
    """None where no finding waits for a second person."""
    shown = (one for group in groups for place in group.places for one in place.findings)
    first = {one.decision.person_id for one in shown if one.awaits_second and one.decision}
    return second_people(disclosure, than=first, on=desk_of(request).on) if first else None


def _common(request: HttpRequest, disclosure: Disclosure) -> dict[str, Any]:
    desk = desk_of(request)
    return {
        "disclosure": disclosure,
        "may": permitted(desk, disclosure),
        "me": desk.person.pk,
        "verdicts": [(each.value, each.label) for each in CHOOSABLE],
        "publishing": grounds("publish"),
        "bases": grounds("personal"),
        "withholding": grounds("withhold"),
        "extents": Extent.choices,
        "refused": {},
    }


@require_GET
@disclosure_door("see")
def group(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """All findings of one detector in one place, in pages."""
    revision = disclosure.latest
    if revision is None:
        raise Http404
    on = desk_of(request).on
    chosen = {name: request.GET.get(name, "") for name in ("detector", "severity", "place")}
    rows = findings_of_group(revision, on=on, **chosen)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    shown = [shower(disclosure, revision, page.object_list, on=on)(row) for row in page.object_list]
    if not shown:
        raise Http404
    context = {"page": page, "shown_findings": shown, "first": shown[0]}
    return render(
        request, "office/screening/all_of_group.html", _common(request, disclosure) | context
    )


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
    if is_decided:
        messages.success(request, _("ตัดสินครบแล้ว ส่งคืนผู้เขียนเพื่อแก้ไข"))
    else:
        _tell_errors(request, form)
    return redirect("inbox")


def _is_decided(request: HttpRequest, finding: Finding, form: FindingForm, by: Actor) -> bool:
    try:
        made = decide_findings(
            finding=finding, scope=form.chosen_scope, words=form.words(), by=by, at=timezone.now()
        )
    except CannotAct as refusal:
        for blocker in refusal.blockers:
            form.add_error(None, str(blocker))
        return False
    if made:
        _tell_decided(request, made)
    else:
        messages.info(request, _("ชุดนี้ตัดสินครบไปก่อนแล้ว จึงไม่มีอะไรเปลี่ยน"))
    return True


def _tell_decided(request: HttpRequest, made: list[FindingDecision]) -> None:
    """What one person lets stand of what is blocked is not decided yet, and must not look so."""
    waiting = sum(1 for each in made if each.needs_second)
    if not waiting:
        messages.success(request, _("ตัดสินแล้ว {n} ข้อ").format(n=len(made)))
        return
    sentence = _("บันทึกคำตัดสินแล้ว {n} ข้อ แต่ {waiting} ข้อยังต้องให้ผู้ตรวจคนที่สองอ่านและยืนยัน")
    messages.warning(request, sentence.format(n=len(made), waiting=waiting))


@require_POST
@disclosure_door("screen")
def second(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Another screener agrees with what one has let stand, or objects."""
    form = SecondWordForm(request.POST)
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    decision = _decision(disclosure, given["decision"])
    with refusals_told(request):
        made = say_second_word(
            decision=decision,
            word=given["word"],
            reason=given["reason"],
            scope=given["scope"] or Scope.ONE,
            by=desk_of(request).actor_with(RoleCode.SCREENER),
            at=timezone.now(),
        )
        told = OBJECTED if given["word"] == SecondWord.OBJECT else CONFIRMED
        messages.success(request, str(told).format(n=len(made)))
        _tell_what_follows(request, disclosure)
    return _after(request, disclosure)


def _tell_what_follows(request: HttpRequest, disclosure: Disclosure) -> None:
    """Where the work is now, once nothing waits for a word any more."""
    fresh = Disclosure.objects.select_related("latest").get(pk=disclosure.pk)
    if fresh.stage == Stage.WRITING:
        messages.info(request, _("ตัดสินครบแล้ว ส่งคืนผู้เขียนเพื่อแก้ไข"))
    elif fresh.latest and not open_findings(fresh.latest, on=desk_of(request).on).exists():
        messages.info(request, _("ตัดสินครบทุกข้อแล้ว เจ้าของเรื่องส่งเข้าพิจารณาต่อได้"))


@require_POST
@disclosure_door("withdraw")
def withdraw(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """One tap takes a decision back, or all that was decided in the same act."""
    decision = _decision(disclosure, whole(request.POST.get("decision")))
    is_group = request.POST.get("scope") == Scope.GROUP
    with refusals_told(request):
        made = withdraw_decision(
            decision=decision,
            scope=Scope.GROUP if is_group else Scope.ONE,
            by=desk_of(request).actor_with(RoleCode.SCREENER),
            at=timezone.now(),
        )
        _tell_withdrawn(request, disclosure, len(made))
    return _after(request, disclosure)


def _tell_withdrawn(request: HttpRequest, disclosure: Disclosure, count: int) -> None:
    """Whether it can be decided anew depends on who has the work now."""
    before = disclosure.stage
    disclosure.refresh_from_db()
    sentence = ngettext("ถอนคำตัดสินแล้ว {n} ข้อ ตัดสินใหม่ได้", "ถอนคำตัดสินแล้ว {n} ข้อ ตัดสินใหม่ได้", count)
    if disclosure.stage == Stage.WRITING:
        sentence = _("ถอนคำตัดสินแล้ว {n} ข้อ ผู้เขียนกำลังแก้เรื่องนี้อยู่ ตัดสินใหม่ได้เมื่อส่งตรวจอีกครั้ง")
    elif before == Stage.WRITING:
        sentence = _("ถอนคำตัดสินแล้ว {n} ข้อ และนำเรื่องกลับจากผู้เขียนแล้ว ตัดสินใหม่ได้")
    messages.success(request, sentence.format(n=count))


def _decision(disclosure: Disclosure, pk: int) -> FindingDecision:
    rows = FindingDecision.objects.filter(finding__screening__disclosure=disclosure)
    return get_object_or_404(
        rows.select_related("finding__screening__disclosure", "withheld"), pk=pk
    )


def _after(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Back to the findings, or to the inbox where they may not be seen any more."""
    fresh = Disclosure.objects.select_related("unit", "latest").get(pk=disclosure.pk)
    if may(desk_of(request), "see", fresh):
        return redirect("screening", ref=disclosure.ref)
    return redirect("inbox")


def _refused(
    request: HttpRequest, disclosure: Disclosure, finding: Finding, form: FindingForm
) -> HttpResponse:
    """The page as it was left, with what was typed; above it, when the finding has no form any more."""
    revision = disclosure.latest
    on = desk_of(request).on
    is_open = revision is not None and open_findings(revision, on=on).filter(pk=finding.pk).exists()
    if not is_open or finding.awaits_second:
        _tell_errors(request, form)
    shown = _page(request, disclosure, keep=finding.pk) | {"refused": {finding.pk: form}}
    return render(request, TEMPLATE, shown, status=422)


def _tell_errors(request: HttpRequest, form: FindingForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
