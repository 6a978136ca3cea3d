"""Accounts of staff: nobody signs up by themselves; a script knows demonstration people's second factor."""

import base64
import hashlib
import hmac

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """An administrator opens accounts; the sign-up page says so."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


def demo_totp_secret(password: str, username: str) -> str:
    """The TOTP secret (base32) of a demonstration person whose password is `PRONGSAI_DEMO_PASSWORD`.

    Anybody who knows the password can compute it, so it is for demonstrations and tests only:
    base32 of the first 20 bytes of HMAC-SHA256(key=password, message="prongsai demo totp " + username).
    """
    message = f"prongsai demo totp {username}".encode()
    digest = hmac.new(password.encode(), message, hashlib.sha256).digest()
    return base64.b32encode(digest[:20]).decode()
