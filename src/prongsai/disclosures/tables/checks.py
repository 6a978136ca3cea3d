"""What is wrong with a table, and what is only odd: a table of rules over plain values."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from prongsai.disclosures.tables.catalogue import Check, TableForm
from prongsai.disclosures.tables.cells import cell_words
from prongsai.disclosures.tables.table import Row, Table
from prongsai.thai.dates import format_date
from prongsai.thai.periods import Stretch, stretch, whole_year

# How many days a period of each span may have, in words of the catalogue.
SPANS = {"month": (28, 31), "quarter": (90, 92), "half": (181, 184), "year": (365, 366)}


class Weight(Enum):
    """A table that `STOPS` is not sent on; what `ADVISES` is shown to whoever writes and decides."""

    STOPS = "stops"
    ADVISES = "advises"


@dataclass(frozen=True)
class Remark:
    """`row` counts from 1 as on paper, 0 for the table as a whole; `rule` is a key of `words.REMARKS`."""

    rule: str
    weight: Weight
    row: int = 0
    column: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class _Looked:
    """A table with its form and the days that its heading names."""

    form: TableForm
    table: Table
    days: Stretch | None


Finder = Callable[[_Looked, Check], Iterator[tuple[int, Mapping[str, object]]]]


def remarks(form: TableForm, table: Table) -> list[Remark]:
    """Everything that the rules find, those of the table as a whole first."""
    days = stretch(table.period, fiscal_year=table.fiscal_year) if table.period else None
    looked = _Looked(form, table, days)
    found = list(_of_heading(looked))
    if not table.nothing:
        found += _lacking(looked)
    for check in form.checks:
        weight, finder = RULES[check.rule]
        found += [
            Remark(check.rule, weight, row, check.column, values)
            for row, values in finder(looked, check)
        ]
    return found


def _of_heading(looked: _Looked) -> Iterator[Remark]:
    table = looked.table
    if not table.rows and not table.nothing:
        yield Remark("empty", Weight.STOPS)
    if table.fiscal_year is None:
        yield Remark("fiscal_year", Weight.STOPS)
        return
    if not looked.form.span:
        return
    days = looked.days or (whole_year(table.fiscal_year) if looked.form.span == "year" else None)
    least, most = SPANS[looked.form.span]
    if days is None or not least <= (days.last - days.first).days + 1 <= most:
        yield Remark("period", Weight.STOPS, values={"span": looked.form.span})
    elif not whole_year(table.fiscal_year).covers(days):
        yield Remark("period_of_other_year", Weight.STOPS, values={"year": table.fiscal_year})


def _lacking(looked: _Looked) -> Iterator[Remark]:
    required = [column.key for column in looked.form.columns if column.required]
    for number, row in enumerate(looked.table.rows, start=1):
        for key in required:
            if not row.get(key):
                yield Remark("required", Weight.STOPS, number, key)


def _not_above(looked: _Looked, check: Check) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, row in _rows(looked):
        for other in check.of:
            mine, most = row.get(check.column), row.get(other)
            if mine and most and Decimal(mine) > Decimal(most):
                yield number, _compared(looked, check, other, row)


def _not_before(looked: _Looked, check: Check) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, row in _rows(looked):
        for other in check.of:
            mine, first = row.get(check.column), row.get(other)
            if mine and first and mine < first:
                yield number, _compared(looked, check, other, row)


def _compared(looked: _Looked, check: Check, other: str, row: Row) -> Mapping[str, object]:
    mine, theirs = looked.form.column(check.column), looked.form.column(other)
    return {
        "value": cell_words(mine, row[check.column]),
        "other": theirs.label,
        "limit": cell_words(theirs, row[other]),
    }


def _unique(looked: _Looked, check: Check) -> Iterator[tuple[int, Mapping[str, object]]]:
    keys = [_key(row, check) for row in looked.table.rows]
    times = Counter(filter(all, keys))
    for number, key in enumerate(keys, start=1):
        if times[key] > 1 and keys.index(key) < number - 1:
            yield number, {"value": key[0], "first": keys.index(key) + 1}


def _key(row: Row, check: Check) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in (check.column, *check.of))


def _sum(looked: _Looked, check: Check) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, row in _rows(looked):
        if row.get(check.column) and all(row.get(name) for name in check.of):
            total = sum(Decimal(row[name]) for name in check.of)
            if Decimal(row[check.column]) != total:
                yield number, _totals(looked, check, row, total)


def _totals(looked: _Looked, check: Check, row: Row, total: Decimal | int) -> Mapping[str, object]:
    column = looked.form.column(check.column)
    labels = " + ".join(looked.form.column(name).label for name in check.of)
    said = cell_words(column, row[check.column])
    return {"value": said, "of": labels, "total": cell_words(column, str(total))}


def _in_fiscal_year(looked: _Looked, check: Check) -> Iterator[tuple[int, Mapping[str, object]]]:
    if looked.table.fiscal_year is not None:
        yield from _outside(looked, check, whole_year(looked.table.fiscal_year))


def _in_period(looked: _Looked, check: Check) -> Iterator[tuple[int, Mapping[str, object]]]:
    if looked.days is not None:
        yield from _outside(looked, check, looked.days)


def _outside(
    looked: _Looked, check: Check, days: Stretch
) -> Iterator[tuple[int, Mapping[str, object]]]:
    for number, row in _rows(looked):
        day = row.get(check.column)
        if day and not days.first <= date.fromisoformat(day) <= days.last:
            first, last = (
                format_date(days.first, style="short"),
                format_date(days.last, style="short"),
            )
            said = format_date(date.fromisoformat(day), style="short")
            yield number, {"value": said, "first": first, "last": last}


def _rows(looked: _Looked) -> Iterator[tuple[int, Row]]:
    return enumerate(looked.table.rows, start=1)


RULES: Mapping[str, tuple[Weight, Finder]] = {
    # A price above the reference price may be lawful, with reasons: people decide.
    "not_above": (Weight.ADVISES, _not_above),
    "not_before": (Weight.STOPS, _not_before),
    "unique": (Weight.STOPS, _unique),
    "sum": (Weight.STOPS, _sum),
    "in_fiscal_year": (Weight.STOPS, _in_fiscal_year),
    # Some contracts of a month are only reported in the next.
    "in_period": (Weight.ADVISES, _in_period),
}
