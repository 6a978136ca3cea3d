"""Whatever holds a covered text in the original: nothing of it is in the result."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name

from prongsai.files import pdfs, rules
from prongsai.files.locating import Box
from prongsai.files.redaction import pictures
from prongsai.files.redaction.pdf import redact_pdf
from prongsai.files.redaction.verifying import verify_redaction
from tests.files.redaction.proofs import SECRETS, assert_gone, everything_in, redacted, text_of
from tests.files.redaction.samples import (
    DIGITS,
    LINE,
    NUMBER,
    OTHER,
    PERSON,
    boxes_over,
    changed,
    pdf_of,
    plain_font,
    secret_pdf,
    written,
)
from tests.files.samples import typst_pdf


def test_what_is_covered_goes_and_the_words_around_it_stay_in_order(tmp_path: Path) -> None:
    result = redacted(tmp_path, secret_pdf())

    first, second = text_of(result)
    assert "".join(first.split()) == "".join(
        LINE.replace(NUMBER, "[ปิดทับ]").replace(PERSON, "[ปิดทับ]").split()
    )
    assert second == OTHER
    assert_gone(result, NUMBER, DIGITS, PERSON)


def test_the_result_may_come_in_as_any_other_file(tmp_path: Path) -> None:
    assert pdfs.check(redacted(tmp_path, secret_pdf())) == 2


def test_what_was_covered_is_named_for_the_check(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", secret_pdf())

    made = redact_pdf(source, tmp_path / "result.pdf", boxes_over(source, *SECRETS))

    assert made.covered == (PERSON, NUMBER)
    assert made.pictures == (1,)


def test_a_word_that_a_box_covers_in_part_goes_as_a_whole(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", secret_pdf())
    [box] = boxes_over(source, NUMBER)
    half = Box(1, box.left, box.top, (box.left + box.right) / 2, box.bottom)

    made = redact_pdf(source, tmp_path / "result.pdf", [half])

    assert made.covered == (NUMBER,)
    assert_gone(tmp_path / "result.pdf", NUMBER)


def test_a_bar_through_a_word_covers_its_whole_height(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", secret_pdf())
    [box] = boxes_over(source, NUMBER)
    middle = (box.top + box.bottom) / 2
    bar = Box(1, box.left, middle - 0.002, box.right, middle + 0.002)

    redact_pdf(source, tmp_path / "result.pdf", [bar])

    assert verify_redaction([NUMBER], tmp_path / "result.pdf", rules.PDF, [box]) == []


def test_the_pixels_under_a_box_are_black(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", secret_pdf())
    boxes = boxes_over(source, *SECRETS)

    redact_pdf(source, tmp_path / "result.pdf", boxes)

    assert verify_redaction(SECRETS, tmp_path / "result.pdf", rules.PDF, boxes) == []


def _properties(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo[Name.Subject] = f"บัตร {NUMBER}"
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = f"ของ {PERSON}"


def _bookmark(pdf: pikepdf.Pdf) -> None:
    with pdf.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(PERSON, 0))


def _note(pdf: pikepdf.Pdf) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=Array([10, 10, 30, 30]), Contents=f"ดู {NUMBER}"
    )
    for page in pdf.pages:
        page.obj.Annots = Array([pdf.make_indirect(note)])


def _field(pdf: pikepdf.Pdf) -> None:
    """A field with a value, and one on the page without a box."""
    font = plain_font(pdf)
    fields = []
    for page in pdf.pages:
        appearance = pdf.make_stream(b"/Tx BMC q BT /F 10 Tf 0 0 0 rg 2 4 Td (Filled) Tj ET Q EMC")
        appearance.Type, appearance.Subtype = Name.XObject, Name.Form
        appearance.BBox = Array([0, 0, 200, 20])
        appearance.Resources = Dictionary(Font=Dictionary(F=font))
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                F=4,
                T=f"บัตร {NUMBER}",
                V=NUMBER,
                Rect=Array([100, 300, 300, 320]),
                AP=Dictionary(N=appearance),
            )
        )
        page.obj.Annots = Array([field])
        fields.append(field)
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields), DA="/F 10 Tf", DR=Dictionary())


def _structure(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = pdf.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, ActualText=NUMBER, Alt=f"รูปของ {PERSON}")
    )


def _named_place(pdf: pikepdf.Pdf) -> None:
    place = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([NUMBER, place])))
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=PERSON)]))


def _link_to_first_page(pdf: pikepdf.Pdf) -> None:
    """From the page without a box back to the one that has it."""
    link = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=Array([0, 0, 50, 50]),
        Dest=Array([pdf.pages[0].obj, Name.Fit]),
        Contents=PERSON,
    )
    pdf.pages[1].obj.Annots = Array([pdf.make_indirect(link)])


def _beside_the_drawing(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.obj.PieceInfo = Dictionary(Word=Dictionary(Private=NUMBER))
        page.obj.Metadata = pdf.make_stream(f"<x>{PERSON}</x>".encode())
        page.obj.Thumb = pdf.make_stream(NUMBER.encode(), Width=1, Height=1)
        page.obj.Secret = pikepdf.String(PERSON)
    pdf.Root.Secret = pdf.make_stream(NUMBER.encode())


@pytest.mark.parametrize(
    "hide",
    [
        _properties,
        _bookmark,
        _note,
        _field,
        _structure,
        _named_place,
        _link_to_first_page,
        _beside_the_drawing,
    ],
)
def test_nothing_is_left_in_any_corner_of_the_file(
    tmp_path: Path, hide: Callable[[pikepdf.Pdf], None]
) -> None:
    result = redacted(tmp_path, secret_pdf(hide))

    assert_gone(result, NUMBER, PERSON)
    assert text_of(result)[1].startswith(OTHER[:20])


def test_a_filled_field_is_still_seen_where_it_stood(tmp_path: Path) -> None:
    result = redacted(tmp_path, secret_pdf(_field))

    assert "Filled" in text_of(result)[1]
    for number in (0, 1):
        page = pdfium.PdfDocument(result)[number]
        height = page.get_height()
        field = Box(1, 0.16, 1 - 320 / height, 0.5, 1 - 300 / height)
        assert pictures.shows_ink(pictures.drawn(page), field)


@pytest.mark.parametrize("needs_appearance", [False, True])
def test_a_field_that_shows_the_covered_text_beside_the_box_is_reported(
    tmp_path: Path, needs_appearance: bool
) -> None:
    """What a field shows is not among the words of its page, so no other check of texts would see it."""

    def fill(pdf: pikepdf.Pdf) -> None:
        _field(pdf)
        if needs_appearance:
            pdf.Root.AcroForm.NeedAppearances = True
        else:
            drawn = pdf.pages[0].obj.Annots[0].AP.N
            drawn.write(b"BT /F 10 Tf 2 4 Td (1-2345-67890-12-3) Tj ET")

    source = written(tmp_path / "source.pdf", secret_pdf(fill))

    made = redact_pdf(source, tmp_path / "result.pdf", boxes_over(source, NUMBER))

    assert ("still_there", 1) in [(one.kind, one.page) for one in made.problems]


def test_a_link_to_an_address_still_leads_there(tmp_path: Path) -> None:
    def link(pdf: pikepdf.Pdf) -> None:
        action = Dictionary(S=Name.URI, URI="https://example.org/plan")
        note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 50, 50]), A=action)
        pdf.pages[1].obj.Annots = Array([pdf.make_indirect(note)])

    with pikepdf.open(redacted(tmp_path, secret_pdf(link))) as made:
        [kept] = made.pages[1].obj.Annots
        assert str(kept.A.URI) == "https://example.org/plan"


def test_an_earlier_state_of_the_file_is_not_carried_along(tmp_path: Path) -> None:
    """A second save at the end of the file, under which the first one still lies."""
    first = pdf_of(b"BT /F 12 Tf 50 700 Td (Name 1-2345-67890-12-3) Tj ET")
    with pikepdf.open(io.BytesIO(first)) as pdf:
        contents = pdf.pages[0].obj.Contents.objgen[0]
        size, root = len(pdf.objects) + 1, pdf.Root.objgen[0]
    later = b"BT /F 12 Tf 50 700 Td (Nothing) Tj /F 12 Tf 0 -40 Td (Cover me 9999) Tj ET"
    place = len(first)
    body = b"%d 0 obj\n<</Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        contents,
        len(later),
        later,
    )
    before = int(re.findall(rb"startxref\s+(\d+)", first)[-1])
    index = (
        b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
        % (*(contents, place, size, root, before, place + len(body)),)
    )
    source = first + body + index

    result = redacted(tmp_path, source, "Cover me 9999")

    assert text_of(result) == ["Nothing\n[ปิดทับ]"]
    assert_gone(result, NUMBER, "Cover me 9999")


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 60, 560, 760)])
def test_boxes_lie_right_on_turned_and_cropped_pages(
    tmp_path: Path, turned: int, crop: tuple[int, ...] | None
) -> None:
    content = (
        b"BT /F 12 Tf 100 700 Td (Before) Tj 80 0 Td (1-2345-67890-12-3) Tj 150 0 Td (After) Tj ET"
    )
    page: dict[str, object] = {"Rotate": turned}
    if crop:
        page["CropBox"] = Array(list(crop))
    source = written(tmp_path / "source.pdf", pdf_of(content, **page))
    boxes = boxes_over(source, NUMBER)

    made = redact_pdf(source, tmp_path / "result.pdf", boxes)

    assert made.covered == (NUMBER,)
    assert len(boxes) == 1
    # Upside down, what was written first stands last.
    read = sorted(text_of(tmp_path / "result.pdf")[0].split())
    assert read == ["After", "Before", "[ปิดทับ]"]
    assert verify_redaction(made.covered, tmp_path / "result.pdf", rules.PDF, boxes) == []


def test_what_lies_outside_of_a_cropped_page_goes_with_it(tmp_path: Path) -> None:
    content = b"BT /F 12 Tf 100 700 Td (Cover) Tj 0 -680 Td (1-2345-67890-12-3) Tj ET"
    source = written(tmp_path / "source.pdf", pdf_of(content, CropBox=Array([0, 400, 600, 800])))
    boxes = [Box(1, 0.1, 0.1, 0.4, 0.4)]

    redact_pdf(source, tmp_path / "result.pdf", boxes)

    assert_gone(tmp_path / "result.pdf", NUMBER)


def test_words_that_nobody_could_see_do_not_come_back_as_text(tmp_path: Path) -> None:
    """White on white, and under a black bar that was drawn for hiding."""
    content = (
        b"BT /F 12 Tf 100 700 Td (Shown) Tj ET 1 g BT /F 12 Tf 100 600 Td (Whitewords) Tj ET 0 g "
        b"BT /F 12 Tf 100 500 Td (Underbar) Tj ET 90 490 200 30 re f BT /F 12 Tf 100 300 Td (Cover) Tj ET"
    )

    result = redacted(tmp_path, pdf_of(content), "Cover")

    assert text_of(result)[0].split() == ["Shown", "[ปิดทับ]"]
    assert_gone(result, "Whitewords", "Underbar")


def test_a_layer_that_is_not_shown_does_not_come_to_light(tmp_path: Path) -> None:
    """Without the file's list of layers, a viewer would show them all."""

    def hide(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="secret layer"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        page = pdf.pages[1]
        page.resources.Properties = Dictionary(L=layer)
        page.resources.Font.Plain = plain_font(pdf)
        page.contents_add(b"/OC /L BDC BT /Plain 12 Tf 100 100 Td (Hidden layer) Tj ET EMC")

    result = redacted(tmp_path, secret_pdf(hide))

    assert OTHER[:20] in text_of(result)[1]
    assert_gone(result, "Hidden layer")


def test_no_font_of_the_original_is_kept_when_every_page_becomes_a_picture(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", secret_pdf())

    made = redact_pdf(
        source, tmp_path / "result.pdf", boxes_over(source, NUMBER), all_as_pictures=True
    )

    assert made.pictures == (1, 2)
    assert text_of(tmp_path / "result.pdf")[1] == OTHER
    assert b"Sarabun" not in everything_in(tmp_path / "result.pdf")


def test_notes_that_are_no_list_are_no_reason_to_fail(tmp_path: Path) -> None:
    def spoil(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.obj.Annots = Dictionary()

    assert_gone(redacted(tmp_path, secret_pdf(spoil)), NUMBER)


def test_an_enormous_page_becomes_a_bounded_picture(tmp_path: Path) -> None:
    content = b"BT /F 200 Tf 1000 7000 Td (Cover me) Tj ET"
    source = written(tmp_path / "source.pdf", pdf_of(content, media=(0, 0, 14_000, 14_000)))

    redact_pdf(source, tmp_path / "result.pdf", boxes_over(source, "Cover me"))

    with pikepdf.open(tmp_path / "result.pdf") as made:
        [picture] = made.pages[0].resources.XObject.values()
        assert int(picture.Width) * int(picture.Height) <= 24_100_000
        assert [float(edge) for edge in made.pages[0].mediabox][2:] == [14_000, 14_000]


def test_a_box_on_a_page_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", secret_pdf())

    with pytest.raises(ValueError, match="page"):
        redact_pdf(source, tmp_path / "result.pdf", [Box(3, 0, 0, 1, 1)])


def test_a_covered_text_on_a_page_without_a_box_is_reported(tmp_path: Path) -> None:
    source = written(tmp_path / "source.pdf", typst_pdf(LINE, f"{OTHER} {DIGITS}"))
    boxes = [box for box in boxes_over(source, NUMBER) if box.page == 1]

    made = redact_pdf(source, tmp_path / "result.pdf", boxes)

    found = verify_redaction(made.covered, tmp_path / "result.pdf", rules.PDF, boxes)
    assert ("still_there", 2) in [(one.kind, one.page) for one in found]


def test_a_change_of_the_samples_is_a_change(tmp_path: Path) -> None:
    """The samples do hold what the tests above seek: in the original it is found."""
    source = written(tmp_path / "source.pdf", changed(secret_pdf(), _properties))

    assert {one.kind for one in verify_redaction(SECRETS, source, rules.PDF)} >= {
        "still_there",
        "in_bytes",
        "left_over",
    }
