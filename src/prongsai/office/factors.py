"""Second factors in our words, and codes that work once for as long as they are valid."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa import app_settings
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from prongsai.office.accounts import StaffAdapter
from prongsai.office.browsers import browser_in_words
from prongsai.office.knocking import CODES, forget_tries, may_try, who_types_codes

INCORRECT = _("รหัสยืนยันไม่ถูกต้อง โปรดใช้รหัสที่แอปแสดงอยู่ตอนนี้")


class StaffFactors(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """Names that telephones show, and sentences in Thai."""

    error_messages: ClassVar[dict[str, Any]] = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("ยืนยันไม่ได้: รหัสหรือพาสคีย์นี้ไม่ใช่ของบัญชีนี้ หรือหมดอายุแล้ว — ลองใหม่อีกครั้ง"),
    }

    def get_totp_label(self, user: Any) -> str:
        """The user name, never an e-mail address, for it stands on a telephone's screen."""
        return str(user.username)

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.username)

    def _get_site_name(self) -> str:
        return str(settings.MUNICIPALITY["name_th"])

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return browser_in_words(context.request.META.get("HTTP_USER_AGENT", ""))


class _OnceWhileValid:
    """allauth remembers a used code for 30 seconds, but takes it for 90: phones' clocks drift."""

    def clean_code(self) -> str:
        who = who_types_codes(context.request, self.user)  # type: ignore[attr-defined]
        if not may_try(CODES, who):
            raise ValidationError(StaffAdapter.error_messages["too_many_login_attempts"])
        code: str = super().clean_code()  # type: ignore[misc]  # of the form that this is mixed into
        if self.authenticator.type == Authenticator.Type.TOTP:  # type: ignore[attr-defined]
            seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            digits = "".join(code.split())
            if not cache.add(f"office.totp.used.{self.user.pk}.{digits}", "", timeout=seconds):  # type: ignore[attr-defined]
                raise ValidationError(INCORRECT)
        forget_tries(CODES, who)
        return code


class CodeForm(_OnceWhileValid, AuthenticateForm):  # type: ignore[misc]  # allauth ships no types
    pass


class CodeAgainForm(_OnceWhileValid, ReauthenticateForm):  # type: ignore[misc]  # allauth ships no types
    pass


@contextmanager
def _nonsense_refused() -> Iterator[None]:
    """allauth foresees not all that may stand in the place of what a browser signs (as of 65.21)."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise ValidationError(StaffFactors.error_messages["incorrect_code"]) from error


class _NonsenseRefused:
    def clean_credential(self) -> Any:
        with _nonsense_refused():
            return super().clean_credential()  # type: ignore[misc]  # of the form that this is mixed into


class PasskeyAloneForm(_NonsenseRefused, LoginWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    pass


class PasskeyAfterPasswordForm(_NonsenseRefused, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    pass


class PasskeyAgainForm(_NonsenseRefused, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    pass


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth ships no types
    """A name to know it again; it signs in by itself unless its owner wants it only as a second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name, alone = self.fields["name"], self.fields["passwordless"]
        name.label, name.help_text = _("ชื่อเครื่อง"), _("เพื่อให้ท่านจำได้ว่าเป็นเครื่องใด")
        name.widget.attrs["class"] = "ds-input"
        alone.label = _("ใช้เข้าสู่ระบบแทนรหัสผ่านได้ด้วย")
        alone.help_text = _("เครื่องต้องขอลายนิ้วมือ ใบหน้า หรือรหัสของเครื่องทุกครั้ง")
        alone.initial = True

    def clean(self) -> Any:
        with _nonsense_refused():
            return super().clean()
