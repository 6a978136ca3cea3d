"""Files and their text. The record alone says which are public, at every request."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import parse_etags

from prongsai.portal.context import language_of
from prongsai.portal.paging import page_number
from prongsai.portal.ranges import ranged
from prongsai.portal.reading import file_reading
from prongsai.portal.trails import item_trail
from prongsai.record import queries
from prongsai.record.blobs import NotPublic, open_blob
from prongsai.record.models import PublishedFile
from prongsai.thai.filenames import content_disposition

# The bytes never change, but a recall takes them away: after half a minute every copy asks again, and unlike a
# page it is not shown before the answer has come, nor when none comes.
CACHE_CONTROL = "public, max-age=30, must-revalidate"
# These a browser shows; the rest it saves. Nothing that is shown may run scripts or ask for anything.
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain"})
# Chromium styles its own page about a picture inline. Without that the picture stands in the corner, on white,
# whole and shrunk to fit; its viewers of PDF and text look the same. That is no reason to allow inline styles.
POLICY = "default-src 'none'; img-src 'self'; frame-ancestors 'none'"
# Browsers refuse to show a PDF in a sandbox; their viewers keep it away from the site anyway.
UNBOXED = frozenset({"application/pdf"})


def file(request: HttpRequest, sha256: str, name: str) -> HttpResponseBase:
    found = _public(sha256, name)
    etag = f'"{sha256}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    is_known = etag in known or "*" in known
    response = HttpResponseNotModified() if is_known else _bytes(request, found)
    response["ETag"] = etag
    response["Cache-Control"] = CACHE_CONTROL
    return response


def text(request: HttpRequest, sha256: str, name: str) -> HttpResponse:
    found = _public(sha256, name)
    part = page_number(request.GET.get("page", ""))
    context = {
        "file": found,
        "reading": file_reading(queries.file_text(sha256) or [], part),
        "page": queries.page(found.number),
        "trail": item_trail(found.number, language_of(request.path)),
    }
    return render(request, "portal/file_text.html", context)


def _public(sha256: str, name: str) -> PublishedFile:
    found = queries.public_file(sha256, name)
    if found is None:
        raise Http404
    return found


def _bytes(request: HttpRequest, found: PublishedFile) -> HttpResponseBase:
    try:
        stream = open_blob(found.sha256)
    except NotPublic as error:
        raise Http404 from error
    response = ranged(stream, found.size, request.headers.get("Range", ""))
    is_plain_utf_8 = found.media_type.startswith("text/") and "charset=" not in found.media_type
    response["Content-Type"] = found.media_type + ("; charset=utf-8" if is_plain_utf_8 else "")
    response["Content-Disposition"] = content_disposition(
        found.name, inline=found.media_type in SHOWN
    )
    boxed = "" if found.media_type in UNBOXED else "sandbox; "
    response["Content-Security-Policy"] = boxed + POLICY
    response["X-Robots-Tag"] = "noarchive"
    return response
