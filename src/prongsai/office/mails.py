"""Whom to tell of what, and the words of a mail, which say how much waits and never what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.notices.queries import awaiting_director, directors_beside
from prongsai.office.desk import desk_for
from prongsai.office.inbox import inbox_lists
from prongsai.office.models import StaffMail, Told
from prongsai.office.notices import waits_for_word
from prongsai.office.states import MailState, Telling
from prongsai.organisation.models import Person

# One's own drafts are no news.
NO_NEWS = frozenset({"to-write"})
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
    return [
        Thing(_key(waiting.key, row.address, row.since), row.is_urgent)
        for waiting in inbox_lists(desk, at=at)
        if waiting.key not in NO_NEWS
        for row in waiting.rows
    ]


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
    address = f"{settings.OFFICE_URL.rstrip('/')}{reverse('inbox')}"
    lines = [
        f"{urgent}{waits} ในระบบงานเผยแพร่ข้อมูล",
        f"เปิดดูที่ {address}",
        "อีเมลนี้ไม่บอกว่าเป็นเรื่องใด ต้องเข้าสู่ระบบจึงจะเห็น และการเปิดลิงก์ไม่ทำให้เกิดการลงนามหรือเปลี่ยนแปลงใด ๆ",
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
