"""Accounts of staff: nobody signs up by themselves; a script knows demonstration people's second factor."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from prongsai.office.addresses import NOBODY, client_address


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """An administrator opens accounts; the sign-up page says so."""

    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _(
            "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง โปรดตรวจภาษาของแป้นพิมพ์แล้วลองใหม่ ผิดหกครั้งระบบจะพัก 15 นาที และนานขึ้นเมื่อเกิดซ้ำ"
        ),
        "incorrect_password": _("รหัสผ่านไม่ถูกต้อง โปรดตรวจภาษาของแป้นพิมพ์แล้วลองใหม่"),
        "incorrect_code": _("รหัสยืนยันไม่ถูกต้อง โปรดใช้รหัสที่แอปแสดงอยู่ตอนนี้"),
        "too_many_login_attempts": _("ใส่ผิดหลายครั้งเกินไป โปรดรอ 15 นาทีแล้วลองใหม่"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Of a connection without an address, one that is nobody's: the list of sessions wants one."""
        return client_address(request) or NOBODY

    def get_login_stages(self) -> list[str]:
        """Ours asks for the second factor where allauth's would, but for what the identity provider has asked."""
        ours = "prongsai.office.stages.SecondFactorStage"
        return [
            ours if stage == "allauth.mfa.stages.AuthenticateStage" else stage
            for stage in super().get_login_stages()
        ]


class NobodyByProvider(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """allauth's own ways of making or finding accounts for strangers are shut, though no address leads to them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def can_authenticate_by_email(self, login: Any, email: str) -> bool:
        return False


def typed_name(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> str:
    """Whose sign-in failed, for axes: Django's signal, allauth's form and axes itself call it differently.

    Without regard to case, as the sign-in itself: else a lock would hold for one spelling only.
    """
    known = credentials or {}
    name = known.get("username") or known.get("login") or request.POST.get("login", "")
    return str(name).strip().casefold()


def demo_totp_secret(password: str, username: str) -> str:
    """The TOTP secret (base32) of a demonstration person whose password is `PRONGSAI_DEMO_PASSWORD`.

    Anybody who knows the password can compute it, so it is for demonstrations and tests only:
    base32 of the first 20 bytes of HMAC-SHA256(key=password, message="prongsai demo totp " + username).
    """
    message = f"prongsai demo totp {username}".encode()
    digest = hmac.new(password.encode(), message, hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()
