"""What is to be looked at next, and what was found."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from prongsai.monitoring.condition.reading import Wanted, wanted
from prongsai.monitoring.condition.rules import CHECKS
from prongsai.monitoring.condition.states import Outcome
from prongsai.monitoring.models import LinkCheck, Progress
from prongsai.record.models import Entry, Item

CONDITION = "condition"
# Enough that a hundred thousand entries are looked at within a night, few enough that nobody's file waits long.
ENTRIES_AT_A_TIME = 20
# To be raised when outlines or a check change what they find: all is looked at anew.
EDITION_OF_CHECKS = 1
STAMP = hashlib.sha256(f"{EDITION_OF_CHECKS} {sorted(CHECKS)}".encode()).hexdigest()


@dataclass(frozen=True)
class Round:
    """What entries up to `until` are about: all their numbers, and the editions of those that are in use."""

    until: int
    numbers: frozenset[str]
    editions: tuple[Wanted, ...]


def is_of_other_checks() -> bool:
    return Progress.objects.filter(name=CONDITION).exclude(stamp=STAMP).exists()


def has_looked() -> bool:
    """Whether what is published was looked at yet."""
    return Progress.objects.filter(name=CONDITION).exists()


def link_counts(unit_code: str = "") -> list[tuple[str, int]]:
    """How many links of a unit's items, or of all, opened how when they were last asked for; each with its words."""
    rows = LinkCheck.objects.order_by()
    if unit_code:
        rows = rows.filter(unit_code=unit_code)
    found = dict(rows.values_list("outcome").annotate(Count("pk")))
    words = [*Outcome.choices, ("", _("ยังไม่ได้เปิด"))]
    return [(str(label), found[outcome]) for outcome, label in words if outcome in found]


def next_round() -> Round | None:
    """What the next entries of the log are about, as far as it is in use; None when all was looked at."""
    done = Progress.objects.filter(name=CONDITION).first()
    entries = Entry.objects.filter(seq__gt=done.seq if done else -1).order_by("seq")
    rows = list(entries.values_list("seq", "number")[:ENTRIES_AT_A_TIME])
    if not rows:
        return None
    numbers = frozenset(number for _seq, number in rows)
    items = Item.objects.listed().filter(number__in=numbers)
    return Round(rows[-1][0], numbers, tuple(wanted(items)))
