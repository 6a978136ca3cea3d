"""The guides, read beside the work."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from prongsai.office.guides import TITLES, chapters


@require_GET
def guide(request: HttpRequest, guide: str) -> HttpResponse:
    if guide not in TITLES:
        raise Http404(guide)
    shown = {"title": TITLES[guide], "chapters": chapters(guide), "others": TITLES.items()}
    return render(request, "office/guides/guide.html", shown | {"here": guide})
