"""What writers ask of the time of something approved, before those who decided it last."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.approval.models import TimeWish
from prongsai.approval.queries import open_wishes
from prongsai.office.desk import Desk
from prongsai.office.rows import Row
from prongsai.office.submitting import answers_for
from prongsai.organisation.states import RoleCode


def times_to_answer(desk: Desk, *, at: datetime) -> list[Row]:
    """Rows of the inbox, each answered by one tap; nobody answers their own."""
    if RoleCode.APPROVER not in desk.roles:
        return []
    return [
        _row(each)
        for each in open_wishes(at=at)
        if each.person_id != desk.person.pk and answers_for(each.submission, desk)
    ]


def _row(wish: TimeWish) -> Row:
    disclosure = wish.submission.disclosure
    return Row(
        address=f"{reverse('schedule')}#planned-{wish.submission_id}",
        title=disclosure.title,
        kind=_("ขอเลื่อนเวลาเผยแพร่"),
        unit=disclosure.unit.name,
        since=wish.at,
        since_label=gettext_lazy("ขอเมื่อ"),
        note=wish.reason,
        time_wish=wish,
    )
