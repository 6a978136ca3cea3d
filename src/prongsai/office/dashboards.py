"""The dashboards: my work and what is due; my unit; and the way of the whole municipality, in figures."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries.deadlines import silent_posts
from prongsai.approval.states import SubmissionState, Urgency
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.states import Stage
from prongsai.office.desk import Desk
from prongsai.office.figures import Spread, days_between, latest_months, percent, spread
from prongsai.office.queries import visible_disclosures
from prongsai.office.waiting import (
    Wait,
    arrived_at,
    open_submissions,
    waits,
)
from prongsai.organisation.models import Unit
from prongsai.organisation.queries import post_titles
from prongsai.organisation.states import RoleCode, UnitLevel

AHEAD = timedelta(days=30)
LATELY = timedelta(days=90)
MONTHS = 12
LONGEST_LIST = 50
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Due:
    """Something with a day: what is to be done, until when, and whether that day has passed."""

    what: Promise
    title: str
    address: str
    day: date
    is_late: bool


@dataclass(frozen=True)
class PostFigures:
    """A post: what waits there now, and how long what it decided lately took. In calendar days."""

    title: str
    waiting: Spread
    decided: Spread


@dataclass(frozen=True)
class MonthFigures:
    """What was published in a month (its first day), and how much of it went the urgent way."""

    month: date
    published: int
    urgent: int
    share: int
    # Of the bar, where the month with most has 100.
    length: int
    urgent_length: int


@dataclass(frozen=True)
class WholeFigures:
    posts: tuple[PostFigures, ...]
    months: tuple[MonthFigures, ...]
    reviews_late: int
    withheld_late: int
    publications_late: int


def my_work(desk: Desk, *, at: datetime) -> list[Wait]:
    """What this person wrote or began and that is not done yet."""
    return waits(
        visible_disclosures(desk).filter(
            pk__in=Disclosure.objects.touched_by(desk.person.pk).values("pk")
        ),
        at=at,
    )


def unit_work(desk: Desk, *, at: datetime) -> list[Wait]:
    """Of the units of one's posts and those below them, as far as one may see it."""
    return waits(visible_disclosures(desk).filter(unit__in=_units_of(desk)), at=at)


def _units_of(desk: Desk) -> set[int]:
    """With all that lie below, whatever the depth; one question."""
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Unit.objects.values_list("pk", "parent_id"):
        below[parent].append(pk)
    found: set[int] = set()
    ahead = [held.post.unit_id for held in desk.appointments]
    while ahead:
        unit = ahead.pop()
        found.add(unit)
        ahead += [each for each in below[unit] if each not in found]
    return found


def due_soon(desk: Desk) -> list[Due]:
    """Reviews and ends of what the person's units have published, and of what they withhold."""
    until = desk.on + AHEAD
    published = Disclosure.objects.filter(unit__code__in=desk.unit_codes).exclude(number="")
    published = published.exclude(published_revision=None).select_related("published_revision")
    found = [due for one in published if (due := _date_of(one, "review_date", REVIEW, desk.on))]
    found += [due for one in published if (due := _date_of(one, "expires_date", ENDING, desk.on))]
    parts = WithheldPart.objects.due_for_review(on=until)
    parts = parts.filter(disclosure__unit__code__in=desk.unit_codes).select_related("disclosure")
    found += [_withheld(part, desk.on) for part in parts]
    return sorted((due for due in found if due.day <= until), key=lambda due: due.day)[
        :LONGEST_LIST
    ]


REVIEW, ENDING, WITHHELD = _("ทบทวนเนื้อหา"), _("หมดอายุ"), _("ทบทวนส่วนที่ปิดไว้")


def _date_of(disclosure: Disclosure, name: str, what: Promise, on: date) -> Due | None:
    revision = disclosure.published_revision
    text = revision.content.get(name) if revision else None
    if not text or (what is ENDING and text < on.isoformat()):
        return None
    day = date.fromisoformat(text)
    address = reverse("work", kwargs={"ref": disclosure.ref})
    return Due(what, disclosure.title, address, day, is_late=day < on)


def _withheld(part: WithheldPart, on: date) -> Due:
    address = reverse("withheld_parts", kwargs={"ref": part.disclosure.ref})
    day = part.review_date or on
    return Due(WITHHELD, part.disclosure.title, address, day, is_late=day < on)


def whole(*, at: datetime) -> WholeFigures:
    """The same number of questions however much there is."""
    on = localdate(at)
    reviews = Disclosure.objects.exclude(number="").filter(
        stage=Stage.RESTING, published_revision__content__review_date__lt=on.isoformat()
    )
    # On PostgreSQL JSON's null comes before every date.
    reviews = reviews.exclude(published_revision__content__review_date=None)
    late = Submission.objects.filter(
        Q(publish_after=None) | Q(publish_after__lt=at - PATIENCE),
        state=SubmissionState.APPROVED,
        approved_at__lt=at - PATIENCE,
    )
    return WholeFigures(
        posts=tuple(_posts(at)),
        months=tuple(_months(on)),
        reviews_late=reviews.count(),
        withheld_late=WithheldPart.objects.due_for_review(on=on).count(),
        publications_late=late.count(),
    )


def _posts(at: datetime) -> list[PostFigures]:
    """Where the longest waits stand first."""
    waiting: dict[str, list[float]] = defaultdict(list)
    for submission in open_submissions().filter(state=SubmissionState.UNDER_WAY):
        for code in silent_posts(submission):
            waiting[code].append(days_between(arrived_at(submission), at))
    decided = _days_taken(since=at - LATELY)
    titles = post_titles({*waiting, *decided})
    rows = [
        PostFigures(titles.get(code, code), spread(waiting[code]), spread(decided[code]))
        for code in {*waiting, *decided}
    ]
    return sorted(rows, key=lambda row: (-row.waiting.longest, -row.decided.longest, row.title))


def _days_taken(*, since: datetime) -> dict[str, list[float]]:
    """By post, of what was sent since then: the days from its coming to a step until the post spoke."""
    taken: dict[str, list[float]] = defaultdict(list)
    came: dict[int, datetime] = {}
    before: dict[int, tuple[int, datetime]] = {}
    rows = Decision.objects.filter(submission__submitted_at__gte=since).order_by("id")
    # Bare columns: there are thousands in a season.
    words = rows.values_list("submission", "submission__submitted_at", "step", "post_code", "at")
    for submission, submitted, step, post, at in words:
        last_step, last_at = before.get(submission, (None, submitted))
        if last_step != step:
            came[submission] = last_at
        taken[post].append(days_between(came[submission], at))
        before[submission] = step, at
    return taken


def _months(on: date) -> list[MonthFigures]:
    """The months of the last year, the present one last, empty ones too."""
    months = latest_months(on, MONTHS)
    found = {row["month"].date(): row for row in _published_by_month(months[0])}
    most = max((row["published"] for row in found.values()), default=0)
    return [_month(month, found.get(month, {}), most) for month in months]


def _published_by_month(first: date) -> Iterable[Mapping[str, Any]]:
    rows = Submission.objects.filter(state=SubmissionState.PUBLISHED, published_at__date__gte=first)
    months = rows.annotate(month=TruncMonth("published_at")).values("month").order_by()
    urgent = Count("pk", filter=Q(urgency=Urgency.URGENT))
    return months.annotate(published=Count("pk"), urgent=urgent)


def _month(month: date, row: Mapping[str, Any], most: int) -> MonthFigures:
    published, urgent = row.get("published", 0), row.get("urgent", 0)
    return MonthFigures(
        month=month,
        published=published,
        urgent=urgent,
        share=percent(urgent, published),
        length=percent(published, most),
        urgent_length=percent(urgent, most),
    )


WRITING_ROLES = frozenset({RoleCode.OFFICER, RoleCode.WEBMASTER})


def sees_the_whole(desk: Desk) -> bool:
    """Who approves for the whole municipality, and who oversees it."""
    if RoleCode.AUDITOR in desk.roles:
        return True
    return any(
        held.post.unit.level == UnitLevel.MUNICIPALITY
        and any(role.code == RoleCode.APPROVER for role in held.post.roles.all())
        for held in desk.appointments
    )


def leads_a_unit(desk: Desk) -> bool:
    return RoleCode.APPROVER in desk.roles
