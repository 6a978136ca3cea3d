"""A manifest's rows, one at a time, from CSV (UTF-8 or windows-874) or XLSX."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.files.examination.accepted import table_rows
from prongsai.files.refusals import Refused
from prongsai.files.table_rows import (
    BROKEN_CSV,
    HIDDEN,
    MOST_ROWS,
    NO_SHEET,
    NO_TABLE,
    TOO_LONG,
    Cells,
    UnreadableTable,
)
from prongsai.intake.manifests.columns import BY_KEY, COLUMNS, column_of
from prongsai.intake.refusals import CannotImport

SENTENCES = {
    NO_TABLE: _("บัญชีนำเข้าต้องเป็น CSV หรือ XLSX โปรดบันทึกเป็นชนิดนั้นแล้วส่งใหม่"),
    NO_SHEET: _(
        "อ่านบัญชีนำเข้าไม่ได้ เพราะไม่มีแผ่นงานที่อ่านได้ โปรดบันทึกเป็น XLSX ใหม่จากโปรแกรมตารางแล้วส่งอีกครั้ง"
    ),
    TOO_LONG: format_lazy(_("บัญชีนำเข้ายาวเกิน {most} แถว โปรดแบ่งเป็นหลายบัญชี"), most=MOST_ROWS),
    HIDDEN: _("อ่านบัญชีนำเข้าไม่ได้ เพราะมีแถวหรือคอลัมน์ที่ซ่อนหรือกรองไว้ โปรดเลิกซ่อน หรือลบส่วนนั้น แล้วส่งใหม่"),
    BROKEN_CSV: _("อ่านบัญชีนำเข้าไม่ได้ เพราะไม่ใช่ CSV ที่สมบูรณ์ โปรดบันทึกเป็น CSV แบบ UTF-8 แล้วส่งใหม่"),
}
_NEEDED = tuple(column.key for column in COLUMNS if column.is_needed)


@dataclass(frozen=True)
class Line:
    """`number` is the row's as a spreadsheet counts it, the headings being row 1; `cells` are by column key."""

    number: int
    cells: Mapping[str, str]


@contextmanager
def opened(path: Path, name: str) -> Iterator[Iterator[Line]]:
    """The lines of the manifest at `path`, which somebody calls `name`. Raises `CannotImport` and `CannotLook`."""
    try:
        with table_rows(path, name) as rows:
            yield _lines(rows)
    except Refused as refused:
        raise CannotImport([format_lazy(_("อ่านบัญชีนำเข้าไม่ได้: {why}"), why=refused)]) from refused
    except UnreadableTable as why:
        raise CannotImport([SENTENCES[str(why)]]) from why


def _lines(rows: Iterable[Cells]) -> Iterator[Line]:
    numbered = enumerate(rows, start=1)
    headings = next((cells for _number, cells in numbered if any(cells)), [])
    keys = _keys(headings)
    for number, cells in numbered:
        if any(cell.strip() for cell in cells):
            pairs = zip(keys, cells, strict=False)
            yield Line(number, {key: cell.strip() for key, cell in pairs if key})


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
