"""How a person wants to be told, and where."""

from datetime import datetime

from django.db import transaction

from prongsai.office.models import TellingWish
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person


@transaction.atomic
def wish_to_be_told(*, person: Person, how: str, email: str, by: Actor, at: datetime) -> None:
    """The address itself stays out of the trail, which is kept for ever."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    is_new_address = row.email != email
    if is_new_address:
        row.email = email
        row.save(update_fields=["email"])
    TellingWish.objects.update_or_create(person=row, defaults={"how": how, "changed_at": at})
    record_act(
        by=by,
        at=at,
        verb="wish_to_be_told",
        subject=f"person:{row.username}",
        details={"how": how, "address_changed": is_new_address},
    )
