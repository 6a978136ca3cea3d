"""Doors that every office request passes: signed in, holding a post, and with a second factor if needed."""

from collections.abc import Callable
from functools import partial
from threading import BoundedSemaphore
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from prongsai.files.examination.accepted import CannotLook
from prongsai.office.counting import forget_count
from prongsai.office.desk import CHOSEN_POST, Desk, desk_for
from prongsai.office.identity import proved_twice_there
from prongsai.office.views.doors import refuse
from prongsai.organisation.once import reading
from prongsai.organisation.states import RoleCode

Answer = Callable[[HttpRequest], HttpResponse]
# With 30 people at work on PostgreSQL, the slowest page of a hundred took 212 ms instead of 403 (bench/office_load).
AT_ONCE, PATIENCE_SECONDS = 3, 0.5
_AT_WORK = BoundedSemaphore(AT_ONCE)
READING = ("GET", "HEAD", "OPTIONS")
# Views that somebody may open before they are signed in, hold a post and have a second factor.
ENTRANCE = frozenset(
    {
        *("account_login", "account_logout", "account_inactive", "account_signup"),
        *("account_reauthenticate", "account_change_password", "mfa_authenticate"),
        *("mfa_reauthenticate", "mfa_activate_totp", "set_language", "invitation"),
        *("mfa_login_webauthn", "mfa_reauthenticate_webauthn", "mfa_add_webauthn"),
        *("provider_start", "provider_callback"),
    }
)

# What auditors send about themselves, and taking the trail out, which is itself in the trail. Everything else that
# could change something is refused to who holds no other role, also where a screen is still to be made.
AUDITORS_OWN = frozenset(
    {
        *("choose_post", "end_sessions", "telling", "own_data", "export_own", "export_acts"),
        *("acknowledge", "provider_link", "provider_unlink", "ask_for_name"),
        "read_account_notice",
    }
)
# The first part of an address below /office/ -> the kind of subject in the trail.
SUBJECTS = {
    "disclosures": "disclosure",
    "submissions": "submission",
    "notices": "notice",
    "recalls": "recall_set",
    "incidents": "incident",
    "bundles": "bundle",
}
ONLY_READS = _("ผู้ตรวจสอบเปิดดูได้ทุกเรื่อง แต่เปลี่ยนสิ่งใดไม่ได้ หากพบสิ่งที่ต้องแก้ โปรดแจ้งหน่วยงานเจ้าของเรื่อง")


def few_at_once(get_response: Answer) -> Answer:
    """Threads that all compute at once finish all of them late; in turn, most are answered early.

    Whoever brings a file waits for it to be looked through, and takes nobody's turn. Whoever waited long enough goes on
    all the same, because others wait for files as well.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        brings_files = request.content_type == "multipart/form-data"
        in_turn = not brings_files and _AT_WORK.acquire(timeout=PATIENCE_SECONDS)
        try:
            return get_response(request)
        finally:
            if in_turn:
                _AT_WORK.release()

    return answer


def chosen_language(get_response: Answer) -> Answer:
    """Thai, unless somebody switched it here; what a browser asks for by itself does not count."""

    def answer(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            return get_response(request)

    return answer


def reading_apart(get_response: Answer) -> Answer:
    """A page that only shows asks once who holds which post; after anything else the inbox is counted anew."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method in READING:
            with reading():
                return get_response(request)
        response = get_response(request)
        desk = getattr(request, "desk", None)
        if desk is not None:
            forget_count(desk)
        return response

    return answer


def device_remembered(get_response: Answer) -> Answer:
    """Gives a browser that signed in for the first time the cookie by which it is known again."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        token = getattr(request, "new_device", "")
        if token:
            response.set_cookie(
                settings.DEVICE_COOKIE_NAME,
                token,
                max_age=settings.DEVICE_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    return answer


class UnreadableFilesTold:
    """A file that nobody could look into, wherever it was asked about, is told in a sentence and breaks nothing."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, CannotLook):
            return None
        return render(request, "office/errors/unreadable.html", {"why": str(error)}, status=503)


class RequireSecondFactor:
    """Closed unless opened: a view that is not in `ENTRANCE` is only reached through all three doors."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Answer, args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        # Here and not in __call__: which view was asked for is known only now.
        desk = _sit_down(request)
        name = request.resolver_match.url_name if request.resolver_match else None
        if name in ENTRANCE:
            return None
        if desk is None:
            return redirect_to_login(request.get_full_path())
        turned_away = _turn_away(request, desk)
        if turned_away is None:
            _only_reads(request, desk)
        return turned_away


def _sit_down(request: HttpRequest) -> Desk | None:
    """Put today's desk on the request of a signed-in person."""
    if not request.user.is_authenticated:
        return None
    today = timezone.localdate()
    desk = desk_for(request.user, chosen_code=request.session.get(CHOSEN_POST, ""), on=today)
    request.desk = desk  # type: ignore[attr-defined]  # read back by desk_of
    return desk


def _turn_away(request: HttpRequest, desk: Desk) -> HttpResponse | None:
    if not desk.appointments:
        return render(request, "office/errors/no_post.html", status=403)
    if desk.needs_second_factor and not _proved_twice(request, desk):
        return redirect("mfa_activate_totp")
    return None


def _proved_twice(request: HttpRequest, desk: Desk) -> bool:
    return is_mfa_enabled(desk.person) or proved_twice_there(request, desk.person)


def _only_reads(request: HttpRequest, desk: Desk) -> None:
    """Raises PermissionDenied, with a trace in the trail, where an auditor sends what may change something."""
    name = (request.resolver_match and request.resolver_match.url_name) or ""
    if request.method in READING or name in AUDITORS_OWN or name.startswith("mfa_"):
        return
    if desk.roles == {RoleCode.AUDITOR}:
        refuse(desk, "office.change", _subject(request), partial(str, ONLY_READS), request.path)


def _subject(request: HttpRequest) -> str:
    """What the address is about, in the words of the trail; nothing where that is no single thing."""
    match = request.resolver_match
    if match is None:
        return ""
    room, ref = match.route.split("/")[1], match.kwargs.get("ref")
    return f"{SUBJECTS[room]}:{ref}" if ref and room in SUBJECTS else ""
