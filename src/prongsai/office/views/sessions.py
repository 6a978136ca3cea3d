"""Where one is signed in, and ending it there."""

from allauth.account.internal.flows.logout import logout
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.actions.accounts import end_sessions
from prongsai.office.desk import desk_of
from prongsai.office.people import open_sessions
from prongsai.office.whole import whole
from prongsai.organisation.actions import record_act


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    rows = open_sessions(desk_of(request).person)
    own = request.session.session_key
    return render(request, "office/inbox/sessions.html", {"rows": rows, "own": own})


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """One of them (`session`), all others (`do=others`), or everywhere (`do=all`), here too."""
    desk, do = desk_of(request), request.POST.get("do", "")
    here = request.session.session_key or ""
    only = None if do in ("others", "all") else whole(request.POST.get("session"))
    ended = end_sessions(person=desk.person, besides="" if do == "all" else here, only=only)
    details = {"sessions": ended}
    subject = desk.person.subject
    record_act(
        by=desk.actor, at=timezone.now(), verb="end_sessions", subject=subject, details=details
    )
    if do == "all":
        logout(request)
        return redirect("account_login")
    messages.success(request, _("ให้ออกจากระบบแล้ว เครื่องนั้นต้องเข้าสู่ระบบใหม่"))
    return redirect("sessions")
