"""Single pages of private files as pictures, for whoever may see the file."""

from uuid import UUID

import pypdfium2 as pdfium
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET
from PIL import Image

from prongsai.files.models import StoredFile
from prongsai.files.pdf_pages import ONE_AT_A_TIME
from prongsai.files.queries import path_of
from prongsai.files.recognition.pages import page_picture as drawn_page
from prongsai.files.rules import IMAGES, PDF
from prongsai.office.desk import desk_of
from prongsai.office.views.doors import note_opening, refuse_file, sees_file
from prongsai.office.whole import whole

# In points of the screen. Wider ones are for looking closely, on fine screens.
NARROWEST, USUAL, WIDEST = 100, 1200, 2800
_BROKEN = (
    *(pdfium.PdfiumError, Image.DecompressionBombError),
    *(FileNotFoundError, OSError, ValueError, IndexError, SyntaxError),
)


@require_GET
def page_picture(request: HttpRequest, file_id: UUID, number: int) -> HttpResponse:
    """`width` is how wide the picture shall be, within limits."""
    stored = get_object_or_404(StoredFile, pk=file_id)
    if not sees_file(desk_of(request), stored):
        refuse_file(request, stored)
    note_opening(request, stored)
    if not has_pictures(stored) or not 1 <= number <= (stored.pages or 0):
        raise Http404(f"{stored.pk} has no page {number}.")
    width = min(max(whole(request.GET.get("width")) or USUAL, NARROWEST), WIDEST)
    try:
        with ONE_AT_A_TIME:
            picture = drawn_page(path_of(stored), stored.media_type, number, width)
    except _BROKEN as error:
        raise Http404(str(error)) from error
    response = HttpResponse(picture, content_type="image/jpeg")
    response["Cache-Control"] = "private, no-store"
    return response


def has_pictures(stored: StoredFile) -> bool:
    return stored.media_type == PDF or stored.media_type in IMAGES
