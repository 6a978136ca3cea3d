"""Units as the portal names them when the municipality was reorganised after a publication."""

from collections.abc import Callable, Hashable, Iterable

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from prongsai.organisation.successors import Successor, standing, successors
from prongsai.record.models import Item


def with_successors(head: Callable[[], Hashable | None]) -> Callable[[], Hashable | None]:
    """What pages are valid for, with the file of successors: a page made before it changed is made anew."""

    def both() -> Hashable | None:
        found = head()
        return None if found is None else (found, standing(settings.SUCCESSORS_FILE))

    return both


def answered_for(code: str) -> tuple[str, ...]:
    """The unit, and those that have ended for which it answers today."""
    ended = successors(settings.SUCCESSORS_FILE)
    return (code, *sorted(old for old, after in ended.items() if after.code == code))


def unit_name(code: str) -> str:
    """As its newest publication calls it in Thai; the code itself for one that has published nothing."""
    rows = (
        Item.objects.filter(unit_code=code).order_by("-seq").values_list("unit_name_th", flat=True)
    )
    return rows.first() or code


def named_with_former(units: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Code and names in Thai and English of units that published: each living one, then those that went into it.

    A living one that has published nothing itself stands there for them.
    """
    known = {unit[0]: unit for unit in units}
    ended = {code: after for code, after in _ended().items() if code in known}
    living = {after.code: (after.code, after.name_th, after.name_en) for after in ended.values()}
    living |= {code: unit for code, unit in known.items() if code not in ended}
    rows: list[tuple[str, str, str]] = []
    for code, unit in sorted(living.items(), key=lambda each: each[1][1]):
        rows.append(unit)
        rows += [_former(known[old]) for old, after in ended.items() if after.code == code]
    return rows


def _ended() -> dict[str, Successor]:
    return successors(settings.SUCCESSORS_FILE)


def _former(unit: tuple[str, str, str]) -> tuple[str, str, str]:
    code, thai, english = unit
    with translation.override("th"):
        in_thai = gettext("– เดิม: %(name)s") % {"name": thai}
    with translation.override("en"):
        in_english = gettext("– เดิม: %(name)s") % {"name": english or thai}
    return code, in_thai, in_english
