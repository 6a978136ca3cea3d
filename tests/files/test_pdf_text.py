"""The walker through a page's writing, on pages written by hand."""

import io

import pikepdf
import pytest

from prongsai.files.pdf_fonts import NoText, read_font
from prongsai.files.pdf_text import written_text

CMAP = b"""1 beginbfchar <01> <0E19> endbfchar
2 beginbfrange <02> <04> <0E01> <10> <12> [<0E19> <0E49> <0E33>] endbfrange"""


def simple_font(made: pikepdf.Pdf, **entries: object) -> pikepdf.Dictionary:
    plain = {
        "Type": pikepdf.Name.Font,
        "Subtype": pikepdf.Name.Type1,
        "Encoding": pikepdf.Name.WinAnsiEncoding,
    }
    widths = {"FirstChar": 0, "Widths": [500] * 256}
    return pikepdf.Dictionary(**(plain | widths | entries))


def composite_font(made: pikepdf.Pdf, widths: list[object]) -> pikepdf.Dictionary:
    descendant = pikepdf.Dictionary(W=pikepdf.Array(widths), DW=1000)
    cmap = made.make_stream(b"1 beginbfrange <0001> <0003> <0E01> endbfrange")
    return pikepdf.Dictionary(
        Subtype=pikepdf.Name.Type0, ToUnicode=cmap, DescendantFonts=pikepdf.Array([descendant])
    )


def page_text(content: str, **resources: object) -> str:
    made = pikepdf.new()
    made.add_blank_page()
    page = made.pages[0]
    fonts = pikepdf.Dictionary(
        F=made.make_indirect(simple_font(made)), C=composite_font(made, [1, [500, 500, 500]])
    )
    page.obj["/Resources"] = pikepdf.Dictionary(Font=fonts, **resources)
    page.Contents = made.make_stream(content.encode("latin-1"))
    return written_text(page)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("BT /F 10 Tf 10 700 Td (one) Tj 0 -12 Td (two) Tj ET", "one\ntwo"),
        ("BT /F 10 Tf 10 700 Td (one) Tj 0 -12 TD (two) Tj T* (three) Tj ET", "one\ntwo\nthree"),
        ("BT /F 10 Tf 12 TL 10 700 Td (one) Tj (two) ' ET", "one\ntwo"),
        ('BT /F 10 Tf 12 TL 10 700 Td (one) Tj 0 0 (two) " ET', "one\ntwo"),
        ("BT /F 10 Tf 1 0 0 1 10 700 Tm (one) Tj 1 0 0 1 60 700 Tm (two) Tj ET", "one two"),
        ("BT /F 10 Tf 1 0 0 1 10 700 Tm (one) Tj 1 0 0 1 25 700 Tm (two) Tj ET", "onetwo"),
        ("BT /F 10 Tf 10 700 Td [(on) -20 (e) -900 (two)] TJ ET", "one two"),
        ("BT /F 10 Tf 4 Tc 10 700 Td (ab) Tj ET", "a b"),
        ("BT /F 10 Tf 3 Tw 10 700 Td (a b) Tj ET", "a b"),
        ("BT /F 10 Tf 50 Tz 10 700 Td (ab) Tj 12 0 Td (c) Tj ET", "ab c"),
        ("BT /F 10 Tf 0 1 -1 0 50 50 Tm (up) Tj 0 1 -1 0 50 61 Tm (on) Tj ET", "upon"),
        (
            "q 2 0 0 2 0 0 cm BT /F 10 Tf 10 300 Td (a) Tj ET Q BT /F 10 Tf 10 100 Td (b) Tj ET",
            "a\nb",
        ),
        ("Q BT /F 10 Tf 10 700 Td (a) Tj ET EMC", "a"),
        ("BT /C 10 Tf 10 700 Td <000100020003> Tj ET", "กขฃ"),
    ],
)
def test_lines_and_spaces_follow_from_where_glyphs_stand(content: str, text: str) -> None:
    assert page_text(content) == text


@pytest.mark.parametrize(
    ("steps", "text"),
    [
        ((12, 12, 12, 20, 12), "0\n1\n2\n3\n\n4\n5"),
        ((12, 12, 12, 12, 200), "0\n1\n2\n3\n4\n\n5"),
        # Another column begins above.
        ((12, 12, -200, 12, 12), "0\n1\n2\n3\n4\n5"),
        # Few lines have no usual step.
        ((12, 12, 40), "0\n1\n2\n3"),
    ],
)
def test_an_empty_line_is_where_lines_stand_apart(steps: tuple[int, ...], text: str) -> None:
    moves = "".join(f"0 {-step} Td ({place}) Tj " for place, step in enumerate(steps, start=1))
    assert page_text(f"BT /F 10 Tf 10 500 Td (0) Tj {moves}ET") == text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("BT /F 10 Tf /Span <</ActualText <FEFF0E330E01>>> BDC (xyz) Tj EMC (a) Tj ET", "ำกa"),
        ("BT /F 10 Tf /Span /P BDC (xyz) Tj EMC ET", "said"),
        ("BT /F 10 Tf /Span /Q BDC (xyz) Tj EMC ET", "xyz"),
        ("BT /F 10 Tf /Span BMC (xyz) Tj EMC ET", "xyz"),
        ("BT /F 10 Tf /Span <</ActualText ()>> BDC (xyz) Tj EMC (a) Tj ET", "a"),
    ],
)
def test_a_replacement_text_is_said_once_for_its_glyphs(content: str, text: str) -> None:
    named = pikepdf.Dictionary(P=pikepdf.Dictionary(ActualText="said"))
    assert page_text(content, Properties=named) == text


def test_a_cluster_said_again_over_each_of_its_marks_is_read_once() -> None:
    span = "/Span <</ActualText <FEFF0E190E49>>> BDC ({}) Tj EMC "
    twice = span.format("a") + span.format("b")
    really_twice = span.format("a") + span.format("a")
    assert page_text(f"BT /F 10 Tf {twice} ET") == "น้"
    assert page_text(f"BT /F 10 Tf {really_twice} ET") == "น้น้"


def form(made: pikepdf.Pdf, content: bytes, **entries: object) -> pikepdf.Stream:
    return pikepdf.Stream(made, content, Subtype=pikepdf.Name.Form, **entries)


def test_forms_are_read_where_they_are_drawn() -> None:
    made = pikepdf.new()
    inner = form(made, b"BT /F 10 Tf (form) Tj ET", Matrix=[1, 0, 0, 1, 0, -50])
    picture = pikepdf.Stream(made, b"", Subtype=pikepdf.Name.Image)
    drawn = pikepdf.Dictionary(X=inner, I=picture)
    font = pikepdf.Dictionary(F=simple_font(made))
    made.add_blank_page()
    page = made.pages[0]
    page.obj["/Resources"] = pikepdf.Dictionary(Font=font, XObject=drawn)
    page.Contents = made.make_stream(b"BT /F 10 Tf (a) Tj ET /X Do /I Do BT (b) Tj ET")
    assert written_text(page) == "a\nform\nb"


def test_a_form_that_draws_itself_is_given_up() -> None:
    made = pikepdf.new()
    made.add_blank_page()
    endless = made.make_indirect(form(made, b"/X Do"))
    made.pages[0].obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=endless))
    made.pages[0].Contents = made.make_stream(b"/X Do")
    with pytest.raises(NoText):
        written_text(made.pages[0])


def test_text_without_a_font_is_given_up() -> None:
    with pytest.raises(NoText):
        page_text("BT (a) Tj ET")


def test_unicode_maps_count_up_and_list() -> None:
    made = pikepdf.new()
    font = read_font(simple_font(made, ToUnicode=made.make_stream(CMAP)))
    assert (
        "".join(glyph.text for glyph in font.glyphs(bytes([1, 2, 3, 4, 16, 17, 18, 99])))
        == "นกขฃน\u0e49\u0e33"
    )


def test_widths_of_composite_fonts_come_in_lists_and_ranges() -> None:
    made = pikepdf.new()
    font = read_font(composite_font(made, [1, [250], 2, 3, 700]))
    assert [glyph.width for glyph in font.glyphs(b"\0\1\0\2\0\3\0\4")] == [0.25, 0.7, 0.7, 1.0]


def test_a_font_with_its_own_encoding_and_no_map_is_not_guessed() -> None:
    made = pikepdf.new()
    with pytest.raises(NoText):
        read_font(simple_font(made, Encoding=pikepdf.Dictionary()))


def test_a_torn_unicode_map_gives_what_it_can() -> None:
    made = pikepdf.new()
    cmap = made.make_stream(b"1 beginbfrange <01> <02> endbfrange 1 beginbfchar <05> endbfchar")
    assert read_font(simple_font(made, ToUnicode=cmap)).texts.get(5) is None
    assert io.BytesIO(cmap.read_bytes()).read()
