"""Questions about items that were published together, and about the page of their bundle."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from prongsai.record.models import Bundling, Item
from prongsai.record.states import ItemState


@dataclass(frozen=True)
class Fellow:
    """One member as the public may see it; one that was recalled has a number and no words.

    `version` is that of the edition which was published with the others.
    """

    number: str
    version: int
    place: int
    item: Item
    recalled_at: datetime | None = None

    @property
    def is_readable(self) -> bool:
        return self.recalled_at is None

    @property
    def is_correction(self) -> bool:
        return self.version > 1

    @property
    def corrected_version(self) -> int:
        return self.version - 1


@dataclass(frozen=True)
class BundlePage:
    """A bundle with its members in their order. `title` is "" once all of them were recalled."""

    id: str
    title: str
    published_at: datetime
    members: tuple[Fellow, ...]

    @property
    def recalled(self) -> tuple[Fellow, ...]:
        return tuple(each for each in self.members if not each.is_readable)

    @property
    def is_gone(self) -> bool:
        return len(self.recalled) == len(self.members)

    def without(self, number: str) -> tuple[Fellow, ...]:
        return tuple(each for each in self.members if each.number != number)


def bundle_page(bundle: str) -> BundlePage | None:
    """None for an id that no item names."""
    rows = list(Bundling.objects.filter(bundle=bundle).order_by("place"))
    items = Item.objects.in_bulk([row.number for row in rows])
    # A reader between two of the questions sees the older rows or the newer, never half of them.
    fellows = tuple(
        Fellow(
            row.number, row.version, row.place, items[row.number], _recalled_at(items[row.number])
        )
        for row in rows
        if row.number in items
    )
    if not fellows:
        return None
    title = next((row.title for row in rows if row.title), "")
    return BundlePage(bundle, title, rows[0].at, fellows)


def _recalled_at(item: Item) -> datetime | None:
    return item.updated_at if item.state == ItemState.RECALLED else None


def bundles_of(numbers: Iterable[str]) -> dict[str, str]:
    """Number -> id of the bundle in which it was published or corrected last, for lists."""
    rows = Bundling.objects.filter(number__in=list(numbers)).order_by("version")
    return dict(rows.values_list("number", "bundle"))


def readable_bundles() -> list[tuple[str, datetime]]:
    """Each bundle of which something can be read, with the moment at which a member changed last."""
    rows = Bundling.objects.exclude(title="").values_list("bundle", "number")
    changed = dict(
        Item.objects.filter(number__in=[n for _b, n in rows]).values_list("number", "updated_at")
    )
    newest: dict[str, datetime] = {}
    for bundle, number in rows:
        if number in changed:
            newest[bundle] = max(newest.get(bundle, changed[number]), changed[number])
    return sorted(newest.items(), key=lambda each: each[1], reverse=True)
