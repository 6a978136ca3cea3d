"""What is under way, on whom it waits, and since when."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, OuterRef, Prefetch, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.approval.models import Submission
from prongsai.approval.queries.deadlines import silent_posts, words_of_their_step
from prongsai.approval.states import OPEN_STATES, SubmissionState, Urgency
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.figures import days_between
from prongsai.organisation.queries import post_titles

WRITER, SCREENER, SENDER = _("ผู้เขียน"), _("ผู้ตรวจกลั่นกรอง"), _("เจ้าหน้าที่ส่งต่อ")
# What is asked of a submission here; its texts are not.
FIGURES = (
    *("disclosure", "state", "urgency", "step", "steps"),
    *("submitted_at", "arrived_at", "approved_at", "publish_after"),
)
CLOCK, GATE = _("ถึงเวลาที่ตั้งไว้"), _("ระบบเผยแพร่")


@dataclass(frozen=True)
class Wait:
    """A piece of work: `whom` it waits for, since when, and for how many days."""

    title: str
    address: str
    unit: str
    stage: str
    whom: str
    since: datetime
    days: int
    is_urgent: bool


def arrived_at(submission: Submission) -> datetime:
    """When it came to its present step; what was sent before that was kept says when it was sent."""
    return submission.arrived_at or submission.submitted_at


def open_submissions() -> QuerySet[Submission]:
    """Of whichever unit, with what the figures need."""
    rows = Submission.objects.filter(state__in=OPEN_STATES).order_by()
    return rows.only(*FIGURES).prefetch_related(Prefetch("decisions", words_of_their_step()))


def waits(disclosures: QuerySet[Disclosure], *, at: datetime, most: int = 50) -> list[Wait]:
    """Those of `disclosures` that somebody has to move, the longest wait first."""
    under_way = disclosures.under_way()  # type: ignore[attr-defined]  # our own QuerySet
    # Without their contents: only the row's own columns are shown.
    rows = under_way.select_related(None).select_related("unit").annotate(since=_since())
    shown: list[Disclosure] = list(rows.order_by("since", "pk")[:most])
    asked = open_submissions().filter(disclosure__in=[one.pk for one in shown])
    current = {one.disclosure_id: one for one in asked}
    titles = post_titles(code for one in current.values() for code in silent_posts(one))
    return [_wait(one, current.get(one.pk), titles, at) for one in shown]


def wait_of(disclosure: Disclosure, *, at: datetime) -> Wait | None:
    """On whom this one waits; None when nobody has to move it."""
    return next(iter(waits(Disclosure.objects.filter(pk=disclosure.pk), at=at)), None)


def _since() -> Coalesce:
    """Since when a disclosure waits: since its open submission came to its step, or since it was changed."""
    arrived = Coalesce("arrived_at", "submitted_at")
    approved = When(state=SubmissionState.APPROVED, then=Coalesce("approved_at", "submitted_at"))
    current = Submission.objects.filter(disclosure=OuterRef("pk"), state__in=OPEN_STATES)
    came = current.order_by().values(since=Case(approved, default=arrived))
    return Coalesce(Subquery(came[:1]), F("changed_at"))


def _wait(
    disclosure: Disclosure, submission: Submission | None, titles: dict[str, str], at: datetime
) -> Wait:
    since: datetime = disclosure.since  # type: ignore[attr-defined]  # annotated by `waits`
    return Wait(
        title=disclosure.title,
        address=reverse("work", kwargs={"ref": disclosure.ref}),
        unit=disclosure.unit.name,
        stage=disclosure.get_stage_display(),
        whom=_whom(disclosure, submission, titles, at),
        since=since,
        days=int(days_between(since, at)),
        is_urgent=submission is not None and submission.urgency == Urgency.URGENT,
    )


def _whom(
    disclosure: Disclosure, submission: Submission | None, titles: dict[str, str], at: datetime
) -> str:
    if submission is None:
        return str(_before_the_line(disclosure))
    if submission.state == SubmissionState.APPROVED:
        is_timed = submission.publish_after is not None and submission.publish_after > at
        return str(CLOCK if is_timed else GATE)
    return ", ".join(titles.get(code, code) for code in silent_posts(submission))


def _before_the_line(disclosure: Disclosure) -> Promise:
    if disclosure.stage != Stage.SCREENING:
        return WRITER
    return SENDER if getattr(disclosure, "is_decided", False) else SCREENER
