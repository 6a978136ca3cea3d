"""All that a PDF says to a program that does not care what it shows: bytes, strings, streams, operators."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Dictionary, Name

from prongsai.files.pdf_fonts import NoText
from prongsai.files.pdf_text import written_text
from prongsai.files.redaction.copying import notes_of

_DEEPEST = 40
_SHOWS_TEXT = frozenset(("Tj", "TJ", "'", '"'))
_HARMLESS = frozenset(("/Type", "/Pages", "/Lang", "/ViewerPreferences"))
_BROKEN = (NoText, pikepdf.PdfError, KeyError, AttributeError, ValueError, TypeError)


def raw_parts(path: Path) -> Iterator[tuple[str, bytes]]:
    """Each with the name of the place: the file's own bytes, and every stream and string, unpacked."""
    yield "file", path.read_bytes()
    with pikepdf.open(path) as pdf:
        for whole in [*pdf.objects, pdf.trailer]:
            place = f"object {whole.objgen[0]}" if whole.is_indirect else "trailer"
            for string in _strings(whole, _DEEPEST):
                yield place, string
            # Of pictures the pixels are looked at; packed bytes of theirs are in the file's own.
            if isinstance(whole, pikepdf.Stream) and str(whole.get("/Subtype", "")) != "/Image":
                yield place, _unpacked(whole)


def raw_texts(path: Path) -> Iterator[tuple[str, str]]:
    """Every stretch of text as programs may put it together, whatever draws it or does not."""
    with pikepdf.open(path) as pdf:
        for number, page in enumerate(pdf.pages, start=1):
            yield f"page {number}", _written(page)
            yield f"page {number}", _operands(page)
        for whole in pdf.objects:
            for string in _strings(whole, _DEEPEST):
                yield f"object {whole.objgen[0]}", str(pikepdf.String(string))
            if isinstance(whole, pikepdf.Stream) and "/Resources" in whole:
                page = pikepdf.Page(
                    Dictionary(Type=Name.Page, Contents=whole, Resources=whole.Resources)
                )
                yield f"object {whole.objgen[0]}", _written(page)
                yield f"object {whole.objgen[0]}", _operands(page)


def leftovers(path: Path) -> list[str]:
    """What a rebuilt file has no business with: a second history, notes, names, bookmarks, forms."""
    found = []
    raw = path.read_bytes()
    if raw.count(b"%%EOF") > 1 or raw.count(b"startxref") > 1:
        found.append("history")
    if raw.rstrip()[-5:] != b"%%EOF":
        found.append("tail")
    with pikepdf.open(path) as pdf:
        found += [key.strip("/") for key in pdf.Root.keys() if key not in _HARMLESS]  # noqa: SIM118 -- a PDF's dictionary
        for page in pdf.pages:
            kinds = {str(note.get("/Subtype", "")) for note in notes_of(page)}
            found += sorted(kind.strip("/") for kind in kinds - {"/Link"})
    return found


def _unpacked(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except (pikepdf.PdfError, pikepdf.DataDecodingError):
        return stream.read_raw_bytes()


def _written(page: pikepdf.Page) -> str:
    try:
        return written_text(page)
    except _BROKEN:
        return ""


def _operands(page: pikepdf.Page) -> str:
    """What the operators show, in the order of the file, letter by letter and without a font."""
    try:
        steps = pikepdf.parse_content_stream(page)
    except pikepdf.PdfError:
        return ""
    shown = [
        string
        for step in steps
        if str(step.operator) in _SHOWS_TEXT
        for operand in step.operands
        for string in _strings(operand, 2)
    ]
    return b"".join(shown).decode("cp874", "replace")


def _strings(value: object, depth: int) -> Iterator[bytes]:
    if isinstance(value, pikepdf.String):
        yield bytes(value)
        return
    if isinstance(value, pikepdf.Stream):
        value = value.stream_dict
    children: list[object] = []
    if isinstance(value, pikepdf.Dictionary):
        children = list(value.values())
        # A name may be spelled as a secret is.
        yield from (key.encode("utf-8", "replace") for key in value.keys())  # noqa: SIM118 -- a PDF's dictionary
    elif isinstance(value, pikepdf.Array):
        children = list(value)
    for child in children if depth else ():
        if not (isinstance(child, pikepdf.Object) and child.is_indirect):
            yield from _strings(child, depth - 1)
