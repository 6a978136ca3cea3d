"""Whom to tell of what, and the words of a mail: how much waits and never what, but for duties, which are public."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.monitoring.reminding import (
    Escalation,
    Group,
    by_duty,
    came_up,
    escalation,
    recent_reminders,
    reminders_by_pk,
    still_waiting,
)
from prongsai.notices.queries import awaiting_director, directors_beside
from prongsai.office.desk import Desk, desk_for
from prongsai.office.escalating import duty_address
from prongsai.office.inbox import TO_FOLLOW, inbox_lists
from prongsai.office.models import StaffMail, Told
from prongsai.office.notices import waits_for_word
from prongsai.office.states import MailState, Telling
from prongsai.organisation.models import Person
from prongsai.thai.dates import format_date

# One's own drafts are no news, and of duties reminders tell.
NO_NEWS = frozenset({"to-write", "owed", TO_FOLLOW})
DUTY = "duty-reminder/"
MOST_DUTIES = 40
OWN_DUTIES = "สิ่งที่ต้องเผยแพร่ตามกฎหมายและการประเมิน ซึ่งตำแหน่งของท่านรับผิดชอบ"
DUTIES_BELOW = "ตำแหน่งอื่นรับผิดชอบแต่ยังไม่เสร็จ แจ้งเพื่อให้ท่านติดตาม หรือมอบให้ตำแหน่งใหม่ในหน้าของข้อ"
LONGEST_PAUSE = timedelta(hours=2)


@dataclass(frozen=True)
class Thing:
    """One thing that waits for somebody; `key` is the same as long as it waits for the same act."""

    key: str
    is_urgent: bool


def people_to_tell() -> QuerySet[Person]:
    return Person.objects.filter(is_active=True).exclude(email="").select_related("telling_wish")


def wish_of(person: Person) -> str:
    wish = getattr(person, "telling_wish", None)
    return str(wish.how) if wish else Telling.DIGEST


def waiting_for(person: Person, *, at: datetime) -> list[Thing]:
    """What their inbox holds today; nothing once their last post has ended."""
    desk = desk_for(person, chosen_code="", on=localdate(at))
    if not desk.appointments:
        return []
    things = [
        Thing(_key(waiting.key, row.address, row.since), row.is_urgent)
        for waiting in inbox_lists(desk, at=at)
        if waiting.key not in NO_NEWS
        for row in waiting.rows
    ]
    return things + [Thing(key, False) for key in _duties_to_tell(desk)]


def _duties_to_tell(desk: Desk) -> list[str]:
    """Each reminder of a duty is told once, unlike what waits to be decided, of which a digest speaks each day."""
    keys = {f"{DUTY}{row.pk}": row for row in recent_reminders(desk.post_codes, on=desk.on)}
    told = Told.objects.filter(person=desk.person, key__in=keys).values_list("key", flat=True)
    new = [row for key, row in keys.items() if key not in set(told)]
    return [f"{DUTY}{row.pk}" for row, _thing in still_waiting(new, on=desk.on)]


def _key(place: str, address: str, since: datetime) -> str:
    return f"{place}/{address}/{since.isoformat()}"[-200:]


def directors_to_tell(*, on: date) -> list[Person]:
    """Whoever may agree to a notice that waits, and has not been told of it."""
    found: dict[int, Person] = {}
    for wording in awaiting_director():
        row = waits_for_word(wording)
        key = _key("notices", row.address, row.since)
        told = set(Told.objects.filter(key=key).values_list("person_id", flat=True))
        for held in directors_beside(wording.notice.unit, wording.writers, on=on):
            if held.person.email and held.person_id not in told:
                found[held.person_id] = held.person
    return list(found.values())


def next_mail(*, at: datetime) -> StaffMail | None:
    """Urgent ones first; after a failure a mail rests, twice as long each time."""
    rows = StaffMail.objects.filter(state=MailState.WAITING).select_related("person")
    return next((mail for mail in rows.order_by("-is_urgent", "id") if _has_rested(mail, at)), None)


def _has_rested(mail: StaffMail, at: datetime) -> bool:
    if not mail.attempts:
        return True
    return at - mail.changed_at >= min(timedelta(minutes=2**mail.attempts), LONGEST_PAUSE)


def message(mail: StaffMail) -> EmailMessage:
    """Thai, for it is an official mail; with the same Message-ID whenever it is made."""
    urgent = "เร่งด่วน: " if mail.is_urgent else ""
    waits = f"มีเรื่องรอท่าน {mail.count} เรื่อง"
    address = _office(reverse("inbox"))
    duties = _duties(mail)
    scope = "เรื่องอื่นถ้ามี อีเมลนี้ไม่บอกชื่อ" if duties else "อีเมลนี้ไม่บอกว่าเป็นเรื่องใด"
    lines = [
        f"{urgent}{waits} ในระบบงานเผยแพร่ข้อมูล",
        f"เปิดดูที่ {address}",
        *duties,
        f"{scope} ต้องเข้าสู่ระบบจึงจะเห็น และการเปิดลิงก์ไม่ทำให้เกิดการลงนามหรือเปลี่ยนแปลงใด ๆ",
        "เปลี่ยนวิธีแจ้งได้ที่หน้า “บัญชีและความปลอดภัย”",
    ]
    place = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2]
    return EmailMessage(
        f"โปร่งใส: {urgent}{waits}",
        "\n\n".join(lines) + "\n",
        to=[mail.address or mail.person.email],
        headers={
            "Message-ID": f"<staff-mail-{mail.pk}-{mail.asked_at:%Y%m%d%H%M%S}@{place}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _duties(mail: StaffMail) -> list[str]:
    """One line for each duty that was asked for with this mail: what the public's board says of it, and its address.

    What came up from another post stands apart: whoever reads it sees to it that it is done, and does not do it.
    """
    asked = Told.objects.filter(
        person=mail.person, asked_at=mail.asked_at, key__startswith=DUTY
    ).values_list("key", flat=True)
    rows = reminders_by_pk(int(key.removeprefix(DUTY)) for key in asked)
    on = localdate(mail.asked_at)
    found = {thing.cycle: (row, thing) for row, thing in still_waiting(rows, on=on)}
    if not found:
        return []
    ways = escalation((thing.line for _row, thing in found.values()), on=on)
    own = by_duty(thing for row, thing in found.values() if not came_up(row, thing))
    below = by_duty(thing for row, thing in found.values() if came_up(row, thing))
    told = [
        *_told(OWN_DUTIES, own[:MOST_DUTIES], ways),
        *_told(DUTIES_BELOW, below[:MOST_DUTIES], ways),
    ]
    more = max(0, len(own) - MOST_DUTIES) + max(0, len(below) - MOST_DUTIES)
    return [*told, f"และอีก {more} ข้อ ดูได้ที่ {_office(reverse('owed'))}"] if more else told


def _told(heading: str, groups: list[Group], ways: Escalation) -> list[str]:
    return [heading, *(_duty_line(each, ways) for each in groups)] if groups else []


def _duty_line(group: Group, ways: Escalation) -> str:
    thing = group.first
    late = ways.days_late(thing)
    past = "เลยกำหนด" if thing.has_day else "ค้างมา"
    when = f"{past} {late} วันทำการ" if late else f"ครบกำหนด {format_date(thing.due_date)}"
    what = "ทบทวนว่ายังถูกต้อง " if thing.is_review else ""
    address = _office(duty_address(thing.line))
    post = thing.line.post_th or "ยังไม่ได้มอบให้ตำแหน่งใด"
    law = thing.line.duty.instrument.short_th
    more = f" และอีก {group.others} งวด" if group.others else ""
    return f"- {law} {thing.named}{more}: {what}{when} (ผู้รับผิดชอบ: {post})\n  {address}"


def _office(path: str) -> str:
    return f"{settings.OFFICE_URL.rstrip('/')}{path}"
