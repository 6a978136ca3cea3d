"""The lists of the busiest pages, in plain SQL: the ORM's own work on them costs more than the database's.

They hold the columns that rows of lists show, and only items in use.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import ceil
from typing import Any

from django.db import connections

from prongsai.record.models import Item
from prongsai.record.queries import PER_PAGE, Listing, head
from prongsai.record.states import ItemState
from prongsai.record.triggers import RECORD

RELATED = 5
_COLUMNS = (
    "number, edition_hash, top_section, title, title_en, summary, unit_name_th, unit_name_en, file_count,"
    " major_updated_at"
)
_NEWEST = "ORDER BY major_updated_at DESC, number DESC LIMIT %s"
# Each branch walks the index `item_top_newest` and stops.
_BRANCH = (
    f"SELECT * FROM (SELECT {_COLUMNS} FROM record_item"  # noqa: S608 -- constants of this file
    f" WHERE state = %s AND top_section = %s {_NEWEST}) AS newest"
)
_RELATED = (
    f"SELECT {_COLUMNS} FROM record_item WHERE state = %s AND section = %s"  # noqa: S608
    " ORDER BY CASE WHEN unit_code = %s THEN 0 ELSE 1 END, major_updated_at DESC, number DESC LIMIT %s"
)
_CONDITIONS = {
    "section": "top_section = %s",
    "year": "fiscal_year = %s",
    "kind": "kind = %s",
}


def latest_by_section(slugs: Sequence[str], limit: int) -> dict[str, list[Item]]:
    """For each top section its newest items, newest first, in one question; every section is there."""
    question = " UNION ALL ".join([_BRANCH] * len(slugs))
    values = [value for slug in slugs for value in (ItemState.CURRENT.value, slug, limit)]
    found: dict[str, list[Item]] = {slug: [] for slug in slugs}
    for item in Item.objects.raw(question, values):
        found[item.top_section].append(item)
    return found


def related_items(number: str, *, section: str, unit: str) -> list[Item]:
    """Others of the same section, those of the same unit first."""
    newest = neighbours(head(), section, unit)
    return [item for item in newest if item.number != number][:RELATED]


@lru_cache(maxsize=256)
def neighbours(at_head: int, section: str, unit: str) -> tuple[Item, ...]:
    """Asked once for a section and unit while the head stands still, for all their items."""
    values = [ItemState.CURRENT.value, section, unit, RELATED + 1]
    return tuple(Item.objects.raw(_RELATED, values))


def section_page(narrowing: Mapping[str, Any], *, page: int) -> Listing:
    """One page of the items that fit (`section`, `year`, `units`, `kind`); beyond the ends the nearest one."""
    names = [name for name in _CONDITIONS if name in narrowing]
    units = narrowing.get("units", ())
    one_of = [f"unit_code IN ({', '.join(['%s'] * len(units))})"] if units else []
    where = " AND ".join(["state = %s", *(_CONDITIONS[name] for name in names), *one_of])
    values = [ItemState.CURRENT.value, *(narrowing[name] for name in names), *units]
    total = _count(where, values)
    pages = max(1, ceil(total / PER_PAGE))
    shown = min(page, pages)
    question = f"SELECT {_COLUMNS} FROM record_item WHERE {where} {_NEWEST} OFFSET %s"  # noqa: S608 -- as above
    rows = Item.objects.raw(question, [*values, PER_PAGE, (shown - 1) * PER_PAGE])
    return Listing(tuple(rows), total, shown, pages)


def _count(where: str, values: Sequence[Any]) -> int:
    with connections[RECORD].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM record_item WHERE {where}", values)  # noqa: S608 -- as above
        return int(cursor.fetchone()[0])
