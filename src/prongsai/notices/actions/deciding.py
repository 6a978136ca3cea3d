"""The director agrees, sends back, or gives a live notice more time."""

from datetime import datetime
from functools import partial

from django.utils.timezone import localdate

from prongsai.notices import rules
from prongsai.notices.actions.delivering import queue
from prongsai.notices.actions.posting import post
from prongsai.notices.actions.writing import successor
from prongsai.notices.models import Notice, Wording
from prongsai.notices.queries import acting_words, decider, is_over, rules_of_the_house
from prongsai.notices.refusals import CannotDecide
from prongsai.notices.states import DecideBlocker, Message, NoticeState, Stage
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker


def approve(*, wording: Wording, seen: str, by: Actor, at: datetime) -> bool:
    """`seen` is the hash of the wording on the page that was tapped. Raises `CannotDecide`.

    A second tap by the same person on the same words changes nothing.
    """
    subject = wording.notice.subject
    with refusals_recorded(by=by, at=at, verb="approve_notice", subject=subject):
        row = _locked(wording)
        if not _is_approved_by(row, by, seen):
            _approve(row, seen, by, at)
    return post(at=at)


def _approve(row: Wording, seen: str, by: Actor, at: datetime) -> None:
    blockers = rules.approval_blockers(
        decider(by, row.notice.unit, on=localdate(at)),
        stage=row.stage,
        writers=row.writers,
        seen=seen,
        present=row.hash,
        valid_until_at=row.valid_until_at,
        at=at,
    )
    # An update of a notice that has ended meanwhile would bring it back.
    if row.version > 1:
        blockers += rules.live_blockers(row.notice.state, is_over=is_over(row.notice, at=at))
    if blockers:
        raise CannotDecide(blockers)
    _put_before_the_public(row, by, at)
    details = {"version": row.version, "hash": row.hash, "until": _written(row.valid_until_at)}
    record_act(by=by, at=at, verb="approve_notice", subject=row.notice.subject, details=details)


def _put_before_the_public(row: Wording, by: Actor, at: datetime) -> None:
    row.stage, row.approved_at, row.approved_by_id = Stage.APPROVED, at, by.person_id
    row.approver_post, row.approver_acting = by.post_title, acting_words(by)
    row.save()
    row.notice.state = NoticeState.LIVE
    row.notice.save(update_fields=["state"])
    queue(notice=row.notice, version=row.version, at=at)


def _is_approved_by(row: Wording, by: Actor, seen: str) -> bool:
    return row.stage == Stage.APPROVED and row.approved_by_id == by.person_id and row.hash == seen


def send_back(*, wording: Wording, reason: str, by: Actor, at: datetime) -> None:
    """To its writer, with what must change. Raises `CannotDecide`."""
    record = partial(
        record_act, by=by, at=at, verb="send_back_notice", subject=wording.notice.subject
    )
    with refusals_recorded(by=by, at=at, verb="send_back_notice", subject=wording.notice.subject):
        row = _locked(wording)
        who = decider(by, row.notice.unit, on=localdate(at))
        blockers = [*rules.decider_blockers(who), *rules.reason_blockers(reason)]
        if row.stage != Stage.AWAITING_DIRECTOR:
            blockers.append(Blocker(DecideBlocker.NOT_AWAITING, str(Stage(row.stage).label)))
        if blockers:
            raise CannotDecide(blockers)
        row.stage, row.remark = Stage.DRAFT, reason.strip()
        row.save(update_fields=["stage", "remark"])
        if row.notice.state == NoticeState.AWAITING_DIRECTOR:
            row.notice.state = NoticeState.DRAFT
            row.notice.save(update_fields=["state"])
        record(reason=reason, details={"version": row.version})


def renew(*, notice: Notice, until: datetime, by: Actor, at: datetime) -> bool:
    """The same words for longer: a wording of its own, approved in the same breath. Raises `CannotDecide`."""
    with refusals_recorded(by=by, at=at, verb="renew_notice", subject=notice.subject):
        row = Notice.objects.select_for_update().select_related("unit").get(pk=notice.pk)
        current, newest = row.current, row.newest
        if current is None or current.valid_until_at is None or newest is None:
            raise CannotDecide(rules.live_blockers(row.state))
        blockers = rules.renewal_blockers(
            decider(by, row.unit, on=localdate(at)),
            state=row.state,
            writers=current.writers,
            before=current.valid_until_at,
            until=until,
            longest=rules_of_the_house().longest(is_drill=row.is_drill),
            at=at,
        )
        if newest.stage != Stage.APPROVED:
            blockers.append(Blocker(DecideBlocker.UPDATE_UNDER_WAY))
        if blockers:
            raise CannotDecide(blockers)
        wording = successor(current, Message.RENEWAL)
        wording.notice, wording.valid_until_at = row, until
        wording.written_at, wording.written_by_id = at, current.written_by_id
        _put_before_the_public(wording, by, at)
        details = {"version": wording.version, "until": until.isoformat()}
        record_act(by=by, at=at, verb="renew_notice", subject=row.subject, details=details)
    return post(at=at)


def _locked(wording: Wording) -> Wording:
    Notice.objects.select_for_update().get(pk=wording.notice_id)
    return Wording.objects.select_related("notice__unit").get(pk=wording.pk)


def _written(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
