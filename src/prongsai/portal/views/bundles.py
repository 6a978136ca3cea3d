"""A bundle: what was published together, and what of it was recalled since."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from prongsai.record.together import bundle_page


def bundle(request: HttpRequest, bundle_id: UUID) -> HttpResponse:
    found = bundle_page(str(bundle_id))
    if found is None:
        raise Http404
    status = 410 if found.is_gone else 200
    context = {"bundle": found, "here": "sections"}
    return render(request, "portal/bundle.html", context, status=status)
