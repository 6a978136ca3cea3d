"""One recall from the wish to the proof that it is gone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import desk_of
from prongsai.office.recall_forms import RecallForm, TwinsForm
from prongsai.office.recalling import recall_of, recall_screen, recall_status, twins_form
from prongsai.office.rights import may
from prongsai.office.views.doors import admit
from prongsai.office.views.telling import tell
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import RoleCode
from prongsai.publication.recalls.actions import recall as recall_item
from prongsai.publication.recalls.reach import reach
from prongsai.publication.recalls.sets import propose_set

WORKS = Disclosure.objects.select_related("unit", "latest")


@require_http_methods(["GET", "POST"])
def recall(request: HttpRequest, number: str) -> HttpResponse:
    """The wish while there is none, ever after how it stands."""
    disclosure = get_object_or_404(WORKS, number=number)
    desk, submission = desk_of(request), recall_of(disclosure)
    admit(request, "recall" if request.method == "POST" else "see", disclosure)
    if submission is not None:
        return render(request, "office/recalls/status.html", recall_status(submission, desk))
    if not may(desk, "recall", disclosure):
        admit(request, "recall", disclosure)
    return _asked_for(request, disclosure)


def _asked_for(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    found, data = reach(disclosure), request.POST or None
    form, also = RecallForm(data), twins_form(found, data)
    if form.is_valid() and also.is_valid():
        answer = _ask(request, disclosure, form, also)
        if answer is not None:
            return answer
    shown = recall_screen(disclosure, form, also, found, desk_of(request))
    status = 422 if form.is_bound else 200
    return render(request, "office/recalls/recall.html", shown, status=status)


def _ask(
    request: HttpRequest, disclosure: Disclosure, form: RecallForm, also: TwinsForm
) -> HttpResponse | None:
    """None when it was refused; the sentences stand above the form."""
    at = timezone.now()
    by = desk_of(request).actor_with(RoleCode.OFFICER)
    twins = also.cleaned_data["also"]
    try:
        if twins:
            numbers = [disclosure.number, *twins]
            made = propose_set(
                numbers=numbers, seen=numbers, filters={}, by=by, at=at, **form.wish(at=at)
            )
            return redirect("recall_set", ref=made.ref)
        recall_item(disclosure=disclosure, by=by, at=at, **form.wish(at=at))
    except CannotAct as refusal:
        tell(request, refusal)
        return None
    messages.success(request, _("เสนอเรียกคืนแล้ว เมื่ออนุมัติครบ รายการจะหายไปภายในไม่กี่วินาที"))
    return redirect("recall", number=disclosure.number)
