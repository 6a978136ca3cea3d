"""What of PDF/A-2 can be asked of a finished file without a validator: complaints, none of a good one.

It looks at every object, not at what our own writers mean to have written. The clauses are those of ISO 19005-2.
"""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Stream

_ACTIONS = frozenset(("/GoTo", "/GoToR", "/URI", "/Named"))
_FILTERS = frozenset(
    (
        *("/DCTDecode", "/FlateDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/RunLengthDecode"),
        *("/ASCII85Decode", "/ASCIIHexDecode"),
    )
)
_BLENDS = frozenset(
    (
        *("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten"),
        *("/ColorDodge", "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion"),
        *("/Hue", "/Saturation", "/Color", "/Luminosity"),
    )
)
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
# Operators that set colours of printers, of which our profile says nothing.
_CMYK = frozenset(("k", "K"))


def complaints(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [*_whole(pdf), *(said for one in pdf.objects for said in _object(one)), *_pages(pdf)]


def _whole(pdf: pikepdf.Pdf) -> Iterator[str]:
    if pdf.is_encrypted:
        yield "6.1.3 encrypted"
    if len(pdf.trailer.get("/ID", Array())) != 2:
        yield "6.1.3 no file ID"
    intents = pdf.Root.get("/OutputIntents", Array())
    if not any("/DestOutputProfile" in one and str(one.S) == "/GTS_PDFA1" for one in intents):
        yield "6.2.3 no output intent"
    if "/AA" in pdf.Root or "/XFA" in pdf.Root.get("/AcroForm", Dictionary()):
        yield "6.5.2 additional actions"
    if "/EmbeddedFiles" in pdf.Root.get("/Names", Dictionary()):
        yield "6.8 embedded files"
    yield from _metadata(pdf)


def _metadata(pdf: pikepdf.Pdf) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if not isinstance(stream, Stream):
        yield "6.6.2 no metadata"
        return
    if "/Filter" in stream:
        yield "6.6.2 packed metadata"
    with pdf.open_metadata() as metadata:
        if metadata.get("pdfaid:part") != "2" or metadata.get("pdfaid:conformance") not in "UAB":
            yield "6.6.4 no claim"
        title = pdf.docinfo.get("/Title")
        if title is not None and metadata.get("dc:title") != str(title):
            yield "6.6.3 two titles"


def _object(one: pikepdf.Object) -> Iterator[str]:
    if isinstance(one, Stream):
        yield from _stream(one)
    if not isinstance(one, Dictionary | Stream):
        return
    if str(one.get("/S", "")) in {"/JavaScript", "/Launch", "/Movie", "/Sound", "/ResetForm"}:
        yield "6.5.1 action"
    action = one.get("/OpenAction", one.get("/A"))
    if isinstance(action, Dictionary) and str(action.get("/S", "/GoTo")) not in _ACTIONS:
        yield "6.5.1 action"
    if str(one.get("/BM", "/Normal")) not in _BLENDS:
        yield "6.2.10 blend mode"
    yield from _font(one)
    for child in (value for _key, value in one.items() if isinstance(value, Dictionary)):
        if not child.is_indirect:
            yield from _object(child)


def _stream(one: Stream) -> Iterator[str]:
    found = one.get("/Filter", Array())
    if not {str(name) for name in (found if isinstance(found, Array) else [found])} <= _FILTERS:
        yield "6.1.7 filter"
    if str(one.get("/Subtype", "")) == "/Image" and one.get("/Interpolate", False):
        yield "6.2.8 interpolated"
    if "/F" in one:
        yield "6.1.7 content elsewhere"
    if str(one.get("/Subtype", "")) == "/PS":
        yield "6.2.9 PostScript"


def _font(one: pikepdf.Object) -> Iterator[str]:
    if str(one.get("/Type", "")) != "/Font":
        return
    is_whole = "/DescendantFonts" in one or str(one.get("/Subtype", "")) in {"/TrueType", "/Type1"}
    if is_whole and "/ToUnicode" not in one:
        yield "6.2.11.7 no Unicode"
    if "/DescendantFonts" in one or str(one.get("/Subtype", "")) == "/Type3":
        return
    if not any(key in one.get("/FontDescriptor", Dictionary()) for key in _PROGRAMS):
        yield "6.2.11.4 font not embedded"


def _pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    for page in pdf.pages:
        operators = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
        if operators & _CMYK:
            yield "6.2.4.3 colours of a printer"
        for note in page.obj.get("/Annots", Array()):
            if str(note.get("/Subtype", "")) not in {"/Link", "/Popup"} and "/AP" not in note:
                yield "6.3.3 note without appearance"
