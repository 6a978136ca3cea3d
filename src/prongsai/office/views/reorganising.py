"""A reorganisation: looked at first, then made in one act."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.office.actions.reorganising import reorganise
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.reorganising import plan
from prongsai.office.reorganising_forms import ReorganisingForm
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.states import RoleCode


@require_http_methods(["GET", "POST"])
@role_door("reorganise")
def reorganising(request: HttpRequest) -> HttpResponse:
    """GET with a wish shows what it would do and changes nothing; POST does what was shown."""
    sent = request.POST if request.method == "POST" else request.GET
    form = ReorganisingForm(sent if "unit" in sent else None)
    desk = desk_of(request)
    by = desk.actor_with(RoleCode.ADMINISTRATOR)
    planned = plan(form.wish(), by=by, at=timezone.now()) if form.is_valid() else None
    if request.method == "POST" and form.is_valid():
        require_fresh_sign_in(request)
        with refusals_told(request):
            seen = request.POST.get("seen", "")
            reorganise(wish=form.wish(), seen=seen, by=by, at=timezone.now())
            messages.success(request, _("ปรับโครงสร้างแล้ว แก้ไฟล์ chart.toml ให้ตรงกันก่อนโหลดครั้งต่อไป"))
            return redirect("organisation")
    shown = {"form": form, "plan": planned}
    return render(request, "office/acts/reorganising.html", shown, status=_status(request, form))


def _status(request: HttpRequest, form: ReorganisingForm) -> int:
    return 422 if request.method == "POST" or (form.is_bound and not form.is_valid()) else 200
