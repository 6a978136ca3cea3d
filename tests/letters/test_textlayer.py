from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import typst

from prongsai.letters.fonts import font_directory
from prongsai.letters.textlayer import keep_spaces

BESIDE_MARKS = "ที่ ดี มุ ติ"


def pdf_of(text: str) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[font_directory()])
    source = f'#set text(font: "Sarabun", lang: "th", features: (mark: 0, mkmk: 0))\n{text}'
    pdf = typst.compile(source.encode(), font_paths=fonts)
    assert isinstance(pdf, bytes)
    return pdf


def read(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(page.get_textpage().get_text_range().strip() for page in document)


def test_the_space_that_is_kept_would_be_lost_otherwise() -> None:
    """When this fails, the PDF writer or the reader has been mended, and `keep_spaces` may go."""
    assert read(pdf_of(BESIDE_MARKS)) != BESIDE_MARKS


@pytest.mark.parametrize("text", [BESIDE_MARKS, "กก ขข", "ที่", "plain words only", "ที่ abc ดี"])
def test_words_stay_apart(text: str) -> None:
    assert read(keep_spaces(pdf_of(text))) == text


def test_a_page_without_text_passes_through() -> None:
    assert read(keep_spaces(pdf_of(""))) == ""


def test_pages_look_the_same_as_before() -> None:
    before = pdf_of(f"{BESIDE_MARKS}\n#pagebreak()\n{BESIDE_MARKS}")
    after = keep_spaces(before)

    pictures = [
        [page.render(scale=1).to_pil().tobytes() for page in pypdfium2.PdfDocument(pdf)]
        for pdf in (before, after)
    ]

    assert len(pictures[0]) == 2
    assert pictures[0] == pictures[1]


def test_structure_and_page_marks_stay() -> None:
    before, after = pdf_of(BESIDE_MARKS), keep_spaces(pdf_of(BESIDE_MARKS))

    with pikepdf.open(BytesIO(before)) as old, pikepdf.open(BytesIO(after)) as new:
        assert set(old.Root.keys()) == set(new.Root.keys())
        assert old.pages[0].Contents.read_bytes().count(b"BDC") == (
            new.pages[0].Contents.read_bytes().count(b"BDC")
        )


def test_the_same_file_gives_the_same_bytes() -> None:
    pdf = pdf_of(BESIDE_MARKS)

    assert keep_spaces(pdf) == keep_spaces(pdf)


@pytest.mark.parametrize("glyph", ["(\\000\\003)Tj", "[(\\000\\003)]TJ", "(\\000#)Tj"])
def test_only_the_space_is_taken_into_the_span(glyph: str) -> None:
    """In the very words in which Typst writes; the code of the space is 3."""
    span = "/Span<</ActualText<FEFF0E0A>>>BDC 0 Tr/f0 16 Tf 1 0 0 -1 0 0 Tm(\\000\\001)Tj\nEMC"
    alone = f" 0 Tr/f0 16 Tf 1 0 0 -1 10.4 0 Tm{glyph}"
    with pikepdf.new() as made:
        page = made.add_blank_page()
        words = b"<0003> <0020>\n<0023> <0E01>"
        font = pikepdf.Dictionary(ToUnicode=made.make_stream(words))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(f0=made.make_indirect(font)))
        page.Contents = made.make_stream(f"BT{span}{alone}\nET".encode())
        made.save(target := BytesIO())
    with pikepdf.open(BytesIO(keep_spaces(target.getvalue()))) as kept:
        said = kept.pages[0].Contents.read_bytes()
    assert (b"FEFF0E0A0020" in said, said.rstrip().endswith(b"EMC\nET")) == (
        "#" not in glyph,
        "#" not in glyph,
    )
