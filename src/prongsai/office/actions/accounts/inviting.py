"""How people come to have a password, or to sign in by the identity provider: by a link that works once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from prongsai.office.actions.accounts.devices import end_sessions
from prongsai.office.actions.accounts.noticing import note_account_change
from prongsai.office.identity import linked_identity
from prongsai.office.models import Invitation
from prongsai.office.states import InvitationBlocker, LinkBlocker, Purpose
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actions.people import account_blockers
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import Blocker, CannotAct

VERBS = {Purpose.PASSWORD: "invite", Purpose.LINK: "invite_to_link"}


class CannotInvite(CannotAct):
    """No link is made, or the link does not open anything."""


def hash_of(token: str) -> str:
    """Tokens are random and long: a plain hash cannot be guessed backwards."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(*, person: Person, by: Actor, at: datetime, purpose: Purpose = Purpose.PASSWORD) -> str:
    """The token of a new link; links made before it are of no use from now on. Raises `CannotInvite`."""
    verb = VERBS[purpose]
    with refusals_recorded(by=by, at=at, verb=verb, subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        blockers = account_blockers(by, at=at, person=row)
        if not row.is_active:
            blockers.append(Blocker(InvitationBlocker.ACCOUNT_IS_SHUT))
        if purpose == Purpose.LINK:
            blockers += link_blockers(row)
        if blockers:
            raise CannotInvite(blockers)
        _cancel_all(row, by=by, at=at)
        token = secrets.token_urlsafe(32)
        expires_at = at + timedelta(days=settings.INVITATION_DAYS)
        Invitation.objects.create(
            person=row,
            purpose=purpose,
            token_hash=hash_of(token),
            made_at=at,
            made_by_id=by.person_id,
            expires_at=expires_at,
        )
        details = {"expires_at": expires_at.isoformat(timespec="seconds")}
        note_account_change(person=row, verb=verb, by=by, at=at)
        record_act(by=by, at=at, verb=verb, subject=row.subject, details=details)
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
        person = use_up(hash_of(token), Purpose.PASSWORD, at=at)
        person.set_password(password)
        person.save(update_fields=["password"])
        end_sessions(person=person)
        by = Actor(person_id=person.pk, name=person.full_name)
        record_act(by=by, at=at, verb="accept_invitation", subject=person.subject)
    return person


def use_up(token_hash: str, purpose: Purpose, *, at: datetime) -> Person:
    """Within the act that it is used for: whose link it was. Raises `CannotInvite`."""
    usable = Invitation.objects.usable(at=at).filter(person__is_active=True, purpose=purpose)
    row = usable.select_for_update().filter(token_hash=token_hash).first()
    if row is None:
        raise CannotInvite([Blocker(InvitationBlocker.USELESS)])
    row.used_at = at
    row.save(update_fields=["used_at"])
    return row.person


def link_blockers(person: Person) -> list[Blocker]:
    """Why this person does not link an account at the identity provider by a link on paper."""
    blockers = []
    if not person.has_usable_password():
        blockers.append(Blocker(LinkBlocker.NO_PASSWORD))
    if is_mfa_enabled(person):
        blockers.append(Blocker(LinkBlocker.HAS_FACTOR))
    if linked_identity(person):
        blockers.append(Blocker(LinkBlocker.LINKED_ALREADY))
    return blockers


def _cancel_all(person: Person, *, by: Actor, at: datetime) -> int:
    open_ones = Invitation.objects.usable(at=at).filter(person=person)
    return open_ones.update(cancelled_at=at, cancelled_by_id=by.person_id)
