"""What is under way, on whom it waits, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.approval.models import Submission
from prongsai.approval.queries.deadlines import silent_posts
from prongsai.approval.states import OPEN_STATES, SubmissionState, Urgency
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.figures import days_between
from prongsai.organisation.models import Post

WRITER, SCREENER, SENDER = _("ผู้เขียน"), _("ผู้ตรวจกลั่นกรอง"), _("เจ้าหน้าที่ส่งต่อ")
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
    return Submission.objects.filter(state__in=OPEN_STATES).prefetch_related("decisions")


def waits(disclosures: QuerySet[Disclosure], *, at: datetime, most: int = 50) -> list[Wait]:
    """Those of `disclosures` that somebody has to move, the longest wait first."""
    # Without their contents, of which there may be hundreds: only the row's own columns are shown.
    under_way = disclosures.under_way()  # type: ignore[attr-defined]  # our own QuerySet
    rows: list[Disclosure] = list(under_way.select_related(None).select_related("unit"))
    mine = {one.pk for one in rows}
    # All that is open, for SQLite takes no list of any length; there is never much more of it than of `rows`.
    current = {one.disclosure_id: one for one in open_submissions() if one.disclosure_id in mine}
    rows.sort(key=lambda one: _since(one, current.get(one.pk)))
    shown = rows[:most]
    asked = [current[one.pk] for one in shown if one.pk in current]
    titles = titles_of(code for one in asked for code in silent_posts(one))
    return [_wait(one, current.get(one.pk), titles, at) for one in shown]


def titles_of(codes: Iterable[str]) -> dict[str, str]:
    return dict(Post.objects.filter(code__in=set(codes)).values_list("code", "title_th"))


def _wait(
    disclosure: Disclosure, submission: Submission | None, titles: dict[str, str], at: datetime
) -> Wait:
    since = _since(disclosure, submission)
    return Wait(
        title=disclosure.title,
        address=reverse("work", kwargs={"ref": disclosure.ref}),
        unit=disclosure.unit.name_th,
        stage=disclosure.get_stage_display(),
        whom=_whom(disclosure, submission, titles, at),
        since=since,
        days=int(days_between(since, at)),
        is_urgent=submission is not None and submission.urgency == Urgency.URGENT,
    )


def _since(disclosure: Disclosure, submission: Submission | None) -> datetime:
    if submission is None:
        return disclosure.changed_at
    if submission.state == SubmissionState.APPROVED:
        return submission.approved_at or submission.submitted_at
    return arrived_at(submission)


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
