"""Accounts of people: an administrator opens, invites, shuts; an auditor looks on."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from prongsai.office.account_forms import ContactForm, NewPersonForm, ReasonForm, RenameForm
from prongsai.office.actions.accounts import (
    cancel_invitation,
    change_contacts_of,
    end_sessions,
    invite,
    note_account_change,
)
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.people import (
    accounts,
    found_people,
    open_sessions,
    past_appointments,
    sends_mail,
)
from prongsai.office.permissions import role_refusal
from prongsai.office.rights import visitor_at
from prongsai.office.slips import send_link, slip
from prongsai.office.states import Purpose
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told, tell
from prongsai.organisation.actions import (
    open_account,
    record_act,
    rename_person,
    reopen_account,
    shut_account,
)
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode

PAGE = 50


@require_GET
@role_door("see_people")
def people(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "")[:100]
    page = Paginator(found_people(words), PAGE).get_page(request.GET.get("page"))
    desk = desk_of(request)
    shown = {
        "accounts": accounts(page.object_list, at=timezone.now(), on=desk.on),
        "page": page,
        "q": words,
        "may_edit": _may_edit(request),
    }
    return render(request, "office/people/list.html", shown)


@require_http_methods(["GET", "POST"])
@role_door("edit_people")
def new_person(request: HttpRequest) -> HttpResponse:
    form = NewPersonForm(request.POST or None)
    if form.is_valid():
        require_fresh_sign_in(request)
        try:
            person = open_account(
                **form.cleaned_data, by=_administrator(request), at=timezone.now()
            )
        except CannotAct as refusal:
            tell(request, refusal)
        else:
            messages.success(request, _("เปิดบัญชีแล้ว ขั้นต่อไปคือออกลิงก์ให้เจ้าของตั้งรหัสผ่าน"))
            return redirect("person", username=person.username)
    status = 422 if form.is_bound else 200
    return render(request, "office/people/new.html", {"form": form}, status=status)


@require_GET
@role_door("see_people")
def person(request: HttpRequest, username: str) -> HttpResponse:
    return _page(request, get_object_or_404(Person, username=username))


@require_POST
@role_door("edit_people")
def invite_person(request: HttpRequest, username: str) -> HttpResponse:
    return hand_out_link(request, username, Purpose.PASSWORD)


def hand_out_link(request: HttpRequest, username: str, purpose: Purpose) -> HttpResponse:
    """By mail, or as a slip to print; the link is shown this once."""
    require_fresh_sign_in(request)
    row = get_object_or_404(Person, username=username)
    by, at = _administrator(request), timezone.now()
    try:
        token = invite(person=row, by=by, at=at, purpose=purpose)
    except CannotAct as refusal:
        tell(request, refusal)
        return redirect("person", username=username)
    if request.POST.get("by") == "mail" and send_link(row, token, purpose=purpose):
        messages.success(request, _("ส่งลิงก์ทางอีเมลแล้ว ใช้ได้ครั้งเดียวภายในเจ็ดวัน"))
        return redirect("person", username=username)
    shown = {"person": row, "purpose": purpose, **slip(token)}
    answer = render(request, "office/people/slip.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@role_door("edit_people")
def cancel(request: HttpRequest, username: str) -> HttpResponse:
    row = get_object_or_404(Person, username=username)
    with refusals_told(request):
        cancel_invitation(person=row, by=_administrator(request), at=timezone.now())
        messages.success(request, _("ยกเลิกลิงก์แล้ว ผู้ที่ถือลิงก์ใช้ไม่ได้อีก"))
    return redirect("person", username=username)


@require_POST
@role_door("edit_people")
def turn_account(request: HttpRequest, username: str) -> HttpResponse:
    """`do` is shut or open."""
    row, form = (
        get_object_or_404(Person, username=username),
        ReasonForm(request.POST, prefix="turn"),
    )
    if not form.is_valid():
        return _page(request, row, turn=form)
    require_fresh_sign_in(request)
    by, at, reason = _administrator(request), timezone.now(), form.cleaned_data["reason"]
    with refusals_told(request):
        if request.POST.get("do") == "open":
            reopen_account(person=row, reason=reason, by=by, at=at)
            note_account_change(person=row, verb="reopen_account", by=by, at=at)
            messages.success(request, _("เปิดบัญชีแล้ว เจ้าของเข้าสู่ระบบได้"))
        else:
            shut_account(person=row, reason=reason, by=by, at=at)
            end_sessions(person=row)
            # Or an old link would open the account again on the day that it is opened again.
            cancel_invitation(person=row, by=by, at=at)
            messages.success(request, _("ระงับบัญชีแล้ว ทุกเครื่องที่เข้าสู่ระบบอยู่ใช้งานต่อไม่ได้"))
    return redirect("person", username=username)


@require_POST
@role_door("edit_people")
def rename(request: HttpRequest, username: str) -> HttpResponse:
    row, form = get_object_or_404(Person, username=username), RenameForm(request.POST)
    if not form.is_valid():
        return _page(request, row, rename=form)
    require_fresh_sign_in(request)
    given = dict(form.cleaned_data)
    with refusals_told(request):
        reason = given.pop("reason")
        by, at = _administrator(request), timezone.now()
        rename_person(person=row, names=given, reason=reason, by=by, at=at)
        note_account_change(person=row, verb="rename_person", by=by, at=at)
        messages.success(request, _("เปลี่ยนชื่อแล้ว สิ่งที่ลงนามไว้ก่อนหน้านี้คงชื่อเดิม"))
    return redirect("person", username=username)


@require_POST
@role_door("edit_people")
def contacts(request: HttpRequest, username: str) -> HttpResponse:
    row, form = get_object_or_404(Person, username=username), ContactForm(request.POST)
    if not form.is_valid():
        return _page(request, row, contacts=form)
    with refusals_told(request):
        by, at = _administrator(request), timezone.now()
        change_contacts_of(person=row, contacts=form.cleaned_data, by=by, at=at)
        messages.success(request, _("บันทึกแล้ว"))
    return redirect("person", username=username)


@require_POST
@role_door("edit_people")
def sign_out_person(request: HttpRequest, username: str) -> HttpResponse:
    """From every machine, without shutting the account: a telephone was lost, say."""
    row = get_object_or_404(Person, username=username)
    by, at = _administrator(request), timezone.now()
    details = {"sessions": end_sessions(person=row)}
    record_act(by=by, at=at, verb="end_sessions", subject=row.subject, details=details)
    messages.success(request, _("ให้ออกจากระบบทุกเครื่องแล้ว"))
    return redirect("person", username=username)


def _page(request: HttpRequest, row: Person, **forms: Any) -> HttpResponse:
    desk = desk_of(request)
    [account] = accounts([row], at=timezone.now(), on=desk.on)
    names = {name: getattr(row, name) for name in ("title_th", "first_name", "last_name")}
    shown = {
        "account": account,
        "past": past_appointments(row, on=desk.on),
        "sessions": open_sessions(row),
        "sends_mail": sends_mail(),
        "may_edit": _may_edit(request) and row != desk.person,
        "rename": RenameForm(initial=names),
        "contacts": ContactForm(initial={"email": row.email, "phone": row.phone}),
        "turn": ReasonForm(prefix="turn"),
        "reset": ReasonForm(prefix="reset"),
    }
    status = 422 if forms else 200
    return render(request, "office/people/one.html", shown | forms, status=status)


def _may_edit(request: HttpRequest) -> bool:
    return not role_refusal("edit_people", visitor_at(desk_of(request)))


def _administrator(request: HttpRequest) -> Actor:
    return desk_of(request).actor_with(RoleCode.ADMINISTRATOR)
