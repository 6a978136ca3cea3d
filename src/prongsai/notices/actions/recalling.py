"""A notice with words that nobody may read is taken back, everywhere and for good."""

from datetime import datetime

from django.utils.timezone import localdate

from prongsai.notices import rules
from prongsai.notices.actions.delivering import queue
from prongsai.notices.actions.ending import close
from prongsai.notices.actions.posting import post
from prongsai.notices.models import Notice
from prongsai.notices.queries import RECALL_OF_NOTICE, acting_words, decider
from prongsai.notices.refusals import CannotDecide
from prongsai.notices.states import EndCause, NoticeState
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.publication.recalls.actions import open_notice_incident
from prongsai.record.states import RecallReason
from prongsai.screening.queries import unspeakable


def recall(*, notice: Notice, ground: str, reason: str, by: Actor, at: datetime) -> bool:
    """By a director, at any time after it was live. Raises `CannotDecide`.

    The site shows nothing of it from this moment; the worker erases it in the record. `ground` is a
    `RecallReason`; the public reads it with `reason`. A second tap changes nothing.
    """
    with refusals_recorded(by=by, at=at, verb="recall_notice", subject=notice.subject):
        row = Notice.objects.select_for_update().select_related("unit").get(pk=notice.pk)
        if row.recalled_at is None or row.recalled_by_id != by.person_id:
            _recall(row, ground, reason, by, at)
    return post(at=at, forgets=True)


def _recall(row: Notice, ground: str, reason: str, by: Actor, at: datetime) -> None:
    blockers = rules.recall_blockers(
        decider(by, row.unit, on=localdate(at)),
        state=row.state,
        is_recalled=row.recalled_at is not None,
        ground=ground,
        reason=reason,
        unspeakable=unspeakable(reason),
    )
    if blockers:
        raise CannotDecide(blockers)
    row.recalled_at, row.recalled_by_id = at, by.person_id
    row.recall_reason, row.recall_explanation = ground, reason.strip()
    row.recall_post, row.recall_acting = by.post_title, acting_words(by)
    if row.state == NoticeState.LIVE:
        row.ended_by_id, row.end_reason = by.person_id, reason.strip()
        row.end_post, row.end_acting = row.recall_post, row.recall_acting
        close(row, EndCause.RECALLED, at)
    else:
        row.save()
    queue(notice=row, version=RECALL_OF_NOTICE, at=at)
    if ground == RecallReason.PERSONAL_DATA:
        open_notice_incident(ref=row.ref, known_at=at, by=by, at=at)
    details = {"ground": ground}
    record_act(
        by=by, at=at, verb="recall_notice", subject=row.subject, reason=reason, details=details
    )
