"""Small files that claim to be endless tables, or are nested without end: read at once, or refused."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.tables.catalogue import TableColumn, TableForm, table_forms
from prongsai.disclosures.tables.cells import read_cell
from prongsai.disclosures.tables.table import Table
from prongsai.files import rules
from prongsai.files.office_text import read_office
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.sheet_reading import read_sheets
from prongsai.files.refusals import Refused
from prongsai.screening.rules import findings_in
from prongsai.screening.texts import placed_texts

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table")
)


def book(fill: Callable[[Any], None], path: Path) -> Path:
    workbook = Workbook()
    fill(workbook.active)
    workbook.save(path)
    return path


def corners(sheet: Any) -> None:
    sheet["A1"], sheet["XFD1048576"] = "ต้น", "ปลาย"


def open_document(inside: str, path: Path) -> Path:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(
            "content.xml", f"<office:document-content {NAMES}>{inside}</office:document-content>"
        )
    path.write_bytes(stream.getvalue())
    return path


def rows(attributes: str, cell: str) -> str:
    cells = f"<table:table-cell {cell}><text:p>ก</text:p></table:table-cell>"
    return (
        '<office:body><office:spreadsheet><table:table table:name="a">'
        f"<table:table-row {attributes}>{cells}</table:table-row>"
        "</table:table></office:spreadsheet></office:body>"
    )


def test_a_cell_in_the_last_corner_costs_no_more_than_one_in_the_first(tmp_path: Path) -> None:
    path = book(corners, tmp_path / "a.xlsx")
    [page] = read_office(path, rules.XLSX)
    assert (page.text.split()[1], page.text.split()[-1]) == ("ต้น", "ปลาย")
    [sheet] = read_sheets(path, rules.XLSX)
    assert {cell.shown for cell in sheet.cells.values()} == {"ต้น", "ปลาย"}


def test_a_merged_range_over_a_whole_sheet_is_not_made_cell_by_cell(tmp_path: Path) -> None:
    path = book(lambda sheet: sheet.merge_cells("A1:B2"), tmp_path / "small.xlsx")
    large = tmp_path / "large.xlsx"
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(large, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b"A1:B2", b"A1:XFD1048576"))
    with pytest.raises(CannotRedact):
        read_sheets(large, rules.XLSX)


def test_rows_of_wide_emptiness_are_too_much_text(tmp_path: Path) -> None:
    def fill(sheet: Any) -> None:
        for row in range(1, 400):
            sheet.cell(row, 16_384, "ก")

    path = book(fill, tmp_path / "a.xlsx")
    with pytest.raises(Refused) as refused:
        read_office(path, rules.XLSX)
    assert refused.value.reason == "too_much_text"


def test_a_document_that_is_nested_without_end_is_refused(tmp_path: Path) -> None:
    inside = "<text:section>" * 3000 + "<text:p>ก</text:p>" + "</text:section>" * 3000
    path = open_document(inside, tmp_path / "a.odt")
    with pytest.raises(Refused):
        read_office(path, rules.ODT)


@pytest.mark.parametrize(
    ("attributes", "cell"),
    [
        ('table:number-rows-repeated="x"', ""),
        ('table:number-rows-repeated="999999999999"', ""),
        ("", 'table:number-columns-repeated="y"'),
    ],
)
def test_a_sheet_that_claims_nonsense_is_told(tmp_path: Path, attributes: str, cell: str) -> None:
    path = open_document(rows(attributes, cell), tmp_path / "a.ods")
    with pytest.raises(CannotRedact):
        read_sheets(path, rules.ODS)


def test_hidden_rows_and_columns_end_with_the_sheet(tmp_path: Path) -> None:
    hidden = 'table:visibility="collapse" table:number-columns-repeated="99999999999"'
    path = open_document(
        rows("", "").replace(
            "<table:table-row ", f"<table:table-column {hidden}/><table:table-row "
        ),
        tmp_path / "a.ods",
    )
    [sheet] = read_sheets(path, rules.ODS)
    assert len(sheet.hidden_columns) == 16_384


@pytest.mark.parametrize("sent", [b"a," * 500_000, b'"' + b"a" * 200_000 + b'"\n'])
def test_a_csv_that_is_too_much_to_cover_is_told(tmp_path: Path, sent: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(sent)
    with pytest.raises(CannotRedact):
        read_sheets(path, rules.CSV)


PLACES = [
    pytest.param(form, column, id=f"{form.key}-{column.key}")
    for form in table_forms()
    for column in form.columns
    if column.type in ("text", "url") and not column.pattern
]


@pytest.mark.parametrize(("form", "column"), PLACES)
@pytest.mark.parametrize("number", ["1234567890121", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "1-2345-67890-12-1"])
def test_a_persons_number_is_found_in_every_cell_that_takes_words(
    form: TableForm, column: TableColumn, number: str
) -> None:
    """Whatever stands beside it: prices and numbers of contracts are no reason to pass it over."""
    row = {each.key: read_cell(each, each.example) for each in form.columns if each.example}
    typed = f"https://a.example/{number}" if column.type == "url" else number
    table = Table(form.key, (row | {column.key: read_cell(column, typed)},))
    content = Content(kind="procurement", section="procurement", unit="plan", table=table)
    work = Disclosure(kind=content.kind)
    texts = placed_texts(Revision(disclosure=work, content=content.to_json()))
    placed = [each for each in texts if each.place == "table:1"]
    found = [hit for each in placed for hit in findings_in(each.text, seen=each.seen)]
    assert "national_id" in {hit.detector for hit in found}
