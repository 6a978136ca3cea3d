"""Wishes of people to have their names put right: an administrator answers each with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.office.account_forms import ReasonForm
from prongsai.office.actions.accounts import settle_name
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.models import NameWish
from prongsai.office.people import waiting_names
from prongsai.office.views.doors import role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.states import RoleCode


@require_GET
@role_door("edit_people")
def names(request: HttpRequest) -> HttpResponse:
    rows = [(row, ReasonForm(prefix=f"wish-{row.pk}")) for row in waiting_names()]
    return render(request, "office/people/names.html", {"rows": rows})


@require_POST
@role_door("edit_people")
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(NameWish.objects.select_related("person"), pk=pk)
    form = ReasonForm(request.POST, prefix=f"wish-{row.pk}")
    if not form.is_valid():
        messages.error(request, _("ยังไม่ได้ตอบ: โปรดเขียนเหตุผลให้เจ้าของชื่ออ่าน"))
        return redirect("name_wishes")
    require_fresh_sign_in(request)
    by, at = desk_of(request).actor_with(RoleCode.ADMINISTRATOR), timezone.now()
    agrees, answer = request.POST.get("do") == "agree", form.cleaned_data["reason"]
    with refusals_told(request):
        settle_name(wish=row, agrees=agrees, answer=answer, by=by, at=at)
        done = _("แก้ชื่อแล้ว สิ่งที่ลงนามและเผยแพร่ไว้ก่อนหน้านี้คงชื่อเดิม")
        messages.success(request, done if agrees else _("ตอบว่าไม่แก้ พร้อมเหตุผลแล้ว"))
    return redirect("name_wishes")
