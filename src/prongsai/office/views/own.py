"""One's own data: seen, taken along, and corrected."""

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from prongsai.office.account_forms import ContactForm, NameWishForm
from prongsai.office.actions.accounts import ask_for_name
from prongsai.office.desk import desk_of
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.models import NameWish
from prongsai.office.own import mentions, own_data
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.actions import change_contacts, record_act
from prongsai.organisation.actions.people import NAMES


@require_http_methods(["GET", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request)
    known = {"email": desk.person.email, "phone": desk.person.phone}
    form = ContactForm(request.POST or None, initial=known)
    if form.is_valid():
        with refusals_told(request):
            given, at = form.cleaned_data, timezone.now()
            change_contacts(person=desk.person, contacts=given, by=desk.actor, at=at)
            messages.success(request, _("บันทึกแล้ว"))
        return redirect("own_data")
    return _page(request, form=form)


@require_POST
def ask_name(request: HttpRequest) -> HttpResponse:
    """That an administrator put one's name right; nobody renames themselves."""
    desk, form = desk_of(request), NameWishForm(request.POST)
    if not form.is_valid():
        return _page(request, name_form=form)
    given = dict(form.cleaned_data)
    reason = given.pop("reason")
    with refusals_told(request):
        by, at = desk.actor, timezone.now()
        ask_for_name(person=desk.person, names=given, reason=reason, by=by, at=at)
        messages.success(request, _("ส่งคำขอแล้ว ผู้ดูแลระบบจะตอบพร้อมเหตุผลที่หน้านี้"))
    return redirect("own_data")


def _page(request: HttpRequest, **forms: Form) -> HttpResponse:
    person = desk_of(request).person
    names = {name: getattr(person, name) for name in NAMES}
    shown = {
        "form": ContactForm(initial={"email": person.email, "phone": person.phone}),
        "name_form": NameWishForm(initial=names),
        "wish": NameWish.objects.filter(person=person).first(),
        "mentions": mentions(person),
    }
    status = 422 if any(form.is_bound for form in forms.values()) else 200
    return render(request, "office/inbox/own.html", shown | forms, status=status)


# Taking data out of the office is an act, and nothing is done on GET.
@require_POST
def export_own(request: HttpRequest) -> HttpResponse:
    require_fresh_sign_in(request)
    desk = desk_of(request)
    answer = JsonResponse(
        own_data(desk.person), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    answer["Cache-Control"] = "private, no-store"
    subject, at = desk.person.subject, timezone.now()
    record_act(by=desk.actor, at=at, verb="office.export_own", subject=subject)
    return answer
