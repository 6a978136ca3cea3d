"""What is published and must be looked at again: by the rhythm of the duties that it answers, or by its own date."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import KindCode, Stage
from prongsai.obligations.catalogue import Obligation
from prongsai.office.desk import Desk
from prongsai.office.published import published_rows
from prongsai.office.queries import visible_disclosures
from prongsai.record.models import Item
from prongsai.record.owed import lines
from prongsai.record.queries import last_reviewed
from prongsai.record.states import ItemState

AHEAD = timedelta(days=183)


@dataclass(frozen=True)
class Reviewable:
    """A published work and the last day on which it must be looked at again; without duties that is its own date."""

    work: Disclosure
    review_date: date
    duties: tuple[Obligation, ...]


@dataclass(frozen=True)
class ReviewRow:
    """`review_ref` is the address of the statement that nothing has changed; None for whoever may not make it.

    `sent` is such a statement that is on its way.
    """

    work: Disclosure
    review_date: date
    duties: tuple[Obligation, ...]
    is_late: bool
    review_ref: UUID | None
    sent: Disclosure | None = None


def to_review(desk: Desk, *, is_mine: bool) -> list[Reviewable]:
    """In the next half year or overdue, the soonest first; of what this desk may see, or of its own units alone."""
    last = desk.on + AHEAD
    asked = {number: found for number, found in _by_duties().items() if found[0] <= last}
    works = _works(desk, asked, last)
    if is_mine:
        works = works.filter(unit__code__in=desk.unit_codes)
    found = list(works)
    # Of a statement nobody says that it was looked at again; it is made anew.
    written = (each for each in found if each.kind != KindCode.STATEMENT)
    own = _own_dates(each for each in written if each.number not in asked)
    rows = [
        Reviewable(each, day, duties)
        for each in found
        for day, duties in [asked.get(each.number) or (own.get(each.number), ())]
        if day is not None and day <= last
    ]
    return sorted(rows, key=lambda each: (each.review_date, each.work.number))


def _works(desk: Desk, asked: Collection[str], last: date) -> QuerySet[Disclosure]:
    """Those numbers, and whatever has a date of its own until then."""
    dated = Q(published_revision__content__review_date__lte=last.isoformat())
    # On PostgreSQL JSON's null comes before every date.
    dated &= ~Q(published_revision__content__review_date=None)
    works = visible_disclosures(desk).exclude(number="").filter(Q(number__in=asked) | dated)
    return works.select_related("unit", "published_revision")


def review_rows(rows: Iterable[Reviewable], desk: Desk) -> list[ReviewRow]:
    """With what this desk may do."""
    shown = list(rows)
    refs = {
        each.disclosure.pk: each.review_ref
        for each in published_rows([row.work for row in shown], desk)
    }
    sent = _on_their_way(row.work.number for row in shown)
    return [
        ReviewRow(
            each.work,
            each.review_date,
            each.duties,
            each.review_date < desk.on,
            refs.get(each.work.pk),
            sent.get(each.work.number),
        )
        for each in shown
    ]


def _on_their_way(numbers: Iterable[str]) -> dict[str, Disclosure]:
    """By number the statement that it was looked at again, of those that nobody has decided yet."""
    moving = Disclosure.objects.filter(kind=KindCode.STATEMENT).exclude(
        stage__in=[Stage.RESTING, Stage.DISCARDED]
    )
    about = "latest__content__statement__about_number"
    found = moving.filter(**{f"{about}__in": list(numbers)}).select_related("latest")
    return {each.latest.content["statement"]["about_number"]: each for each in found if each.latest}


def _by_duties() -> Mapping[str, tuple[date, tuple[Obligation, ...]]]:
    """By number what monitoring last saw: the first day that any of its duties asks for, and all of them."""
    found: dict[str, tuple[date, tuple[Obligation, ...]]] = {}
    for line in lines():
        for part in line.parts:
            for number, day in part.reviews.items():
                known, duties = found.get(number, (day, ()))
                found[number] = (min(known, day), (*duties, line.duty))
    return found


def _own_dates(works: Iterable[Disclosure]) -> dict[str, date]:
    """Of what answers no duty; a day is over with the review after it was set."""
    dates = {each.number: day for each in works if (day := _own_date(each))}
    in_use = Item.objects.filter(number__in=dates, state=ItemState.CURRENT)
    reviews = last_reviewed(dates)
    found: dict[str, date] = {}
    for number in in_use.values_list("number", flat=True):
        review, day = reviews.get(number), dates[number]
        if review is None or localdate(review.at) < day:
            found[number] = day
        elif review.review_date:
            found[number] = review.review_date
    return found


def _own_date(work: Disclosure) -> date | None:
    revision = work.published_revision
    text = revision.content.get("review_date") if revision else None
    return date.fromisoformat(text) if text else None
