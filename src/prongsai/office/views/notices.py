"""Emergency notices: written on a phone, agreed to on another, and looked after while they are live."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.notices import actions
from prongsai.notices.forms import (
    EndForm,
    NewNoticeForm,
    RecallForm,
    RenewForm,
    ReviewForm,
    SendBackForm,
    WordingForm,
    wording_initial,
)
from prongsai.notices.models import Notice, Wording
from prongsai.notices.queries import (
    directing_post,
    reviewing_post,
    rules_of_the_house,
    seen_notices,
)
from prongsai.notices.states import Stage
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.notices import lists, notice_screen
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import visitor_at
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode

WRITE = "office/notices/write.html"
View = Callable[..., HttpResponse]


def notice_door(view: View) -> View:
    """Turn `ref` in the address into a notice. All staff may read them; who may act is for the actions to say."""

    @wraps(view)
    def found(request: HttpRequest, ref: UUID, **rest: Any) -> HttpResponse:
        return view(request, get_object_or_404(seen_notices(), ref=ref), **rest)

    return found


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    desk, drills = desk_of(request), "drills" in request.GET
    may_write = not role_refusal("write_notices", visitor_at(desk))
    shown = lists(desk=desk, at=timezone.now(), drills=drills)
    shown_with = shown | {"drills": drills, "may_write": may_write}
    return render(request, "office/notices/list.html", shown_with)


@require_http_methods(["GET", "POST"])
@role_door("write_notices")
def new(request: HttpRequest) -> HttpResponse:
    is_drill = "drill" in request.GET
    initial = wording_initial(None, at=timezone.now(), is_drill=is_drill)
    initial |= {"ref": uuid.uuid4(), "is_drill": is_drill}
    form = NewNoticeForm(request.POST or None, initial=initial)
    if form.is_valid():
        is_drill = form.cleaned_data["is_drill"]
        with refusals_told(request):
            made = actions.start(by=_writer(request), at=timezone.now(), **form.start())
            return _sent_or_kept(request, made.newest)
    shown = {"form": form, "is_drill": is_drill}
    return render(request, WRITE, shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@notice_door
def write(request: HttpRequest, notice: Notice) -> HttpResponse:
    wording = notice.newest
    if wording is None or wording.stage != Stage.DRAFT:
        messages.error(request, _("ไม่มีข้อความที่กำลังเขียน ดูสภาพล่าสุดของประกาศที่หน้านี้"))
        return redirect("notice", ref=notice.ref)
    initial = wording_initial(wording, at=timezone.now(), is_drill=notice.is_drill)
    form = WordingForm(request.POST or None, initial=initial)
    if form.is_valid():
        by, at = _writer(request), timezone.now()
        with refusals_told(request):
            actions.save(wording=wording, words=form.words(), by=by, at=at)
            return _sent_or_kept(request, wording)
    shown = {"form": form, "is_drill": notice.is_drill, "notice": notice, "wording": wording}
    return render(request, WRITE, shown, status=422 if form.is_bound else 200)


def _sent_or_kept(request: HttpRequest, wording: Wording | None) -> HttpResponse:
    """Saved already; a refusal to send leaves the draft and says what it lacks."""
    if wording is None:
        return redirect("notices")
    ref = wording.notice.ref
    if "send" not in request.POST:
        messages.success(request, _("บันทึกร่างแล้ว ยังไม่ได้ส่งผู้อำนวยการ"))
        return redirect("write_notice", ref=ref)
    # Sent before, by the first of two taps: there is nothing left to do.
    wording.refresh_from_db()
    if wording.stage != Stage.DRAFT:
        return redirect("notice", ref=ref)
    with refusals_told(request):
        actions.send_to_director(wording=wording, by=_writer(request), at=timezone.now())
        messages.success(request, _("ส่งผู้อำนวยการแล้ว โทรแจ้งให้เปิดดูทันที"))
        return redirect("notice", ref=ref)
    return redirect("write_notice", ref=ref)


@require_GET
@notice_door
def notice(request: HttpRequest, notice: Notice) -> HttpResponse:
    shown = notice_screen(notice, desk=desk_of(request), at=timezone.now())
    return render(request, "office/notices/one.html", shown)


@require_POST
@notice_door
def approve(request: HttpRequest, notice: Notice) -> HttpResponse:
    """The second tap. The first opened the page."""
    wording = notice.newest
    require_fresh_sign_in(request)
    by, at = _director(request, notice), timezone.now()
    if wording is not None:
        with refusals_told(request):
            seen = request.POST.get("seen", "")
            is_up = actions.approve(wording=wording, seen=seen, by=by, at=at)
            _tell_whether_it_is_up(request, is_up, _("เห็นชอบแล้ว ประกาศขึ้นเว็บไซต์แล้ว"))
    return redirect("notice", ref=notice.ref)


@require_POST
@notice_door
def send_back(request: HttpRequest, notice: Notice) -> HttpResponse:
    form, wording = SendBackForm(request.POST), notice.newest
    if _is_filled(request, form) and wording is not None:
        by, at = _director(request, notice), timezone.now()
        with refusals_told(request):
            actions.send_back(wording=wording, by=by, at=at, **form.cleaned_data)
            messages.success(request, _("ส่งกลับผู้เขียนแล้ว พร้อมสิ่งที่ต้องแก้"))
    return redirect("notice", ref=notice.ref)


@require_POST
@notice_door
def update(request: HttpRequest, notice: Notice) -> HttpResponse:
    with refusals_told(request):
        actions.begin_update(notice=notice, by=_writer(request), at=timezone.now())
        return redirect("write_notice", ref=notice.ref)
    return redirect("notice", ref=notice.ref)


@require_POST
@notice_door
def renew(request: HttpRequest, notice: Notice) -> HttpResponse:
    longest = rules_of_the_house().longest(is_drill=notice.is_drill)
    form = RenewForm(request.POST, longest=longest)
    if _is_filled(request, form):
        require_fresh_sign_in(request)
        by, at = _director(request, notice), timezone.now()
        until = at + timedelta(hours=form.cleaned_data["hours"])
        with refusals_told(request):
            is_up = actions.renew(notice=notice, until=until, by=by, at=at)
            _tell_whether_it_is_up(request, is_up, _("ต่อเวลาแล้ว"))
    return redirect("notice", ref=notice.ref)


@require_POST
@notice_door
def end(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = EndForm(request.POST)
    if _is_filled(request, form):
        require_fresh_sign_in(request)
        by, at = _director(request, notice), timezone.now()
        with refusals_told(request):
            is_up = actions.end(notice=notice, by=by, at=at, **form.cleaned_data)
            _tell_whether_it_is_up(request, is_up, _("สิ้นสุดประกาศแล้ว แถบประกาศหายจากเว็บไซต์แล้ว"))
    return redirect("notice", ref=notice.ref)


@require_POST
@notice_door
def recall(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = RecallForm(request.POST)
    if _is_filled(request, form):
        require_fresh_sign_in(request)
        by, at = _director(request, notice), timezone.now()
        with refusals_told(request):
            is_up = actions.recall(notice=notice, by=by, at=at, **form.cleaned_data)
            _tell_whether_it_is_up(request, is_up, _("เรียกคืนแล้ว ไม่มีข้อความใดของประกาศนี้บนเว็บไซต์อีก"))
    return redirect("notice", ref=notice.ref)


@require_POST
@notice_door
def review(request: HttpRequest, notice: Notice) -> HttpResponse:
    form = ReviewForm(request.POST)
    if _is_filled(request, form):
        desk = desk_of(request)
        code = reviewing_post(desk.person, notice.unit, on=desk.on)
        by = desk.actor_at(code)
        with refusals_told(request):
            actions.review(notice=notice, texts=form.cleaned_data, by=by, at=timezone.now())
            messages.success(request, _("บันทึกการทบทวนแล้ว"))
    return redirect("notice", ref=notice.ref)


def _is_filled(request: HttpRequest, form: forms.Form) -> bool:
    """Of a small form at the foot of a page: what is wrong is said above it."""
    if form.is_valid():
        return True
    for errors in form.errors.values():
        messages.error(request, str(errors[0]))
    return False


def _writer(request: HttpRequest) -> Actor:
    desk = desk_of(request)
    role = RoleCode.OFFICER if RoleCode.OFFICER in desk.roles else RoleCode.WEBMASTER
    return desk.actor_with(role)


def _director(request: HttpRequest, notice: Notice) -> Actor:
    """As the directing post that they hold; without one as whoever they are, which the action refuses and remembers."""
    desk = desk_of(request)
    return desk.actor_at(directing_post(desk.person, notice.unit, on=desk.on))


def _tell_whether_it_is_up(request: HttpRequest, is_up: bool, done: str) -> None:
    if is_up:
        messages.success(request, done)
    else:
        messages.warning(
            request,
            _("บันทึกแล้ว แต่ยังเขียนขึ้นเว็บไซต์ไม่ได้ ระบบกำลังลองใหม่เอง โปรดแจ้งผู้ดูแลระบบทันที"),
        )
