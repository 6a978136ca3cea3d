"""A browser without a screen: one person's connection, cookies and forms, and how long each page took."""

import base64
import hashlib
import hmac
import http.client
import re
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from threading import Lock
from urllib.parse import urlencode, urlsplit

from tests.product import PASSWORD, totp

LOCKED = "database is locked"
Fields = list[tuple[str, str]]


def totp_secret(who: str) -> str:
    """As `prongsai.office.accounts.demo_totp_secret` says, which would want Django set up here."""
    digest = hmac.digest(PASSWORD.encode(), f"prongsai demo totp {who}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:20]).decode()


@dataclass(frozen=True)
class Page:
    status: int
    text: str
    location: str = ""

    def links(self, pattern: str) -> list[str]:
        return list(dict.fromkeys(re.findall(f'href="({pattern})"', self.text)))


@dataclass
class Log:
    """What all people saw together: milliseconds by page, and what nobody should have seen."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    is_measuring: bool = False
    lock: Lock = field(default_factory=Lock)

    def add(self, page: str, milliseconds: float) -> None:
        if self.is_measuring:
            with self.lock:
                self.times[page].append(milliseconds)


@dataclass
class Browser:
    who: str
    origin: str
    log: Log
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection | None = None

    def get(self, page: str, path: str) -> Page:
        return self._ask(page, "GET", path, None)

    def post(self, page: str, path: str, fields: Fields) -> Page:
        """What was answered; a redirect is for the caller to follow."""
        return self._ask(page, "POST", path, urlencode(fields))

    def sign_in(self) -> None:
        page = self.get("sign in", "/office/accounts/login/")
        fields = form_fields(page.text, "login")
        page = self.post(
            "sign in",
            "/office/accounts/login/",
            [("csrfmiddlewaretoken", fields[0][1]), ("login", self.who), ("password", PASSWORD)],
        )
        asked = self.get("sign in", page.location)
        code = totp(totp_secret(self.who), now=time.time())
        fields = [
            (name, value) for name, value in form_fields(asked.text, "code") if name != "code"
        ]
        page = self.post("sign in", page.location, [*fields, ("code", code)])
        if page.status != 302:
            raise RuntimeError(f"{self.who} could not sign in: {page.status}")

    def _ask(self, page: str, method: str, path: str, body: str | None) -> Page:
        began = time.perf_counter()
        try:
            found = self._exchange(method, path, body)
        except (OSError, http.client.HTTPException) as error:
            self.connection = None
            self.log.errors.append(f"{self.who} {method} {path}: {error!r}")
            return Page(0, "")
        self.log.add(page, (time.perf_counter() - began) * 1000)
        line = f"{self.who} {method} {path}: {found.status}"
        if found.status >= 500 or LOCKED in found.text:
            self.log.errors.append(line)
        elif found.status in (400, 403, 404, 422, 429):
            self.log.refusals.append(line)
        return found

    def _exchange(self, method: str, path: str, body: str | None) -> Page:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self._answer(method, path, body, headers)
        text = answer.read().decode("utf-8", "replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _equals, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return Page(answer.status, text, answer.headers.get("Location") or "")

    def _answer(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """A connection that lay idle may have been closed: like every browser, asks again over a new one."""
        if self.connection is not None:
            with suppress(http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                self.connection.request(method, path, body, headers)
                return self.connection.getresponse()
        self.connection = http.client.HTTPConnection(urlsplit(self.origin).netloc, timeout=60)
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()


class _Forms(HTMLParser):
    """The fields of every form, as a browser would send them if nobody touched them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self.area, self.select = "", ""
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        elif self.forms:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        if tag == "input" and "name" in given:
            self._input(given)
        elif tag == "textarea":
            self.area, self.words = given.get("name", ""), []
        elif tag == "select":
            self.select = given.get("name", "")
        elif tag == "option" and "selected" in given and self.select:
            self.forms[-1].append((self.select, given.get("value", "")))

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "file", "button"):
            return
        if kind in ("checkbox", "radio") and "checked" not in given:
            return
        self.forms[-1].append((given["name"], given.get("value", "")))

    def handle_data(self, text: str) -> None:
        if self.area:
            self.words.append(text)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.forms[-1].append((self.area, "".join(self.words).removeprefix("\n")))
            self.area = ""
        elif tag == "select":
            self.select = ""


def form_fields(text: str, name: str) -> Fields:
    """Of the first form that has a field of this name; empty when there is none."""
    parser = _Forms()
    parser.feed(text)
    return next((form for form in parser.forms if any(each[0] == name for each in form)), [])
