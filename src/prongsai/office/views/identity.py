"""Signing in by an identity provider: there, back, and what is linked with whom."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from axes.handlers.proxy import AxesProxyHandler
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.actions.accounts import (
    CannotInvite,
    CannotLink,
    accept_link,
    link_identity,
    note_identity_used,
    unlink_identity,
)
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.identity import (
    METHOD,
    PROVIDER,
    Proof,
    ProviderFailed,
    owner_of,
    proof_brought_back,
    wanted_provider,
    way_to_the_provider,
)
from prongsai.office.receivers import DOOR, where_from
from prongsai.office.states import Failure, Purpose
from prongsai.office.views.doors import role_door
from prongsai.office.views.errors import locked_out
from prongsai.office.views.people import hand_out_link
from prongsai.office.views.telling import refusals_told, tell
from prongsai.organisation.actions import record_refusal
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.states import RoleCode

STATUS = {Failure.DOWN: 503, Failure.UNKNOWN: 403, Failure.SHUT: 403}


@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Signing in. Not on GET: a page of somebody else's must not be able to begin it."""
    wanted_provider()
    if request.user.is_authenticated:
        return redirect("inbox")
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return leave(request, {"do": "sign_in"}, next_address=target if is_ours else "")


@never_cache
@require_POST
def link(request: HttpRequest) -> HttpResponse:
    wanted_provider()
    require_fresh_sign_in(request)
    return leave(request, {"do": "link", "person": desk_of(request).person.pk})


@require_POST
def unlink(request: HttpRequest) -> HttpResponse:
    require_fresh_sign_in(request)
    desk, here = desk_of(request), request.session.session_key or ""
    with refusals_told(request):
        unlink_identity(person=desk.person, by=desk.actor, at=timezone.now(), here=here)
        messages.success(request, _("เลิกผูกแล้ว บัญชีของผู้ให้บริการใช้เข้าสู่ระบบไม่ได้อีก"))
    return redirect("account")


@require_POST
@role_door("edit_people")
def invite_to_link(request: HttpRequest, username: str) -> HttpResponse:
    wanted_provider()
    return hand_out_link(request, username, Purpose.LINK)


@require_POST
@role_door("edit_people")
def unlink_person(request: HttpRequest, username: str) -> HttpResponse:
    require_fresh_sign_in(request)
    row = get_object_or_404(Person, username=username)
    by, at = desk_of(request).actor_with(RoleCode.ADMINISTRATOR), timezone.now()
    with refusals_told(request):
        unlink_identity(person=row, by=by, at=at)
        messages.success(request, _("เลิกผูกแล้ว เจ้าของออกจากระบบทุกเครื่อง และเข้าได้ด้วยรหัสผ่าน"))
    return redirect("person", username=username)


@never_cache
@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """The one address at which an answer of the provider does something: what this session went there for."""
    try:
        proof = proof_brought_back(request)
    except ProviderFailed as failed:
        return _failed(request, failed.failure)
    do = {"sign_in": _sign_in, "link": _link, "invited": _accept}[proof.purpose["do"]]
    return do(request, proof)


def leave(request: HttpRequest, purpose: dict[str, Any], *, next_address: str = "") -> HttpResponse:
    """A page that leads there: our policy lets no form of ours end at another site."""
    try:
        address = way_to_the_provider(request, purpose=purpose, next_address=next_address)
    except ProviderFailed as failed:
        return _failed(request, failed.failure)
    shown = {"address": address, "provider": wanted_provider()}
    return render(request, "account/provider_leave.html", shown)


def _sign_in(request: HttpRequest, proof: Proof) -> HttpResponse:
    """An account that is shut or locked stays so, whoever vouches for its owner; stages ask for the second factor."""
    if request.user.is_authenticated:
        return redirect("inbox")
    person = owner_of(proof.key)
    if person is None:
        return _failed(request, Failure.UNKNOWN)
    if not AxesProxyHandler.is_allowed(request, {"username": person.username}):
        return locked_out(request)
    if not person.is_active:
        return _failed(request, Failure.SHUT, person)
    note_identity_used(person=person)
    record_authentication(
        request, person, METHOD, provider=PROVIDER, is_strong=proof.is_strong or None
    )
    answer: HttpResponse = perform_login(
        request, person, email_verification="none", redirect_url=proof.next_address or None
    )
    return answer


def _link(request: HttpRequest, proof: Proof) -> HttpResponse:
    if not request.user.is_authenticated:
        return _failed(request, Failure.STATE)
    desk, at = desk_of(request), timezone.now()
    with refusals_told(request):
        started_by = proof.purpose["person"]
        link_identity(
            person=desk.person, started_by=started_by, key=proof.key, by=desk.actor, at=at
        )
        messages.success(request, _("ผูกแล้ว ครั้งต่อไปเข้าสู่ระบบด้วยผู้ให้บริการนี้ได้ รหัสผ่านยังใช้ได้เช่นเดิม"))
    return redirect("account")


def _accept(request: HttpRequest, proof: Proof) -> HttpResponse:
    try:
        accept_link(token_hash=proof.purpose["invitation"], key=proof.key, at=timezone.now())
    except CannotInvite:
        return render(request, "account/invitation_useless.html", status=410)
    except CannotLink as refusal:
        tell(request, refusal)
    else:
        messages.success(request, _("ผูกแล้ว เข้าสู่ระบบด้วยผู้ให้บริการนี้ได้เลย"))
    return redirect("account_login")


def _failed(request: HttpRequest, failure: Failure, person: Person | None = None) -> HttpResponse:
    with translation.override("th"):
        reason = str(failure.label)
    who = Actor(person.pk, person.full_name) if person else Actor.system(DOOR)
    record_refusal(
        by=who,
        at=timezone.now(),
        verb="office.sign_in_by_provider",
        reason=reason,
        details=where_from(request) | {"failure": str(failure)},
    )
    shown = {"failure": failure, "provider": wanted_provider()}
    return render(request, "account/provider_failed.html", shown, status=STATUS.get(failure, 400))
