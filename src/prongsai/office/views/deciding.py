"""One submission before one decider: read, then endorse or send back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from prongsai.approval import actions
from prongsai.approval.models import Submission
from prongsai.approval.states import Verdict
from prongsai.disclosures.content import Content
from prongsai.office.deciding import decision_form, decision_screen
from prongsai.office.desk import desk_of
from prongsai.office.forms import DecisionForm
from prongsai.office.fresh import require_fresh_sign_in
from prongsai.office.views.doors import admit, sandboxed
from prongsai.office.views.telling import tell
from prongsai.office.writing import preview_page
from prongsai.organisation.refusals import CannotAct

SUBMISSIONS = Submission.objects.select_related(
    "disclosure__unit",
    "disclosure__latest",
    "disclosure__published_revision",
    "revision",
    "submitted_by",
    "sending__bundle",
)


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, ref: UUID) -> HttpResponse:
    submission = get_object_or_404(SUBMISSIONS, ref=ref)
    desk = desk_of(request)
    admit(request, "decide" if request.method == "POST" else "see", submission.disclosure)
    form = decision_form(submission, desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        require_fresh_sign_in(request)
        return _decide(request, submission, form)
    shown = decision_screen(submission, form, desk)
    return render(
        request, "office/deciding/decide.html", shown, status=422 if form.is_bound else 200
    )


def _decide(request: HttpRequest, submission: Submission, form: DecisionForm) -> HttpResponse:
    given, desk = form.cleaned_data, desk_of(request)
    try:
        actions.decide(
            submission=submission,
            verdict=given["verdict"],
            reason=given["reason"],
            content_hash_seen=given["content_hash"],
            to_step=given["to_step"],
            replacements=form.replacements(),
            by=desk.actor_at(given["post"]),
            at=timezone.now(),
        )
    except CannotAct as refusal:
        tell(request, refusal)
        return redirect("decide", ref=submission.ref)
    is_endorsed = given["verdict"] == Verdict.ENDORSE
    messages.success(request, _("ลงนามเห็นชอบแล้ว") if is_endorsed else _("ส่งกลับแล้ว พร้อมเหตุผลของท่าน"))
    return redirect("inbox")


@require_GET
@sandboxed
def content(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The submitted content by itself, on a whole page."""
    submission = get_object_or_404(SUBMISSIONS, ref=ref)
    admit(request, "see", submission.disclosure)
    page = preview_page(Content.from_json(submission.revision.content))
    return render(request, "office/writing/preview.html", {"page": page})
