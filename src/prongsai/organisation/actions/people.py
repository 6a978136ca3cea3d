"""Accounts of people: opened, named, shut and opened again by an administrator, never by themselves."""

from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from prongsai.organisation.actions.trail import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.queries import held_by
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.organisation.states import AccountBlocker, RoleCode

NAMES = ("title_th", "first_name", "last_name")
CONTACTS = ("email", "phone")


class CannotChangeAccount(CannotAct):
    """The account is neither opened nor changed."""


def open_account(*, username: str, by: Actor, at: datetime, **fields: str) -> Person:
    """An account that nobody can sign in to before its person has set a password.

    `fields` are names and contacts. Raises `CannotChangeAccount`.
    """
    subject = f"person:{username}"
    with refusals_recorded(by=by, at=at, verb="open_account", subject=subject):
        blockers = account_blockers(by, at=at)
        # Without regard to case, as the sign-in itself: two spellings would be one door for two people.
        if Person.objects.filter(username__iexact=username).exists():
            blockers.append(Blocker(AccountBlocker.NAME_IS_TAKEN, username))
        if blockers:
            raise CannotChangeAccount(blockers)
        person = Person(username=username, **fields)
        person.set_unusable_password()
        person.save()
        record_act(by=by, at=at, verb="open_account", subject=subject)
    return person


def rename_person(
    *, person: Person, names: dict[str, str], reason: str, by: Actor, at: datetime
) -> None:
    """The name under which they sign from now on; what was signed keeps the old one.

    Raises `CannotChangeAccount`.
    """
    with refusals_recorded(by=by, at=at, verb="rename_person", subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        _refuse(account_blockers(by, at=at, person=row, reason=reason))
        changed = _set(row, {name: names[name] for name in NAMES})
        record_act(
            by=by, at=at, verb="rename_person", subject=row.subject, reason=reason, details=changed
        )
    person.refresh_from_db()


def change_contacts(*, person: Person, contacts: dict[str, str], by: Actor, at: datetime) -> None:
    """Own telephone and e-mail, or those of somebody whose account one administers.

    The trail keeps that they changed, not what they are. Raises `CannotChangeAccount`.
    """
    with refusals_recorded(by=by, at=at, verb="change_contacts", subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        if by.person_id != row.pk:
            _refuse(account_blockers(by, at=at))
        changed = sorted(_set(row, {name: contacts[name] for name in CONTACTS}))
        if changed:
            details = {"changed": changed}
            record_act(by=by, at=at, verb="change_contacts", subject=row.subject, details=details)
    person.refresh_from_db()


def shut_account(*, person: Person, reason: str, by: Actor, at: datetime) -> None:
    """At once, whatever posts they hold. Raises `CannotChangeAccount`."""
    _turn(person, is_active=False, reason=reason, by=by, at=at)


def reopen_account(*, person: Person, reason: str, by: Actor, at: datetime) -> None:
    """Raises `CannotChangeAccount`."""
    _turn(person, is_active=True, reason=reason, by=by, at=at)


def _turn(person: Person, *, is_active: bool, reason: str, by: Actor, at: datetime) -> None:
    verb = "reopen_account" if is_active else "shut_account"
    with refusals_recorded(by=by, at=at, verb=verb, subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        _refuse(account_blockers(by, at=at, person=row, reason=reason))
        # A second click finds it done, and adds no act.
        if row.is_active != is_active:
            row.is_active = is_active
            row.save(update_fields=["is_active"])
            record_act(by=by, at=at, verb=verb, subject=row.subject, reason=reason)
    person.refresh_from_db()


def account_blockers(
    by: Actor, *, at: datetime, person: Person | None = None, reason: str | None = None
) -> list[Blocker]:
    """Why this actor may not change this account, or any account when none is named."""
    held = held_by(by, on=localdate(at))
    blockers = []
    is_administrator = held.filter(post__roles__code=RoleCode.ADMINISTRATOR).exists()
    if by.person_id is not None and not is_administrator:
        blockers.append(Blocker(AccountBlocker.NOT_ADMINISTRATOR))
    if person is not None and by.person_id == person.pk:
        blockers.append(Blocker(AccountBlocker.OWN_ACCOUNT))
    if reason is not None and not reason.strip():
        blockers.append(Blocker(AccountBlocker.NO_REASON))
    return blockers


def _refuse(blockers: list[Blocker]) -> None:
    if blockers:
        raise CannotChangeAccount(blockers)


def _set(person: Person, fields: dict[str, str]) -> dict[str, Any]:
    """What differs, old and new; only that is written."""
    changed = {
        name: [getattr(person, name), value]
        for name, value in fields.items()
        if getattr(person, name) != value
    }
    for name in changed:
        setattr(person, name, fields[name])
    if changed:
        person.save(update_fields=list(changed))
    return changed
