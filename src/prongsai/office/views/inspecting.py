"""The index of the Information Act's items, printed for the information centre."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from prongsai.files.rules import PDF
from prongsai.letters.render import CannotSet
from prongsai.monitoring.inspecting import index_pdf
from prongsai.office.handing import made_file
from prongsai.record.inspection import folder, folders


@require_GET
def index_paper(request: HttpRequest) -> HttpResponse:
    """All folders, or the one that `folder` names."""
    slug = request.GET.get("folder", "")
    one = folder(slug) if slug else None
    if slug and one is None:
        raise Http404(slug)
    try:
        made = index_pdf(
            [one] if one else folders(),
            origin=settings.PORTAL_URL,
            body=settings.MUNICIPALITY["name_th"],
            made_on=localdate(),
        )
    except CannotSet as error:
        messages.error(request, str(error))
        return redirect("owed")
    return made_file(made, "index-oia.pdf", PDF)
