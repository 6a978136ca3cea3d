"""The table of an edition: what shape it may have, and how a page shows it. Plain values."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

MOST_ROWS, MOST_COLUMNS = 2_000, 40
LONGEST_CELL, LONGEST_LABEL = 2_000, 300
_KEY = re.compile(r"[-a-zA-Z0-9_]{1,60}")
_MONEY = re.compile(r"[0-9]{1,15}\.[0-9]{2}")
# A juristic person's begins with 0; of anybody else's at most the end may be told.
_TAX_ID = re.compile(r"0[0-9]{12}|x-xxxx-xxxxx-[0-9]{2}-[0-9]")
_ADDRESS = re.compile(r"https?://[^\s]+")
Json = Mapping[str, Any]


def malformations(table: Any) -> Iterator[str]:
    """Each part that is not as an edition may have it, by its path; nothing for a table in order."""
    if not isinstance(table, Mapping):
        yield "table"
        return
    yield from (
        f"table.{name}" for name, is_right in _HEAD.items() if not is_right(table.get(name))
    )
    columns: Any = table.get("columns")
    rows: Any = table.get("rows")
    if not _are_columns(columns) or not _are_mappings(rows, MOST_ROWS):
        yield "table.columns" if not _are_columns(columns) else "table.rows"
        return
    if bool(rows) == bool(table.get("nothing")):
        yield "table.nothing"
    by_key = {column["key"]: column for column in columns}
    for number, row in enumerate(rows, start=1):
        yield from (f"table.rows.{number}.{key}" for key in _strange_cells(by_key, row))


def _strange_cells(columns: Mapping[str, Json], row: Json) -> Iterator[str]:
    for key, value in row.items():
        column = columns.get(key)
        if column is None or not _CELLS[column["type"]](column, value):
            yield key


def _are_mappings(values: Any, most: int) -> bool:
    is_list = isinstance(values, list) and len(values) <= most
    return is_list and all(isinstance(each, Mapping) for each in values)


def _are_columns(columns: Any) -> bool:
    if not _are_mappings(columns, MOST_COLUMNS) or not columns:
        return False
    keys = [column.get("key") for column in columns]
    return len(set(map(str, keys))) == len(keys) and all(map(_is_column, columns))


def _is_column(column: Json) -> bool:
    key, label = column.get("key"), column.get("label_th")
    return (
        _is_text(key, _KEY)
        and isinstance(label, str)
        and 0 < len(label) <= LONGEST_LABEL
        and isinstance(column.get("label_en", ""), str)
        and column.get("type") in _CELLS
        and _are_choices(column)
    )


def _are_choices(column: Json) -> bool:
    if column["type"] != "choice":
        return "choices" not in column
    choices: Any = column.get("choices")
    words = ("value", "th", "en")
    return (
        bool(choices)
        and _are_mappings(choices, MOST_ROWS)
        and all(isinstance(each.get(name), str) for each in choices for name in words)
    )


def _is_text(value: Any, shape: re.Pattern[str]) -> bool:
    return isinstance(value, str) and shape.fullmatch(value) is not None


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_short(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_CELL


def _is_year(value: Any) -> bool:
    return type(value) is int and 2400 <= value < 2700


_HEAD: Mapping[str, Callable[[Any], bool]] = {
    "form": lambda value: _is_text(value, _KEY),
    "title_th": lambda value: isinstance(value, str) and 0 < len(value) <= LONGEST_LABEL,
    "title_en": lambda value: isinstance(value, str) and len(value) <= LONGEST_LABEL,
    "period": lambda value: isinstance(value, str) and len(value) <= LONGEST_LABEL,
    "nothing": lambda value: isinstance(value, bool),
    "fiscal_year": _is_year,
    "made_date": lambda value: value is None or _is_day(value),
}
_CELLS: Mapping[str, Callable[[Json, Any], bool]] = {
    "text": lambda _column, value: _is_short(value),
    "money": lambda _column, value: _is_text(value, _MONEY),
    "int": lambda _column, value: type(value) is int and 0 <= value < 10**15,
    "date": lambda _column, value: _is_day(value),
    "choice": lambda column, value: value in [each["value"] for each in column["choices"]],
    "tax_id": lambda _column, value: _is_text(value, _TAX_ID),
    "url": lambda _column, value: _is_short(value) and _is_text(value, _ADDRESS),
}


@dataclass(frozen=True)
class PublicColumn:
    key: str
    type: str
    label_th: str
    label_en: str
    is_summed: bool
    choices: Mapping[str, tuple[str, str]]

    @property
    def is_number(self) -> bool:
        return self.type in ("money", "int")


@dataclass(frozen=True)
class Cell:
    """`value` as the edition has it; a day is a date, an amount a `Decimal`, nothing None."""

    column: PublicColumn
    value: Any


@dataclass(frozen=True)
class PublicTable:
    """What a page says of a table. `sums` has a cell for each column, empty where nothing is summed."""

    form: str
    title_th: str
    title_en: str
    fiscal_year: int | None
    period: str
    made_date: date | None
    is_nothing: bool
    nothing_th: str
    nothing_en: str
    columns: tuple[PublicColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: tuple[Cell, ...]


def public_table(document: Any) -> PublicTable | None:
    """None when there is no table, or one that no edition could have (an office's preview may)."""
    if not isinstance(document, Mapping):
        return None
    texts = {name: str(document.get(name) or "") for name in _TEXTS}
    columns = tuple(_public_column(each) for each in document.get("columns") or ())
    rows = tuple(
        tuple(_cell(column, row.get(column.key)) for column in columns)
        for row in document.get("rows") or ()
    )
    return PublicTable(
        **texts,
        fiscal_year=document.get("fiscal_year"),
        made_date=_day(document.get("made_date")),
        is_nothing=bool(document.get("nothing")),
        columns=columns,
        rows=rows,
        sums=_sums(columns, rows),
    )


_TEXTS = ("form", "title_th", "title_en", "period", "nothing_th", "nothing_en")


def _public_column(column: Json) -> PublicColumn:
    choices = {each["value"]: (each["th"], each["en"]) for each in column.get("choices") or ()}
    return PublicColumn(
        key=column["key"],
        type=column["type"],
        label_th=column["label_th"],
        label_en=column.get("label_en") or "",
        is_summed=bool(column.get("summed")),
        choices=choices,
    )


def _cell(column: PublicColumn, value: Any) -> Cell:
    if value is None or value == "":
        return Cell(column, None)
    if column.type == "date":
        return Cell(column, _day(value))
    return Cell(column, Decimal(value) if column.type == "money" else value)


def _sums(
    columns: tuple[PublicColumn, ...], rows: tuple[tuple[Cell, ...], ...]
) -> tuple[Cell, ...]:
    if not rows or not any(column.is_summed for column in columns):
        return ()
    values = [[row[place].value for row in rows] for place in range(len(columns))]
    return tuple(
        Cell(column, sum(each for each in found if each is not None) if column.is_summed else None)
        for column, found in zip(columns, values, strict=True)
    )


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if _is_day(value) else None
