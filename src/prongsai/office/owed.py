"""The staff's board of what is owed: the public's lines, cut down to what somebody asks for, and what can be done."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import override

from prongsai.disclosures.kinds import Kind, written_kinds
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.obligations.catalogue import Instrument, Obligation
from prongsai.obligations.queries import keys_that_count
from prongsai.obligations.results import ORDER
from prongsai.obligations.states import RETURNS_YEARLY
from prongsai.office.desk import Desk
from prongsai.office.escalating import Reminders, duty_address
from prongsai.office.queries import visible_disclosures
from prongsai.office.scoring import drafted_duties
from prongsai.record.owed import Line, line, stood_since
from prongsai.thai.normalise import normalise

MOST_CANDIDATES = 20
# No unit and no month is called so.
NO_UNIT, OWED_NOW = "-", "now"


@dataclass(frozen=True)
class Row:
    """One duty for whoever looks: for how many calendar days it is overdue, whether it is theirs, who was told last
    and who will be told next, since when it is owed where no date is known, and whether somebody writes what answers
    it.
    """

    line: Line
    days: int
    is_mine: bool
    told: Reminders | None = None
    since: datetime | None = None
    has_draft: bool = False

    @property
    def address(self) -> str:
        return duty_address(self.line)


@dataclass(frozen=True)
class Wish:
    """How the board is narrowed. Empty words ask for everything; `month` is asked of `ahead.in_month`."""

    words: str = ""
    result: str = ""
    instrument: str = ""
    post: str = ""
    unit: str = ""
    month: str = ""
    mine: bool = False
    owed: bool = False


Told = Mapping[tuple[str, int], Reminders]


def rows(lines: Iterable[Line], desk: Desk, wish: Wish, told: Told) -> list[Row]:
    """What is overdue longest first, then by how bad it is, then by date."""
    shown = [each for each in lines if _is_wanted(each, wish)]
    drafted = drafted_duties(desk)
    since = stood_since(each for each in shown if each.is_owed and each.due_date is None)
    found = [
        Row(
            each,
            each.days_late(desk.on),
            _is_mine(each, desk),
            told.get((each.duty.key, each.year)),
            since.get((each.duty.key, each.year)),
            each.is_owed and bool(keys_that_count(each.duty) & drafted),
        )
        for each in shown
    ]
    wanted = [each for each in found if each.is_mine or not wish.mine]
    return sorted(wanted, key=_urgency)


def owed_without_a_date(line: Line | None) -> datetime | None:
    """Since when; None where nothing is owed, or a date says how late it is."""
    if line is None or not line.is_owed or line.due_date is not None:
        return None
    return stood_since([line])[line.duty.key, line.year]


@dataclass(frozen=True)
class Owed:
    """How much is owed, in the order of the board: by law or list, and of it what is theirs who look."""

    mine: int
    lists: tuple[tuple[Instrument, int], ...]


def owed_of(lines: Iterable[Line], desk: Desk) -> Owed:
    owed = [each for each in lines if each.is_owed]
    counts = Counter(each.duty.instrument for each in owed)
    # Yearly lists first, as everywhere on the board.
    ordered = sorted(counts.items(), key=lambda each: -(each[0].assessment_year or 0))
    return Owed(sum(_is_mine(each, desk) for each in owed), tuple(ordered))


def _urgency(row: Row) -> tuple[int, int, date]:
    return (-row.days, -ORDER.index(row.line.result), row.line.due_date or date.max)


def _is_mine(line: Line, desk: Desk) -> bool:
    """By post; or, for those who write, by the unit of the post that answers for it."""
    return line.post_code in desk.post_codes or line.unit_code in desk.unit_codes


def _is_wanted(line: Line, wish: Wish) -> bool:
    if wish.owed and not line.is_owed:
        return False
    exact = (
        (wish.result, line.result.value),
        (wish.instrument, line.duty.instrument.key),
        (wish.post, line.post_code),
        (wish.unit, line.unit_code or NO_UNIT),
    )
    if any(asked and asked != found for asked, found in exact):
        return False
    text = normalise(f"{line.duty.clause} {line.duty.label_th} {line.duty.label_en}")
    return all(word in text for word in normalise(wish.words).split())


def candidates(duty: Obligation, desk: Desk, words: str) -> list[Disclosure]:
    """Published works of their own units that could be bound: those of the duty's sections, or that hold the words."""
    found = visible_disclosures(desk).exclude(number="").select_related("unit", "latest")
    found = found.filter(unit__code__in=desk.writing_units or desk.unit_codes)
    if words:
        for word in normalise(words).split():
            found = found.filter(Q(title__icontains=word) | Q(number=word))
    else:
        found = found.filter(latest__content__section__in=duty.sections)
    newest = found.order_by("-number")[: MOST_CANDIDATES * 2]
    return [each for each in newest if not _answers(each, duty)][:MOST_CANDIDATES]


def _answers(work: Disclosure, duty: Obligation) -> bool:
    return work.latest is not None and duty.key in work.latest.content.get("obligations", ())


def under_way(duty: Obligation, desk: Desk) -> list[Disclosure]:
    """Works that would answer the duty, on their way to the public; those that the desk may see."""
    moving = visible_disclosures(desk).exclude(stage__in=[Stage.RESTING, Stage.DISCARDED])
    # The database looks for the letters, which a longer key may hold as well.
    found = moving.filter(latest__content__obligations__icontains=duty.key)
    return [each for each in found.select_related("unit", "latest") if _answers(each, duty)]


@dataclass(frozen=True)
class About:
    """What a new work is about: a fiscal year (Buddhist era) and a period in Thai words, where there is one."""

    fiscal_year: int | None = None
    period: str = ""


def about(duty: Obligation, part: str) -> About:
    """`part` is the key of one of its periods; what is kept current is about no year."""
    found = line(duty.key)
    if found is None or duty.period not in RETURNS_YEARLY:
        return About()
    year = found.year + duty.year_offset
    with override("th"):
        return About(year, next((one.label for one in found.parts if one.key == part), ""))


def kind_for(duty: Obligation) -> Kind:
    """In which a new work for this duty starts: the first whose section the duty names."""
    fitting = [each for each in written_kinds() if each.section in duty.sections]
    return (fitting or list(written_kinds()))[0]


def works_of(numbers: Sequence[str]) -> dict[str, Disclosure]:
    """By number; what the office does not know (such as notices) is left out."""
    return {each.number: each for each in Disclosure.objects.filter(number__in=numbers)}
