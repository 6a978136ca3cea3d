"""How people come to have a password: by a link that works once, for seven days."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings

from prongsai.office.account_actions.devices import end_sessions
from prongsai.office.models import Invitation
from prongsai.office.states import InvitationBlocker
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actions.people import account_blockers
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import Blocker, CannotAct


class CannotInvite(CannotAct):
    """No link is made, or the link does not open anything."""


def hash_of(token: str) -> str:
    """Tokens are random and long: a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, person: Person, by: Actor, at: datetime) -> str:
    """The token of a new link; links made before it are of no use from now on. Raises `CannotInvite`."""
    with refusals_recorded(by=by, at=at, verb="invite", subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        blockers = account_blockers(by, at=at, person=row)
        if not row.is_active:
            blockers.append(Blocker(InvitationBlocker.ACCOUNT_IS_SHUT))
        if blockers:
            raise CannotInvite(blockers)
        _cancel_all(row, by=by, at=at)
        token = secrets.token_urlsafe(32)
        expires_at = at + timedelta(days=settings.INVITATION_DAYS)
        Invitation.objects.create(
            person=row,
            token_hash=hash_of(token),
            made_at=at,
            made_by_id=by.person_id,
            expires_at=expires_at,
        )
        details = {"expires_at": expires_at.isoformat(timespec="seconds")}
        record_act(by=by, at=at, verb="invite", subject=row.subject, details=details)
    return token


def cancel_invitation(*, person: Person, by: Actor, at: datetime) -> None:
    """Whatever links are open. Raises `CannotInvite`."""
    with refusals_recorded(by=by, at=at, verb="cancel_invitation", subject=person.subject):
        blockers = account_blockers(by, at=at, person=person)
        if blockers:
            raise CannotInvite(blockers)
        if _cancel_all(person, by=by, at=at):
            record_act(by=by, at=at, verb="cancel_invitation", subject=person.subject)


def accept_invitation(*, token: str, password: str, at: datetime) -> Person:
    """Sets the password, and ends every session that the old one had opened. Raises `CannotInvite`.

    The password has been judged by the form already.
    """
    stranger = Actor.system("ผู้ถือลิงก์เชิญ")
    with refusals_recorded(by=stranger, at=at, verb="accept_invitation"):
        usable = Invitation.objects.usable(at=at).filter(person__is_active=True)
        row = usable.select_for_update().filter(token_hash=hash_of(token)).first()
        if row is None:
            raise CannotInvite([Blocker(InvitationBlocker.USELESS)])
        row.used_at = at
        row.save(update_fields=["used_at"])
        person = row.person
        person.set_password(password)
        person.save(update_fields=["password"])
        end_sessions(person=person)
        by = Actor(person_id=person.pk, name=person.full_name)
        record_act(by=by, at=at, verb="accept_invitation", subject=person.subject)
    return person


def _cancel_all(person: Person, *, by: Actor, at: datetime) -> int:
    open_ones = Invitation.objects.usable(at=at).filter(person=person)
    return open_ones.update(cancelled_at=at, cancelled_by_id=by.person_id)
