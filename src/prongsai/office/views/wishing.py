"""How a person wants to be told that work waits."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.office.actions import wish_to_be_told
from prongsai.office.desk import desk_of
from prongsai.office.mails import wish_of
from prongsai.office.telling_forms import TellingForm


@require_http_methods(["GET", "POST"])
def telling(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    known = {"email": desk.person.email, "how": wish_of(desk.person)}
    form = TellingForm(request.POST or None, initial=known)
    if form.is_valid():
        wish_to_be_told(person=desk.person, by=desk.actor, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("บันทึกวิธีแจ้งงานแล้ว"))
        return redirect("telling")
    status = 422 if form.is_bound else 200
    return render(request, "office/inbox/telling.html", {"form": form}, status=status)
