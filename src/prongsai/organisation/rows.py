"""Reads tables of a TOML data file strictly: one clear sentence names the file, line and key."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from prongsai.thai.normalise import hides_signs

# No sentence of a list is longer; what is goes on no screen.
LONGEST_TEXT = 5_000
# A database has room for these, and no calendar for more days.
LARGEST_NUMBER = 2**31 - 1
# What a TOML value is called in messages; `date` excludes datetimes, which nothing here wants.
NAMES: dict[type, str] = {
    str: "ข้อความ",
    int: "จำนวนเต็ม",
    bool: "true หรือ false",
    date: "วันที่",
    list: "รายการ",
    dict: "ตาราง",
}
Row = dict[str, Any]


class BadFile(ValueError):
    """The file cannot be used; the message says where and what to correct."""


@dataclass(frozen=True)
class Column:
    """What a key holds, and each of a list (`of`). Without a default it must be there; text must not be empty then."""

    type: type = str
    default: Any = ...
    choices: frozenset[str] = frozenset()
    of: Any = None


@dataclass(frozen=True)
class Rows:
    """A parsed file. `name` is how messages call it."""

    name: str
    text: str
    document: Mapping[str, Any]

    def table(self, key: str, columns: Mapping[str, Column]) -> list[Row]:
        """The rows of `[[key]]` with every column present. Raises `BadFile`."""
        rows = self.document.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadFile(f"{self.name}: {key} ต้องเขียนเป็นตาราง [[{key}]]")
        return [self._row(key, index, row, columns) for index, row in enumerate(rows)]

    def row(self, key: str, row: Row, columns: Mapping[str, Column]) -> Row:
        """The single table `[key]`, checked in the same way."""
        return self._row(key, 0, row, columns)

    def _row(self, key: str, index: int, row: Row, columns: Mapping[str, Column]) -> Row:
        unknown = sorted(set(row) - set(columns))
        if unknown:
            raise self.error(key, index, f"ไม่รู้จัก “{unknown[0]}” โปรดตรวจตัวสะกด")
        return {name: self._value(key, index, row, name, columns[name]) for name in columns}

    def _value(self, key: str, index: int, row: Row, name: str, column: Column) -> Any:
        value = row.get(name, column.default)
        if value is ... or (value == "" and column.default is ...):
            raise self.error(key, index, f"ไม่มี “{name}” โปรดเติม")
        # `type … is`, not isinstance: TOML's true is an int to Python, and a datetime is a date.
        if name in row and type(value) is not column.type:
            raise self.error(key, index, f"“{name}” ต้องเป็น{NAMES[column.type]}")
        for sentence in _wrong_members(column, value):
            raise self.error(key, index, f"“{name}” {sentence}")
        return value

    def error(self, key: str, index: int, sentence: str) -> BadFile:
        """A `BadFile` about row `index` (from 0) of `[[key]]`."""
        # tomllib tells no lines of values, so the headings are counted in the text.
        heads = re.finditer(rf"(?m)^[ \t]*\[\[?{key}\]", self.text)
        starts = [found.start() for found in heads]
        line = f":{self.text.count(chr(10), 0, starts[index]) + 1}" if index < len(starts) else ""
        return BadFile(f"{self.name}{line}: {key} รายการที่ {index + 1}: {sentence}")

    def refuse_repeats(self, key: str, rows: list[Row], name: str) -> None:
        """Raises `BadFile` when two rows carry the same `name`."""
        seen: set[str] = set()
        for index, row in enumerate(rows):
            if row[name] in seen:
                raise self.error(key, index, f"“{name}” ซ้ำ: {row[name]}")
            seen.add(row[name])

    def refuse_strangers(self, key: str, rows: list[Row], name: str, known: set[str]) -> None:
        """Raises `BadFile` when a row points with `name` at something that is not known."""
        for index, row in enumerate(rows):
            if row[name] and row[name] not in known:
                raise self.error(key, index, f"“{name}” อ้างถึง “{row[name]}” ซึ่งไม่มี")


def _wrong_members(column: Column, value: Any) -> Iterator[str]:
    """What is wrong with a value of the right type, or with the members of a list."""
    yield from _unfit(value)
    if column.of and any(type(each) is not column.of for each in value):
        yield f"ต้องเป็นรายการของ{NAMES[column.of]}"
    known = ", ".join(sorted(column.choices))
    wrong = [each for each in _each(value) if column.choices and each not in column.choices]
    yield from (f"เป็น “{each}” ไม่ได้ ใช้ได้คือ {known}" for each in wrong)


def _unfit(value: Any) -> Iterator[str]:
    """What the public would see otherwise than whoever looks the file through, or what no column holds."""
    texts = [each for each in _each(value) if isinstance(each, str)]
    if isinstance(value, list) and not all(map(str.strip, texts)):
        yield "มีข้อความว่างในรายการ โปรดลบออก"
    if any(map(hides_signs, texts)):
        yield "มีอักขระที่มองไม่เห็นหรืออักขระควบคุม โปรดลบออก"
    if any(len(text) > LONGEST_TEXT for text in texts):
        yield f"ยาวเกิน {LONGEST_TEXT:,} ตัวอักษร โปรดย่อ"
    if type(value) is int and abs(value) > LARGEST_NUMBER:
        yield f"ใหญ่เกิน {LARGEST_NUMBER:,} โปรดตรวจตัวเลข"


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def overlaid(ours: Path, own: Path | None) -> Rows:
    """Our file, with what the municipality's says instead; that one need not be there. Raises `BadFile`."""
    there = [ours, own] if own is not None and own.exists() else [ours]
    found = [parse(path.read_text("utf-8"), name=path.name) for path in there if path]
    values = {key: value for each in found for key, value in each.document.items()}
    return Rows(found[-1].name, found[-1].text, values)


def parse(text: str, *, name: str) -> Rows:
    """Raises `BadFile` with TOML's own line and column when the text is not TOML."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Beside TOML's own: Python reads no number of thousands of digits, and no list within a thousand others.
        raise BadFile(f"{name}: อ่านไม่ได้ ({error})") from error
    return Rows(name=name, text=text.replace("\r\n", "\n"), document=document)
