"""What a list of duties would come to with what is public today, and what it changes against the list before it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.monitoring.actions import holidays_of
from prongsai.monitoring.queries import Looked, coverage
from prongsai.obligations.catalogue import Obligation, Sheet
from prongsai.obligations.comparing import Changes, Succession, changes, successions
from prongsai.obligations.queries import instruments
from prongsai.obligations.queries import sheet as standing_sheet
from prongsai.obligations.states import Fate
from prongsai.record.models import Binding
from prongsai.record.owed import Tally
from prongsai.thai.dates import fiscal_year


@dataclass(frozen=True)
class Rehearsal:
    """Each duty as if the list held and was asked about the fiscal year `year` (Buddhist era)."""

    year: int
    found: tuple[Looked, ...]

    @property
    def tally(self) -> Tally:
        return Tally(Counter(each.result for each in self.found))


@dataclass(frozen=True)
class Left:
    """A duty that the new list has no more, with how many published works are bound to it. They stay bound."""

    duty: Obligation
    bound: int


@dataclass(frozen=True)
class Comparison:
    """Against the edition that holds of the same list, and against the year's list before it."""

    editions: Changes
    before: tuple[Obligation, ...]
    years: tuple[Succession, ...]
    left: tuple[Left, ...]

    @property
    def moved(self) -> tuple[Succession, ...]:
        """What became of duties that are not asked as they were."""
        return tuple(each for each in self.years if not _is_same(each))

    @property
    def same(self) -> int:
        return len(self.years) - len(self.moved)


def rehearse(sheet: Sheet, *, year: int, on: date) -> Rehearsal:
    """The list need not hold. Topics join it with what is bound to other lists."""
    found = coverage(sheet.obligations, year=year, on=on, holidays=holidays_of(year))
    return Rehearsal(year, tuple(found))


def years_to_rehearse(sheet: Sheet, *, on: date) -> tuple[int, ...]:
    """A yearly list over the content of the year before it, then over its own; another over the present year."""
    year = sheet.instrument.assessment_year
    return (year - 1, year) if year else (fiscal_year(on),)


def compare(sheet: Sheet) -> Comparison:
    """With what holds here today."""
    standing = standing_sheet(sheet.instrument.key)
    before = _year_before(sheet.instrument.assessment_year)
    edited = changes(standing.obligations, sheet.obligations) if standing else Changes((), (), ())
    return Comparison(
        editions=edited,
        before=before,
        years=successions(before, sheet.obligations) if before else (),
        left=_left(edited.removed),
    )


def _is_same(each: Succession) -> bool:
    return each.fate == Fate.KEPT and not each.reworded


def _year_before(year: int | None) -> tuple[Obligation, ...]:
    """The newest yearly list of an earlier year; nothing for what is no yearly list."""
    if year is None:
        return ()
    earlier = [one for one in instruments() if one.assessment_year and one.assessment_year < year]
    newest = max(earlier, key=lambda one: one.assessment_year or 0, default=None)
    before = standing_sheet(newest.key) if newest else None
    return before.obligations if before else ()


def _left(removed: Sequence[Obligation]) -> tuple[Left, ...]:
    keys = [each.key for each in removed]
    rows = Binding.objects.filter(obligation_key__in=keys).values_list("obligation_key", flat=True)
    bound = Counter(rows)
    return tuple(Left(each, bound[each.key]) for each in removed)
