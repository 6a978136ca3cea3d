"""A scan gets the words that were read from it, and stays the scan that it was."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageFont

from prongsai.files import pdf_pages, pdfs, rules
from prongsai.files.letter_places import locate
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText, Word
from prongsai.files.searchable import searchable_pdf
from tests.files.archival import complaints
from tests.files.redaction.samples import plain_font, written

TEXT = "ประกาศเทศบาล น้ำประปา ๑๒\nผู้ชำนาญการสำรวจ ปู่ฝ้าย 1-2345-67890-12-3"
# In thirds of a line, from the left; the second line lies lower.
WORDS = tuple(
    Word(TEXT.index(piece), TEXT.index(piece) + len(piece), left, top, right, top + 0.03)
    for piece, left, top, right in (
        ("ประกาศ", 0.1, 0.1, 0.25),
        ("เทศบาล", 0.25, 0.1, 0.4),
        ("น้ำประปา", 0.43, 0.1, 0.6),
        ("๑๒", 0.63, 0.1, 0.7),
        ("ผู้ชำนาญการ", 0.1, 0.2, 0.3),
        ("สำรวจ", 0.3, 0.2, 0.4),
        ("ปู่ฝ้าย", 0.42, 0.2, 0.55),
        ("1-2345-67890-12-3", 0.6, 0.2, 0.9),
    )
)
PAGE = PageText(1, TEXT, "ocr", 0.9, (), WORDS)


def scan(path: Path, *, pages: int = 1, **keys: object) -> Path:
    picture = Image.new("L", (600, 850), 200)
    picture.save(path, "PDF", resolution=72, save_all=True, append_images=[picture] * (pages - 1))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for key, value in keys.items():
                page.obj[f"/{key}"] = value
        pdf.save(path)
    return path


def searchable(tmp_path: Path, *, title: str = "", **keys: object) -> Path:
    target = tmp_path / "searchable.pdf"
    searchable_pdf(scan(tmp_path / "scan.pdf", **keys), target, [PAGE], title=title)
    return target


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (30, 40, 570, 800)])
def test_what_was_read_reads_back_in_order_from_where_it_stood(
    tmp_path: Path, turned: int, crop: tuple[int, ...] | None
) -> None:
    keys: dict[str, object] = {"Rotate": turned}
    if crop:
        keys["CropBox"] = Array(list(crop))

    path = searchable(tmp_path, **keys)

    [page] = pdf_pages.read_pages(path)
    assert letters(page.text) == letters(TEXT)
    start = page.text.index("น้ำประปา")
    [box] = locate(path, rules.PDF, page).boxes(start, start + 8)
    assert abs(box.left - 0.43) < 0.01
    assert abs(box.right - 0.6) < 0.03
    assert 0.09 < box.top < box.bottom < 0.14


def test_words_that_touch_are_not_torn_apart(tmp_path: Path) -> None:
    [page] = pdf_pages.read_pages(searchable(tmp_path))

    assert page.text.splitlines() == TEXT.splitlines()


def test_the_result_may_come_in_as_any_other_file(tmp_path: Path) -> None:
    assert pdfs.check(searchable(tmp_path)) == 1


def test_nothing_of_the_picture_changes_and_nothing_is_seen_of_the_words(tmp_path: Path) -> None:
    target = searchable(tmp_path)

    assert _picture(target) == _picture(tmp_path / "scan.pdf")
    assert _shown(target) == _shown(tmp_path / "scan.pdf")


def _picture(path: Path) -> bytes:
    with pikepdf.open(path) as pdf:
        [picture] = pdf.pages[0].resources.XObject.values()
        return picture.read_raw_bytes()


def _shown(path: Path) -> bytes:
    document = pdfium.PdfDocument(path)
    shown: bytes = document[0].render().to_pil().tobytes()
    document.close()
    return shown


def test_it_costs_a_few_thousand_bytes(tmp_path: Path) -> None:
    target = searchable(tmp_path)

    assert target.stat().st_size - (tmp_path / "scan.pdf").stat().st_size < 6_000


def test_a_scan_of_pictures_alone_claims_the_standard_for_archives(tmp_path: Path) -> None:
    source = scan(tmp_path / "scan.pdf")

    level = searchable_pdf(source, tmp_path / "a.pdf", [PAGE], title="แผน & งบ <๑>")

    with pikepdf.open(tmp_path / "a.pdf") as pdf, pdf.open_metadata() as metadata:
        assert level == "2u"
        assert metadata.pdfa_status == "2U"
        assert metadata["dc:title"] == str(pdf.docinfo["/Title"]) == "แผน & งบ <๑>"
        assert str(pdf.Root.Lang) == "th"
        assert pdf.Root.OutputIntents[0].DestOutputProfile.N == 3


def _take_off(pdf: pikepdf.Pdf, *names: str) -> None:
    for one in pdf.objects:
        if isinstance(one, Dictionary):
            for name in set(names) & set(one.keys()):
                del one[name]


BREAKS: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "6.2.3 no output intent": lambda pdf: pdf.Root.__delitem__("/OutputIntents"),
    "6.6.2 no metadata": lambda pdf: pdf.Root.__delitem__("/Metadata"),
    "6.5.1 action": lambda pdf: _set(
        pdf, OpenAction=Dictionary(S=Name.JavaScript, JS=pikepdf.String("1"))
    ),
    "6.2.11.7 no Unicode": lambda pdf: _take_off(pdf, "/ToUnicode"),
    "6.2.11.4 font not embedded": lambda pdf: _take_off(pdf, "/FontFile2"),
    "6.2.10 blend mode": lambda pdf: pdf.pages[0].resources.__setitem__(
        "/ExtGState", Dictionary(G=Dictionary(BM=Name.Foo))
    ),
    "6.2.4.3 colours of a printer": lambda pdf: pdf.pages[0].contents_add(b"q 1 0 0 0 k Q"),
    "6.6.3 two titles": lambda pdf: pdf.docinfo.__setitem__("/Title", "ชื่ออื่น"),
}


@pytest.mark.parametrize("complaint", [None, *BREAKS])
def test_nothing_that_the_standard_forbids_is_in_the_result(
    tmp_path: Path, complaint: str | None
) -> None:
    path = searchable(tmp_path, title="แผน")
    assert complaints(path) == []
    if complaint:
        # So that an audit which sees nothing is told from a file in which nothing is.
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            BREAKS[complaint](pdf)
            pdf.save(path)
        assert complaint in complaints(path)


def test_what_claims_the_standard_is_made_as_it_asks(tmp_path: Path) -> None:
    source, target = scan(tmp_path / "scan.pdf"), tmp_path / "a.pdf"
    searchable_pdf(source, target, [PAGE], title="แผน")

    begin = target.read_bytes()[:15].splitlines()
    with pikepdf.open(target) as pdf:
        font = pdf.pages[0].resources.Font.ProngsaiUnseen
        inner = font.DescendantFonts[0]
        program = ImageFont.truetype(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()), 1000)
        profile = pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert (begin[0][:7], min(begin[1][1:5]) > 127) == (b"%PDF-1.", True)
        assert (len(pdf.trailer.ID), "/Encrypt" in pdf.trailer) == (2, False)
        assert set(pdf.Root.keys()) == _ROOT_OF_ARCHIVES
        assert set(pdf.docinfo.keys()) == {"/Title"}
        assert (profile[8], profile[12:20], profile[36:40]) == (4, b"mntrRGB ", b"acsp")
        assert 'begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' in xmp
        # As wide as the font in the file says, and every letter, and the space, with its Unicode.
        assert (inner.DW, "/W" in inner) == (program.getlength("\uffff"), False)
        said = f"{len(set(letters(TEXT))) + 1} beginbfchar"
        assert said in font.ToUnicode.read_bytes().decode()


_ROOT_OF_ARCHIVES = {
    *("/Type", "/Pages", "/Lang", "/Metadata", "/OutputIntents", "/ViewerPreferences"),
}


@pytest.mark.parametrize(
    "what",
    [
        *("font", "note", "form", "cmyk", "cmyk paths", "picture in the page", "mask", "profile"),
        *("launch", "other version", "huge"),
    ],
)
def test_a_file_with_anything_else_claims_nothing(tmp_path: Path, what: str) -> None:
    source = scan(tmp_path / "scan.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        _ADDED[what](pdf)
        pdf.save(source, force_version="2.0" if what == "other version" else "1.7")

    assert searchable_pdf(source, tmp_path / "a.pdf", [PAGE]) is None
    assert letters(TEXT) in letters(pdf_pages.read_pages(tmp_path / "a.pdf")[0].text)


def _set(pdf: pikepdf.Pdf, **keys: object) -> None:
    [picture] = pdf.pages[0].resources.XObject.values()
    for key, value in keys.items():
        picture[f"/{key}"] = value


def _launching(pdf: pikepdf.Pdf) -> Dictionary:
    action = Dictionary(S=Name.Launch, F="a.exe")
    entry = pdf.make_indirect(Dictionary(Title="ก", A=action))
    return Dictionary(Type=Name.Outlines, First=entry, Last=entry, Count=1)


_NOTE = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9])
_INLINE = b"q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"
_ADDED: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "font": lambda pdf: setattr(pdf.pages[0].resources, "Font", Dictionary(F=plain_font(pdf))),
    "note": lambda pdf: setattr(pdf.pages[0].obj, "Annots", Array([_NOTE])),
    "form": lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(Fields=Array())),
    "cmyk": lambda pdf: _set(pdf, ColorSpace=Name.DeviceCMYK),
    "cmyk paths": lambda pdf: pdf.pages[0].contents_add(b"0 0 0 1 k 0 0 9 9 re f"),
    "picture in the page": lambda pdf: pdf.pages[0].contents_add(_INLINE),
    "mask": lambda pdf: _set(
        pdf, SMask=pdf.make_stream(b"", Subtype=Name.Image, Filter=Name.JPXDecode)
    ),
    "profile": lambda pdf: _set(
        pdf, ColorSpace=Array([Name.ICCBased, pdf.make_stream(b"no profile", N=1)])
    ),
    "launch": lambda pdf: setattr(pdf.Root, "Outlines", _launching(pdf)),
    "other version": lambda pdf: None,
    "huge": lambda pdf: setattr(pdf.pages[0].obj, "MediaBox", Array([0, 0, 600, 15_000])),
}


def test_a_page_number_that_is_text_already_is_not_said_twice(tmp_path: Path) -> None:
    source = scan(tmp_path / "scan.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.pages[0].resources.Font = Dictionary(F=plain_font(pdf))
        pdf.pages[0].contents_add(b"BT /F 12 Tf 390 750 Td (12) Tj ET")
        pdf.save(source)

    searchable_pdf(source, tmp_path / "a.pdf", [PAGE])

    [page] = pdf_pages.read_pages(tmp_path / "a.pdf")
    assert ("๑๒" in page.text, page.text.count("12")) == (False, 2)


def test_pages_that_were_not_read_stay_as_they_are(tmp_path: Path) -> None:
    source = scan(tmp_path / "scan.pdf", pages=3)
    second = PageText(2, TEXT, "ocr", 0.9, (), WORDS)

    searchable_pdf(source, tmp_path / "a.pdf", [PageText(1, "", "none"), second])

    texts = [letters(page.text) for page in pdf_pages.read_pages(tmp_path / "a.pdf")]
    assert texts == ["", letters(TEXT), ""]


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        searchable_pdf(written(tmp_path / "a.pdf", b"%PDF-1.7 nothing"), tmp_path / "b.pdf", [])
