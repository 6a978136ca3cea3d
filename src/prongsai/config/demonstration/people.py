"""The demonstration's accounts: one for each post, with a password that is shown once."""

import os
import secrets
from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from prongsai.office.accounts import demo_totp_secret
from prongsai.organisation.models import Appointment, Person


@dataclass(frozen=True)
class Account:
    username: str
    post: str
    password: str


def give_passwords(*, on: date) -> list[Account]:
    """Set the first password of everybody who has none yet, and say it this once.

    With `PRONGSAI_DEMO_PASSWORD` all passwords are that one, and the second factor of each person follows from
    it and the user name, so that a script can sign in.
    """
    chosen = os.environ.get("PRONGSAI_DEMO_PASSWORD", "")
    shared = make_password(chosen) if chosen else ""  # once: a good hash takes its time
    return [
        _give(person, chosen or secrets.token_urlsafe(9), shared, on=on)
        for person in Person.objects.order_by("id")
        if not person.has_usable_password() or not person.password
    ]


def _give(person: Person, password: str, shared: str, *, on: date) -> Account:
    person.password = shared or make_password(password)
    person.save(update_fields=["password"])
    if shared:
        TOTP.activate(person, demo_totp_secret(password, person.username))
    held = Appointment.objects.filter(person=person).held(on=on).select_related("post").first()
    return Account(person.username, held.post.title_th if held else "", password)
