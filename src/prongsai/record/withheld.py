"""Questions about what current items do not show: the register that citizens page through."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from django.db.models import Count

from prongsai.record.models import Item, Withholding

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """A withheld part with the item that it belongs to."""

    part: Withholding
    item: Item


@dataclass(frozen=True)
class Register:
    """One page of the register, with what the pager needs."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def register(*, ground: str = "", page: int = 1) -> Register:
    """Newest order first, of one ground or of all; a page beyond the ends is the nearest one. Three questions."""
    parts = Withholding.objects.all()
    if ground:
        parts = parts.filter(ground=ground)
    total = parts.count()
    pages = max(1, ceil(total / PER_PAGE))
    shown = min(max(page, 1), pages)
    rows = list(parts[(shown - 1) * PER_PAGE : shown * PER_PAGE])
    items = Item.objects.listed().in_bulk({row.number for row in rows})
    # Both are written in one transaction; a reader between two of them sees the older page or the newer.
    lines = tuple(Line(row, items[row.number]) for row in rows if row.number in items)
    return Register(lines, total, shown, pages)


def grounds_in_use() -> list[Mapping[str, str | int]]:
    """Each ground with its words and how many parts it covers, in the order of the law."""
    words = ("ground", "law_th", "law_en", "label_th", "label_en")
    rows = Withholding.objects.order_by("ground").values(*words).annotate(count=Count("pk"))
    found = {row["ground"]: row for row in rows}
    return list(found.values())
