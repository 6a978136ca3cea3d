"""Files that are handed out: for this reader alone, with nothing in them that a browser would run."""

from io import BufferedReader
from typing import BinaryIO

from django.http import FileResponse, HttpResponse

from prongsai.files.models import StoredFile
from prongsai.files.queries import open_bytes
from prongsai.files.rules import IMAGES, PDF
from prongsai.thai.filenames import content_disposition

# What a browser may show by itself; everything else is only saved.
SHOWN = IMAGES | {PDF}
# No inline styles: a browser's own page about a picture goes without, and shows it all the same.
LOCKED_DOWN = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; object-src 'self'; frame-ancestors 'none'",
}


def private_file(stored: StoredFile) -> FileResponse:
    return FileResponse(
        open_bytes(stored),
        as_attachment=stored.media_type not in SHOWN,
        filename=stored.name,
        content_type=stored.media_type,
        headers=LOCKED_DOWN,
    )


def private_original(stored: StoredFile, stream: BufferedReader) -> FileResponse:
    """Only saved, never shown: it is what nobody has looked through, under a name that says so."""
    return FileResponse(
        stream,
        as_attachment=True,
        filename=f"original-{stored.name}",
        content_type="application/octet-stream",
        headers=LOCKED_DOWN,
    )


def private_pdf(stream: BinaryIO, name: str) -> FileResponse:
    """Opened in the reader's own viewer, which prints it."""
    return FileResponse(stream, filename=name, content_type=PDF, headers=LOCKED_DOWN)


def made_file(octets: bytes | str, name: str, media_type: str) -> HttpResponse:
    """Made for this answer alone, to be saved."""
    headers = LOCKED_DOWN | {"Content-Disposition": content_disposition(name, inline=False)}
    return HttpResponse(octets, content_type=media_type, headers=headers)
