"""The rows of a table as their sender sees them: in whatever letters it was written, and of no sheet that is hidden."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from prongsai.files.row_reading import rows_of
from prongsai.files.table_rows import HIDDEN, UnreadableTable

ROWS = [["งาน", "ผู้ชนะ"], ["ซ่อมถนน, ระยะที่ ๒", "บริษัท ก จำกัด"]]
QUOTED = 'งาน,ผู้ชนะ\r\n"ซ่อมถนน, ระยะที่ ๒",บริษัท ก จำกัด\r\n'
TABBED = "งาน\tผู้ชนะ\r\nซ่อมถนน, ระยะที่ ๒\tบริษัท ก จำกัด\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "utf-16"])
@pytest.mark.parametrize("written", [QUOTED, TABBED, TABBED.replace("\r\n", "\n")])
def test_a_csv_is_read_in_every_way_that_programs_save_one(
    encoding: str, written: str, tmp_path: Path
) -> None:
    path = tmp_path / "a"
    path.write_bytes(written.encode(encoding))
    assert list(rows_of(path, "a.csv")) == ROWS


def test_utf_16_is_read_from_either_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"\xfe\xff" + TABBED.encode("utf-16-be"))
    assert list(rows_of(path, "a.txt")) == ROWS


def book(path: Path, fill: Callable[[Any], None]) -> Path:
    made = Workbook()
    fill(made)
    made.save(path)
    return path


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_sheet_that_is_hidden_is_not_taken_for_the_one_that_is_seen(
    state: str, tmp_path: Path
) -> None:
    def fill(made: Any) -> None:
        made.active.title = "ข้อมูลดิบ"
        made.active.append(["ชื่อ", "เลขประจำตัวประชาชน"])
        made.active.sheet_state = state
        seen = made.create_sheet("เผยแพร่")
        for row in ROWS:
            seen.append(row)

    found = list(rows_of(book(tmp_path / "a", fill), "a.xlsx"))
    assert [row[:2] for row in found] == ROWS


@pytest.mark.parametrize(("row", "column"), [(2, None), (None, "B")])
def test_what_is_filtered_out_or_folded_away_is_not_taken_along(
    row: int | None, column: str | None, tmp_path: Path
) -> None:
    def fill(made: Any) -> None:
        for each in [*ROWS, ["ซ่อมท่อ", "บริษัท ข จำกัด"]]:
            made.active.append(each)
        if row:
            made.active.row_dimensions[row].hidden = True
        if column:
            made.active.column_dimensions[column].hidden = True

    with pytest.raises(UnreadableTable, match=HIDDEN):
        list(rows_of(book(tmp_path / "a", fill), "a.xlsx"))


def test_empty_rows_and_columns_may_be_hidden(tmp_path: Path) -> None:
    def fill(made: Any) -> None:
        for each in ROWS:
            made.active.append(each)
        made.active.row_dimensions[9].hidden = True
        made.active.column_dimensions.group("H", "XFD", hidden=True)

    assert [row[:2] for row in rows_of(book(tmp_path / "a", fill), "a.xlsx")][:2] == ROWS
