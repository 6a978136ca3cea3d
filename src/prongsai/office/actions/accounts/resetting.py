"""Taking away the second factor of somebody who lost theirs: one asks, another agrees."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.utils.timezone import localdate

from prongsai.office.actions.accounts.devices import end_sessions
from prongsai.office.actions.accounts.noticing import note_account_change
from prongsai.office.desk import SECOND_FACTOR_ROLES
from prongsai.office.models import FactorReset
from prongsai.office.states import ResetBlocker, ResetState
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actions.people import account_blockers
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person
from prongsai.organisation.queries import held_by
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.organisation.states import RoleCode, Standing

# An approver may say it too: a small town has one administrator.
AGREEING_ROLES = frozenset({RoleCode.ADMINISTRATOR, RoleCode.APPROVER})


class CannotReset(CannotAct):
    """The second factor stays."""


def ask_for_reset(*, person: Person, reason: str, by: Actor, at: datetime) -> FactorReset | None:
    """None when it is done at once, because the posts of this person need no second factor.

    `reason` says how the administrator made sure who asks. Raises `CannotReset`.
    """
    verb = "ask_for_factor_reset"
    with refusals_recorded(by=by, at=at, verb=verb, subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        blockers = [
            *account_blockers(by, at=at, person=row, reason=reason),
            *_asking_blockers(row, at=at),
        ]
        if blockers:
            raise CannotReset(blockers)
        if not _decides(row, at=at):
            _reset(row, reason=reason, by=by, at=at)
            return None
        note_account_change(person=row, verb=verb, by=by, at=at)
        record_act(by=by, at=at, verb=verb, subject=row.subject, reason=reason)
        return FactorReset.objects.create(
            person=row, reason=reason, asked_at=at, asked_by_id=by.person_id
        )


def settle_reset(*, reset: FactorReset, agrees: bool, by: Actor, at: datetime) -> None:
    """Raises `CannotReset`."""
    verb = "agree_to_factor_reset" if agrees else "refuse_factor_reset"
    with refusals_recorded(by=by, at=at, verb=verb, subject=reset.person.subject):
        row = FactorReset.objects.select_for_update().get(pk=reset.pk)
        blockers = _settling_blockers(row, by=by, at=at)
        if blockers:
            raise CannotReset(blockers)
        row.state = ResetState.DONE if agrees else ResetState.REFUSED
        row.settled_at, row.settled_by_id = at, by.person_id
        row.save(update_fields=["state", "settled_at", "settled_by"])
        record_act(by=by, at=at, verb=verb, subject=row.person.subject)
        if agrees:
            _reset(row.person, reason=row.reason, by=by, at=at)
    reset.refresh_from_db()


def _decides(person: Person, *, at: datetime) -> bool:
    """Whether a post that they hold, or will, needs a second factor: whoever approves tomorrow loses none today."""
    held = Appointment.objects.filter(person=person, post__roles__code__in=SECOND_FACTOR_ROLES)
    return held.exclude(standing=Standing.REFUSED).exclude(to_date__lt=localdate(at)).exists()


def _asking_blockers(person: Person, *, at: datetime) -> list[Blocker]:
    blockers = []
    if not Authenticator.objects.filter(user=person).exists():
        blockers.append(Blocker(ResetBlocker.NO_FACTOR))
    if FactorReset.objects.waiting(at=at).filter(person=person).exists():
        blockers.append(Blocker(ResetBlocker.ASKED_ALREADY))
    return blockers


def _settling_blockers(reset: FactorReset, *, by: Actor, at: datetime) -> list[Blocker]:
    blockers = []
    held = held_by(by, on=localdate(at)).filter(post__roles__code__in=AGREEING_ROLES)
    # Whoever stands in for one unit or kind of work does so for that work, and not for people's accounts.
    held = held.filter(scope_kinds=[], scope_units=[])
    if not held.exists():
        blockers.append(Blocker(ResetBlocker.NOT_ALLOWED))
    if by.person_id in (reset.asked_by_id, reset.person_id):
        blockers.append(Blocker(ResetBlocker.SECOND_PERSON))
    if not FactorReset.objects.waiting(at=at).filter(pk=reset.pk).exists():
        blockers.append(Blocker(ResetBlocker.SETTLED))
    return blockers


def _reset(person: Person, *, reason: str, by: Actor, at: datetime) -> None:
    """Recovery codes go too, and whoever was signed in as this person is out."""
    factors = Authenticator.objects.filter(user=person)
    kinds = sorted(factors.values_list("type", flat=True))
    factors.delete()
    end_sessions(person=person)
    note_account_change(person=person, verb="reset_second_factor", by=by, at=at)
    record_act(
        by=by,
        at=at,
        verb="reset_second_factor",
        subject=person.subject,
        reason=reason,
        details={"types": kinds},
    )
