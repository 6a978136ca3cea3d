"""Papers of a piece of work and of the year: looked at, made, and printed from the reader's own viewer."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from prongsai.approval.models import Submission
from prongsai.approval.queries import submissions_of
from prongsai.disclosures.models import Disclosure
from prongsai.letters.render import CannotSet
from prongsai.letters.render import render as set_letter
from prongsai.office.desk import desk_of
from prongsai.office.forms import PaperYearForm
from prongsai.office.papers import drawn_bytes, file_name, kept_bytes, kept_paper, submission_papers
from prongsai.office.rights import permitted
from prongsai.office.views.doors import admit, disclosure_door, role_door
from prongsai.office.views.telling import refusals_told
from prongsai.organisation.states import RoleCode
from prongsai.publication.models import Paper
from prongsai.publication.papers.making import (
    certificate_draft,
    draft_of,
    letter_of,
    make,
    yearly_draft,
    yearly_letter,
)
from prongsai.publication.papers.queries import (
    certificates_of,
    paper_key,
    papers_of_years,
)
from prongsai.publication.papers.rules import complete_papers, drafted_papers
from prongsai.publication.papers.states import OF_THE_YEAR, PaperKind
from prongsai.publication.papers.yearly import unverified

SUBMISSIONS = Submission.objects.select_related(
    "disclosure__unit__parent", "disclosure__published_revision", "revision", "submitted_by"
)


@require_GET
@disclosure_door("see")
def papers(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """All papers of one piece of work."""
    shown = {
        "disclosure": disclosure,
        "rows": submission_papers(submissions_of(disclosure)),
        "certificates": [kept_paper(each) for each in certificates_of(disclosure)],
        "may": permitted(desk_of(request), disclosure),
    }
    return render(request, "office/papers/of_disclosure.html", shown)


@require_GET
def submission_paper(request: HttpRequest, ref: UUID, kind: str) -> HttpResponseBase:
    """The kept paper, or as it would be made now."""
    submission = get_object_or_404(SUBMISSIONS, ref=ref)
    admit(request, "see", submission.disclosure)
    there = (*complete_papers(submission.state), *drafted_papers(submission.state))
    if kind not in there:
        raise Http404(kind)
    key = paper_key(submission, PaperKind(kind))
    kept = Paper.objects.filter(key=key).select_related("disclosure").first()
    if kept is not None:
        return _kept(kept)
    try:
        pdf = set_letter(letter_of(submission, PaperKind(kind)))
    except CannotSet as error:
        messages.error(request, str(error))
        return redirect("papers", ref=submission.disclosure.ref)
    return drawn_bytes(pdf, file_name(kind, submission.disclosure.number))


@require_GET
def paper(request: HttpRequest, ref: UUID) -> HttpResponseBase:
    """A kept paper. Those of the year are for everybody in the office."""
    found = get_object_or_404(Paper.objects.select_related("disclosure__unit"), ref=ref)
    if found.disclosure is not None:
        admit(request, "see", found.disclosure)
    return _kept(found)


def _kept(found: Paper) -> HttpResponseBase:
    try:
        return kept_bytes(found)
    except FileNotFoundError as gone:
        raise Http404(str(gone)) from gone


@require_POST
def make_paper(request: HttpRequest, ref: UUID, kind: str) -> HttpResponse:
    """For what the worker has not kept: what is older than it looks back, or what it could not make."""
    submission = get_object_or_404(SUBMISSIONS, ref=ref)
    admit(request, "make_papers", submission.disclosure)
    if kind not in PaperKind.values:
        raise Http404(kind)
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    with refusals_told(request):
        draft = draft_of(submission=submission, kind=PaperKind(kind), by=by, at=at)
        make(draft=draft, by=by, at=at)
        messages.success(request, _("จัดทำและเก็บเอกสารแล้ว"))
    return redirect("papers", ref=submission.disclosure.ref)


@require_POST
@disclosure_door("make_papers")
def certify(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """How long it was posted until today."""
    by, at = desk_of(request).actor_with(RoleCode.OFFICER), timezone.now()
    with refusals_told(request):
        made = make(draft=certificate_draft(disclosure=disclosure, by=by, at=at), by=by, at=at)
        messages.success(request, _("ออกหนังสือรับรองเลขที่ %(number)s แล้ว") % {"number": made.number})
    return redirect("papers", ref=disclosure.ref)


@require_GET
def papers_of_the_year(request: HttpRequest) -> HttpResponse:
    """Orders and announcements that were made, and the form that makes the next."""
    form = PaperYearForm(request.GET or None, on=localdate())
    year = form.cleaned_data["year"] if form.is_valid() else form.fields["year"].initial
    shown = {
        "form": form,
        "year": year,
        "kinds": [(kind.value, kind.label) for kind in OF_THE_YEAR],
        "unverified": unverified(year),
        "rows": [kept_paper(each) for each in papers_of_years()],
        "may_make": RoleCode.WEBMASTER in desk_of(request).roles,
    }
    return render(request, "office/papers/of_the_year.html", shown)


@require_GET
def yearly_paper(request: HttpRequest, kind: str, year: int) -> HttpResponseBase:
    """As it would be made today, without a number."""
    letter = yearly_letter(_yearly_kind(kind, year), year, number="", on=localdate())
    try:
        pdf = set_letter(letter)
    except CannotSet as error:
        messages.error(request, str(error))
        return redirect("papers_of_the_year")
    return drawn_bytes(pdf, file_name(kind, str(year)))


@require_POST
@role_door("make_yearly_papers")
def make_yearly_paper(request: HttpRequest, kind: str, year: int) -> HttpResponse:
    by, at = desk_of(request).actor_with(RoleCode.WEBMASTER), timezone.now()
    chosen = _yearly_kind(kind, year)
    with refusals_told(request):
        make(draft=yearly_draft(kind=chosen, year=year, by=by, at=at), by=by, at=at)
        messages.success(request, _("จัดทำและเก็บเอกสารแล้ว"))
    return redirect("papers_of_the_year")


def _yearly_kind(kind: str, year: int) -> PaperKind:
    """Or 404: a year typed by hand must be one in which people live."""
    if kind not in OF_THE_YEAR or not PaperYearForm.EARLIEST <= year <= PaperYearForm.LATEST:
        raise Http404(f"{kind} {year}")
    return PaperKind(kind)
