"""What waits for the person at the desk, as whom they act, and where they find help."""

from functools import partial

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.desk import CHOSEN_POST, desk_of
from prongsai.office.identity import linked_identity
from prongsai.office.views.doors import refuse
from prongsai.organisation.models import Role

NOT_HELD = _("ท่านไม่ได้ดำรงตำแหน่งนี้ในวันนี้ โปรดเลือกตำแหน่งจากรายการ")


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The lists come from the context of every page, where the navigation counts them."""
    return render(request, "office/inbox/inbox.html")


@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    code = request.POST.get("post", "")
    if code not in desk_of(request).post_codes:
        why = partial(str, NOT_HELD)
        refuse(desk_of(request), "office.choose_post", f"post:{code[:60]}", why, request.path)
    request.session[CHOSEN_POST] = code
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if is_ours else "inbox")


@require_GET
def account(request: HttpRequest) -> HttpResponse:
    kinds = set(
        Authenticator.objects.filter(user=desk_of(request).person).values_list("type", flat=True)
    )
    shown = {
        "kinds": kinds,
        "linked": linked_identity(desk_of(request).person),
        "may_delegate": settings.MUNICIPALITY.get("own_delegation", False),
    }
    return render(request, "office/inbox/account.html", shown)


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "office/inbox/help.html", {"roles": Role.objects.all()})
