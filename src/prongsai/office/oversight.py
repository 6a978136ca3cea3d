"""What takes the word or the eyes of a second person: appointments that wait, and accounts that were changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.office.desk import Desk
from prongsai.office.models import AccountNotice, Invitation
from prongsai.office.rows import Row
from prongsai.office.verbs import VERBS
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment
from prongsai.organisation.queries import held_by, waiting_appointments
from prongsai.organisation.states import RoleCode, UnitLevel
from prongsai.thai.dates import start_of


def may_oversee(by: Actor, on: date) -> bool:
    """Whoever approves for the municipality as a whole, such as the clerk and the mayor."""
    top = {"post__roles__code": RoleCode.APPROVER, "post__unit__level": UnitLevel.MUNICIPALITY}
    return held_by(by, on=on).filter(scope_kinds=[], scope_units=[], **top).exists()


def oversees(held: Appointment) -> bool:
    """The same as `may_oversee`, of an appointment whose roles are there already."""
    is_top = held.post.unit.level == UnitLevel.MUNICIPALITY and not held.is_limited
    return is_top and RoleCode.APPROVER in {role.code for role in held.post.roles.all()}


def seconds(held: Appointment) -> bool:
    """The same as `organisation.queries.may_second`, of an appointment whose roles are there already."""
    is_administrator = RoleCode.ADMINISTRATOR in {role.code for role in held.post.roles.all()}
    return oversees(held) or (is_administrator and not held.is_limited)


def seconding_post(desk: Desk) -> str:
    """As which post they say the second word; "" when they have none."""
    return next((held.post.code for held in desk.appointments if seconds(held)), "")


def overseeing_post(desk: Desk) -> str:
    return next((held.post.code for held in desk.appointments if oversees(held)), "")


@dataclass(frozen=True)
class Proposed:
    """An appointment that waits; `invitation` is the newest link by which its person could set a password."""

    held: Appointment
    invitation: Invitation | None
    is_own: bool


def proposed_appointments(desk: Desk) -> list[Proposed]:
    """For those who say the second word; their own stand there, too, to be seen and not to be settled."""
    if not seconding_post(desk):
        return []
    rows = list(waiting_appointments())
    links = _newest_links(row.person_id for row in rows)
    who = desk.person.pk
    return [
        Proposed(row, links.get(row.person_id), who in (row.proposed_by_id, row.person_id))
        for row in rows
    ]


def _newest_links(people: Iterable[int]) -> dict[int, Invitation]:
    rows = Invitation.objects.filter(person__in=set(people)).select_related("made_by")
    return {row.person_id: row for row in rows.order_by("made_at", "id")}


def open_notices(desk: Desk) -> QuerySet[AccountNotice]:
    """About one's own account; for those who oversee, also about others that somebody else has changed."""
    wanted = Q(person=desk.person, owner_read_at=None)
    if overseeing_post(desk):
        wanted |= Q(read_at=None) & ~Q(person=desk.person) & ~Q(person_acting=desk.person)
    return AccountNotice.objects.filter(wanted).select_related("person", "person_acting")


def oversight_rows(desk: Desk) -> list[Row]:
    proposed = [each for each in proposed_appointments(desk) if not each.is_own]
    return [
        *(_noticed(each, desk) for each in open_notices(desk)),
        *(_proposed(each.held) for each in proposed),
    ]


def _noticed(notice: AccountNotice, desk: Desk) -> Row:
    return Row(
        address=f"{reverse('oversight')}#notice-{notice.pk}",
        title=f"{VERBS.get(notice.verb, notice.verb)}: {notice.person.full_name}",
        kind=_("มีผู้เปลี่ยนบัญชีของท่าน") if notice.person == desk.person else _("มีผู้เปลี่ยนบัญชีของผู้มีอำนาจ"),
        unit=notice.post_acting,
        since=notice.at,
        since_label=gettext_lazy("เมื่อ"),
        # The owner is mailed at once, whatever they chose: it may not have been them who asked.
        is_urgent=notice.person == desk.person,
    )


def _proposed(held: Appointment) -> Row:
    return Row(
        address=f"{reverse('oversight')}#appointment-{held.pk}",
        title=f"{held.person.full_name}: {held.post.title}",
        kind=_("คำสั่งแต่งตั้งที่รอท่านยืนยัน"),
        unit=held.post.unit.name,
        since=start_of(held.from_date),
        since_label=gettext_lazy("ตั้งแต่วันที่"),
        is_day=True,
    )
