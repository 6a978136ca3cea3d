"""Who comes to hold a post, and when that ends."""

from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.utils.timezone import localdate

from prongsai.organisation.actions.trail import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Post
from prongsai.organisation.queries import held_by, may_second, posts_held
from prongsai.organisation.refusals import Blocker, CannotAppoint
from prongsai.organisation.rules import (
    Delegation,
    Period,
    appointing_blockers,
    appointment_blockers,
    delegation_blockers,
    second_word_blockers,
)
from prongsai.organisation.states import AppointmentBlocker, Capacity, RoleCode, Standing
from prongsai.thai.dates import format_date

# Who holds them decides, or says who does: an administrator alone makes nobody one of them.
WORD_OF_TWO = frozenset({RoleCode.APPROVER, RoleCode.ADMINISTRATOR})


def appoint(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """Saves this unsaved appointment if it may stand beside the others of its post.

    To a post that approves or administers it waits until a second person has confirmed it. Raises `CannotAppoint`.
    """
    subject = f"post:{appointment.post.code}"
    with refusals_recorded(by=by, at=at, verb="appoint", subject=subject):
        # The post is locked, so that two administrators cannot fill it at once. The constraint of the table
        # catches only two without an end; periods that overlap are for this lock and `clashes` to find.
        Post.objects.select_for_update().get(pk=appointment.post_id)
        who = _authority_blockers(by, person_id=appointment.person_id, at=at)
        blockers = [*who, *clashes(appointment), *_scope_blockers(appointment)]
        if blockers:
            raise CannotAppoint(blockers)
        appointment.standing = _standing(appointment, by)
        appointment.proposed_by_id = by.person_id
        appointment.save()
        record_act(by=by, at=at, verb="appoint", subject=subject, details=_details(appointment))
    return appointment


def _standing(appointment: Appointment, by: Actor) -> Standing:
    is_powerful = appointment.post.roles.filter(code__in=WORD_OF_TWO).exists()
    return Standing.WAITING if is_powerful and by.person_id is not None else Standing.COUNTS


def settle_appointment(
    *, appointment: Appointment, agrees: bool, reason: str = "", by: Actor, at: datetime
) -> None:
    """A second person compares it with the order: from now on it counts, or never will. Raises `CannotAppoint`."""
    verb = "confirm_appointment" if agrees else "refuse_appointment"
    subject = f"post:{appointment.post.code}"
    with refusals_recorded(by=by, at=at, verb=verb, subject=subject):
        row = Appointment.objects.select_for_update().get(pk=appointment.pk)
        blockers = second_word_blockers(
            may_second=may_second(by, localdate(at)),
            is_own=by.person_id in (row.proposed_by_id, row.person_id),
            is_waiting=row.standing == Standing.WAITING,
            lacks_reason=not agrees and not reason.strip(),
        )
        if blockers:
            raise CannotAppoint(blockers)
        row.standing = Standing.COUNTS if agrees else Standing.REFUSED
        row.settled_at, row.settled_by_id = at, by.person_id
        row.save(update_fields=["standing", "settled_at", "settled_by"])
        details = _details(row)
        record_act(by=by, at=at, verb=verb, subject=subject, reason=reason, details=details)
    appointment.refresh_from_db()


def delegate(*, appointment: Appointment, by: Actor, at: datetime) -> Appointment:
    """A holder lets somebody else act in their own post until a day. Saves this unsaved appointment.

    Only where the municipality allows it (`own_delegation` of municipality.toml). Raises `CannotAppoint`.
    """
    subject = f"post:{appointment.post.code}"
    with refusals_recorded(by=by, at=at, verb="delegate", subject=subject):
        Post.objects.select_for_update().get(pk=appointment.post_id)
        case = _delegation(appointment, by, at)
        blockers = [*delegation_blockers(case), *clashes(appointment), *_order_missing(appointment)]
        if blockers:
            raise CannotAppoint(blockers)
        appointment.save()
        record_act(by=by, at=at, verb="delegate", subject=subject, details=_details(appointment))
    return appointment


def _delegation(appointment: Appointment, by: Actor, at: datetime) -> Delegation:
    own = held_by(by, on=localdate(at)).filter(post=appointment.post, capacity=Capacity.SUBSTANTIVE)
    person = appointment.person
    return Delegation(
        is_allowed=bool(settings.MUNICIPALITY.get("own_delegation", False)),
        is_own_post=own.exists(),
        has_end=appointment.to_date is not None,
        is_to_oneself=by.person_id == appointment.person_id,
        deputy=person.full_name,
        deputy_holds_a_post=bool(posts_held(person, localdate(at))),
    )


def _order_missing(appointment: Appointment) -> list[Blocker]:
    """A delegation is never in one's own right, so `clashes` alone would let one without an order pass."""
    is_own_right = appointment.capacity == Capacity.SUBSTANTIVE
    return [Blocker(AppointmentBlocker.NO_ORDER)] if is_own_right else []


def end_appointment(
    *, appointment: Appointment, to_date: date, reason: str, by: Actor, at: datetime
) -> None:
    """`to_date` is the last day that counts; with the last post, access to the office ends too.

    A day later than the present end is a longer time, to which all applies that applies to a new appointment.
    Raises `CannotAppoint`.
    """
    subject = f"post:{appointment.post.code}"
    with refusals_recorded(by=by, at=at, verb="end_appointment", subject=subject):
        row = Appointment.objects.select_for_update().get(pk=appointment.pk)
        blockers = [
            *_authority_blockers(by, person_id=None, at=at),
            *_ending_blockers(row, to_date, by, at),
        ]
        if blockers:
            raise CannotAppoint(blockers)
        # Read again under the lock: the caller's object may be from a page that lay open since yesterday.
        row.to_date = to_date
        row.save(update_fields=["to_date"])
        record_act(
            by=by,
            at=at,
            verb="end_appointment",
            subject=subject,
            reason=reason,
            details=_details(row),
        )
    appointment.refresh_from_db()


def _authority_blockers(by: Actor, *, person_id: int | None, at: datetime) -> list[Blocker]:
    held = held_by(by, on=localdate(at))
    return appointing_blockers(
        is_machine=by.person_id is None,
        is_administrator=held.filter(post__roles__code=RoleCode.ADMINISTRATOR).exists(),
        is_own_appointment=person_id is not None and by.person_id == person_id,
    )


def _ending_blockers(
    appointment: Appointment, to_date: date, by: Actor, at: datetime
) -> list[Blocker]:
    """An end that has passed is history; one to come may still be moved."""
    present = appointment.to_date
    if to_date < appointment.from_date:
        return [Blocker(AppointmentBlocker.ENDS_BEFORE_IT_BEGINS)]
    if present is not None and present < localdate(at):
        return [Blocker(AppointmentBlocker.ENDED_ALREADY, format_date(present))]
    if present is None or to_date <= present:
        return []
    return _prolonging_blockers(appointment, to_date, by)


def _prolonging_blockers(appointment: Appointment, to_date: date, by: Actor) -> list[Blocker]:
    """Nobody gets by a later end what an appointment alone would not give them."""
    found = [
        (by.person_id == appointment.person_id, AppointmentBlocker.OWN_APPOINTMENT),
        (_standing(appointment, by) == Standing.WAITING, AppointmentBlocker.PROLONGS_POWER),
        (appointment.post.unit.successor_id is not None, AppointmentBlocker.UNIT_ENDED),
    ]
    longer = replace(_period(appointment), to_date=to_date)
    return [*(Blocker(code) for is_so, code in found if is_so), *_clashes(appointment, longer)]


def _scope_blockers(appointment: Appointment) -> list[Blocker]:
    is_limited = bool(appointment.scope_kinds or appointment.scope_units)
    if is_limited and appointment.capacity == Capacity.SUBSTANTIVE:
        return [Blocker(AppointmentBlocker.SUBSTANTIVE_SCOPE)]
    return []


def clashes(appointment: Appointment) -> list[Blocker]:
    """Why this appointment cannot stand beside the others of its post."""
    return _clashes(appointment, _period(appointment))


def _clashes(appointment: Appointment, period: Period) -> list[Blocker]:
    others = Appointment.objects.filter(post=appointment.post).exclude(pk=appointment.pk)
    others = others.exclude(standing=Standing.REFUSED)
    periods = [_period(each) for each in others.select_related("person")]
    return appointment_blockers(period, periods)


def _period(appointment: Appointment) -> Period:
    person = appointment.person
    return Period(
        # With the account's name, for two people may bear one name, and then each holds their own post.
        person=f"{person.full_name} ({person.username})",
        capacity=appointment.capacity,
        order_number=appointment.order_number,
        order_date=appointment.order_date,
        from_date=appointment.from_date,
        to_date=appointment.to_date,
    )


def _details(appointment: Appointment) -> dict[str, object]:
    return {
        "person": appointment.person.username,
        "capacity": appointment.capacity,
        "order_number": appointment.order_number,
        "from_date": appointment.from_date.isoformat(),
        "to_date": appointment.to_date.isoformat() if appointment.to_date else "",
        "scope": [*appointment.scope_kinds, *appointment.scope_units],
    }
