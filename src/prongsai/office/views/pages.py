"""Single pages of private files as pictures, for whoever may see the file."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from prongsai.files.confined import BROKEN
from prongsai.files.examination.accepted import CannotLook
from prongsai.files.examination.accepted import page_picture as drawn_page
from prongsai.files.models import StoredFile
from prongsai.files.queries import path_of
from prongsai.files.rules import OFFICE_FORMATS
from prongsai.office.checking import has_pictures
from prongsai.office.desk import desk_of
from prongsai.office.rights import sees_file
from prongsai.office.views.doors import note_opening, refuse_file
from prongsai.office.whole import whole

# In points of the screen. Wider ones are for looking closely, on fine screens.
NARROWEST, USUAL, WIDEST = 100, 1200, 2800


@require_GET
def page_picture(request: HttpRequest, file_id: UUID, number: int) -> HttpResponse:
    """`width` is how wide the picture shall be, within limits."""
    stored = get_object_or_404(StoredFile, pk=file_id)
    if not sees_file(desk_of(request), stored):
        refuse_file(request, stored)
    note_opening(request, stored)
    if not _may_have(stored, number):
        raise Http404(f"{stored.pk} has no page {number}.")
    width = min(max(whole(request.GET.get("width")) or USUAL, NARROWEST), WIDEST)
    try:
        picture = drawn_page(path_of(stored), stored.media_type, number, width)
    except FileNotFoundError as error:
        raise Http404(str(error)) from error
    except CannotLook as why:
        return _no_picture(why)
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


def _no_picture(why: CannotLook) -> HttpResponse:
    """A sentence for who opens the picture alone; nothing of the office is broken."""
    status = 404 if why.reason == BROKEN else 503
    response = HttpResponse(str(why), content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _may_have(stored: StoredFile, number: int) -> bool:
    """A document without pages has pictures, which are counted when it is opened."""
    is_document = stored.media_type in OFFICE_FORMATS and number >= 1
    return is_document or (has_pictures(stored) and 1 <= number <= (stored.pages or 0))
