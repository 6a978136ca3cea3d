"""What the screens of emergency notices show: how one stands, what the person at the desk may do, and what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.notices.forms import EndForm, RecallForm, RenewForm, ReviewForm, SendBackForm
from prongsai.notices.models import Notice, Wording
from prongsai.notices.queries import (
    directing_post,
    directors_beside,
    failed_deliveries,
    reviewing_post,
    rules_of_the_house,
    seen_notices,
    took_part,
    waiting_for,
)
from prongsai.notices.states import PUBLIC_STATES, NoticeState, Stage
from prongsai.office.desk import Desk
from prongsai.organisation.states import RoleCode
from prongsai.thai.dates import end_of


@dataclass(frozen=True)
class NoticeRow:
    """A notice in the list. `is_over` by the clock, also before the worker has noted it."""

    notice: Notice
    headline: str
    until: datetime | None
    is_live: bool
    is_overdue: bool
    has_wording_under_way: bool


def notice_rows(notices: Iterable[Notice], *, desk: Desk, at: datetime) -> list[NoticeRow]:
    return [_row(each, desk=desk, at=at) for each in notices]


def _row(notice: Notice, *, desk: Desk, at: datetime) -> NoticeRow:
    wordings = list(notice.wordings.all())
    approved = [each for each in wordings if each.stage == Stage.APPROVED]
    shown = approved[-1] if approved else wordings[-1]
    due = notice.review_due_date
    return NoticeRow(
        notice=notice,
        headline=shown.headline,
        until=shown.valid_until_at,
        is_live=notice.state == NoticeState.LIVE and not _is_over(shown, at),
        is_overdue=notice.state == NoticeState.ENDED and due is not None and due < desk.on,
        has_wording_under_way=notice.state == NoticeState.LIVE and wordings[-1] is not shown,
    )


def _is_over(wording: Wording, at: datetime) -> bool:
    return wording.valid_until_at is not None and wording.valid_until_at <= at


def lists(*, desk: Desk, at: datetime, drills: bool) -> dict[str, list[NoticeRow]]:
    """Those that need somebody, and the rest, newest first."""
    rows = notice_rows(seen_notices().filter(is_drill=drills)[:100], desk=desk, at=at)
    closed = {NoticeState.ENDED, NoticeState.REVIEWED}
    return {
        "open_rows": [each for each in rows if each.notice.state not in closed],
        "closed_rows": [each for each in rows if each.notice.state in closed],
    }


def writes_for(desk: Desk, notice: Notice) -> bool:
    if RoleCode.WEBMASTER in desk.roles:
        return True
    return any(
        held.post.unit_id == notice.unit_id
        and RoleCode.OFFICER in {role.code for role in held.post.roles.all()}
        for held in desk.appointments
    )


def notice_screen(notice: Notice, *, desk: Desk, at: datetime) -> dict[str, Any]:
    """Everything that `notices/one.html` takes. What is offered is what the actions would accept."""
    standing = _standing(notice, at)
    writers = _writers(standing.under_way)
    return {
        **vars(standing),
        **_offered_to_writers(standing, desk),
        **_offered_to_directors(standing, desk),
        "may_review": notice.state == NoticeState.ENDED
        and bool(reviewing_post(desk.person, notice.unit, on=desk.on))
        and not took_part(notice, desk.person.pk),
        "directors": directors_beside(notice.unit, writers, on=desk.on) if standing.awaits else [],
        "send_back": SendBackForm(),
        "renew": RenewForm(longest=rules_of_the_house().longest(is_drill=notice.is_drill)),
        "end": EndForm(),
        "recall": RecallForm(),
        "review": ReviewForm(),
        "deliveries": list(notice.deliveries.all()),
        "failed": list(failed_deliveries([notice])),
    }


@dataclass(frozen=True)
class _Standing:
    """A notice at a moment: the wording that the public reads, and the one on its way; whether that `awaits` a word."""

    notice: Notice
    current: Wording | None
    under_way: Wording | None
    awaits: bool
    is_live: bool
    seconds_left: int


def _standing(notice: Notice, at: datetime) -> _Standing:
    wordings = list(notice.wordings.all())
    under_way = next((each for each in wordings if each.stage != Stage.APPROVED), None)
    current = next((each for each in reversed(wordings) if each.stage == Stage.APPROVED), None)
    is_live = notice.state == NoticeState.LIVE and current is not None and not _is_over(current, at)
    until = current.valid_until_at if current and is_live else None
    return _Standing(
        notice=notice,
        current=current,
        under_way=under_way,
        awaits=under_way is not None and under_way.stage == Stage.AWAITING_DIRECTOR,
        is_live=is_live,
        seconds_left=int((until - at).total_seconds()) if until else 0,
    )


def _offered_to_writers(standing: _Standing, desk: Desk) -> dict[str, bool]:
    may_write, under_way = writes_for(desk, standing.notice), standing.under_way
    return {
        "may_edit": may_write and under_way is not None and not standing.awaits,
        "may_update": may_write and standing.is_live and under_way is None,
    }


def _offered_to_directors(standing: _Standing, desk: Desk) -> dict[str, bool]:
    """Nobody agrees to their own words, nor gives them more time; an end is anybody's who directs."""
    notice, under_way, who = standing.notice, standing.under_way, desk.person.pk
    directs = bool(directing_post(desk.person, notice.unit, on=desk.on))
    asked = directs and standing.awaits
    rests = directs and standing.is_live and under_way is None
    return {
        "may_decide": asked and who not in _writers(under_way),
        "is_writer": asked and who in _writers(under_way),
        "may_renew": rests and who not in _writers(standing.current),
        "may_end": directs and notice.state == NoticeState.LIVE,
        "may_recall": directs and notice.state in PUBLIC_STATES and notice.recalled_at is None,
    }


def _writers(wording: Wording | None) -> list[int]:
    return wording.writers if wording else []


@dataclass(frozen=True)
class Waits:
    """One line for the inbox, before it becomes a row there."""

    address: str
    title: str
    kind: Promise
    unit: str
    since: datetime
    since_label: Promise
    note: str
    # A look back has days; what the public must hear of, and what is late, has none.
    is_urgent: bool = True


def waiting_notices(desk: Desk) -> list[Waits]:
    """For a director what they must agree to, for the reviewer what to look back at, for executives what is late."""
    found = waiting_for(desk.person, desk.appointments, on=desk.on)
    return [
        *(waits_for_word(each) for each in found.to_decide),
        *(_to_review(each, desk, _("ทบทวนประกาศฉุกเฉิน")) for each in found.to_review),
        *(_to_review(each, desk, _("ยังไม่มีผู้ทบทวน เกินกำหนดแล้ว")) for each in found.overdue),
    ]


def waits_for_word(wording: Wording) -> Waits:
    notice = wording.notice
    return Waits(
        address=reverse("notice", kwargs={"ref": notice.ref}),
        title=wording.headline,
        kind=_("ฝึกซ้อมประกาศ รอท่านเห็นชอบ") if notice.is_drill else _("ประกาศฉุกเฉิน รอท่านเห็นชอบ"),
        unit=notice.unit.name,
        since=wording.submitted_at or wording.written_at,
        since_label=_("ส่งเมื่อ"),
        note="",
    )


def _to_review(notice: Notice, desk: Desk, kind: Promise) -> Waits:
    current, due = notice.current, notice.review_due_date
    is_late = due is not None and due < desk.on
    # Late from another moment on: whoever was told that it waits is told once more that it is late.
    since = end_of(due) if due and is_late else notice.ended_at or notice.started_at
    return Waits(
        address=reverse("notice", kwargs={"ref": notice.ref}),
        title=current.headline if current else "",
        kind=kind,
        unit=notice.unit.name,
        since=since,
        since_label=_("เกินกำหนดตั้งแต่") if is_late else _("สิ้นสุดเมื่อ"),
        note=str(_("เกินกำหนดทบทวน")) if is_late else "",
        is_urgent=is_late,
    )
