"""A signature needs proof that the person is still there: a password or code within the last minutes."""

import time

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest


def require_fresh_sign_in(request: HttpRequest) -> None:
    """Raises ReauthenticationRequired: allauth asks, and then carries on with this very request.

    A sign-in of less than `ACCOUNT_REAUTHENTICATION_TIMEOUT` seconds ago counts too, which allauth's own
    check would not accept.
    """
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0)
    if time.time() - newest > app_settings.REAUTHENTICATION_TIMEOUT:
        raise ReauthenticationRequired
