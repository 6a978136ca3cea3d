"""A stream of bytes, whole or the one part that was asked for (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

CHUNK = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})")


def asked_range(header: str, size: int) -> range | None:
    """The positions that the header asks for; empty when there are none; None for the whole.

    Several ranges at once are answered with the whole, which the standard allows.
    """
    match = _ONE_RANGE.fullmatch(header.strip())
    if match is None or not (match["first"] or match["last"]):
        return None
    if not match["first"]:
        # `-500` is the last 500 bytes.
        return range(max(0, size - int(match["last"])), size)
    first = int(match["first"])
    last = int(match["last"] or size)
    # Invalid (RFC 9110, 14.1.1), and an invalid range is passed over.
    if match["last"] and last < first:
        return None
    return range(first, min(last + 1, size))


def ranged(stream: BinaryIO, size: int, header: str) -> HttpResponseBase:
    """The answer with its length and range; the caller says what the bytes are."""
    part = asked_range(header, size)
    if part is None:
        length = {"Accept-Ranges": "bytes", "Content-Length": str(size)}
        return FileResponse(stream, headers=length)
    if not part:
        stream.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response = StreamingHttpResponse(_chunks(stream, part), status=206)
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    response["Content-Length"] = str(len(part))
    response["Accept-Ranges"] = "bytes"
    return response


def _chunks(stream: BinaryIO, part: range) -> Iterator[bytes]:
    with stream:
        stream.seek(part.start)
        left = len(part)
        while left and (chunk := stream.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk
