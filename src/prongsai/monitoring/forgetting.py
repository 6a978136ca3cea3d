"""What monitoring remembers of items for itself goes with the version that it is about."""

from collections.abc import Collection

from django.db import transaction

from prongsai.monitoring.models import Defect, LinkCheck, OfItem, Probe
from prongsai.record.models import Item
from prongsai.record.queries import in_parts

REMEMBERED: tuple[type[OfItem], ...] = (Probe, Defect, LinkCheck)
Edition = tuple[str, int]


def forget_past(numbers: Collection[str] | None = None) -> int:
    """Of these items, or of all, whatever is about a version that is not in use; answers how many rows went."""
    return sum(_forget(model, numbers) for model in REMEMBERED)


def in_use(editions: Collection[Edition]) -> set[Edition]:
    """Those (number, version) that people find now."""
    numbers = {number for number, _version in editions}
    found: set[Edition] = set()
    for some in in_parts(numbers):
        rows = Item.objects.listed().filter(number__in=some)
        found.update(rows.order_by().values_list("number", "version"))
    return found & set(editions)


@transaction.atomic
def _forget(model: type[OfItem], numbers: Collection[str] | None) -> int:
    seen = _seen(model, numbers)
    gone = 0
    for number, version in sorted(seen - in_use(seen)):
        gone += model._default_manager.filter(number=number, version=version).delete()[0]
    return gone


def _seen(model: type[OfItem], numbers: Collection[str] | None) -> set[Edition]:
    # The home page has no number, and stays.
    rows = model._default_manager.exclude(number="").order_by()
    if numbers is None:
        return set(rows.values_list("number", "version").distinct())
    found: set[Edition] = set()
    for some in in_parts(numbers):
        found.update(rows.filter(number__in=some).values_list("number", "version"))
    return found
