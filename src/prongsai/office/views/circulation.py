"""What was circulated to a post is read and acknowledged."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from prongsai.approval import actions
from prongsai.approval.models import Circulation
from prongsai.office.desk import desk_of
from prongsai.office.views.doors import admit
from prongsai.office.views.telling import refusals_told


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Circulation.objects.select_related("submission__disclosure__unit")
    circulation = get_object_or_404(rows, pk=pk)
    admit(request, "see", circulation.submission.disclosure)
    desk = desk_of(request)
    is_theirs = circulation.post_code in desk.post_codes
    by = desk.actor_at(circulation.post_code) if is_theirs else desk.actor
    with refusals_told(request):
        actions.acknowledge(circulation=circulation, by=by, at=timezone.now())
    return redirect("inbox")
