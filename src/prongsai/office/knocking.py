"""How often somebody may try to come in, counted so that nobody uses up the tries of anybody else.

A browser from which somebody signed in before has tries of its own; all others share those of their address. Counted
in the memory of the office's one process.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.office.accounts import typed_name
from prongsai.office.addresses import counted_address
from prongsai.office.models import KnownDevice
from prongsai.organisation.models import Person

View = Callable[..., HttpResponse]
DEVICE_TOKEN = re.compile(r"[\w-]{43}")


@dataclass(frozen=True)
class Limit:
    """So many tries from the first one on, for so many seconds."""

    name: str
    most: int
    seconds: int


SIGN_INS = Limit("sign-in", 30, 60)
# Each asks first and answers then.
PASSKEYS = Limit("passkey", 60, 60)
# There and back: the provider is asked for its description of itself, and whatever comes back stands in the trail.
PROVIDER = Limit("provider", 40, 60)
# As long as the longest lock: a browser that several share is no way around it.
PASSWORDS = Limit("password", 6, 8 * 60 * 60)
CODES = Limit("code", 10, 900)


def may_try(limit: Limit, who: str) -> bool:
    """Counts this try."""
    key = _key(limit, who)
    if cache.add(key, 1, timeout=limit.seconds):
        return True
    try:
        return bool(cache.incr(key) <= limit.most)
    except ValueError:
        # Its time was over between the two questions.
        return True


def is_used_up(limit: Limit, who: str) -> bool:
    return bool(cache.get(_key(limit, who), 0) >= limit.most)


def forget_tries(limit: Limit, who: str) -> None:
    cache.delete(_key(limit, who))


def few_at_a_time(limit: Limit, view: View, *, methods: tuple[str, ...] = ("POST",)) -> View:
    """The same view, which answers no more than that."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in methods and not may_try(limit, _origin(request)):
            return render(request, "429.html", status=429)
        return view(request, *args, **kwargs)

    return answer


def who_types_codes(request: HttpRequest, person: Person) -> str:
    """Whoever has the password may shut out all browsers of this person but those that they know."""
    return f"{person.pk}:{known_browser(request, person.username)}"


def is_known_and_calm(request: HttpRequest, credentials: Mapping[str, Any] | None = None) -> bool:
    """Asked by axes, which then neither counts nor shuts out: a browser of that very person, within its own tries."""
    name = typed_name(request, credentials)
    browser = known_browser(request, name)
    return bool(browser) and not is_used_up(PASSWORDS, _of(name, browser))


def count_wrong_password(request: HttpRequest, name: str) -> None:
    browser = known_browser(request, name)
    if browser:
        may_try(PASSWORDS, _of(name, browser))


def forget_wrong_passwords(request: HttpRequest, name: str) -> None:
    browser = known_browser(request, name)
    if browser:
        forget_tries(PASSWORDS, _of(name, browser))


def known_browser(request: HttpRequest, name: str = "") -> str:
    """By the hash of its cookie; empty unless this person, or anybody for no name, has signed in from it."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    if not DEVICE_TOKEN.fullmatch(token):
        return ""
    browser = hash_of_device(token)
    known = KnownDevice.objects.filter(token_hash=browser)
    if name:
        known = known.filter(person__username__iexact=name)
    return browser if known.exists() else ""


def hash_of_device(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _of(name: str, browser: str) -> str:
    """Names are the same in small letters and in capitals."""
    return f"{name.casefold()}:{browser}"


def _origin(request: HttpRequest) -> str:
    return known_browser(request) or counted_address(request)


def _key(limit: Limit, who: str) -> str:
    return f"office.{limit.name}.{hash_of_device(who)}"
