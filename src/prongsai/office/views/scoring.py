"""Self-assessment of a yearly list, and what it would come to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prongsai.office.desk import desk_of
from prongsai.office.scoring import what_if
from prongsai.record.owed import newest_group


@require_GET
def score(request: HttpRequest, instrument: str) -> HttpResponse:
    """The chosen items stand in the address, so that a link says what was asked."""
    group = newest_group(instrument)
    if group is None or group.instrument.assessment_year is None:
        raise Http404(instrument)
    found = what_if(group, desk_of(request), frozenset(request.GET.getlist("with")))
    return render(request, "office/owed/score.html", {"found": found})
