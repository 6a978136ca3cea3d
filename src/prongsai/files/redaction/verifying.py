"""The proof that what was covered is not in the result: by our reader, by other means, and by looking."""

import html
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from prongsai.files import office_text, pdf_pages, pdfs, rules, sniffing
from prongsai.files.letter_places import page_letters
from prongsai.files.locating import Box, Letter
from prongsai.files.redaction import pictures, raw_pdf
from prongsai.files.redaction.rules import COVERED_MARK, Problem
from prongsai.files.redaction.seeking import Seeker, masked
from prongsai.files.refusals import Refused

_TAG = re.compile(rb"<[^<>]*>")
_VALUE = re.compile(rb"[\w:]+\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_BROKEN = (
    *(Refused, pikepdf.PdfError, pikepdf.DataDecodingError, pdfium.PdfiumError),
    *(zipfile.BadZipFile, OSError, ValueError),
)


class Recognised(Protocol):
    """What a reader of pictures answers."""

    @property
    def text(self) -> str: ...


Recogniser = Callable[[Image.Image], Recognised]


def verify_redaction(
    covered: Sequence[str],
    result: Path,
    media_type: str,
    boxes: Sequence[Box] = (),
    recognise: Recogniser | None = None,
    known: Sequence[Problem] = (),
) -> list[Problem]:
    """Everything that speaks against letting `result` out; nothing when it may go.

    `boxes` lie on the pages of the result; `known` is what its making has found already. Without `recognise`
    the pictures are only looked at, not read.
    """
    asked = _Asked(result, media_type, Seeker(covered), boxes, recognise)
    check = _CHECKS[media_type.partition(";")[0]]
    try:
        found = list(check(asked))
    except _BROKEN:
        return [*known, Problem("unreadable")]
    return list(dict.fromkeys([*known, *found]))


@dataclass(frozen=True)
class _Asked:
    """A result, and what must not be in it."""

    path: Path
    media_type: str
    sought: Seeker
    boxes: Sequence[Box]
    recognise: Recogniser | None


def _pdf(asked: _Asked) -> Iterator[Problem]:
    pdfs.check(asked.path)
    for page in pdf_pages.read_pages(asked.path):
        yield from _still_there(page.text, asked.sought, page.number)
    for place, text in raw_pdf.raw_texts(asked.path):
        yield from (
            Problem("in_bytes", where=place, excerpt=masked(one.text))
            for one in asked.sought.in_text(text, short_numbers=False)
        )
    for place, raw in raw_pdf.raw_parts(asked.path):
        yield from _in_bytes(raw, asked.sought, place)
    yield from (Problem("left_over", where=name) for name in raw_pdf.leftovers(asked.path))
    yield from _looked_at(asked.path, asked.sought, asked.boxes, asked.recognise)


def _still_there(text: str, sought: Seeker, number: int) -> Iterator[Problem]:
    for one in sought.in_text(text):
        kind = "short_still_there" if one.is_short_number else "still_there"
        yield Problem(kind, number, excerpt=masked(one.text))


def _in_bytes(raw: bytes, sought: Seeker, place: str) -> Iterator[Problem]:
    for one in sought.in_bytes(raw):
        yield Problem("in_bytes", where=place, excerpt=masked(one.text))


def _looked_at(
    path: Path, sought: Seeker, boxes: Sequence[Box], recognise: Recogniser | None
) -> Iterator[Problem]:
    for number in sorted({box.page for box in boxes}):
        on_page = [box for box in boxes if box.page == number]
        with pdf_pages.ONE_AT_A_TIME:
            document = pdfium.PdfDocument(path)
            try:
                page = document[number - 1]
                picture = pictures.drawn(page)
                page.close()
                letters = page_letters(document, number - 1)
            finally:
                document.close()
        for box in on_page:
            if _letters_under(box, letters) - set(COVERED_MARK):
                yield Problem("under_box", number)
        yield from _seen(picture, on_page, sought, recognise, number)


def _letters_under(box: Box, letters: Iterable[Letter]) -> set[str]:
    return {
        one.letter
        for one in letters
        if box.left < (one.left + one.right) / 2 < box.right
        and box.top < (one.top + one.bottom) / 2 < box.bottom
    }


def _seen(
    picture: Image.Image,
    boxes: Sequence[Box],
    sought: Seeker,
    recognise: Recogniser | None,
    number: int,
) -> Iterator[Problem]:
    if not all(pictures.is_black(picture, box) for box in boxes):
        yield Problem("not_black", number)
    if recognise is not None:
        for one in sought.in_text(recognise(picture).text):
            kind = "short_still_there" if one.is_short_number else "still_read"
            yield Problem(kind, number, excerpt=masked(one.text))


def _image(asked: _Asked) -> Iterator[Problem]:
    yield from _in_bytes(asked.path.read_bytes(), asked.sought, "file")
    with Image.open(asked.path) as picture:
        picture.load()
        yield from _seen(picture, asked.boxes, asked.sought, asked.recognise, 1)
        if picture.getexif():
            yield Problem("left_over", where="EXIF")


def _office(asked: _Asked) -> Iterator[Problem]:
    for page in office_text.read_office(
        asked.path, sniffing.media_type_of(asked.path, f"x{_extension(asked.media_type)}")
    ):
        yield from _still_there(page.text, asked.sought, page.number)
    yield from _in_bytes(asked.path.read_bytes(), asked.sought, "file")
    with zipfile.ZipFile(asked.path) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            yield from _in_bytes(part, asked.sought, name)
            if name.endswith((".xml", ".rels")):
                yield from _in_part(part, asked.sought, name)


def _in_part(part: bytes, sought: Seeker, name: str) -> Iterator[Problem]:
    """What the part says when its tags are taken out, and what their attributes say."""
    values = b"\n".join(b"".join(pair) for pair in _VALUE.findall(part))
    for text in (_TAG.sub(b"", part), values):
        readable = html.unescape(text.decode("utf-8", "replace"))
        for one in sought.in_text(readable, short_numbers=False):
            yield Problem("in_bytes", where=name, excerpt=masked(one.text))


def _extension(media_type: str) -> str:
    return rules.EXTENSIONS[media_type][0]


def _plain(asked: _Asked) -> Iterator[Problem]:
    raw = asked.path.read_bytes()
    yield from _still_there(sniffing.decoded(raw)[0], asked.sought, 1)
    yield from _in_bytes(raw, asked.sought, "file")


_Check = Callable[[_Asked], Iterator[Problem]]
_CHECKS: dict[str, _Check] = {
    rules.PDF: _pdf,
    **dict.fromkeys(rules.IMAGES, _image),
    **dict.fromkeys(rules.OFFICE_FORMATS, _office),
    **dict.fromkeys((rules.CSV, rules.TXT), _plain),
}
