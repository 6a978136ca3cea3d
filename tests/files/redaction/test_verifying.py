"""A covered text is found in whatever way it is still there; and only then."""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageDraw

from prongsai.files import rules
from prongsai.files.locating import Box
from prongsai.files.redaction.image import redact_image
from prongsai.files.redaction.problems import CONFIRMABLE, SENTENCES
from prongsai.files.redaction.rules import Problem
from prongsai.files.redaction.seeking import Seeker, Sought, masked
from prongsai.files.redaction.verifying import verify_redaction
from prongsai.files.rules import PageText, Word
from tests.files.redaction.samples import DIGITS, NUMBER, PERSON, changed, pdf_of, written
from tests.files.samples import photograph, typst_pdf

CLEAN = b"BT /F 12 Tf 50 700 Td (Nothing to see) Tj ET"


@dataclass(frozen=True)
class Seen:
    text: str


def kinds(path: Path, *covered: str, media_type: str = rules.PDF, **options: object) -> set[str]:
    found = verify_redaction(covered, path, media_type, **options)  # type: ignore[arg-type]
    return {one.kind for one in found}


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        DIGITS,
        "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๓",
        "๑๒๓๔๕๖๗๘๙๐๑๒๓",
        "1 2345 67890 12 3",
        "1-2345-\n67890-12-3",
        "1.2345.67890.12.3",
        "1\u200b2345\u00a067890123",
        "3210987654321",
    ],
)
def test_a_number_is_found_in_any_spelling(text: str) -> None:
    assert Seeker([NUMBER]).in_text(f"ก่อน {text} หลัง") == [Sought(NUMBER)]


@pytest.mark.parametrize("text", [PERSON, "สมหมายใจงาม", "สมหมาย\nใจงาม", "นายสมหมาย  ใจงามฯ"])
def test_a_name_is_found_across_spaces_and_lines(text: str) -> None:
    assert Seeker([PERSON]).in_text(text) == [Sought(PERSON)]


@pytest.mark.parametrize(
    ("covered", "text"),
    [
        (NUMBER, "1-2345-67890-12-4"),
        ("สม", "สมหมาย"),
        ("12345", "งบ 1234567 บาท"),
        ("5000", "500 0"),
        ("", "อะไรก็ได้"),
    ],
)
def test_what_is_another_or_too_short_to_tell_is_not_taken_for_it(covered: str, text: str) -> None:
    assert Seeker([covered]).in_text(text) == []


def test_a_short_number_that_stands_elsewhere_is_shown_to_be_confirmed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(b"BT /F 12 Tf 50 700 Td (House 4321 road) Tj ET"))

    assert kinds(path, "4321") == {"short_still_there"}
    assert kinds(path, "4321") <= CONFIRMABLE


def test_of_many_thousands_each_is_found_as_one_would_be() -> None:
    covered = [f"{number:013}" for number in range(1_000_000, 1_006_000)]
    text = "ก ".join(covered[::1000]) + "9" * 200_000

    seeker = Seeker(covered)

    assert [one.text for one in seeker.in_text(text)] == covered[::1000]
    assert [one.text for one in seeker.in_bytes(text.encode())] == covered[::1000]


@pytest.mark.parametrize("text", ["บ้านเลขที่ 43/21", "4321-7", "ที่ 1-4321", "๔๓๒๑"])
def test_a_short_number_by_itself_is_found(text: str) -> None:
    assert Seeker(["4321"]).in_text(text) == [Sought("4321")]


def test_nothing_is_found_in_a_clean_file(tmp_path: Path) -> None:
    assert kinds(written(tmp_path / "a.pdf", pdf_of(CLEAN)), NUMBER, PERSON) == set()


@pytest.mark.parametrize(
    "content",
    [
        b"[(1-2) 200 (345) -5000 (-67890) (-12-3)] TJ",
        b"(1-2345-6) Tj 90 0 Td (7890-12-3) Tj",
        b"<312D323334352D36373839302D31322D33> Tj",
        b"(1-2345-67890-12-3) Tj",
        b"3 Tr (1-2345-67890-12-3) Tj",
        b"/Span <</ActualText (1-2345-67890-12-3)>> BDC (x) Tj EMC",
        b"(3-21-09876-5432-1) Tj",
    ],
)
def test_text_is_found_however_the_page_writes_it(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(b"BT /F 12 Tf 50 700 Td " + content + b" ET"))

    assert kinds(path, NUMBER) >= {"in_bytes"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-be", "utf-16-le", "cp874"])
@pytest.mark.parametrize("secret", [PERSON, NUMBER, "๑๒๓๔๕๖๗๘๙๐๑๒๓"])
def test_a_packed_stream_that_nobody_draws_is_unpacked_and_read(
    tmp_path: Path, encoding: str, secret: str
) -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        packed = zlib.compress(b"\x01\x02" + secret.encode(encoding))
        stream = pikepdf.Stream(pdf, packed, Filter=Name.FlateDecode)
        pdf.pages[0].resources.XObject = Dictionary(X=stream)

    path = written(tmp_path / "a.pdf", changed(pdf_of(CLEAN), hide))

    assert "in_bytes" in kinds(path, secret)


def test_a_form_that_no_page_draws_is_read(tmp_path: Path) -> None:
    def hide(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"BT /F 9 Tf (1-2345-) Tj (67890-12-3) Tj ET")
        form.Subtype, form.Resources = Name.Form, pdf.pages[0].obj.Resources
        pdf.pages[0].resources.XObject = Dictionary(X=form)

    assert "in_bytes" in kinds(written(tmp_path / "a.pdf", changed(pdf_of(CLEAN), hide)), NUMBER)


def test_a_thai_name_in_the_text_of_another_page_is_found(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", typst_pdf("หน้าแรก", f"ถึง{PERSON}และคณะ"))

    assert Problem("still_there", 2, excerpt=masked(PERSON)) in verify_redaction(
        [PERSON], path, rules.PDF
    )


def test_a_second_history_and_notes_have_no_place_in_a_result(tmp_path: Path) -> None:
    def note(pdf: pikepdf.Pdf) -> None:
        rest = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([0, 0, 9, 9]))
        pdf.pages[0].obj.Annots = Array([rest])

    assert kinds(written(tmp_path / "a.pdf", changed(pdf_of(CLEAN), note))) == {"left_over"}
    assert "left_over" in kinds(written(tmp_path / "b.pdf", pdf_of(CLEAN) + b"\n%%EOF\n"))


def test_a_file_that_does_not_open_is_a_problem_and_not_a_pass(tmp_path: Path) -> None:
    assert kinds(written(tmp_path / "a.pdf", b"%PDF-1.7\n%%EOF"), NUMBER) == {"unreadable"}


def test_a_box_that_is_not_black_and_text_under_it_are_found(tmp_path: Path) -> None:
    path = written(tmp_path / "a.pdf", pdf_of(CLEAN))

    found = kinds(path, boxes=[Box(1, 0.05, 0.1, 0.3, 0.15)])

    assert found == {"not_black", "under_box"}


def test_what_a_reader_of_pictures_still_reads_is_found(tmp_path: Path) -> None:
    content = b"0 g 0 600 600 200 re f"
    path = written(tmp_path / "a.pdf", pdf_of(content))
    boxes = [Box(1, 0, 0, 1, 0.25)]

    assert kinds(path, NUMBER, boxes=boxes, recognise=lambda _: Seen("ว่าง")) == set()
    assert kinds(path, NUMBER, boxes=boxes, recognise=lambda _: Seen(f"เลข {DIGITS}")) == {
        "still_read"
    }


@pytest.mark.parametrize("media_type", sorted(rules.IMAGES))
def test_a_picture_loses_what_lies_under_its_boxes(tmp_path: Path, media_type: str) -> None:
    picture = Image.new("RGB", (600, 400), (250, 240, 230))
    ImageDraw.Draw(picture).text((60, 100), NUMBER, fill=(10, 10, 90), font_size=40)
    source, target = tmp_path / "a", tmp_path / "b"
    picture.save(source, media_type.partition("/")[2])
    box = Box(1, 0.09, 0.22, 0.75, 0.4)
    page = PageText(1, NUMBER, "ocr", 0.9, (), (Word(0, 17, 0.1, 0.25, 0.7, 0.38),))

    made = redact_image(source, target, [box], media_type, page)

    assert made.covered == (NUMBER,)
    assert kinds(target, NUMBER, media_type=media_type, boxes=[box]) == set()
    with Image.open(target) as result:
        assert result.convert("RGB").getpixel((300, 120)) == (0, 0, 0)
        assert result.convert("L").getpixel((300, 300)) > 200


def test_a_box_lies_right_on_a_photograph_that_was_held_upright(tmp_path: Path) -> None:
    source = written(tmp_path / "a.jpg", photograph())

    redact_image(source, tmp_path / "b.jpg", [Box(1, 0, 0, 1, 0.5)], rules.JPEG)

    with Image.open(tmp_path / "b.jpg") as result:
        assert (result.size, len(result.getexif())) == ((20, 30), 0)
        assert result.convert("L").getpixel((10, 5)) < 40
        assert result.convert("L").getpixel((10, 25)) > 60


def test_what_a_picture_hides_behind_transparency_does_not_stay(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (60, 40), (200, 30, 30, 0))
    picture.save(tmp_path / "a.png")

    redact_image(tmp_path / "a.png", tmp_path / "b.png", [Box(1, 0, 0, 0.5, 1)], rules.PNG)

    with Image.open(tmp_path / "b.png") as result:
        assert sorted(colour for _, colour in result.getcolors()) == [(0, 0, 0), (255, 255, 255)]


def test_a_scan_of_sixteen_bits_stays_legible(tmp_path: Path) -> None:
    picture = Image.new("I;16", (60, 40), 50_000)
    picture.save(tmp_path / "a.png")

    redact_image(tmp_path / "a.png", tmp_path / "b.png", [Box(1, 0, 0, 0.5, 1)], rules.PNG)

    with Image.open(tmp_path / "b.png") as result:
        assert result.getcolors() == [(1200, 0), (1200, 195)]


def test_exif_is_a_problem(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jpg", photograph())

    assert kinds(path, media_type=rules.JPEG) == {"left_over"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp874"])
def test_plain_text_is_decoded_and_read(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "a.csv", f"ชื่อ,เลข\nนาย,{NUMBER}\n".encode(encoding))

    assert "still_there" in kinds(path, DIGITS, media_type=rules.CSV)


def test_every_problem_has_a_sentence_and_says_nothing_that_was_covered() -> None:
    problems = [Problem(kind, 2, "object 7", masked(PERSON)) for kind in SENTENCES]

    for one in problems:
        said = str(SENTENCES[one.kind]).format(
            excerpt=one.excerpt, where=one.where, place=f"หน้า {one.page}"
        )
        assert said
        assert PERSON not in said


def test_the_excerpt_tells_one_from_another_and_no_more() -> None:
    assert [masked(text) for text in (PERSON, "ก", f"{NUMBER}\n{NUMBER}")] == [
        "ส•••••••••••",
        "ก",
        "1••••••••••••",
    ]


def test_bytes_are_not_looked_at_for_what_could_be_there_by_chance() -> None:
    assert Sought("4321").bytes_forms == ()
    assert io.BytesIO(b"".join(Sought(NUMBER).bytes_forms)).read(1)
