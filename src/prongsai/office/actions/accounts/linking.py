"""Who signs in by which account at the identity provider. People link it knowingly; nobody is found by e-mail."""

from datetime import datetime

from allauth.socialaccount.models import SocialAccount

from prongsai.office.actions.accounts.devices import end_sessions
from prongsai.office.actions.accounts.inviting import link_blockers, use_up
from prongsai.office.actions.accounts.noticing import note_account_change
from prongsai.office.identity import PROVIDER, linked_identity, owner_of
from prongsai.office.states import LinkBlocker, Purpose
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actions.people import account_blockers
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import Blocker, CannotAct


class CannotLink(CannotAct):
    """The account at the provider opens what it opened before, and no more."""


def link_identity(*, person: Person, started_by: int, key: str, by: Actor, at: datetime) -> None:
    """One's own, while signed in. `started_by` is who went to the provider for it. Raises `CannotLink`."""
    with refusals_recorded(by=by, at=at, verb="link_identity", subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        blockers = _blockers(row, key)
        if started_by != row.pk or by.person_id != row.pk:
            blockers.append(Blocker(LinkBlocker.SOMEBODY_ELSE))
        if linked_identity(row):
            blockers.append(Blocker(LinkBlocker.LINKED_ALREADY))
        _refuse(blockers)
        _link(row, key)
        record_act(by=by, at=at, verb="link_identity", subject=row.subject)


def accept_link(*, token_hash: str, key: str, at: datetime) -> Person:
    """By a link that an administrator gave out. Raises `CannotLink` or `CannotInvite`."""
    stranger = Actor.system("ผู้ถือลิงก์เชิญ")
    with refusals_recorded(by=stranger, at=at, verb="link_identity"):
        person = use_up(token_hash, Purpose.LINK, at=at)
        row = Person.objects.select_for_update().get(pk=person.pk)
        _refuse([*_blockers(row, key), *link_blockers(row)])
        _link(row, key)
        by = Actor(person_id=row.pk, name=row.full_name)
        details = {"by_invitation": True}
        record_act(by=by, at=at, verb="link_identity", subject=row.subject, details=details)
    return row


def unlink_identity(*, person: Person, by: Actor, at: datetime, here: str = "") -> None:
    """One's own, or that of somebody whose account one administers; their sessions end, but for `here`.

    Raises `CannotLink`.
    """
    with refusals_recorded(by=by, at=at, verb="unlink_identity", subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        blockers = [] if by.person_id == row.pk else account_blockers(by, at=at)
        linked = linked_identity(row)
        if linked is None:
            blockers.append(Blocker(LinkBlocker.NOT_LINKED))
        _refuse(blockers)
        SocialAccount.objects.filter(provider=PROVIDER, user=row).delete()
        end_sessions(person=row, besides=here)
        note_account_change(person=row, verb="unlink_identity", by=by, at=at)
        record_act(by=by, at=at, verb="unlink_identity", subject=row.subject)


def note_identity_used(*, person: Person) -> None:
    """For the page on which people see when it was last used."""
    linked = linked_identity(person)
    if linked:
        linked.save(update_fields=["last_login"])


def _blockers(person: Person, key: str) -> list[Blocker]:
    owner = owner_of(key)
    return [Blocker(LinkBlocker.TAKEN)] if owner is not None and owner != person else []


def _link(person: Person, key: str) -> None:
    """Without anything that the provider told: `extra_data` stays empty."""
    SocialAccount.objects.create(provider=PROVIDER, uid=key, user=person)


def _refuse(blockers: list[Blocker]) -> None:
    if blockers:
        raise CannotLink(blockers)
