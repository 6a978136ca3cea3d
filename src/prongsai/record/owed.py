"""The board of what is owed: what monitoring last saw, with the words of the catalogue, for portal and office alike."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from prongsai.obligations.catalogue import Instrument, Obligation
from prongsai.obligations.queries import is_followed, obligation, places
from prongsai.obligations.results import FULFILLED, ORDER, OWED, Check, Result, Told
from prongsai.obligations.scoring import score
from prongsai.organisation.spoken import Spoken, spoken
from prongsai.record.models import Observation
from prongsai.thai.dates import end_of, format_month

# Months are named by their first day; a key that a later version writes is shown as it stands.
_SPANS = {
    "q1": _("ไตรมาสที่ 1"),
    "q2": _("ไตรมาสที่ 2"),
    "q3": _("ไตรมาสที่ 3"),
    "q4": _("ไตรมาสที่ 4"),
    "h1": _("รอบ 6 เดือนแรก"),
    "h2": _("รอบ 6 เดือนหลัง"),
}


@dataclass(frozen=True)
class Failed:
    """A check that failed, in words, and the item that it is about (its number, or empty)."""

    told: Told
    number: str


@dataclass(frozen=True)
class PartLine:
    """One period of a duty. `evidence` are (number, version) of what was bound and spoke of it, `reviews` the last
    days on which these are to be looked at again, by number.
    """

    key: str
    first: date
    last: date
    due_date: date | None
    result: Result
    failed: tuple[Failed, ...]
    passed: tuple[Check, ...]
    evidence: tuple[tuple[str, int], ...]
    statement: str
    reviews: Mapping[str, date]

    @property
    def review_date(self) -> date | None:
        """The first of all."""
        return min(self.reviews.values(), default=None)

    @property
    def is_owed(self) -> bool:
        return self.result in OWED

    @property
    def label(self) -> str:
        """The period in words; empty for what is simply kept current."""
        if self.key.startswith("m"):
            return spoken(format_month(self.first), f"{self.first:%B %Y}")
        return str(_SPANS.get(self.key, self.key))


@dataclass(frozen=True)
class Line:
    """One duty of one year as it was last seen; `seen_at` is since when all of it stands so, its evidence included.

    `is_last_year`: of a standing duty whose line of this year stands beside it.
    """

    duty: Obligation
    year: int
    result: Result
    seen_at: datetime
    due_date: date | None
    post_code: str
    post_th: str
    post_en: str
    unit_code: str
    parts: tuple[PartLine, ...]
    is_last_year: bool = False

    post = Spoken()

    @property
    def is_owed(self) -> bool:
        return self.result in OWED

    @property
    def is_fulfilled(self) -> bool:
        return self.result in FULFILLED

    @property
    def year_asked(self) -> str:
        """What the address of its page ends in, where this year's page is not meant."""
        return f"?year={self.year}" if self.is_last_year else ""

    def days_late(self, on: date) -> int:
        """Calendar days since it was due; 0 when it is not owed, or no source says until when."""
        if not self.is_owed or self.due_date is None:
            return 0
        return max(0, (on - self.due_date).days)

    @property
    def numbers(self) -> tuple[str, ...]:
        """Of all its evidence, each once, in the order of the periods."""
        found = (number for part in self.parts for number, _version in part.evidence)
        return tuple(dict.fromkeys(found))

    @property
    def has_evidence(self) -> bool:
        """Whether anything can be shown, be it whole or not: what an assessor's form asks first."""
        return any(part.evidence or part.statement for part in self.parts)

    @property
    def wrongs(self) -> tuple[str, ...]:
        """What fails, each once; of what is not there at all that goes without saying."""
        failures = (
            each.told.wrong
            for part in self.parts
            if part.result != Result.MISSING
            for each in part.failed
        )
        return tuple(dict.fromkeys(failures))

    @property
    def acts(self) -> tuple[str, ...]:
        """What to do next, each once."""
        failures = (each.told.act for part in self.parts for each in part.failed)
        return tuple(dict.fromkeys(failures))


@dataclass(frozen=True)
class Tally:
    """How many duties came to which result."""

    counts: Mapping[Result, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def fulfilled(self) -> int:
        return sum(self.counts.get(each, 0) for each in FULFILLED)

    @property
    def due(self) -> int:
        """Without those whose time has not come."""
        return self.total - self.counts.get(Result.NOT_DUE, 0)

    @property
    def owed(self) -> int:
        return self.due - self.fulfilled

    @property
    def score(self) -> str:
        """As ITA scores a list."""
        return score(self.counts)

    @property
    def rows(self) -> tuple[tuple[Result, int], ...]:
        return tuple((each, self.counts[each]) for each in ORDER if self.counts.get(each))


@dataclass(frozen=True)
class Group:
    """An instrument of a year with its duties."""

    instrument: Instrument
    year: int
    lines: tuple[Line, ...]

    @property
    def tally(self) -> Tally:
        return tally(self.lines)


def lines(
    *,
    on: date | None = None,
    posts: Collection[str] | None = None,
    keys: Collection[str] | None = None,
) -> list[Line]:
    """As things stand now, or stood at the end of that day in Thailand; of all posts and duties for None. In the order
    of laws, lists and their items, this year before the last.

    Left out is what no file knows any more, today what another instrument has followed, and last year's line of a
    standing duty, unless its last period could only be met this year.
    """
    rows = Observation.objects.standing(at=end_of(on) if on else None)
    newest = dict(rows.order_by().values_list("obligation_key").annotate(Max("year")))
    if posts is not None:
        rows = rows.filter(post_code__in=posts)
    if keys is not None:
        rows = rows.filter(obligation_key__in=keys)
    known = ((row, obligation(row.obligation_key)) for row in rows)
    found = [
        _line(row, duty)
        for row, duty in known
        if duty is not None and (on or not is_followed(duty.instrument))
    ]
    order = places()
    found.sort(key=lambda each: (order[each.duty.key], -each.year))
    return [_placed(each, newest) for each in found if _is_in_time(each, newest[each.duty.key])]


def _placed(line: Line, newest: Mapping[str, int]) -> Line:
    return replace(line, is_last_year=line.year < newest[line.duty.key])


def _is_in_time(line: Line, newest: int) -> bool:
    """Of standing duties the newest year's; the year before, where its last period is met in the newest."""
    is_listed = line.duty.instrument.assessment_year is not None
    is_lasting = line.year == newest - 1 and line.duty.outlasts_its_year
    return is_listed or line.year == newest or is_lasting


Place = tuple[str, int, str]


def owed_since(found: Iterable[Line]) -> dict[Place, datetime]:
    """By key, year and period of what is owed: since when it has been, without a break."""
    owed = [each for each in found if each.is_owed]
    rows = Observation.objects.filter(
        obligation_key__in={each.duty.key for each in owed}, year__in={each.year for each in owed}
    )
    since: dict[Place, datetime] = {}
    for row in rows.order_by("pk"):
        for part in row.parts:
            place = (row.obligation_key, row.year, part["key"])
            if part["result"] in OWED:
                since.setdefault(place, row.at)
            else:
                since.pop(place, None)
    return since


def line(key: str, *, year: int | None = None, on: date | None = None) -> Line | None:
    """One duty of a year, or of the newest that was looked at."""
    rows = Observation.objects.filter(obligation_key=key)
    if on is not None:
        rows = rows.filter(at__lte=end_of(on))
    if year is not None:
        rows = rows.filter(year=year)
    row, duty = rows.order_by("-year", "-pk").first(), obligation(key)
    return _line(row, duty) if row and duty else None


def groups(found: Iterable[Line]) -> list[Group]:
    """By instrument and year: yearly lists first, the newest before older ones, then the laws in their files' order.

    Of laws this year's duties, without what is left of last year.
    """
    gathered: dict[tuple[Instrument, int], list[Line]] = {}
    for each in found:
        if not each.is_last_year:
            gathered.setdefault((each.duty.instrument, each.year), []).append(each)
    made = [Group(*key, tuple(rows)) for key, rows in gathered.items()]
    return sorted(made, key=lambda each: -(each.instrument.assessment_year or 0))


def newest_group(key: str, *, on: date | None = None) -> Group | None:
    """The newest year of a law or list; None for one that no file knows, or that was not looked at."""
    found = groups(each for each in lines(on=on) if each.duty.instrument.key == key)
    return max(found, key=lambda each: each.year, default=None)


def tally(found: Iterable[Line]) -> Tally:
    return Tally(Counter(each.result for each in found))


def history(key: str, year: int, *, on: date | None = None) -> list[tuple[datetime, Result]]:
    """Since when one duty stood how, the newest first, until now or the end of a day; what only changed its evidence
    is left out.
    """
    rows = Observation.objects.filter(obligation_key=key, year=year).order_by("pk")
    if on is not None:
        rows = rows.filter(at__lte=end_of(on))
    changes: list[tuple[datetime, Result]] = []
    for at, result in rows.values_list("at", "result"):
        if not changes or changes[-1][1] != result:
            changes.append((at, Result(result)))
    return changes[::-1]


def stood_since(
    found: Iterable[Line], *, on: date | None = None
) -> dict[tuple[str, int], datetime]:
    """By key and year since when each has come to its result without a break, whatever else changed of it."""
    shown = list(found)
    rows = Observation.objects.filter(
        obligation_key__in={each.duty.key for each in shown}, year__in={each.year for each in shown}
    ).order_by("pk")
    if on is not None:
        rows = rows.filter(at__lte=end_of(on))
    begun: dict[tuple[str, int], tuple[str, datetime]] = {}
    for key, year, result, at in rows.values_list("obligation_key", "year", "result", "at"):
        if begun.get((key, year), ("", at))[0] != result:
            begun[key, year] = (result, at)
    return {place: at for place, (_result, at) in begun.items()}


def tallies_at(keys: Collection[str], year: int, days: Sequence[date]) -> list[tuple[date, Tally]]:
    """How many duties of a year stood how at the end of each of these days, which are in order of time."""
    rows = Observation.objects.filter(year=year, obligation_key__in=keys).order_by("pk")
    waiting = list(rows.values_list("at", "obligation_key", "result"))
    stands: dict[str, Result] = {}
    found = []
    for day in days:
        end = end_of(day)
        while waiting and waiting[0][0] <= end:
            _at, key, result = waiting.pop(0)
            stands[key] = Result(result)
        found.append((day, Tally(Counter(stands.values()))))
    return found


def _line(row: Observation, duty: Obligation) -> Line:
    return Line(
        duty=duty,
        year=row.year,
        result=Result(row.result),
        seen_at=row.at,
        due_date=row.due_date,
        post_code=row.post_code,
        post_th=row.post_th,
        post_en=row.post_en,
        unit_code=row.unit_code,
        parts=tuple(_part(part, duty) for part in row.parts),
    )


def _part(part: Mapping[str, Any], duty: Obligation) -> PartLine:
    return PartLine(
        key=part["key"],
        first=date.fromisoformat(part["first"]),
        last=date.fromisoformat(part["last"]),
        due_date=date.fromisoformat(part["due"]) if part["due"] else None,
        result=Result(part["result"]),
        failed=tuple(_failed(each, duty) for each in part["failed"]),
        passed=tuple(map(Check, part["passed"])),
        evidence=tuple((each["number"], each["version"]) for each in part["evidence"]),
        statement=part["statement"],
        reviews={
            each["number"]: date.fromisoformat(each["review"])
            for each in part["evidence"]
            if each.get("review")
        },
    )


def _failed(row: Mapping[str, Any], duty: Obligation) -> Failed:
    check, about = Check(row["check"]), row["about"]
    labels = {each.key: each.label for each in duty.components}
    if check == Check.COMPONENT:
        about = labels.get(about, about)
    return Failed(Told(check, about), row["number"])
