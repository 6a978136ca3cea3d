"""What the system holds about somebody who works with it, for their own eyes (PDPA: access and portability)."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from prongsai.office.identity import linked_identity
from prongsai.office.people import open_sessions
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.queries import act_fields
from prongsai.record.models import Edition, Item

MOST_MENTIONS = 200


def mentions(person: Person) -> QuerySet[Item]:
    """What is public now and names this person, the newest first; a namesake is found too."""
    name = f"{person.first_name} {person.last_name}".strip()
    if not name:
        return Item.objects.none()
    named = Edition.objects.filter(canonical__contains=name).values("hash")
    return Item.objects.listed().filter(edition_hash__in=named)[:MOST_MENTIONS]


def own_data(person: Person) -> dict[str, Any]:
    """As JSON knows it; secrets of factors and hashes of passwords are not among it."""
    columns = ("username", "title_th", "first_name", "last_name", "email", "phone")
    held = Appointment.objects.filter(person=person).select_related("post").order_by("from_date")
    factors = Authenticator.objects.filter(user=person).values_list("type", "created_at")
    return {
        "person": {name: getattr(person, name) for name in columns},
        "last_sign_in": person.last_login,
        "appointments": [
            {
                "post": one.post.title_th,
                "capacity": one.capacity,
                "order": one.order_number,
                "from": one.from_date,
                "to": one.to_date,
            }
            for one in held
        ],
        "factors": [{"type": kind, "since": since} for kind, since in factors],
        "identity_provider": _linked(person),
        "sessions": [
            {"since": one.created_at, "address": one.ip, "browser": one.user_agent}
            for one in open_sessions(person)
        ],
        "public": [{"number": one.number, "title": one.title} for one in mentions(person)],
        "acts": [act_fields(act) for act in Act.objects.filter(person=person).order_by("id")],
    }


def _linked(person: Person) -> dict[str, Any] | None:
    """Since when and when last; by what the provider knows them we do not know ourselves."""
    linked = linked_identity(person)
    return {"since": linked.date_joined, "last_used": linked.last_login} if linked else None
