"""What a row of the assessors' pack says, and why an address is a trouble."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from django.utils.translation import override

from prongsai.monitoring.packing import PackRow, Trouble, pack_csv, pack_rows
from prongsai.monitoring.probing import SLOWEST, Visit
from prongsai.obligations.results import Result
from prongsai.record.owed import Line, PartLine
from tests.monitoring.factories import duty

ORIGIN = "https://www.tangjai.example"
OWN = "/transparency/list-2569/o1/"


def line(result: Result, *statements: str) -> Line:
    first, last = date(2025, 10, 1), date(2026, 9, 30)
    seen_at = datetime(2026, 1, 1, tzinfo=UTC)
    parts = tuple(
        PartLine(str(place), first, last, None, result, (), (), (), number, {})
        for place, number in enumerate(statements)
    )
    return Line(duty(), 2569, result, seen_at, None, "clerk", "ปลัดเทศบาล", "", "clerk", parts)


@pytest.mark.parametrize(
    ("shown", "there", "met", "result", "paths"),
    [
        (line(Result.MISSING, ""), False, False, "ยังไม่มี", (OWN,)),
        (line(Result.MET, "2569-00007"), True, True, "ครบถ้วน", (OWN, "/p/2569-00007/")),
        # One statement for two periods is one address.
        (
            line(Result.NOT_APPLICABLE, "2569-00007", "2569-00007"),
            True, True, "ไม่เกี่ยวข้อง", (OWN, "/p/2569-00007/"),
        ),
    ],
)  # fmt: skip
def test_a_row_says_have_or_have_not_in_thai(
    shown: Line, there: bool, met: bool, result: str, paths: tuple[str, ...]
) -> None:
    with override("en"):
        [row] = pack_rows([shown])
    assert (row.is_there, row.is_met, row.result, row.paths) == (there, met, result, paths)
    assert row.cells(ORIGIN)[2] == ("มี" if there else "ไม่มี")
    assert row.explanation.startswith("ข้อ O1 โครงสร้าง")


def test_files_are_opened_with_their_items_and_named_in_no_cell() -> None:
    row = PackRow("O1", "ก", True, True, "ครบถ้วน", (OWN, "/p/1/"), "คำอธิบาย", ("/files/a/ก.pdf",))
    assert row.opened == (OWN, "/p/1/", "/files/a/ก.pdf")
    assert row.cells(ORIGIN)[4] == f"{ORIGIN}{OWN}\n{ORIGIN}/p/1/"


def test_no_cell_of_the_table_is_run() -> None:
    row = PackRow("O1", "=1+1", True, True, "+ครบ", (OWN,), "@คำอธิบาย")
    text = pack_csv([row], origin=ORIGIN).decode("utf-8-sig")
    assert list(csv.reader(StringIO(text)))[1] == [
        *("O1", "'=1+1", "มี", "'+ครบ", f"{ORIGIN}{OWN}", "'@คำอธิบาย"),
    ]


@pytest.mark.parametrize(
    ("status", "milliseconds", "why"),
    [
        (0, 8_000, "เว็บไซต์ไม่ตอบ"),
        (404, 5, "ตอบรหัส 404"),
        (500, SLOWEST + 1, "ตอบรหัส 500"),
        (200, SLOWEST + 1, "ช้าเกินไป (2001 มิลลิวินาที)"),
    ],
)
def test_a_trouble_says_what_came_instead(status: int, milliseconds: int, why: str) -> None:
    assert Trouble("O1", Visit("/", status, milliseconds)).why == why
