"""What must be published: the board, one duty, and what can be done about it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.disclosures.actions import bind_duty
from prongsai.disclosures.models import Disclosure
from prongsai.monitoring.actions import charge as charge_post
from prongsai.monitoring.reporting.duties import report_year
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import obligation
from prongsai.obligations.states import Asks
from prongsai.office.ahead import ahead, in_month
from prongsai.office.condition import broken_links
from prongsai.office.desk import desk_of
from prongsai.office.escalating import reminders, spoken_by_line
from prongsai.office.owed import candidates, owed_of, owed_without_a_date, rows, under_way, works_of
from prongsai.office.owed_forms import ChargeForm, OwedFilter
from prongsai.office.permissions import role_refusal
from prongsai.office.reviewing import review_rows, to_review
from prongsai.office.rights import visitor_at
from prongsai.office.views.doors import disclosure_door, role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.states import RoleCode
from prongsai.record.owed import groups, line, lines, tally
from prongsai.thai.dates import fiscal_year

PAGE = 30


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Until something is chosen, what is still owed, the longest overdue first."""
    found, desk = lines(), desk_of(request)
    form = OwedFilter(request.GET or None, lines=found, on=desk.on)
    wish, told = form.wish(), spoken_by_line(found, on=desk.on)
    shown = rows(in_month(found, wish.month, on=desk.on), desk, wish, told)
    this = fiscal_year(desk.on)
    context = {
        "form": form,
        "rows": shown,
        "tally": tally(found),
        "owed": owed_of(found, desk),
        "groups": groups(found),
        "report_years": (this - 1, this),
    }
    return render(request, "office/owed/board.html", context)


@require_GET
def work_ahead(request: HttpRequest) -> HttpResponse:
    """What falls due in the next twelve months, by unit."""
    context = {"ahead": ahead(lines(), on=desk_of(request).on)}
    return render(request, "office/owed/ahead.html", context)


@require_GET
def freshness(request: HttpRequest) -> HttpResponse:
    """What is published and must be looked at again, the soonest first."""
    desk, is_mine = desk_of(request), request.GET.get("mine") == "on"
    found = to_review(desk, is_mine=is_mine)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": review_rows(page.object_list, desk), "is_mine": is_mine}
    return render(request, "office/owed/freshness.html", context)


@require_GET
def duty(request: HttpRequest, duty_key: str) -> HttpResponse:
    wanted, desk = _duty(duty_key), desk_of(request)
    found, words = line(wanted.key, year=_year(request)), request.GET.get("q", "")
    visitor = visitor_at(desk)
    may_write = not role_refusal("write", visitor)
    context = {
        "duty": wanted,
        "line": found,
        "broken_links": broken_links(found.numbers if found else (), desk),
        "is_behind_links": Asks.LINKS_ANSWER in wanted.checks,
        "late": found.days_late(desk.on) if found else 0,
        "since": owed_without_a_date(found),
        "moving": under_way(wanted, desk),
        "reminders": reminders(found, on=desk.on) if found else None,
        "works": works_of(found.numbers if found else ()),
        "words": words,
        "may_write": may_write,
        "candidates": candidates(wanted, desk, words) if may_write else [],
        "charge_form": ChargeForm(initial={"post": found.post_code if found else ""}),
        "report_year": report_year(wanted) if may_write else None,
        "may_charge": not role_refusal("charge_posts", visitor),
    }
    return render(request, "office/owed/duty.html", context)


@require_POST
@role_door("charge_posts")
def charge(request: HttpRequest, duty_key: str) -> HttpResponse:
    wanted, desk = _duty(duty_key), desk_of(request)
    form = ChargeForm(request.POST)
    if form.is_valid():
        role = RoleCode.APPROVER if RoleCode.APPROVER in desk.roles else RoleCode.WEBMASTER
        post = form.cleaned_data["post"]
        charge_post(topic=wanted.topic, post=post, by=desk.actor_with(role), at=timezone.now())
        messages.success(request, _("มอบแล้ว ป้ายสถานะจะบอกตำแหน่งใหม่ภายในหนึ่งนาที"))
    for error in form.errors.get("post", ()):
        messages.error(request, str(error))
    return redirect("duty", duty_key=wanted.key)


@require_POST
@disclosure_door("change_published")
def bind(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Opens a correction in which the published work answers one more duty; it is sent like any other."""
    wanted = _duty(request.POST.get("duty", ""))
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    with refusals_told(request):
        bind_duty(disclosure=disclosure, key=wanted.key, by=by, at=timezone.now())
        messages.success(request, _("ผูกแล้วในฉบับแก้ไข ส่งเข้าพิจารณาเพื่อให้ประชาชนเห็น"))
        return redirect("submit", ref=disclosure.ref)
    return redirect("duty", duty_key=wanted.key)


def _year(request: HttpRequest) -> int | None:
    """None is the newest."""
    given = request.GET.get("year", "")
    return int(given) if given.isdecimal() and len(given) == 4 else None


def _duty(key: str) -> Obligation:
    found = obligation(key)
    if found is None:
        raise Http404(key)
    return found
