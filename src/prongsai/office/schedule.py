"""What will become public or end by itself, day by day; what is late; what the gate refused lately."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet
from django.utils.timezone import localdate, localtime

from prongsai.approval.models import Submission, TimeWish
from prongsai.approval.queries import latest_day_of, open_wish
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.desk import Desk
from prongsai.office.forms import TimeForm
from prongsai.office.queries import visible_disclosures
from prongsai.office.submitting import (
    answers_for,
    led_units,
    may_ask_for_time,
    may_put_off,
    may_stop,
)
from prongsai.office.verbs import ASKED
from prongsai.publication.queries import expired, overdue
from prongsai.record.models import Item
from prongsai.record.states import CONTENT_ACTIONS

MOST = 300
LATELY = timedelta(days=14)
# What was approved a moment ago is on its way, not scheduled.
SOON = timedelta(minutes=10)


@dataclass(frozen=True)
class Planned:
    """Something that happens at a moment, or (`at` is None) after the end of a day.

    `time_form` puts it off where it is movable, and else asks for that; `wish` waits for the last approver.
    """

    what: str
    day: date
    at: datetime | None
    disclosure: Disclosure
    submission: Submission | None = None
    may_stop: bool = False
    may_send_again: bool = False
    time_form: TimeForm | None = None
    is_movable: bool = False
    wish: TimeWish | None = None
    may_answer: bool = False
    latest: date | None = None

    @property
    def order(self) -> tuple[date, float]:
        return self.day, self.at.timestamp() if self.at else float("inf")


@dataclass(frozen=True)
class Day:
    day: date
    planned: tuple[Planned, ...]


@dataclass(frozen=True)
class Schedule:
    """`late` should be empty; `failed` are approvals that the gate refused within two weeks."""

    days: tuple[Day, ...]
    late: tuple[Submission, ...]
    failed: tuple[Submission, ...]
    late_everywhere: int


def schedule(desk: Desk, *, at: datetime) -> Schedule:
    """Of what this desk may see, but `late_everywhere` counts all that is late."""
    seen = visible_disclosures(desk)
    late = overdue(at=at)
    planned = sorted([*_publications(seen, desk, at=at), *_ends(seen, at=at)], key=_order)
    return Schedule(
        days=tuple(Day(day, tuple(rows)) for day, rows in groupby(planned, key=_day)),
        late=tuple(late.filter(disclosure__in=seen.values("pk"))),
        failed=tuple(_failed(seen, at=at)),
        # An expiry that was not carried out is late as well.
        late_everywhere=late.count() + len(_late_ends(at)),
    )


def _order(planned: Planned) -> tuple[date, float]:
    return planned.order


def _day(planned: Planned) -> date:
    return planned.day


def _late_ends(at: datetime) -> list[Disclosure]:
    return expired(at=at - SOON)


def _publications(seen: QuerySet[Disclosure], desk: Desk, *, at: datetime) -> Iterable[Planned]:
    rows = Submission.objects.leading().filter(
        state__in=[SubmissionState.APPROVED, SubmissionState.UNDER_WAY],
        publish_after__gte=at,
        disclosure__in=seen.values("pk"),
    )
    related = ("disclosure__unit__parent__parent", "submitted_by", "revision", "sending__bundle")
    rows, led = rows.select_related(*related), led_units(desk)
    for each in rows.prefetch_related("time_changes", "time_wishes__answer")[:MOST]:
        yield _publication(each, desk, led, at=at)


def _publication(each: Submission, desk: Desk, led: frozenset[int], *, at: datetime) -> Planned:
    moment, wish = each.publish_after or at, open_wish(each)
    # A bundle is stopped and moved on its own page, with all its members.
    is_alone = each.sending is None
    is_stoppable = is_alone and may_stop(each, desk, at)
    is_movable = is_alone and may_put_off(each, desk, led)
    has_form = is_movable or (is_alone and may_ask_for_time(each, desk))
    planned = Planned(
        what=str(ASKED[each.action]),
        day=localtime(moment).date(),
        at=moment,
        disclosure=each.disclosure,
        submission=each,
        may_stop=is_stoppable,
        may_send_again=is_stoppable and each.action in CONTENT_ACTIONS,
        is_movable=is_movable,
        wish=wish,
        may_answer=wish is not None and _may_answer(wish, each, desk),
    )
    if not has_form:
        return planned
    return replace(planned, time_form=_time_form(each), latest=latest_day_of(each))


def _may_answer(wish: TimeWish, submission: Submission, desk: Desk) -> bool:
    return wish.person_id != desk.person.pk and answers_for(submission, desk)


def _time_form(submission: Submission) -> TimeForm:
    """With the hour that was approved: who puts a day off seldom means another hour."""
    planned = submission.publish_after
    initial = {"hour": localtime(planned).time()} if planned else None
    return TimeForm(prefix=f"time-{submission.pk}", initial=initial)


def _ends(seen: QuerySet[Disclosure], *, at: datetime) -> Iterable[Planned]:
    """Items in use with an approved last day that is still to come."""
    field = "published_revision__content__expires_date"
    rows = seen.filter(**{f"{field}__gte": localdate(at).isoformat()}, stage__in=Stage.values)
    rows = rows.exclude(**{field: None}).exclude(number="").select_related("published_revision")
    works = list(rows[:MOST])
    numbers = [each.number for each in works]
    listed = set(Item.objects.listed().filter(number__in=numbers).values_list("number", flat=True))
    for each in works:
        revision = each.published_revision
        if revision is not None and each.number in listed:
            day = date.fromisoformat(revision.content["expires_date"])
            yield Planned(what="end", day=day, at=None, disclosure=each)


def _failed(seen: QuerySet[Disclosure], *, at: datetime) -> QuerySet[Submission]:
    rows = Submission.objects.filter(
        state=SubmissionState.REFUSED,
        approved_at__gte=at - LATELY,
        disclosure__in=seen.values("pk"),
    )
    return rows.select_related("disclosure__unit").order_by("-approved_at")[:MOST]
