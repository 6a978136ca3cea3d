"""Whether what is bound to a duty meets it, and why not. Plain values in, findings out: no clock, no database.

`ALWAYS` and `ASKED_FOR` are the tables of checks; what each says to people stands in `obligations.results`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from prongsai.monitoring.evidence import Evidence
from prongsai.monitoring.periods import Part, basis_year, is_open
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.results import ORDER, RESULT_OF, Check, Result
from prongsai.obligations.states import RETURNS_WITHIN_THE_YEAR, RETURNS_YEARLY, Period
from prongsai.thai.dates import BUDDHIST_OFFSET, fiscal_year, format_date
from prongsai.thai.normalise import normalise

# Words by which the two sides of a municipality show (obligations.md, ITA-10).
SIDES = {
    "ฝ่ายการเมือง": ("นายกเทศมนตรี", "รองนายก", "สภาเทศบาล"),
    "ฝ่ายประจำ": ("ปลัดเทศบาล", "รองปลัด", "ผู้อำนวยการ", "หัวหน้าสำนัก"),
}
_SECTION = re.compile(r"มาตรา\s?\d+")
# An Act has a section every few lines; a summary names one now and then.
_SECTIONS_OF_AN_ACT, _LETTERS_FOR_EACH = 20, 600
_AS_OF = re.compile(r"ข้อมูล\s?ณ|ณ\s?วันที่")


@dataclass(frozen=True)
class Failure:
    """A check that failed; `number` is the item that it is about, empty for all of them together."""

    check: Check
    number: str = ""
    about: str = ""


@dataclass(frozen=True)
class Statement:
    """What was said in public instead of content: `none_this_period` or `not_applicable`."""

    number: str
    says: str


@dataclass(frozen=True)
class Asked:
    """One duty in one period, seen on a day."""

    obligation: Obligation
    year: int
    part: Part
    on: date

    @property
    def basis(self) -> int:
        """The fiscal year that content must speak of."""
        return basis_year(self.obligation, self.year)


@dataclass(frozen=True)
class Verdict:
    """`used` is the evidence that speaks of the period, `passed` the checks that were made and held."""

    result: Result
    failed: tuple[Failure, ...]
    passed: tuple[Check, ...]
    used: tuple[Evidence, ...]
    statement: Statement | None = None


def verdict(asked: Asked, bound: Sequence[Evidence], said: Sequence[Statement] = ()) -> Verdict:
    """What one period of one duty comes to. Statements count where nothing that fits is published."""
    fitting = tuple(each for each in bound if _fits(asked, each))
    if not fitting:
        return _without(asked, bound, said)
    made = _checks(asked)
    failed = tuple(failure for check, find in made.items() for failure in find(asked, fitting))
    results = {RESULT_OF.get(failure.check, Result.INCOMPLETE) for failure in failed}
    wrong = {failure.check for failure in failed}
    passed = tuple(check for check in (Check.BOUND, *made) if check not in wrong)
    return Verdict(worst(results or {Result.MET}), failed, passed, fitting)


def worst(results: Iterable[Result]) -> Result:
    """The one that an assessor would hold against the item."""
    return max(results, key=ORDER.index)


def together(results: Sequence[Result]) -> Result:
    """What a duty is as a whole: its worst period; what is not due, or does not apply, spoils no other."""
    asked = [each for each in results if each not in {Result.NOT_DUE, Result.NOT_APPLICABLE}]
    return worst(asked or results)


def _without(asked: Asked, bound: Sequence[Evidence], said: Sequence[Statement]) -> Verdict:
    if said:
        is_out = said[0].says == "not_applicable"
        result = Result.NOT_APPLICABLE if is_out else Result.MET
        return Verdict(result, (), (Check.BOUND,), (), said[0])
    if is_open(asked.part, asked.obligation, on=asked.on):
        return Verdict(Result.NOT_DUE, (), (), ())
    return Verdict(Result.MISSING, tuple(_misfits(asked, bound)) or (Failure(Check.BOUND),), (), ())


def _misfits(asked: Asked, bound: Sequence[Evidence]) -> Iterator[Failure]:
    """Why what is bound does not count for this period: its year, or that it tells no period."""
    years = sorted({each.fiscal_year for each in bound if each.fiscal_year} - {asked.basis})
    if bound and years and asked.obligation.period in RETURNS_YEARLY:
        yield Failure(Check.YEAR, about=", ".join(map(str, years)))
    for each in bound:
        if asked.part.key and each.fiscal_year == asked.basis and each.stretch is None:
            yield Failure(Check.PERIOD, each.number)


def _fits(asked: Asked, evidence: Evidence) -> bool:
    """Whether the item speaks of the period that is asked for."""
    period = asked.obligation.period
    if period in RETURNS_WITHIN_THE_YEAR:
        return _meets(evidence, asked)
    if period == Period.FISCAL_YEAR:
        return evidence.fiscal_year == asked.basis
    if period == Period.ON_EVENT:
        return (evidence.fiscal_year or fiscal_year(evidence.published_date)) == asked.basis
    return True


def _meets(evidence: Evidence, asked: Asked) -> bool:
    """A month's duty wants its month; a paper on the whole half year covers each month in it as well."""
    found = evidence.stretch
    return found is not None and (
        found.covers(asked.part.stretch) or asked.part.stretch.covers(found)
    )


Finder = Callable[[Asked, Sequence[Evidence]], Iterator[Failure]]


def _year_in_title(asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    """One that says the year is enough: an order from before may stand beside the plan of the year."""
    wanted = {str(asked.basis), str(asked.basis - BUDDHIST_OFFSET)}
    says = [any(year in each.title or year in each.text for year in wanted) for each in found]
    if found and not any(says):
        yield Failure(Check.YEAR_IN_TITLE, found[0].number, str(asked.basis))


def _components(asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    """Over all that is bound: one item may show the chart and another the people."""
    text = "\n".join(each.text for each in found)
    for component in asked.obligation.components:
        if component.words and not any(normalise(word) in text for word in component.words):
            yield Failure(Check.COMPONENT, about=component.key)


def _formats(asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    there = {file.format for each in found for file in each.files}
    missing = [wanted for wanted in asked.obligation.formats if wanted not in there]
    if missing:
        yield Failure(Check.FORMAT, about=", ".join(missing))


def _both_sides(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    text = "\n".join(each.text for each in found)
    for side, words in SIDES.items():
        if not any(normalise(word) in text for word in words):
            yield Failure(Check.BOTH_SIDES, about=side)


def _own_words(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    for each in found:
        sections = len(_SECTION.findall(each.text))
        is_dense = len(each.text) < sections * _LETTERS_FOR_EACH
        if sections >= _SECTIONS_OF_AN_ACT and is_dense:
            yield Failure(Check.OWN_WORDS, each.number)


def _signed(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    if not any(each.signed_date and each.has_signatory for each in found):
        yield Failure(Check.SIGNED_AND_DATED)


def _as_of(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    if not any(each.as_of_date or _AS_OF.search(each.text) for each in found):
        yield Failure(Check.AS_OF_DATE)


def _readable(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    for each in found:
        # By their places: what is found is kept for ever, and a file's name goes with a recall.
        places = enumerate(each.files, start=1)
        pictures = [f"#{place}" for place, file in places if not file.has_text]
        if pictures:
            yield Failure(Check.READABLE, each.number, ", ".join(pictures))


def _reachable(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    for each in found:
        if each.unreachable:
            yield Failure(Check.REACHABLE, each.number, ", ".join(each.unreachable))


def _links_answer(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    """Where what the duty asks for lies behind a link. One that nobody has asked for yet says nothing."""
    for each in found:
        if each.dead_links:
            yield Failure(Check.LINKS_ANSWER, each.number, ", ".join(map(str, each.dead_links)))


def _dates_in_order(_asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    """Typed, then signed, then published; from when it is in force is left to people."""
    for each in found:
        days = [day for day in (each.typed_date, each.signed_date, each.published_date) if day]
        if days != sorted(days):
            yield Failure(Check.DATES_IN_ORDER, each.number, ", ".join(map(format_date, days)))


def _fresh(asked: Asked, found: Sequence[Evidence]) -> Iterator[Failure]:
    for each in found:
        due = review_due(asked.obligation, each)
        if due is not None and due < asked.on:
            yield Failure(Check.FRESH, each.number, format_date(due))


def review_due(obligation: Obligation, evidence: Evidence) -> date | None:
    """The last day on which it must be looked at again: its own date, or the duty's rhythm, whichever is first."""
    rhythm = obligation.review_days
    days = [
        evidence.review_date,
        evidence.reviewed_date + timedelta(days=rhythm) if rhythm else None,
    ]
    return min((day for day in days if day), default=None)


# Asked of every duty; the year and freshness only where they can be wrong.
ALWAYS: dict[Check, Finder] = {
    Check.REACHABLE: _reachable,
    Check.DATES_IN_ORDER: _dates_in_order,
    Check.COMPONENT: _components,
    Check.FORMAT: _formats,
}
ASKED_FOR: dict[Check, Finder] = {
    Check.BOTH_SIDES: _both_sides,
    Check.OWN_WORDS: _own_words,
    Check.SIGNED_AND_DATED: _signed,
    Check.AS_OF_DATE: _as_of,
    Check.READABLE: _readable,
    Check.LINKS_ANSWER: _links_answer,
}


def _checks(asked: Asked) -> dict[Check, Finder]:
    made = dict(ALWAYS)
    if asked.obligation.period in RETURNS_YEARLY:
        made[Check.YEAR_IN_TITLE] = _year_in_title
    # A report on a year that is over does not age.
    if asked.obligation.period == Period.KEPT_CURRENT:
        made[Check.FRESH] = _fresh
    wanted: Collection[str] = {*asked.obligation.checks, Check.READABLE.value}
    made |= {check: find for check, find in ASKED_FOR.items() if check.value in wanted}
    return made
