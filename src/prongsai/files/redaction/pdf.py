"""A PDF without what its boxes cover.

A page with a box becomes a picture of itself, painted over, with the words that remain as unseen text. The
other pages are copied into a new file, and nothing comes along but what draws them.
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Dictionary, Name

from prongsai.files import pdf_pages
from prongsai.files.invisible_text import Piece, UnseenFont, pieces
from prongsai.files.letter_places import located, page_letters
from prongsai.files.locating import Box
from prongsai.files.redaction import pictures
from prongsai.files.redaction.copying import (
    clean_page,
    field_values,
    has_fields,
    hides_layers,
    needs_drawing,
    strip,
)
from prongsai.files.redaction.reuse import pages_with_covered_pictures
from prongsai.files.redaction.rules import (
    COVERED_MARK,
    Problem,
    Redacted,
    covered_texts,
    full_height,
    split_words,
)
from prongsai.files.redaction.seeking import Seeker, masked
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText, Word


@dataclass
class _Work:
    """`flat` has the notes and fields of the original drawn into its pages; `left` is what drawn pages still show."""

    original: pdfium.PdfDocument
    flat: pdfium.PdfDocument
    source: pikepdf.Pdf
    made: pikepdf.Pdf
    font: UnseenFont
    covered: list[str] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)


def redact_pdf(
    path: Path,
    target: Path,
    boxes: Sequence[Box],
    pages: Sequence[PageText] = (),
    *,
    title: str = "",
    all_as_pictures: bool = False,
) -> Redacted:
    """Writes `target`. `pages` are the file's texts, with the words of those that were read as pictures.

    Writers number the letters of a font as they come, so that the font of a page that is kept tells in which order
    letters were first used in the whole file; `all_as_pictures` keeps no page and no font.

    Raises `Refused` when the file cannot be opened, and `ValueError` for a box on a page that is not there.
    """
    texts = {page.number: page for page in pages or pdf_pages.read_pages(path)}
    on_pages: dict[int, list[Box]] = {}
    for box in boxes:
        on_pages.setdefault(box.page, []).append(box)
    try:
        with pdf_pages.ONE_AT_A_TIME, _work(path) as work:
            if any(not 1 <= number <= len(work.source.pages) for number in on_pages):
                raise ValueError("A box lies on a page that the file does not have.")
            numbers = range(1, len(work.source.pages) + 1)
            drawn = set(numbers) if all_as_pictures else set(on_pages) | _pages_to_draw(work)
            _add_pages(work, drawn, texts, on_pages)
            _finish(work, target, title)
            reused = pages_with_covered_pictures(work.flat, on_pages)
            problems = [Problem("same_picture", number) for number in reused]
            problems += _still_shown(work)
            return Redacted(tuple(work.covered), tuple(sorted(drawn)), tuple(problems))
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise Refused("pdf_broken") from error


def _add_pages(
    work: _Work,
    drawn: Container[int],
    texts: Mapping[int, PageText],
    on_pages: Mapping[int, Sequence[Box]],
) -> None:
    for number in range(1, len(work.source.pages) + 1):
        if number in drawn:
            text = texts.get(number, PageText(number, ""))
            _add_picture(work, text, on_pages.get(number, ()))
        else:
            work.made.pages.append(clean_page(work.source, number - 1))


@contextmanager
def _work(path: Path) -> Iterator[_Work]:
    with pikepdf.open(path) as source, pikepdf.new() as made:
        original = pdfium.PdfDocument(path)
        original.init_forms()
        source.flatten_annotations("screen")
        strip(source)
        flattened = BytesIO()
        source.save(flattened)
        flat = pdfium.PdfDocument(flattened)
        try:
            yield _Work(original, flat, source, made, UnseenFont(made))
        finally:
            flat.close()
            original.close()


def _pages_to_draw(work: _Work) -> set[int]:
    """Pages that would show more, or less, in the new file than in the old one."""
    has_hidden_layers = hides_layers(work.source)
    return {
        number
        for number, page in enumerate(work.source.pages, start=1)
        if needs_drawing(page, has_hidden_layers=has_hidden_layers)
    }


def _add_picture(work: _Work, text: PageText, boxes: Sequence[Box]) -> None:
    source_page = work.source.pages[text.number - 1]
    with_forms = has_fields(source_page)
    document = work.original if with_forms else work.flat
    page = document[text.number - 1]
    try:
        size = page.get_size()
        picture = pictures.drawn(page, with_forms=with_forms)
    finally:
        page.close()
    letters = page_letters(document, text.number - 1)
    words = located(text, letters).words()
    seen = [word for word in words if pictures.shows_ink(picture, word)]
    stay, gone = split_words(seen, boxes, size[1] / size[0])
    work.covered += covered_texts(text, gone, stay, boxes, size[1] / size[0])
    marks = [(_begin(box, gone, size, text), box) for box in boxes]
    unseen = work.font.content(_parts(text, stay, marks), size)
    covered = pictures.painted(picture, full_height(boxes, gone, size[1] / size[0]))
    left = [one.letter for one in letters if pictures.shows_ink(covered, one)]
    work.left[text.number] = "".join([*left, *(field_values(source_page) if with_forms else ())])
    made = pictures.page_of(work.made, covered, size, unseen, work.font.reference)
    work.made.pages.append(pikepdf.Page(work.made.make_indirect(made)))


def _still_shown(work: _Work) -> Iterator[Problem]:
    """What a page that became a picture shows beside its boxes: a filled field is not among its words."""
    seeker = Seeker(work.covered)
    for number, left in work.left.items():
        for one in seeker.in_text(left, short_numbers=False):
            yield Problem("still_there", number, excerpt=masked(one.text))


def _begin(box: Box, gone: Sequence[Word], size: tuple[float, float], text: PageText) -> int:
    """Where in the text the first word stood that this box took; behind the text when it took none."""
    taken = split_words(gone, [box], size[1] / size[0])[1]
    return min((word.start for word in taken), default=len(text.text))


def _parts(text: PageText, stay: Sequence[Word], marks: Sequence[tuple[int, Box]]) -> list[Piece]:
    """What remains, with a sign in the place of what does not, in the order of reading."""
    words = sorted(stay, key=lambda word: word.start)
    starts = [word.start for word in words]
    placed = list(zip(starts, pieces(text.text, words), strict=True))
    for start, box in marks:
        mark = Piece(COVERED_MARK, box.left, box.top, box.right, box.bottom)
        placed.append((start, mark))
    return [piece for _, piece in sorted(placed, key=lambda one: one[0])]


def _finish(work: _Work, target: Path, title: str) -> None:
    work.font.finish()
    work.made.Root.Lang = pikepdf.String("th")
    if title:
        work.made.docinfo[Name.Title] = title
        work.made.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    # Packed anew: bytes may hide behind the end of a packed stream.
    work.made.save(
        target,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        recompress_flate=True,
        deterministic_id=True,
    )
