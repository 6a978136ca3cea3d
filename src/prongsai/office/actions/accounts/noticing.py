"""What an administrator changes of an account that decides is told to its owner and to those above, at once."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from prongsai.office.desk import SECOND_FACTOR_ROLES
from prongsai.office.models import AccountNotice, StaffMail
from prongsai.office.oversight import may_oversee
from prongsai.office.states import NoticeBlocker
from prongsai.organisation.actions import change_contacts, record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.refusals import Blocker, CannotAct


class CannotRead(CannotAct):
    """The notice still waits for somebody to read it."""


def note_account_change(
    *, person: Person, verb: str, by: Actor, at: datetime
) -> AccountNotice | None:
    """A row where somebody else changed an account whose posts, also those to come, need a second factor."""
    held = Appointment.objects.filter(person=person, post__roles__code__in=SECOND_FACTOR_ROLES)
    if by.person_id in (None, person.pk) or not held.exists():
        return None
    return AccountNotice.objects.create(
        person=person,
        verb=verb,
        at=at,
        person_acting_id=by.person_id,
        post_acting=f"{by.name}, {by.signature}"[:300],
    )


@transaction.atomic
def change_contacts_of(
    *, person: Person, contacts: dict[str, str], by: Actor, at: datetime
) -> None:
    """Where the address changes, the old one hears of it: a mail to the new one might reach the wrong person.

    Raises `CannotChangeAccount`.
    """
    old = person.email
    change_contacts(person=person, contacts=contacts, by=by, at=at)
    if person.email == old:
        return
    notice = note_account_change(person=person, verb="change_contacts", by=by, at=at)
    if notice is not None and old:
        StaffMail.objects.create(
            key=f"{person.pk}/account/{notice.pk}",
            person=person,
            address=old,
            count=1,
            is_urgent=True,
            asked_at=at,
            changed_at=at,
        )


def read_account_notice(*, notice: AccountNotice, by: Actor, at: datetime) -> None:
    """By the owner of the account for themselves, or by one who oversees for those above. Raises `CannotRead`."""
    verb, subject = "read_account_notice", notice.person.subject
    with refusals_recorded(by=by, at=at, verb=verb, subject=subject):
        row = AccountNotice.objects.select_for_update().get(pk=notice.pk)
        is_owner = by.person_id == row.person_id
        oversees = by.person_id != row.person_acting_id and may_oversee(by, localdate(at))
        if not is_owner and not oversees:
            raise CannotRead([Blocker(NoticeBlocker.NOT_THEIRS)])
        if is_owner and row.owner_read_at is None:
            row.owner_read_at = at
        elif not is_owner and row.read_at is None:
            row.read_at, row.read_by_id = at, by.person_id
        else:
            return
        row.save(update_fields=["owner_read_at", "read_at", "read_by"])
        record_act(by=by, at=at, verb=verb, subject=subject, details={"notice": row.pk})
