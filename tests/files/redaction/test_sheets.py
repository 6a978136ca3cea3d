"""Tables come out with the values that were seen and not covered, and with nothing else."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName

from prongsai.files import office_text, reading, rules, sniffing
from prongsai.files.redaction.grid import CannotRedact, cells_of_letters
from prongsai.files.redaction.questions import Cover
from prongsai.files.redaction.sheet_reading import read_sheets
from prongsai.files.redaction.sheets import redact_cells, write_csv
from prongsai.files.redaction.verifying import verify_redaction
from prongsai.files.rules import PageText
from tests.files.redaction.samples import DIGITS, NUMBER, PERSON, written
from tests.files.samples import with_entry

HEAD = ["ลำดับ", "ชื่อ", "เลขบัตร", "เบี้ยยังชีพ"]


def welfare_list() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "ผู้สูงอายุ"
    for row in (HEAD, [1, PERSON, int(DIGITS), 700.0], [2, "สมศรี", 9876543210123, 600]):
        sheet.append(row)
    return book


def saved(path: Path, book: openpyxl.Workbook) -> Path:
    target = io.BytesIO()
    book.save(target)
    return written(path, target.getvalue())


def rows_of(path: Path, sheet: int = 0) -> list[list[object]]:
    book = openpyxl.load_workbook(path)
    return [list(row) for row in book.worksheets[sheet].iter_rows(values_only=True)]


def test_a_column_is_covered_from_the_row_below_its_head(tmp_path: Path) -> None:
    source, target = saved(tmp_path / "a.xlsx", welfare_list()), tmp_path / "b.xlsx"

    made = redact_cells(source, target, [Cover(1, column=3, from_row=2)], rules.XLSX)

    assert rows_of(target) == [HEAD, [1, PERSON, "█████", 700], [2, "สมศรี", "█████", 600]]
    assert made.covered == (DIGITS, "9876543210123")
    assert verify_redaction(made.covered, target, rules.XLSX) == []


def covers_of(path: Path, kind: str, page: PageText, start: int, end: int) -> tuple[Cover, ...]:
    """The cells in which a span of a sheet's text lies."""
    cells = cells_of_letters(read_sheets(path, kind)[page.number - 1], page.text)[start:end]
    return tuple(Cover(page.number, *cell) for cell in sorted(filter(None, set(cells))))


def test_the_cell_of_a_finding_is_covered(tmp_path: Path) -> None:
    source, target = saved(tmp_path / "a.xlsx", welfare_list()), tmp_path / "b.xlsx"
    [page, *_] = office_text.read_office(source, rules.XLSX)
    start = page.text.index(DIGITS)

    covers = covers_of(source, rules.XLSX, page, start, start + len(DIGITS))

    assert covers == (Cover(1, 2, 3),)
    redact_cells(source, target, covers, rules.XLSX)
    assert rows_of(target)[1] == [1, PERSON, "█████", 700]


def test_what_the_original_hides_is_not_in_the_result(tmp_path: Path) -> None:
    book = welfare_list()
    sheet = book.worksheets[0]
    sheet["A2"].comment = Comment(f"โทรหา {PERSON}", "ผู้เขียนลับ")
    sheet["F1"], sheet["F2"] = "หมายเหตุ", "ความลับในคอลัมน์"
    sheet.column_dimensions["F"].hidden = True
    sheet.append([3, "คนในแถวที่ซ่อน", 1, 1])
    sheet.row_dimensions[4].hidden = True
    book.create_sheet("ลับมาก").append(["ความลับในแผ่น"])
    book.worksheets[1].sheet_state = "hidden"
    book.defined_names["ชื่อลับ"] = DefinedName("ชื่อลับ", attr_text='"ความลับในชื่อ"')
    book.properties.creator = "ผู้เขียนลับ"
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    redact_cells(source, target, [Cover(1, 2, 2)], rules.XLSX)

    hidden = (PERSON, "ผู้เขียนลับ", "ความลับในคอลัมน์", "คนในแถวที่ซ่อน", "ความลับในแผ่น", "ความลับในชื่อ")
    assert verify_redaction(hidden, target, rules.XLSX) == []
    assert len(rows_of(target)) == 3


def test_what_stands_behind_a_hidden_column_moves_into_its_place(tmp_path: Path) -> None:
    book = welfare_list()
    book.worksheets[0].column_dimensions["C"].hidden = True
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    redact_cells(source, target, [], rules.XLSX)

    assert rows_of(target) == [["ลำดับ", "ชื่อ", "เบี้ยยังชีพ"], [1, PERSON, 700], [2, "สมศรี", 600]]


def test_numbers_dates_bold_heads_widths_and_merges_are_kept(tmp_path: Path) -> None:
    book = welfare_list()
    sheet = book.worksheets[0]
    sheet["A1"].font = Font(bold=True)
    sheet["E2"] = date(2026, 4, 26)
    sheet["D2"].number_format = "#,##0.00"
    sheet.column_dimensions["B"].width = 31
    sheet.merge_cells("A5:D5")
    sheet["A5"] = "รวมทั้งสิ้น"
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    redact_cells(source, target, [], rules.XLSX)

    made = openpyxl.load_workbook(target).worksheets[0]
    assert made["A1"].font.b
    assert made["E2"].value.date() == date(2026, 4, 26)
    assert made["D2"].number_format == "#,##0.00"
    assert made.column_dimensions["B"].width == 31
    assert [str(span) for span in made.merged_cells.ranges] == ["A5:D5"]


@pytest.mark.parametrize(
    ("form", "kept"),
    [
        (f'[=1]"{PERSON}";0', "General"),
        (f'0.0 "{PERSON}"', "0.0 "),
        (r"0\ส\ม\ช\า\ย", "0"),
        (f"[${PERSON}-41E] #,##0", "[$-41E] #,##0"),
        ("0_1_1_0*1", "0"),
        (f"0{PERSON}", "General"),
        ("[$" * 2_000, "General"),
        ('_-[$฿-41E]* #,##0.00" บาท"_-;[Red](0.0)', '_-[$฿-41E]* #,##0.00" บาท"_-;[Red](0.0)'),
        ("[$-107041E]d mmmm bbbb", "[$-107041E]d mmmm bbbb"),
        ("0%", "0%"),
    ],
)
def test_no_form_of_a_number_says_who_is_covered_elsewhere(
    tmp_path: Path, form: str, kept: str
) -> None:
    book = welfare_list()
    book.worksheets[0]["A3"].number_format = form
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    made = redact_cells(source, target, [Cover(1, 2, 2)], rules.XLSX)

    assert openpyxl.load_workbook(target).worksheets[0]["A3"].number_format == kept
    assert verify_redaction(made.covered, target, rules.XLSX) == []


def test_lines_grounds_and_places_of_a_table_are_kept_where_black_letters_can_be_read(
    tmp_path: Path,
) -> None:
    book, line = welfare_list(), Side("thin")
    sheet = book.worksheets[0]
    sheet["A1"].alignment = Alignment("center", "center", wrap_text=True)
    sheet["A1"].fill = PatternFill("solid", fgColor="FFDDEEFF")
    sheet["B1"].fill = PatternFill("solid", fgColor="FF102030")
    sheet["B2"].border = sheet["F9"].border = Border(left=line, top=line)
    sheet.row_dimensions[1].height = 40
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    redact_cells(source, target, [Cover(1, 2, 2)], rules.XLSX)

    made = openpyxl.load_workbook(target).worksheets[0]
    assert (made["A1"].alignment.horizontal, made["A1"].alignment.wrap_text) == ("center", True)
    assert (made["A1"].fill.fgColor.rgb, made["B1"].fill.fill_type) == ("FFDDEEFF", None)
    assert (made["B2"].value, made["B2"].border.left.style) == ("█████", "thin")
    assert made.row_dimensions[1].height == 40


def test_the_twin_is_a_csv_that_excel_reads_and_runs_nothing_of(tmp_path: Path) -> None:
    book = welfare_list()
    book.worksheets[0]["B2"] = "ก=ข"
    book.worksheets[0]["B3"].value = "=ลิงก์"
    book.worksheets[0]["B3"].data_type = "s"
    book.worksheets[0]["E2"] = "-5"
    source = saved(tmp_path / "a.xlsx", book)

    made = redact_cells(source, tmp_path / "b.xlsx", [Cover(1, column=3, from_row=2)], rules.XLSX)
    write_csv(made.sheets[0], tmp_path / "b.csv")

    raw = (tmp_path / "b.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines() == [
        "ลำดับ,ชื่อ,เลขบัตร,เบี้ยยังชีพ,",
        "1,ก=ข,█████,700,-5",
        "2,'=ลิงก์,█████,600,",
    ]
    assert verify_redaction(made.covered, tmp_path / "b.csv", rules.CSV) == []
    assert rows_of(tmp_path / "b.xlsx")[2][1] == "=ลิงก์"


def test_a_name_of_a_sheet_can_be_covered(tmp_path: Path) -> None:
    book = welfare_list()
    book.worksheets[0].title = PERSON
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    made = redact_cells(source, target, [Cover(1, 0, 0), Cover(1, 2, 2)], rules.XLSX)

    assert made.covered == (PERSON,)
    assert verify_redaction(made.covered, target, rules.XLSX) == []


def test_a_covered_value_that_stands_in_another_cell_is_reported(tmp_path: Path) -> None:
    book = welfare_list()
    book.create_sheet("อื่น").append([f"ซ้ำ {NUMBER}"])
    source, target = saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx"

    made = redact_cells(source, target, [Cover(1, 2, 3)], rules.XLSX)

    found = verify_redaction(made.covered, target, rules.XLSX)
    assert ("still_there", 2) in [(one.kind, one.page) for one in found]


def test_a_formula_that_nobody_computed_is_refused(tmp_path: Path) -> None:
    book = welfare_list()
    book.worksheets[0]["D4"] = "=SUM(D2:D3)"

    with pytest.raises(CannotRedact, match="สูตร"):
        redact_cells(saved(tmp_path / "a.xlsx", book), tmp_path / "b.xlsx", [], rules.XLSX)


def open_book(rows: str, styles: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "style", "table")
    )
    names += ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    body = f'<office:spreadsheet><table:table table:name="แผ่น">{rows}</table:table></office:spreadsheet>'
    content = (
        f"<office:document-content {names}>{styles}<office:body>{body}</office:body>"
        "</office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("mimetype", rules.ODS)
        made.writestr("content.xml", content)
    return with_entry(target.getvalue(), "META-INF/manifest.xml", b"<manifest/>")


def open_sheet() -> bytes:
    def cell(text: str) -> str:
        return f"<table:table-cell><text:p>{text}</text:p></table:table-cell>"

    number = (
        '<table:table-cell office:value-type="float" office:value="700">'
        f"<office:annotation><text:p>{PERSON}</text:p></office:annotation><text:p>700</text:p></table:table-cell>"
    )
    hidden = f'<table:table-row table:visibility="collapse">{cell("แถวที่ซ่อน")}</table:table-row>'
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    rows = f"<table:table-row>{cell('ชื่อ')}{cell(NUMBER)}{number}</table:table-row>{hidden}{empty}"
    return open_book(rows)


def test_an_open_document_becomes_a_book_of_what_was_seen(tmp_path: Path) -> None:
    source, target = written(tmp_path / "a.ods", open_sheet()), tmp_path / "b.xlsx"

    made = redact_cells(source, target, [Cover(1, 1, 2)], rules.ODS)

    assert rows_of(target) == [["ชื่อ", "█████", 700]]
    assert verify_redaction((*made.covered, PERSON, "แถวที่ซ่อน"), target, rules.XLSX) == []


def test_what_lies_under_a_merged_cell_comes_to_light_nowhere(tmp_path: Path) -> None:
    under = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>รวม</text:p></table:table-cell>'
        f"<table:covered-table-cell><text:p>{PERSON}</text:p></table:covered-table-cell>"
    )
    source, target = tmp_path / "a.ods", tmp_path / "b.xlsx"
    source.write_bytes(open_book(f"<table:table-row>{under}</table:table-row>"))

    made = redact_cells(source, target, [], rules.ODS)
    write_csv(made.sheets[0], tmp_path / "b.csv")

    assert (tmp_path / "b.csv").read_text("utf-8-sig").strip() == "รวม"
    assert rows_of(target) == [["รวม", None]]


LOOKS = """
<office:automatic-styles>
<style:style style:name="co" style:family="table-column">
<style:table-column-properties style:column-width="2in"/></style:style>
<style:style style:name="ro" style:family="table-row"><style:table-row-properties style:row-height="1cm"/></style:style>
<style:style style:name="ce" style:family="table-cell">
<style:table-cell-properties fo:border="0.74pt solid #000000" fo:background-color="#ddeeff"/>
<style:paragraph-properties fo:text-align="end"/><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>"""


@pytest.mark.parametrize(
    ("value", "shown", "written"),
    [
        ("15001.5", "15,001.50", "#,##0.00"),
        ("-1234.5", "(1,234.50)", "#,##0.00;(#,##0.00)"),
        ("700", "700", "0"),
        ("700", "๗๐๐", "General"),
    ],
)
def test_a_table_of_an_open_document_looks_as_it_did(
    tmp_path: Path, value: str, shown: str, written: str
) -> None:
    number = (
        f'<table:table-cell table:style-name="ce" office:value-type="float" office:value="{value}">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )
    title = (
        '<table:table-cell table:number-columns-spanned="2"><text:p>ชื่อ</text:p></table:table-cell>'
    )
    rows = (
        f'<table:table-row table:style-name="ro">{title}</table:table-row>'
        f"<table:table-row>{number * 2}</table:table-row>"
    )
    source = tmp_path / "a.ods"
    source.write_bytes(open_book(f'<table:table-column table:style-name="co"/>{rows}', LOOKS))

    redact_cells(source, tmp_path / "b.xlsx", [], rules.ODS)

    made = openpyxl.load_workbook(tmp_path / "b.xlsx").worksheets[0]
    cell = made["A2"]
    assert (cell.value, cell.number_format) == (float(value), written)
    assert (cell.font.b, cell.border.top.style, cell.fill.fgColor.rgb) == (True, "thin", "FFDDEEFF")
    assert (cell.alignment.horizontal, str(made.merged_cells)) == ("right", "A1:B1")
    assert made.column_dimensions["A"].width == pytest.approx(26.7, abs=0.1)
    assert made.row_dimensions[1].height == pytest.approx(28.3, abs=0.1)


def test_a_span_of_a_csv_is_found_among_its_signs(tmp_path: Path) -> None:
    text = f'ลำดับ;ชื่อ;เลข\n1;"ใจ; งาม";{NUMBER}\n2;;{DIGITS}\n'
    source = written(tmp_path / "a.csv", text.encode("cp874"))
    decoded = sniffing.decoded(source.read_bytes())[0]
    start = decoded.index(DIGITS)
    [page] = reading.read(source, source.name).texts

    covers = covers_of(source, rules.CSV, page, start, start + 13)
    made = redact_cells(source, tmp_path / "b.xlsx", covers, rules.CSV)

    assert covers == (Cover(1, 3, 3),)
    assert rows_of(tmp_path / "b.xlsx")[1:] == [
        ["1", "ใจ; งาม", NUMBER],
        ["2", None, "█████"],
    ]
    assert made.covered == (DIGITS,)


def test_the_result_may_come_in_as_any_other_file(tmp_path: Path) -> None:
    target = tmp_path / "b.xlsx"
    redact_cells(saved(tmp_path / "a.xlsx", welfare_list()), target, [], rules.XLSX)

    assert reading.read(target, target.name).media_type == rules.XLSX
