"""Sign-ins, failures and lockouts become acts: the trail shows who came in, and who tried."""

import secrets
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from prongsai.office.accounts import typed_name
from prongsai.office.actions.accounts import end_sessions, note_device
from prongsai.office.addresses import came_through_a_stranger, client_address
from prongsai.office.browsers import browser_in_words
from prongsai.office.identity import came_by_provider
from prongsai.office.knocking import DEVICE_TOKEN, count_wrong_password, forget_wrong_passwords
from prongsai.office.lockout import as_kept
from prongsai.organisation.actions import record_act, record_refusal
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person

DOOR = "หน้าเข้าสู่ระบบ"


def _person(user: Any) -> Actor:
    if isinstance(user, Person):
        return Actor(person_id=user.pk, name=user.full_name)
    return Actor.system(DOOR)


def where_from(request: HttpRequest | None) -> dict[str, Any]:
    """`unnamed_proxy`, which `prongsai check` looks for, where the address may be that of a proxy."""
    if request is None:
        return {}
    told: dict[str, Any] = {"address": client_address(request)}
    if came_through_a_stranger(request):
        told["unnamed_proxy"] = True
    return told


def _now() -> Any:
    return timezone.now()  # noqa: TID251 -- a signal brings no time of its own


@receiver(user_logged_in)
def signed_in(request: HttpRequest, user: Person, **_rest: Any) -> None:
    at = _now()
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not DEVICE_TOKEN.fullmatch(token):
        # Set as a cookie when the answer goes out: `middleware.device_remembered`.
        token = request.new_device = secrets.token_urlsafe(32)  # type: ignore[attr-defined]
    forget_wrong_passwords(request, user.username)
    details = where_from(request)
    if came_by_provider(request, user):
        details["by_provider"] = True
    if note_device(person=user, token=token, at=at):
        details["new_device"] = browser_in_words(request.META.get("HTTP_USER_AGENT", ""))
    record_act(by=_person(user), at=at, verb="office.sign_in", details=details)


@receiver(user_logged_out)
def signed_out(request: HttpRequest, user: Person | None, **_rest: Any) -> None:
    if user is not None:
        record_act(by=_person(user), at=_now(), verb="office.sign_out", details=where_from(request))


@receiver(user_login_failed)
def was_not_let_in(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any
) -> None:
    """The name that was typed is kept, cut short; the password never is, also where it was typed for a name."""
    name = typed_name(request, credentials) if request else ""
    if request is not None:
        count_wrong_password(request, name)
    record_refusal(
        by=Actor.system(DOOR),
        at=_now(),
        verb="office.sign_in",
        reason="ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง",
        details=where_from(request) | {"typed": as_kept(name)},
    )


@receiver(user_locked_out)
def was_locked_out(request: HttpRequest, username: str | None = None, **_rest: Any) -> None:
    record_refusal(
        by=Actor.system(DOOR),
        at=_now(),
        verb="office.lock_out",
        reason="ใส่รหัสผ่านผิดหลายครั้งติดกัน จึงพักการเข้าสู่ระบบชั่วคราว",
        details=where_from(request)
        | {"typed": as_kept(username or ""), "begins": _begins(request)},
    )


def _begins(request: HttpRequest) -> bool:
    """Whether this attempt shut the door, or found it shut: axes counts only the former."""
    return getattr(request, "axes_failures_since_start", None) is not None


@receiver(authentication_failed)
def typed_a_wrong_code(request: HttpRequest, user: Person, **_rest: Any) -> None:
    record_refusal(
        by=_person(user),
        at=_now(),
        verb="office.second_factor",
        reason="รหัสยืนยันไม่ถูกต้อง",
        details=where_from(request),
    )


@receiver(authenticator_added)
def got_a_second_factor(
    request: HttpRequest, user: Person, authenticator: Any, **_rest: Any
) -> None:
    details = where_from(request) | {"type": str(authenticator.type)}
    record_act(by=_person(user), at=_now(), verb="office.second_factor_added", details=details)


@receiver(authenticator_removed)
def lost_a_second_factor(
    request: HttpRequest, user: Person, authenticator: Any, **_rest: Any
) -> None:
    details = where_from(request) | {"type": str(authenticator.type)}
    record_act(by=_person(user), at=_now(), verb="office.second_factor_removed", details=details)


@receiver(password_changed)
def changed_their_password(request: HttpRequest, user: Person, **_rest: Any) -> None:
    """Django itself lets other sessions die: they are signed with the password's hash."""
    end_sessions(person=user, besides=request.session.session_key or "")
    record_act(
        by=_person(user),
        at=_now(),
        verb="change_password",
        subject=user.subject,
        details=where_from(request),
    )
