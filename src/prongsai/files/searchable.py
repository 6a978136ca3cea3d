"""A scan that can be searched, copied and read aloud: the same pictures, with the words that were read unseen on them.

Where a scan is nothing but pictures, the result says of itself that it is PDF/A-2u (ISO 19005-2, with text that
has its Unicode); other files keep what may be against that standard, and make no claim.
"""

from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
import pypdfium2 as pdfium
from pikepdf import Array, Dictionary, Matrix, Name
from PIL import ImageCms

from prongsai.files import pdf_pages
from prongsai.files.invisible_text import FONT_NAME, UnseenFont, pieces
from prongsai.files.letter_places import page_letters
from prongsai.files.locating import Letter
from prongsai.files.pdf_archival import is_archival_scan
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText, Word

LEVEL = "2u"
_ROOT_KEPT = frozenset(("/Type", "/Pages", "/Outlines", "/PageLabels"))
_PAGE_KEPT = frozenset(
    (
        *("/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents"),
        *("/BleedBox", "/TrimBox", "/ArtBox"),
    )
)
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">{title}
<dc:language><rdf:Bag><rdf:li>th</rdf:li></rdf:Bag></dc:language>{level}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def searchable_pdf(
    path: Path, target: Path, pages: Sequence[PageText], *, title: str = ""
) -> str | None:
    """Writes `target`, and answers the level of PDF/A that it claims, if any. Raises `Refused`."""
    texts = {page.number: page for page in pages if page.words}
    try:
        with pdf_pages.ONE_AT_A_TIME, pikepdf.open(path) as pdf:
            is_plain = is_archival_scan(pdf)
            font = UnseenFont(pdf)
            _add_texts(path, pdf, font, texts)
            font.finish()
            _describe(pdf, title, is_plain=is_plain)
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            return LEVEL if is_plain else None
    except (pikepdf.PdfError, pdfium.PdfiumError) as error:
        raise Refused("pdf_broken") from error


def _add_texts(path: Path, pdf: pikepdf.Pdf, font: UnseenFont, texts: dict[int, PageText]) -> None:
    with closing(pdfium.PdfDocument(path)) as document:
        for number in sorted(texts.keys() & set(range(1, len(pdf.pages) + 1))):
            there = page_letters(document, number - 1)
            _add_words(pdf.pages[number - 1], font, texts[number], there)


def _add_words(
    page: pikepdf.Page, font: UnseenFont, text: PageText, there: Sequence[Letter]
) -> None:
    words = [word for word in text.words if not _is_written(word, there)]
    if not words:
        return
    size, place = _shown(page)
    content = font.content(pieces(text.text, words), size, place)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + content)
    page.add_resource(font.reference, Name.Font, Name(FONT_NAME))


def _is_written(word: Word, there: Sequence[Letter]) -> bool:
    """Whether the page has text in this place already: a page number that was printed over the scan."""
    return any(
        word.left < (one.left + one.right) / 2 < word.right
        and word.top < (one.top + one.bottom) / 2 < word.bottom
        for one in there
    )


def _shown(page: pikepdf.Page) -> tuple[tuple[float, float], Matrix]:
    """The size of the page as it is shown, and the way from there to the page's own space."""
    media = [float(edge) for edge in page.mediabox]
    crop = [float(edge) for edge in page.cropbox]
    left, low = max(min(crop[::2]), min(media[::2])), max(min(crop[1::2]), min(media[1::2]))
    right, high = min(max(crop[::2]), max(media[::2])), min(max(crop[1::2]), max(media[1::2]))
    width, height = right - left, high - low
    turned = int(_rotation(page.obj)) % 360
    places = {
        90: Matrix(0, 1, -1, 0, right, low),
        180: Matrix(-1, 0, 0, -1, right, high),
        270: Matrix(0, -1, 1, 0, left, high),
    }
    size = (height, width) if turned in (90, 270) else (width, height)
    return size, places.get(turned, Matrix(1, 0, 0, 1, left, low))


def _rotation(node: pikepdf.Object) -> int:
    for _ in range(40):
        if "/Rotate" in node:
            return int(node.Rotate)
        parent = node.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            break
        node = parent
    return 0


def _describe(pdf: pikepdf.Pdf, title: str, *, is_plain: bool) -> None:
    """Language and title; and for PDF/A all that the standard asks, with nothing that it forbids."""
    if is_plain:
        _leave_only(pdf.Root, _ROOT_KEPT)
        for page in pdf.pages:
            _leave_only(page.obj, _PAGE_KEPT)
        profile = pdf.make_stream(_srgb(), N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB IEC61966-2.1",
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    named = f"\n<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>{escape(title)}</rdf:li></rdf:Alt></dc:title>"
    claim = "\n<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>"
    xmp = _XMP.format(title=named if title else "", level=claim if is_plain else "")
    stream = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = stream
    pdf.Root.Lang = pikepdf.String("th")
    if title:
        pdf.docinfo[Name.Title] = title
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)


def _leave_only(dictionary: pikepdf.Object, kept: frozenset[str]) -> None:
    for key in set(dictionary.keys()) - kept:
        del dictionary[key]


@cache
def _srgb() -> bytes:
    """The profile of the colours that screens show, without the day on which it was made."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    # Bytes 24 to 35 are a date and a time (ICC.1:2022, 7.2).
    profile[24:36] = bytes((7, 0xE9, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))
    return bytes(profile)
