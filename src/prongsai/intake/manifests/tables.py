"""A manifest's rows, one at a time, from CSV (UTF-8 or windows-874) or XLSX."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import BadZipFile

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from prongsai.files import sniffing
from prongsai.files.refusals import Refused
from prongsai.files.rules import CSV, TXT, XLSX
from prongsai.intake.manifests.columns import BY_KEY, COLUMNS, column_of
from prongsai.intake.refusals import CannotImport

MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 40_000
NO_SHEET = _("อ่านบัญชีนำเข้าไม่ได้ เพราะไม่มีแผ่นงานที่อ่านได้ โปรดบันทึกเป็น XLSX ใหม่จากโปรแกรมตารางแล้วส่งอีกครั้ง")
# What openpyxl raises for books that others can open.
_UNREADABLE = (
    ArithmeticError,
    AttributeError,
    BadZipFile,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)
_NEEDED = tuple(column.key for column in COLUMNS if column.is_needed)
Cells = list[str]


@dataclass(frozen=True)
class Line:
    """`number` is the row's as a spreadsheet counts it, the headings being row 1; `cells` are by column key."""

    number: int
    cells: Mapping[str, str]


@contextmanager
def opened(path: Path, name: str) -> Iterator[Iterator[Line]]:
    """The lines of the manifest at `path`, which somebody calls `name`. Raises `CannotImport`."""
    try:
        media_type = sniffing.media_type_of(path, name)
    except Refused as refused:
        raise CannotImport([format_lazy(_("อ่านบัญชีนำเข้าไม่ได้: {why}"), why=refused)]) from refused
    if media_type == XLSX:
        with path.open("rb") as book, closing(_workbook(book)) as workbook:
            yield _lines(_sheet_rows(workbook.worksheets[0]))
    elif media_type in (CSV, TXT):
        with path.open(encoding=_encoding(path), newline="") as stream:
            yield _lines(csv.reader(stream, delimiter=_delimiter(path)))
    else:
        raise CannotImport([_("บัญชีนำเข้าต้องเป็น CSV หรือ XLSX โปรดบันทึกเป็นชนิดนั้นแล้วส่งใหม่")])


def _workbook(stream: BinaryIO) -> Any:
    """By its bytes: what lies in our store has no ending, and by its name openpyxl would refuse it."""
    try:
        workbook = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except _UNREADABLE as error:
        raise CannotImport([NO_SHEET]) from error
    if not workbook.worksheets:
        raise CannotImport([NO_SHEET])
    return workbook


def _encoding(path: Path) -> str:
    """UTF-8 when all of it is; else what Thai Windows writes."""
    try:
        with path.open(encoding="utf-8-sig") as stream:
            while stream.read(1024 * 1024):
                pass
    except UnicodeDecodeError:
        return "cp874"
    return "utf-8-sig"


def _delimiter(path: Path) -> str:
    """Thai Windows with other regional settings writes semicolons."""
    with path.open(encoding=_encoding(path), errors="replace") as stream:
        heading = stream.readline(10_000)
    return max(",;\t", key=heading.count)


def _sheet_rows(sheet: Any) -> Iterator[Cells]:
    # A sheet may claim a million empty columns.
    for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
        yield [_text(value) for value in row]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        # Typed as a Buddhist year, a spreadsheet keeps it as that year of the common era.
        day = value.date() if isinstance(value, datetime) else value
        return f"{day.day}/{day.month}/{day.year}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _lines(rows: Iterable[Cells]) -> Iterator[Line]:
    numbered = _bounded(rows)
    headings = next((cells for _number, cells in numbered if any(cells)), [])
    keys = _keys(headings)
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            pairs = zip(keys, cells, strict=False)
            yield Line(number, {key: cell.strip() for key, cell in pairs if key})


def _bounded(rows: Iterable[Cells]) -> Iterator[tuple[int, Cells]]:
    try:
        for number, cells in enumerate(rows, start=1):
            if number > MOST_ROWS:
                sentence = _("บัญชีนำเข้ายาวเกิน {most} แถว โปรดแบ่งเป็นหลายบัญชี")
                raise CannotImport([format_lazy(sentence, most=MOST_ROWS)])
            yield number, [cell[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
    except (csv.Error, UnicodeDecodeError) as error:
        raise CannotImport(
            [_("อ่านบัญชีนำเข้าไม่ได้ เพราะไม่ใช่ CSV ที่สมบูรณ์ โปรดบันทึกเป็น CSV แบบ UTF-8 แล้วส่งใหม่")]
        ) from error


def _keys(headings: Cells) -> list[str]:
    keys = [column_of(heading) for heading in headings]
    unknown = [each for each, key in zip(headings, keys, strict=True) if each.strip() and not key]
    twice = sorted({BY_KEY[key].heading for key in keys if key and keys.count(key) > 1})
    lacking = [BY_KEY[key].heading for key in _NEEDED if key not in keys]
    told = (
        (_("ไม่รู้จักหัวคอลัมน์ {names} โปรดแก้ให้ตรงกับแม่แบบ หรือลบคอลัมน์นั้น"), unknown),
        (_("มีหัวคอลัมน์ {names} มากกว่าหนึ่งครั้ง โปรดเหลือไว้คอลัมน์เดียว"), twice),
        (_("ไม่มีคอลัมน์ {names} ซึ่งต้องมี โปรดเพิ่มแล้วส่งใหม่"), lacking),
    )
    problems = [
        format_lazy(sentence, names=", ".join(f"“{name[:60]}”" for name in names[:10]))
        for sentence, names in told
        if names
    ]
    if problems:
        raise CannotImport(problems)
    return keys
