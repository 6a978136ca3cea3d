import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Object

from prongsai.letters.documents import Announcement, Clause, Letter, Memorandum, Section, Signatory
from prongsai.letters.render import CannotSet, render
from tests.effort import is_done_within
from tests.files.archival import complaints

Pages = Callable[[Letter], list[str]]

NOBODY = Signatory("", "")
BLANK = Announcement("", "", None, NOBODY)
MARKUP = '#read("/etc/passwd") $x$ [a] *b* _c_ `d` <e> @f \\g "h" -- // /* = #{panic()}'
CONSONANTS = "กขคงจชญฎฐดตทนบปผฝพฟมยรลวศสหฬอฮ"
UPPER, LOWER, TONES = "ัิีึื", "ุู", ("", "่", "้", "๊", "๋", "์")


def lines(pages: list[str]) -> list[str]:
    return "\n".join(pages).splitlines()


def tags(pdf: bytes) -> set[str]:
    """The kinds of structure that a screen reader finds."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found: set[str] = set()
        open_ends: list[Object] = [document.Root.StructTreeRoot]
        while open_ends:
            node = open_ends.pop()
            if isinstance(node, Dictionary):
                found.add(str(node.get("/S", "")))
                open_ends.append(node.get("/K", Dictionary()))
            elif isinstance(node, Array):
                open_ends.extend(node)
    return found


def test_an_announcement_says_everything_in_order(
    announcement: Announcement, pages_of: Pages
) -> None:
    read = lines(pages_of(announcement))

    assert read[:4] == [
        "ประกาศเทศบาลนครตัวอย่าง",
        "เรื่อง มาตรการเผยแพร่ข้อมูลผ่านเว็บไซต์",
        "เพื่อให้ประชาชนทราบข้อมูลตามมาตรา ๗ จึงประกาศดังนี้",
        "๑. หลักเกณฑ์",
    ]
    assert read[4:7] == [
        "๑.๑ ข้อมูลต้องไม่กระทบต่อความมั่นคง",
        "๑.๑.๑ ทั้งนี้ให้ตรวจทานก่อน",
        "๒. ให้หน่วยงานต่อไปนี้รับผิดชอบ",
    ]
    assert "ประกาศ ณ วันที่ ๒๖ เมษายน พ.ศ. ๒๕๖๔" in read
    assert read[-2].strip() == "รองนายกเทศมนตรี"
    assert read[-1] == "รักษาราชการแทน นายกเทศมนตรีนครตัวอย่าง"


def test_a_table_reads_row_by_row(announcement: Announcement, pages_of: Pages) -> None:
    read = lines(pages_of(announcement))

    assert "๑ งานเทคโนโลยีสารสนเทศ ๑๒,๕๐๐.๐๐" in read
    assert "๒ สำนักปลัดเทศบาล ๘๐๐.๐๐" in read


def test_a_memorandum_says_everything(memorandum: Memorandum, pages_of: Pages) -> None:
    read = " ".join(lines(pages_of(memorandum)))

    for part in (
        "บันทึกข้อความ",
        "ที่ ตง ๕๒๐๐๘/๓๐๖",
        "วันที่ ๒๓ เมษายน ๒๕๖๔",
        "เรื่อง ขออนุมัติมาตรการ",
        "เรียน นายกเทศมนตรีนครตัวอย่าง",
        "๑. เห็นควรอนุมัติ",
        "จึงเรียนมาเพื่อโปรดพิจารณา",
        "(นางสาวสมหญิง ทดลองงาน)",
        "เรียน ปลัดเทศบาล เห็นควรอนุมัติ",
        "๒๔ เมษายน ๒๕๖๔",
    ):
        assert part in read
    assert "๐ ๗๕๐๐ ๐๐๐๐" in read


@pytest.mark.parametrize("marks", [*UPPER, *LOWER, "็", "ำ", ""])
def test_every_consonant_with_its_marks_is_read_as_it_was_written(
    marks: str, pages_of: Pages
) -> None:
    words = [
        f"น{letter}{tone}{marks}น" if marks in ("ำ", "") else f"น{letter}{marks}{tone}น"
        for letter in CONSONANTS
        for tone in TONES
        if not (marks == "ำ" and tone == "์")
    ]

    first_page = pages_of(replace(BLANK, paragraphs=(" ".join(words),)))[0]

    assert "".join(words) in "".join(first_page.split())


def test_spaces_between_words_with_marks_are_kept(pages_of: Pages) -> None:
    words = "สมมุติ ตัวอย่าง ดีที่ ปู่ สู้ ปี่ ปั่น น้ำ ค่ำ"

    assert words in lines(pages_of(replace(BLANK, paragraphs=(words,))))


def test_a_file_breaks_no_rule_of_archives_that_can_be_asked(
    announcement: Announcement, tmp_path: Path
) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(render(announcement))
    assert complaints(path) == []


def test_a_file_is_made_to_be_kept_and_read_aloud(announcement: Announcement) -> None:
    with pikepdf.open(BytesIO(render(announcement))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == "th-TH"
        assert str(document.docinfo[Name.Title]) == (
            "ประกาศเทศบาลนครตัวอย่าง เรื่อง มาตรการเผยแพร่ข้อมูลผ่านเว็บไซต์"
        )


def test_headings_and_tables_are_tagged(announcement: Announcement) -> None:
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= tags(render(announcement))


@pytest.mark.parametrize("name", ["announcement", "memorandum"])
def test_the_same_letter_gives_the_same_bytes(name: str, request: pytest.FixtureRequest) -> None:
    letter: Letter = request.getfixturevalue(name)

    assert render(letter) == render(letter)


def test_one_page_takes_less_than_300_milliseconds_of_the_processor(
    memorandum: Memorandum,
) -> None:
    assert is_done_within(0.3, lambda: render(memorandum))


def test_pages_after_the_first_are_numbered_in_thai(pages_of: Pages) -> None:
    first, second, third, *_ = pages_of(replace(BLANK, paragraphs=("ข้อความ",) * 100))

    assert "-๑-" not in first
    assert "-๒-" in second
    assert "-๓-" in third


def test_a_page_is_a4_with_the_official_margins(pages_of: Pages) -> None:
    letter = replace(BLANK, paragraphs=("ข้อมูลข่าวสาร " * 200,))

    with pikepdf.open(BytesIO(render(letter))) as document:
        box = [round(float(edge)) for edge in document.pages[0].MediaBox]

    assert box == [0, 0, 595, 842]


def test_text_is_never_read_as_markup(pages_of: Pages) -> None:
    letter = Announcement(MARKUP, MARKUP, None, Signatory(MARKUP, MARKUP, MARKUP), (MARKUP,))

    read = " ".join(lines(pages_of(letter)))

    assert read.count('#read("/etc/passwd")') == 6
    assert "root:" not in read


@pytest.mark.parametrize("line", ["= หัวข้อ", "- รายการ", "+ ลำดับ", "/ คำ: ความ", "~ ไม่ใช่ช่องว่าง"])
def test_a_line_that_looks_like_markup_stays_a_line(line: str, pages_of: Pages) -> None:
    assert line in lines(pages_of(replace(BLANK, paragraphs=(line,))))


def test_what_is_invisible_is_not_set(pages_of: Pages) -> None:
    hidden = "ก\u202eข\u200bค\x00ง\u00ad\u2066จ\ud800"

    assert "กขคงจ" in lines(pages_of(replace(BLANK, paragraphs=(hidden,))))


def test_other_scripts_and_form_signs_have_a_glyph(pages_of: Pages) -> None:
    text = "Tiếng Việt ລາວ αβγ Привет ☐ ✓ → ≤ ½ ฿ € •"

    assert text in " ".join(lines(pages_of(replace(BLANK, paragraphs=(text,)))))


@pytest.mark.parametrize(
    ("text", "characters", "shown"),
    [("ยินดี 😀", "😀", "😀"), ("漢字", "漢字", "漢 字"), ("\uf0fe รายการ", "\uf0fe", "U+F0FE")],
)
def test_a_character_without_a_glyph_is_named(text: str, characters: str, shown: str) -> None:
    with pytest.raises(CannotSet, match="โปรดลบหรือพิมพ์เป็นคำแทน") as refused:
        render(replace(BLANK, subject=text))

    assert refused.value.characters == characters
    assert shown in str(refused.value)


def test_a_word_longer_than_a_pdf_string_is_refused() -> None:
    with pytest.raises(CannotSet, match="โปรดแบ่งเป็นย่อหน้า"):
        render(replace(BLANK, paragraphs=("-" * 100_000,)))


def test_a_run_without_any_word_is_broken_somewhere(pages_of: Pages) -> None:
    pages = pages_of(replace(BLANK, paragraphs=("(ก" * 400,)))

    assert "".join("".join(pages).split()).count("(ก") == 400


def test_a_hundred_kilobytes_of_text_are_set_in_seconds(pages_of: Pages) -> None:
    began = time.process_time()

    pages = pages_of(replace(BLANK, paragraphs=("เทศบาลประกาศ " * 2_800,)))

    assert time.process_time() - began < 10
    assert "".join(pages).replace("\r\n", "").count("เทศบาล") >= 2_700


@pytest.mark.parametrize(
    "letter",
    [BLANK, Memorandum("", "", "", None, "", "", NOBODY, (Section(),))],
    ids=["ประกาศ", "บันทึก"],
)
def test_a_letter_of_empty_fields_is_one_page(letter: Letter, pages_of: Pages) -> None:
    assert len(pages_of(letter)) == 1


def test_an_empty_clause_keeps_its_number(pages_of: Pages) -> None:
    read = lines(pages_of(replace(BLANK, clauses=(Clause(), Clause("มีข้อความ")))))

    assert {"๑.", "๒. มีข้อความ"} <= {line.strip() for line in read}


def test_a_long_address_stays_on_the_page(pages_of: Pages) -> None:
    address = "https://example.go.th/" + "a" * 200

    with pikepdf.open(BytesIO(render(replace(BLANK, paragraphs=(address,))))):
        read = "".join(pages_of(replace(BLANK, paragraphs=(address,)))[0].split())

    assert address in read.replace("\u200b", "")


def test_a_short_last_clause_moves_on_with_the_signature(pages_of: Pages) -> None:
    clauses = tuple(Clause(f"ข้อความที่ {number}") for number in range(1, 26))
    counts = [
        pages_of(replace(BLANK, signatory=Signatory("ผู้ลงนาม", "ตำแหน่ง"), clauses=clauses[:length]))
        for length in range(16, 26)
    ]

    broken = [pages[1] for pages in counts if len(pages) == 2]

    assert broken
    assert all("ข้อความที่" in page for page in broken)


def test_the_template_folder_is_all_that_templates_can_read(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("ความลับ", "utf-8")

    pdf = render(replace(BLANK, paragraphs=(f'#read("{outside}")',)))

    assert "ความลับ".encode("utf-16-be") not in pdf
