"""Data files are read strictly: what is wrong is named by file, line and key, in a sentence that helps."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.organisation.rows import BadFile, Column, Rows, parse

COLUMNS = {
    "code": Column(),
    "note": Column(default=""),
    "rank": Column(type=int, default=7),
    "day": Column(type=date, default=None),
    "tags": Column(type=list, default=[], choices=frozenset({"a", "b"})),
}
WHOLE = {"code": "x", "note": "", "rank": 7, "day": None, "tags": []}


def rows(text: str) -> Rows:
    return parse(text, name="f.toml")


def table(text: str) -> list[dict[str, Any]]:
    return rows(text).table("things", COLUMNS)


def complaint(text: str) -> str:
    with pytest.raises(BadFile) as found:
        table(text)
    return str(found.value)


def test_what_is_left_out_takes_its_default() -> None:
    assert table('[[things]]\ncode = "x"') == [WHOLE]


def test_rows_come_in_the_order_of_the_file() -> None:
    text = "".join(f'[[things]]\ncode = "{code}"\n' for code in "cab")
    assert [row["code"] for row in table(text)] == ["c", "a", "b"]


def test_a_file_without_the_table_has_no_rows() -> None:
    assert table("") == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("rank = 1.5", "“rank” ต้องเป็นจำนวนเต็ม"),
        ('rank = "๗"', "“rank” ต้องเป็นจำนวนเต็ม"),
        ("rank = false", "“rank” ต้องเป็นจำนวนเต็ม"),
        ("note = 5", "“note” ต้องเป็นข้อความ"),
        ("note = []", "“note” ต้องเป็นข้อความ"),
        ('tags = "a"', "“tags” ต้องเป็นรายการ"),
        ("tags = { a = 1 }", "“tags” ต้องเป็นรายการ"),
        ('day = "2026-11-23"', "“day” ต้องเป็นวันที่"),
        ("day = 2026-11-23T00:00:00Z", "“day” ต้องเป็นวันที่"),
        ("day = 08:30:00", "“day” ต้องเป็นวันที่"),
        ("day = 2569", "“day” ต้องเป็นวันที่"),
        # An empty word is found in everything.
        ('tags = ["a", ""]', "“tags” มีข้อความว่างในรายการ โปรดลบออก"),
        ('tags = [" "]', "“tags” มีข้อความว่างในรายการ โปรดลบออก"),
        ("rank = 2147483648", "“rank” ใหญ่เกิน 2,147,483,647 โปรดตรวจตัวเลข"),
        ("rank = -2147483648", "“rank” ใหญ่เกิน 2,147,483,647 โปรดตรวจตัวเลข"),
        (f'note = "{"ก" * 5001}"', "“note” ยาวเกิน 5,000 ตัวอักษร โปรดย่อ"),
        ('tags = ["a", "c"]', "“tags” เป็น “c” ไม่ได้ ใช้ได้คือ a, b"),
        ("colour = 1", "ไม่รู้จัก “colour” โปรดตรวจตัวสะกด"),
        ("Rank = 1", "ไม่รู้จัก “Rank” โปรดตรวจตัวสะกด"),
    ],
)
def test_a_value_of_another_kind_is_named(line: str, sentence: str) -> None:
    assert complaint(f'[[things]]\ncode = "x"\n{line}') == f"f.toml:1: things รายการที่ 1: {sentence}"


@pytest.mark.parametrize(
    "sign", ["u0007", "u0000", "r", "u202e", "u2066", "u200b", "u2028", "ufeff"]
)
@pytest.mark.parametrize("line", ['note = "จัดซื้อ{}ลวง"', 'tags = ["a", "{}"]'])
def test_what_no_reader_sees_is_refused(line: str, sign: str) -> None:
    written = line.format(f"\\{sign}")
    assert complaint(f'[[things]]\ncode = "x"\n{written}').endswith("โปรดลบออก")


def test_lines_and_tabs_are_seen() -> None:
    assert table('[[things]]\ncode = "x"\nnote = "a\\n\\tb"')[0]["note"] == "a\n\tb"


@pytest.mark.parametrize("line", ["", 'code = ""'])
def test_what_must_be_there_is_asked_for(line: str) -> None:
    assert complaint(f"[[things]]\n{line}") == ("f.toml:1: things รายการที่ 1: ไม่มี “code” โปรดเติม")


@pytest.mark.parametrize(
    "text",
    ["things = 5", 'things = ["x"]', "[things]\ncode = 'x'", 'things = [{ code = "x" }, 5]'],
)
def test_a_table_that_is_none_is_named(text: str) -> None:
    assert complaint(text) == "f.toml: things ต้องเขียนเป็นตาราง [[things]]"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("indent", ["", "  ", "\t"])
def test_the_line_is_that_of_the_row_however_the_file_is_written(ending: str, indent: str) -> None:
    lines = ["# หัวเรื่อง", "[[things]]", 'code = "x"', "", f"{indent}[[things]]", "rank = 1"]
    assert complaint(ending.join(lines)).startswith("f.toml:5: things รายการที่ 2: ไม่มี “code”")


def test_without_a_heading_of_its_own_a_row_has_no_line() -> None:
    assert complaint('things = [{ code = "x" }, { rank = 1 }]') == (
        "f.toml: things รายการที่ 2: ไม่มี “code” โปรดเติม"
    )


def test_a_single_table_is_read_in_the_same_way() -> None:
    found = rows('\n[things]\ncode = "x"')
    assert found.row("things", {"code": "x"}, COLUMNS) == WHOLE
    with pytest.raises(BadFile, match=r"f\.toml:2: things รายการที่ 1: ไม่มี “code”"):
        found.row("things", {}, COLUMNS)


@pytest.mark.parametrize("bad", ["[[things", "a = ", 'a = "1\n"', "a = 1\na = 2", "\x00", "= 5"])
def test_what_is_not_toml_is_one_clear_line(bad: str) -> None:
    with pytest.raises(BadFile, match=r"^f\.toml: อ่านไม่ได้ \(.+\)$"):
        rows(bad)


@pytest.mark.parametrize("bomb", [f"a = {'[' * 5000}", f"a = {'9' * 5000}"])
def test_what_python_itself_gives_up_on_is_no_more_than_that(bomb: str) -> None:
    with pytest.raises(BadFile, match=r"^f\.toml: อ่านไม่ได้ \(.+\)$"):
        rows(bomb)


def test_the_second_of_two_that_share_a_name_is_pointed_at() -> None:
    found = rows('[[things]]\ncode = "x"\n[[things]]\ncode = "y"\n[[things]]\ncode = "x"')
    with pytest.raises(BadFile, match=r"^f\.toml:5: things รายการที่ 3: “code” ซ้ำ: x$"):
        found.refuse_repeats("things", found.table("things", COLUMNS), "code")


def test_a_name_that_nobody_bears_is_pointed_at() -> None:
    found = rows('[[things]]\ncode = "x"\n[[things]]\ncode = "y"')
    with pytest.raises(BadFile, match=r"^f\.toml:3: things รายการที่ 2: “code” อ้างถึง “y” ซึ่งไม่มี$"):
        found.refuse_strangers("things", found.table("things", COLUMNS), "code", {"x"})


def test_nothing_is_no_stranger() -> None:
    found = rows('[[things]]\ncode = "x"')
    table_rows = found.table("things", COLUMNS)
    found.refuse_strangers("things", table_rows, "note", set())
    assert table_rows == [WHOLE]


@given(st.text(max_size=60))
def test_any_text_is_read_whole_or_refused(text: str) -> None:
    found: list[dict[str, Any]] = []
    with suppress(BadFile):
        found = parse(text, name="f.toml").table("things", COLUMNS)
    assert all(set(row) == set(COLUMNS) for row in found)
