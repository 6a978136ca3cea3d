"""Who holds which post and role on a day, and what was done by whom."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from prongsai.organisation import rules
from prongsai.organisation.actors import Actor, acting_order
from prongsai.organisation.models import Act, Appointment, Person, Post, Unit
from prongsai.organisation.once import asked_once
from prongsai.organisation.refusals import HoldsNoPost
from prongsai.organisation.rules import Seat
from prongsai.organisation.states import Capacity, RoleCode, Standing, UnitLevel
from prongsai.organisation.successors import Successor


@asked_once
def posts_held(person: Person, on: date) -> list[Appointment]:
    """Appointments that hold on that day, highest post first; none for somebody who is shut out."""
    # Asked here and not only at sign-in: an account may be shut while its session lives.
    if not person.is_active:
        return []
    held = Appointment.objects.held(on=on).filter(person=person)
    rows = held.select_related("post__unit", "person").prefetch_related("post__roles")
    return list(rows.order_by("post__rank", "post__code", "id"))


def substantive_title(person_id: int, on: date) -> str:
    """The title of the highest post that they hold in their own right on that day; "" when there is none."""
    held = Appointment.objects.held(on=on).filter(
        person_id=person_id, capacity=Capacity.SUBSTANTIVE
    )
    first = held.select_related("post").order_by("post__rank", "post__code").first()
    return first.post.title_th if first else ""


def posts_with_holders(on: date) -> set[str]:
    """Codes of the posts from which somebody may act on that day."""
    held = Appointment.objects.held(on=on).filter(person__is_active=True)
    return set(held.values_list("post__code", flat=True))


@asked_once
def held_appointments(on: date) -> list[Appointment]:
    """Every appointment that holds on that day, of people who may sign in."""
    held = Appointment.objects.held(on=on).filter(person__is_active=True)
    return list(held.select_related("post"))


def posts_reaching(appointments: Iterable[Appointment], kind: str, unit: Unit) -> frozenset[str]:
    """Posts of these from which somebody may act on work of this kind and unit."""
    return frozenset(each.post.code for each in appointments if is_in_scope(each, kind, unit))


def actor_for(person: Person, *, post_code: str | None, on: date) -> Actor:
    """The person as holder of this post, or of their highest when none is named.

    Raises `HoldsNoPost`.
    """
    for appointment in posts_held(person, on):
        if post_code in (None, appointment.post.code):
            return actor_by(appointment)
    raise HoldsNoPost([_no_post_text(person, post_code)])


def posts_above(of: Iterable[str] = ()) -> dict[str, tuple[str, ...]]:
    """Approving post -> those that sit above it, the nearest first: of its own unit, then of the units above.

    `of` are posts that are asked for beside them, whether they approve or not.
    """
    approving = Post.objects.filter(roles__code=RoleCode.APPROVER).select_related("unit")
    others = Post.objects.filter(code__in=set(of)).select_related("unit")
    parents = dict(Unit.objects.exclude(parent=None).values_list("code", "parent__code"))
    return rules.posts_above(map(_seat, approving), parents, of=map(_seat, others))


def _seat(post: Post) -> Seat:
    return Seat(post.code, post.unit.code, post.rank)


def is_in_scope(appointment: Appointment, kind: str, unit: Unit) -> bool:
    """Whether the order by which a post is held reaches as far as work of this kind and unit."""
    return rules.is_in_scope(
        kinds=appointment.scope_kinds,
        units=appointment.scope_units,
        kind=kind,
        # A unit's line is asked for only where an order names units, which is seldom.
        unit_line=_line(unit) if appointment.scope_units else (unit.code,),
    )


def _line(unit: Unit) -> tuple[str, ...]:
    """The unit and those that it lies in."""
    line: list[str] = []
    above: Unit | None = unit
    while above is not None:
        line.append(above.code)
        above = above.parent
    return tuple(line)


def held_by(actor: Actor, *, on: date) -> QuerySet[Appointment]:
    """What truly stands behind this actor on that day: one appointment, or none."""
    if actor.person_id is None:
        return Appointment.objects.none()
    held = Appointment.objects.held(on=on).filter(person__is_active=True)
    return held.filter(person_id=actor.person_id, post__code=actor.post_code)


def may_second(by: Actor, on: date) -> bool:
    """Whose word makes an act of an administrator count: another administrator, or an approver of the municipality.

    Whoever stands in for one unit or kind of work does not speak for the municipality.
    """
    top = Q(post__roles__code=RoleCode.APPROVER, post__unit__level=UnitLevel.MUNICIPALITY)
    administrator = Q(post__roles__code=RoleCode.ADMINISTRATOR)
    held = held_by(by, on=on).filter(administrator | top, scope_kinds=[], scope_units=[])
    return held.exists()


def waiting_appointments() -> QuerySet[Appointment]:
    """Those that do not count before a second person has said so, oldest first."""
    rows = Appointment.objects.filter(standing=Standing.WAITING)
    return rows.select_related("post__unit", "person", "proposed_by").order_by("id")


def actor_by(appointment: Appointment) -> Actor:
    """Whoever holds this appointment, as its post; that it holds today was asked before."""
    return Actor(
        person_id=appointment.person_id,
        name=appointment.person.full_name,
        post_code=appointment.post.code,
        post_title=appointment.post.title_th,
        capacity=appointment.capacity,
        acting_order=acting_order(appointment.order_number, appointment.order_date),
    )


def _no_post_text(person: Person, post_code: str | None) -> str:
    if post_code is None:
        return _(
            "ทำรายการไม่ได้: {name} ไม่มีตำแหน่งที่มีผลในวันนี้ — ให้ผู้ดูแลระบบตรวจวันเริ่มและวันสิ้นสุดของตำแหน่ง"
        ).format(name=person.full_name)
    return _(
        "ทำรายการไม่ได้: {name} ไม่ได้อยู่ในตำแหน่ง {post} ในวันนี้ — เลือกตำแหน่งอื่นหรือให้ผู้ดูแลระบบตรวจคำสั่งแต่งตั้ง"
    ).format(name=person.full_name, post=post_code)


def has_role_for(person: Person, role: str, *, kind: str, unit: Unit, on: date) -> bool:
    """Whether a post that gives them this role reaches work of this kind and unit on that day."""
    if not person.is_active:
        return False
    held = Appointment.objects.held(on=on).filter(person=person, post__roles__code=role)
    return any(is_in_scope(each, kind, unit) for each in held)


def acts_about(subject: str) -> QuerySet[Act]:
    """Newest first. Subjects are strings such as `submission:<ref>` or `number:2569-00123`."""
    return Act.objects.filter(subject=subject).select_related("person")


def act_fields(act: Act) -> dict[str, Any]:
    """The columns that an act's hash covers, as JSON knows them."""
    # Changing this list breaks every hash there is. A new column needs a version of the chain beside it.
    return {
        # Microseconds are what both databases keep; anything finer would be lost and break the hash.
        "at": act.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "person": act.person_id,
        "actor_name": act.actor_name,
        "post_code": act.post_code,
        "post_title": act.post_title,
        "capacity": act.capacity,
        "acting_order": act.acting_order,
        "verb": act.verb,
        "subject": act.subject,
        "outcome": str(act.outcome),
        "reason": act.reason,
        "details": act.details,
    }


def first_broken_act() -> int | None:
    """The id of the first act that was tampered with; None when the whole trail is sound."""
    return rules.first_broken_act(_chain())


def _chain() -> Iterator[rules.ChainedAct]:
    for act in Act.objects.order_by("id").iterator():
        yield rules.ChainedAct(act.pk, act_fields(act), act.previous_hash, act.hash)


def residual_unit() -> Unit | None:
    """Which unit answers for what one leaves that ends without a successor (`residual_unit` of municipality.toml).

    Without that line it is the municipality itself.
    """
    code = settings.MUNICIPALITY.get("residual_unit", "")
    top = {"level": UnitLevel.MUNICIPALITY, "parent": None}
    return Unit.objects.in_use().filter(**({"code": code} if code else top)).first()


def living(unit: Unit) -> Unit:
    """The unit itself, or the one that it has gone into, however often that happened."""
    while unit.successor is not None:
        unit = unit.successor
    return unit


def successors_now() -> dict[str, Successor]:
    """By the code of each unit that has ended: the one that answers for it now."""
    ended = Unit.objects.exclude(successor=None).select_related("successor__successor")
    left = {unit.code: living(unit) for unit in ended}
    return {
        code: Successor(unit.code, unit.name_th, unit.name_en, unit.phone, unit.email)
        for code, unit in left.items()
    }


def post_titles(codes: Iterable[str] | None = None) -> dict[str, str]:
    """What these posts are called in the reader's language, the highest first; all of them for None."""
    rows = Post.objects.all() if codes is None else Post.objects.filter(code__in=set(codes))
    return {each.code: each.title for each in rows.only("code", "title_th", "title_en", "rank")}


def unit_names() -> dict[str, str]:
    """What all units are called in the reader's language, in their order."""
    rows = Unit.objects.only("code", "name_th", "name_en", "position")
    return {each.code: each.name for each in rows}
