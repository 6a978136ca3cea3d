"""A notice ends before its time, by itself, and somebody looks back at it."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.timezone import localdate

from prongsai.notices import rules
from prongsai.notices.actions.delivering import queue
from prongsai.notices.actions.posting import post
from prongsai.notices.labels import REVIEW_LABELS
from prongsai.notices.models import Notice
from prongsai.notices.queries import (
    END_OF_NOTICE,
    acting_words,
    decider,
    review_due,
    reviewing_as,
    took_part,
    valid_until,
)
from prongsai.notices.refusals import CannotDecide, CannotReview
from prongsai.notices.states import EndCause, NoticeState
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.screening.queries import unspeakable

CLOCK = Actor.system("นาฬิกาของระบบ")
REVIEW_FIELDS = tuple(REVIEW_LABELS)
LONGEST_REVIEW = 2000


def end(*, notice: Notice, cause: str, reason: str, by: Actor, at: datetime) -> bool:
    """By a director, also one who wrote it: taking a wrong alarm down waits for nobody. Raises `CannotDecide`.

    The reason is read by the public.
    """
    with refusals_recorded(by=by, at=at, verb="end_notice", subject=notice.subject):
        row = Notice.objects.select_for_update().select_related("unit").get(pk=notice.pk)
        blockers = [
            *rules.decider_blockers(decider(by, row.unit, on=localdate(at))),
            *rules.live_blockers(row.state),
            *rules.reason_blockers(reason, unspeakable(reason)),
        ]
        if blockers:
            raise CannotDecide(blockers)
        row.ended_by_id, row.end_reason = by.person_id, reason.strip()
        row.end_post, row.end_acting = by.post_title, acting_words(by)
        close(row, cause if cause == EndCause.WRONG else EndCause.OVER, at)
        queue(notice=row, version=END_OF_NOTICE, at=at)
        details = {"cause": str(row.end_cause)}
        record_act(
            by=by, at=at, verb="end_notice", subject=row.subject, reason=reason, details=details
        )
    return post(at=at)


def expire(*, notice: Notice, at: datetime) -> bool:
    """Its time is over; the public has known by its own clock. Doing it again changes nothing."""
    with refusals_recorded(by=CLOCK, at=at, verb="expire_notice", subject=notice.subject):
        row = Notice.objects.select_for_update().select_related("unit").get(pk=notice.pk)
        until = valid_until(row)
        if row.state != NoticeState.LIVE or until is None or until > at:
            return False
        # When it was over, not when somebody came to note it.
        close(row, EndCause.EXPIRED, until)
        record_act(by=CLOCK, at=at, verb="expire_notice", subject=row.subject)
    return post(at=at)


def close(row: Notice, cause: str, ended_at: datetime) -> None:
    """Saves the row, whatever else was changed of it."""
    row.state, row.end_cause, row.ended_at = NoticeState.ENDED, cause, ended_at
    row.review_due_date = review_due(ended_at)
    row.save()


def review(*, notice: Notice, texts: Mapping[str, str], by: Actor, at: datetime) -> None:
    """The look back: what came of it, and what to do better. Raises `CannotReview`."""
    with refusals_recorded(by=by, at=at, verb="review_notice", subject=notice.subject):
        row = Notice.objects.select_for_update().get(pk=notice.pk)
        kept = {name: texts.get(name, "").strip()[:LONGEST_REVIEW] for name in REVIEW_FIELDS}
        blockers = rules.review_blockers(
            state=row.state,
            post=by.post_title or by.name,
            is_reviewer=reviewing_as(by, row.unit, on=localdate(at)),
            took_part=took_part(row, by.person_id),
            texts=kept,
            labels={name: str(label) for name, label in REVIEW_LABELS.items()},
        )
        if blockers:
            raise CannotReview(blockers)
        row.state, row.reviewed_at, row.reviewed_by_id = NoticeState.REVIEWED, at, by.person_id
        row.review_effect, row.review_lesson = kept["review_effect"], kept["review_lesson"]
        row.save()
        late = row.review_due_date is not None and localdate(at) > row.review_due_date
        details = {**kept, "is_late": late}
        record_act(by=by, at=at, verb="review_notice", subject=row.subject, details=details)
