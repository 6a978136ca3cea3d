"""Where a link of invitation leads: somebody who is not signed in sets their password, or links their account."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from prongsai.office.account_forms import PasswordForm
from prongsai.office.actions.accounts import CannotInvite, accept_invitation
from prongsai.office.actions.accounts.inviting import hash_of
from prongsai.office.models import Invitation
from prongsai.office.states import Purpose
from prongsai.office.views.identity import leave


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking uses nothing up: mail scanners open links before people do."""
    usable = Invitation.objects.usable(at=timezone.now()).filter(person__is_active=True)
    row = usable.select_related("person").filter(token_hash=hash_of(token)).first()
    if row is None:
        return render(request, "account/invitation_useless.html", status=410)
    if row.purpose == Purpose.LINK:
        return _to_link(request, row)
    form = PasswordForm(row.person, request.POST or None)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        shown = {"form": form, "invited": row.person}
        return render(request, "account/invitation.html", shown, status=status)
    try:
        accept_invitation(
            token=token, password=form.cleaned_data["new_password1"], at=timezone.now()
        )
    except CannotInvite:
        return render(request, "account/invitation_useless.html", status=410)
    messages.success(request, _("ตั้งรหัสผ่านแล้ว เข้าสู่ระบบได้เลย"))
    return redirect("account_login")


def _to_link(request: HttpRequest, row: Invitation) -> HttpResponse:
    """The link is used up only when the provider has said who came; what opens it in between changes nothing."""
    if settings.IDENTITY_PROVIDER is None:
        return render(request, "account/invitation_useless.html", status=410)
    if request.method == "POST":
        return leave(request, {"do": "invited", "invitation": row.token_hash})
    return render(request, "account/link_invitation.html", {"invited": row.person})
