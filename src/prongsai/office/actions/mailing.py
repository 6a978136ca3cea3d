"""Mails to staff as rows: asked for once, begun before the server is asked, and never sent twice on purpose."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, localtime

from prongsai.office.mails import Thing, directors_to_tell, people_to_tell, waiting_for, wish_of
from prongsai.office.models import StaffMail, Told
from prongsai.office.states import MailState, Telling
from prongsai.organisation.holidays import holidays_from
from prongsai.organisation.models import Person
from prongsai.organisation.rules import is_working_day

DIGEST_TIME = time(8, 0)
MOST_ATTEMPTS = 8
# No mail server is waited for so long (settings.EMAIL_TIMEOUT): whoever had begun it is gone.
LOST_AFTER = timedelta(minutes=10)


def ask_for_mails(*, at: datetime) -> int:
    """How many mails were asked for; asking again for the same things adds none."""
    return sum(_ask_for(person, at) for person in people_to_tell())


def tell_directors(*, at: datetime) -> int:
    """How many mails were asked for because a notice waits for a director's word; cheap where none does."""
    return sum(_ask_for(person, at) for person in directors_to_tell(on=localdate(at)))


@transaction.atomic
def _ask_for(person: Person, at: datetime) -> int:
    things, how = waiting_for(person, at=at), wish_of(person)
    told = _told_keys(person, things)
    new = [thing for thing in things if thing.key not in told]
    pressing = [thing for thing in new if thing.is_urgent or how == Telling.AT_ONCE]
    asked = 0
    if pressing:
        _tell(person, [thing.key for thing in pressing], at)
        key = hashlib.sha256("\n".join(sorted(one.key for one in pressing)).encode()).hexdigest()
        is_urgent = any(thing.is_urgent for thing in pressing)
        asked += _add(f"{person.pk}/once/{key}", person, len(things), is_urgent, at)
    if how == Telling.DIGEST and _is_time_for_digest(at):
        asked += _digest(person, things, at)
    return asked


def _told_keys(person: Person, things: Iterable[Thing]) -> set[str]:
    keys = [thing.key for thing in things]
    return set(Told.objects.filter(person=person, key__in=keys).values_list("key", flat=True))


def _tell(person: Person, keys: Collection[str], at: datetime) -> None:
    Told.objects.bulk_create(
        [Told(person=person, key=key, asked_at=at) for key in keys], ignore_conflicts=True
    )


def _add(key: str, person: Person, count: int, is_urgent: bool, at: datetime) -> int:
    fresh = {"person": person, "count": count, "is_urgent": is_urgent}
    _row, is_new = StaffMail.objects.get_or_create(
        key=key, defaults=fresh | {"asked_at": at, "changed_at": at}
    )
    return int(is_new)


def _is_time_for_digest(at: datetime) -> bool:
    local = localtime(at)
    day = local.date()
    return local.time() >= DIGEST_TIME and is_working_day(
        day, holidays_from(day, settings.HOLIDAYS_FILE)
    )


def _digest(person: Person, things: list[Thing], at: datetime) -> int:
    """Of what waits at the first look after eight; what comes later that day waits for the next one."""
    day = f"digest/{localdate(at).isoformat()}"
    if Told.objects.filter(person=person, key=day).exists():
        return 0
    _tell(person, [day, *(thing.key for thing in things)], at)
    return _add(f"{person.pk}/{day}", person, len(things), False, at) if things else 0


def begin_mail(*, mail: StaffMail, at: datetime) -> bool:
    """Whether it is ours to send: another worker may have been first."""
    mine = StaffMail.objects.filter(pk=mail.pk, state=MailState.WAITING)
    return bool(mine.update(state=MailState.SENDING, attempts=mail.attempts + 1, changed_at=at))


def note_sent_mail(*, mail: StaffMail, at: datetime) -> None:
    StaffMail.objects.filter(pk=mail.pk).update(state=MailState.SENT, problem="", changed_at=at)


def note_failed_mail(*, mail: StaffMail, problem: str, at: datetime) -> None:
    """The server said no, or was not there: the mail has certainly not gone out."""
    is_last = mail.attempts + 1 >= MOST_ATTEMPTS
    state = MailState.GIVEN_UP if is_last else MailState.WAITING
    StaffMail.objects.filter(pk=mail.pk).update(state=state, problem=problem[:200], changed_at=at)


def leave_unsure(*, at: datetime) -> int:
    """What a worker that is gone had begun may have arrived; it is not sent again, and health says so."""
    lost = StaffMail.objects.filter(state=MailState.SENDING, changed_at__lt=at - LOST_AFTER)
    return lost.update(state=MailState.UNSURE, changed_at=at)
