"""What is on a page: headings, paragraphs, lists and tables, found in its text and in where its words stand."""

from dataclasses import replace

import pytest

from prongsai.files.rules import PageText, Word
from prongsai.files.structure import Block, blocks_of, may_hold_table

LONG = "เทศบาลขอแจ้งให้ประชาชนทราบว่าจะเก็บขยะชิ้นใหญ่ในวันเสาร์แรกของเดือน"


def printed(*lines: str) -> list[Block]:
    return list(blocks_of(PageText(1, "\n".join(lines)), is_printed=True))


def written(*lines: str) -> list[Block]:
    return list(blocks_of(PageText(1, "\n".join(lines)), is_printed=False))


def paragraph(text: str) -> Block:
    return Block("paragraph", text)


def test_lines_of_a_thai_paragraph_are_joined_without_a_space() -> None:
    assert printed(LONG, LONG, "ขอบคุณ") == [paragraph(LONG + LONG + "ขอบคุณ")]


@pytest.mark.parametrize(
    ("before", "after"), [("Trang City", "Municipality"), ("จำนวน", "5 คน"), ("ปี 2569", "จะเริ่ม")]
)
def test_a_space_stays_where_it_is_not_thai_on_both_sides(before: str, after: str) -> None:
    first = LONG + before
    assert printed(first, after + LONG) == [paragraph(f"{first} {after}{LONG}")]


def test_a_short_line_ends_its_paragraph() -> None:
    assert printed(LONG, "จบ", LONG) == [paragraph(f"{LONG}จบ"), paragraph(LONG)]


def test_an_empty_line_ends_a_paragraph() -> None:
    assert printed(LONG, "", LONG) == [paragraph(LONG), paragraph(LONG)]


def test_lines_of_an_office_document_are_paragraphs_of_their_own() -> None:
    assert written(LONG, LONG) == [paragraph(LONG), paragraph(LONG)]


def test_points_are_never_joined_with_each_other() -> None:
    points = [f"({number}) {LONG}" for number in "๑๒๓"]
    assert printed(*points) == [Block("list", items=tuple(points))]


def test_a_point_goes_on_in_its_next_line() -> None:
    assert printed(f"- {LONG}", LONG, f"- {LONG}") == [
        Block("list", items=(f"- {LONG}{LONG}", f"- {LONG}"))
    ]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "100 บาท",
            "-5 องศา",
            "2569 เป็นปีที่",
            "ก็ตาม",
            "ข้อมูล",
            "๑๖.๐๐ นาฬิกา",
            "16.30 น.",
            "1.5 ล้านบาท",
        ),
        "2.75 เปอร์เซ็นต์",
    ],
)
def test_what_only_looks_like_a_number_is_no_point(text: str) -> None:
    assert written(text) == [paragraph(text)]


def test_the_title_of_a_document_and_of_its_divisions_are_headings() -> None:
    assert printed("ประกาศเทศบาลนครตรัง", LONG, "หมวด ๑ บททั่วไป", LONG) == [
        Block("heading", "ประกาศเทศบาลนครตรัง", 2),
        paragraph(LONG),
        Block("heading", "หมวด ๑ บททั่วไป", 2),
        paragraph(LONG),
    ]


def test_a_numbered_title_over_a_text_is_a_heading_below() -> None:
    assert printed("1. หลักการและเหตุผล", LONG) == [
        Block("heading", "1. หลักการและเหตุผล", 3),
        paragraph(LONG),
    ]


def test_items_of_a_list_are_no_headings_however_short() -> None:
    items = ("1. มีความสามารถ", "2. ไม่เป็นบุคคลล้มละลาย", "3. ไม่อยู่ระหว่างเลิกกิจการ")
    assert printed(LONG, LONG, *items, LONG) == [
        paragraph(LONG * 2),
        Block("list", items=items),
        paragraph(LONG),
    ]


def test_titles_stay_titles_over_points_of_their_own() -> None:
    page = printed("๑. หลักการ", f"๑.๑ {LONG}", f"๑.๒ {LONG}", "๒. เหตุผล", LONG)
    assert [(one.kind, one.text) for one in page] == [
        ("heading", "๑. หลักการ"),
        ("list", ""),
        ("heading", "๒. เหตุผล"),
        ("paragraph", LONG),
    ]


def test_a_printed_page_number_is_set_apart() -> None:
    assert printed("- ๒ -", LONG) == [Block("marker", "- ๒ -"), paragraph(LONG)]


def test_a_number_in_the_middle_is_not_a_page_number() -> None:
    assert [one.kind for one in printed(LONG, "", "12", "", LONG)] == ["paragraph"] * 3


def test_rows_with_tabs_are_a_table_with_a_head() -> None:
    assert written("รายการ\tบาท", "ถังขยะ\t1,200", "รถเข็น") == [
        Block("table", rows=(("รายการ", "บาท"), ("ถังขยะ", "1,200")), has_head=True),
        paragraph("รถเข็น"),
    ]


def test_a_table_of_numbers_has_no_head_and_shorter_rows_are_filled() -> None:
    assert written("1\t2\t3", "4\t5") == [Block("table", rows=(("1", "2", "3"), ("4", "5", "")))]


def test_a_row_may_begin_with_an_empty_cell() -> None:
    assert written("ก\tข", "\tค") == [Block("table", rows=(("ก", "ข"), ("", "ค")), has_head=True)]


def test_paragraphs_that_are_set_in_by_a_tab_are_no_table() -> None:
    assert written(f"\t{LONG}", f"\t{LONG}") == [paragraph(LONG), paragraph(LONG)]


def test_set_in_paragraphs_and_points_of_a_written_document_are_no_table() -> None:
    points = ("\t๑.\tมีความสามารถ", "\t๒.\tไม่ล้มละลาย")
    assert written(f"\t{LONG}", *points) == [
        paragraph(LONG),
        Block("list", items=("๑. มีความสามารถ", "๒. ไม่ล้มละลาย")),
    ]


def seen(*rows: list[tuple[str, float, float]], heights: tuple[float, ...] = ()) -> PageText:
    """A page as a reader of pictures gives it: words with their left and right edges, row by row."""
    text, words = "", []
    for place, row in enumerate(rows):
        top = 0.1 + 0.03 * place
        height = heights[place] if heights else 0.02
        text += "\n" if text else ""
        for word, left, right in row:
            text += " " if text and not text.endswith("\n") else ""
            words.append(Word(len(text), len(text) + len(word), left, top, right, top + height))
            text += word
    return PageText(1, text, "ocr", 0.9, words=tuple(words))


def test_words_in_columns_are_a_table() -> None:
    page = seen(
        [("ลำดับ", 0.1, 0.15), ("รายการ", 0.2, 0.3), ("บาท", 0.65, 0.7)],
        [("1", 0.1, 0.11), ("ถัง", 0.2, 0.24), ("ขยะ", 0.25, 0.3), ("900", 0.66, 0.7)],
        [("2", 0.1, 0.11), ("รถเข็น", 0.2, 0.35), ("12,000", 0.6, 0.7)],
    )
    rows = (("ลำดับ", "รายการ", "บาท"), ("1", "ถัง ขยะ", "900"), ("2", "รถเข็น", "12,000"))
    assert blocks_of(page, is_printed=True) == (Block("table", rows=rows, has_head=True),)


def test_rows_of_a_text_layer_may_stand_apart() -> None:
    rows = [[(f"{n}", 0.1, 0.11), ("ถัง", 0.2, 0.24), (f"{n}00", 0.66, 0.7)] for n in range(1, 5)]
    page = replace(seen(*rows[:2], [], *rows[2:]), source="text")
    [table] = blocks_of(page, is_printed=True)
    assert [row[0] for row in table.rows] == ["1", "2", "3", "4"]


def test_a_row_may_lack_cells_and_names_of_columns_may_stand_in_their_middle() -> None:
    page = seen(
        [("ที่", 0.1, 0.12), ("รายการ", 0.3, 0.4), ("จำนวน", 0.62, 0.68), ("บาท", 0.8, 0.85)],
        [("1", 0.1, 0.11), ("ถัง", 0.2, 0.24), ("12", 0.58, 0.6), ("900", 0.86, 0.9)],
        [("2", 0.1, 0.11), ("รถเข็น", 0.2, 0.35), ("3", 0.58, 0.59), ("12,000", 0.83, 0.9)],
        [("รวม", 0.2, 0.25), ("12,900", 0.83, 0.9)],
    )
    [table] = blocks_of(page, is_printed=True)
    assert (table.rows[0], table.rows[-1]) == (
        ("ที่", "รายการ", "จำนวน", "บาท"),
        ("", "รวม", "", "12,900"),
    )


@pytest.mark.parametrize(
    "third",
    [
        [("2", 0.1, 0.11), ("รถเข็น", 0.4, 0.55)],
        [("2", 0.1, 0.11), ("รถ", 0.2, 0.3), ("900", 0.66, 0.7)],
    ],
    ids=["out of line", "one cell more"],
)
def test_what_does_not_stand_in_columns_stays_text(third: list[tuple[str, float, float]]) -> None:
    rows = [[("1", 0.1, 0.11), ("ถัง", 0.2, 0.24)], [("5", 0.1, 0.11), ("ถุง", 0.2, 0.24)]]
    assert "table" not in {one.kind for one in blocks_of(seen(*rows, third), is_printed=True)}


def test_points_whose_text_stands_apart_from_their_numbers_are_no_table() -> None:
    rows = [[(f"({n})", 0.1, 0.12), ("ถัง", 0.2, 0.24), ("ขยะ", 0.245, 0.3)] for n in "๑๒๓"]
    [points] = blocks_of(seen(*rows), is_printed=True)
    assert points == Block("list", items=tuple(f"({n}) ถัง ขยะ" for n in "๑๒๓"))


@pytest.mark.parametrize("number", ["1.", "1.2", "1.2.3", "๑.๒", "(๑)", "ก.", "(ข)", "ข้อ ๑", "-"])
def test_every_usual_way_of_numbering_makes_a_point(number: str) -> None:
    text = f"{number} ถังขยะ และรถเข็นสำหรับชุมชน"
    assert written(text, text) == [Block("list", items=(text, text))]


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("ที่ รายการ บาท\n1 ถัง 900\n2 รถเข็น 12,000", True),
        ("ที่ รายการ บาท\n\n1 ถัง 900\n\n2 รถเข็น 12,000", True),
        ("ด้วยเทศบาล 2569\nจะดำเนินการ\nต่อไป 5", False),
        ("", False),
    ],
)
def test_only_pages_with_rows_of_numbers_are_looked_at_for_tables(text: str, may: bool) -> None:
    assert may_hold_table(text) is may


def test_two_lines_in_columns_are_not_enough() -> None:
    rows = [[("ชื่อ", 0.1, 0.2), ("ตำแหน่ง", 0.5, 0.6)]] * 2
    assert "table" not in {one.kind for one in blocks_of(seen(*rows), is_printed=True)}


def test_a_larger_line_is_a_heading() -> None:
    page = seen(
        *([(word, 0.1, 0.3)] for word in ("งบประมาณ", LONG, LONG)), heights=(0.04, 0.02, 0.02)
    )
    assert blocks_of(page, is_printed=True)[0] == Block("heading", "งบประมาณ", 2)


def lines_of(*lines: tuple[str, float]) -> PageText:
    """One word a line, each with its height."""
    return seen(
        *([(text, 0.1, 0.9)] for text, _height in lines),
        heights=tuple(height for _text, height in lines),
    )


def test_a_line_whose_text_goes_on_is_no_heading_however_high_its_marks_are() -> None:
    page = lines_of((LONG, 0.03), (LONG, 0.02), ("ดังนี้", 0.02), ("๑", 0.02))
    assert blocks_of(page, is_printed=True)[0] == paragraph(f"{LONG}{LONG}ดังนี้")


def test_a_wider_step_parts_paragraphs_of_full_lines() -> None:
    words = [
        Word(
            place * (len(LONG) + 1), place * (len(LONG) + 1) + len(LONG), 0.1, top, 0.9, top + 0.02
        )
        for place, top in enumerate((0.1, 0.13, 0.16, 0.21, 0.24))
    ]
    page = PageText(1, "\n".join([LONG] * 5), "ocr", 0.9, words=tuple(words))
    assert blocks_of(page, is_printed=True) == (paragraph(LONG * 3), paragraph(LONG * 2))


def test_what_stands_below_the_text_is_no_heading() -> None:
    page = lines_of((LONG, 0.02), ("(นายทดสอบ ระบบดี)", 0.02), ("นายกเทศมนตรี", 0.04))
    assert "heading" not in {one.kind for one in blocks_of(page, is_printed=True)}


PAGES = [
    PageText(1, text)
    for text in (
        "", "\n\n", "a\tb\n\tc\n\n\td", "ข้อ ๑ ก\nข้อ ๒ ข", "1.\n2.\n", "\t", " \t ",
        f"- ๒ -\n{LONG}\n\n1. ก\n{LONG}\nก.\tข\nค.\tง\n- ๓ -",
    )
]  # fmt: skip


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
@pytest.mark.parametrize("is_printed", [True, False])
def test_no_letter_is_lost_or_added(page: PageText, is_printed: bool) -> None:
    blocks = blocks_of(page, is_printed=is_printed)
    said = [
        text
        for one in blocks
        for text in (one.text, *one.items, *(cell for row in one.rows for cell in row))
    ]
    assert "".join("".join(said).split()) == "".join(page.text.split())


def test_a_block_says_in_json_what_a_template_needs() -> None:
    heading, points, table = (
        Block("heading", "หมวด ๑", 2),
        Block("list", items=("- ก",)),
        Block("table", rows=(("ก", "ข"),), has_head=True),
    )
    assert [one.to_json() for one in (heading, points, table, paragraph("ก"))] == [
        {"kind": "heading", "text": "หมวด ๑", "level": 2},
        {"kind": "list", "items": ["- ก"]},
        {"kind": "table", "rows": [["ก", "ข"]], "has_head": True},
        {"kind": "paragraph", "text": "ก"},
    ]
