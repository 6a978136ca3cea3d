"""What the office knows of notices: who may agree, what waits for whom, and what the public file must say."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.timezone import localdate

from prongsai.disclosures.states import KindCode
from prongsai.notices import public
from prongsai.notices.models import (
    NAME_LENGTH,
    Delivery,
    Notice,
    NoticeQuerySet,
    Wording,
)
from prongsai.notices.policy import Policy, policy
from prongsai.notices.rules import Decider
from prongsai.notices.states import DeliveryState, NoticeState, Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.holidays import holidays_from
from prongsai.organisation.models import Appointment, Person, Post, Unit
from prongsai.organisation.queries import held_by, is_in_scope, posts_held
from prongsai.organisation.rules import working_days_after
from prongsai.organisation.states import Capacity, RoleCode, UnitLevel

# The `version` of a delivery that tells of the end.
END_OF_NOTICE = 0
# Beyond the `version` of any wording: a recall is told after all else, also where the end was told already.
RECALL_OF_NOTICE = 32_767
DIVISION_HEAD = "division-head"
# Of those that are over. All live ones are in the file, however many.
KEPT_IN_FILE = 200


def rules_of_the_house() -> Policy:
    return policy(settings.NOTICE_POLICY_FILE)


def director_posts(unit: Unit) -> list[str]:
    """Codes of the posts that may agree to a notice of this unit, the first seat first."""
    house = rules_of_the_house()
    division = _division(unit)
    seats = house.directors if division else (*house.directors, *house.otherwise)
    found = [_head_post(division) if seat == DIVISION_HEAD else seat for seat in seats]
    return list(dict.fromkeys(code for code in found if code))


def _division(unit: Unit) -> Unit | None:
    above: Unit | None = unit
    while above is not None and above.level != UnitLevel.DIVISION:
        above = above.parent
    return above


def _head_post(unit: Unit | None) -> str:
    approving = Post.objects.filter(unit=unit, roles__code=RoleCode.APPROVER)
    first = approving.order_by("rank", "code").first() if unit else None
    return first.code if first else ""


def decider(by: Actor, unit: Unit, *, on: date) -> Decider:
    """Asked of the appointments of that day; whoever stands in by an order counts, and so does nobody else."""
    held = held_by(by, on=on).filter(post__roles__code=RoleCode.APPROVER)
    is_director = by.post_code in director_posts(unit) and any(
        _reaches(each, unit) for each in held
    )
    return Decider(by.post_title, is_director, by.person_id)


def _reaches(appointment: Appointment, unit: Unit) -> bool:
    """Whether an order to stand in goes as far as notices of this unit, which are news in the record."""
    return is_in_scope(appointment, KindCode.NEWS, unit)


def directing_post(person: Person, unit: Unit, *, on: date) -> str:
    """The post as which this person may agree; "" for none."""
    posts = director_posts(unit)
    held = [each.post.code for each in posts_held(person, on) if _reaches(each, unit)]
    return next((code for code in held if code in posts), "")


def directors_beside(unit: Unit, writers: Collection[int], *, on: date) -> list[Appointment]:
    """Who could agree that day, the writers left out."""
    held = Appointment.objects.held(on=on).filter(
        post__code__in=director_posts(unit), person__is_active=True
    )
    held = held.exclude(person_id__in=writers).select_related("post", "person")
    return [each for each in held.order_by("post__rank", "id") if _reaches(each, unit)]


def has_name_of(ref: UUID) -> bool:
    """Whether another notice has this name in addresses: a browser proposes the `ref`, and may propose any."""
    name, rest = ref.hex[:NAME_LENGTH], 32 - NAME_LENGTH
    first, last = UUID(name + "0" * rest), UUID(name + "f" * rest)
    return Notice.objects.filter(ref__gte=first, ref__lte=last).exists()


def unit_of(by: Actor) -> Unit:
    """Whose notice it is when they write one. Raises Post.DoesNotExist for an actor without a post."""
    return Post.objects.select_related("unit__parent").get(code=by.post_code).unit


def may_write_for(by: Actor, unit: Unit, *, on: date) -> bool:
    """Officers of the unit, and webmasters."""
    held = held_by(by, on=on)
    writes = Q(post__roles__code=RoleCode.OFFICER, post__unit=unit)
    return held.filter(writes | Q(post__roles__code=RoleCode.WEBMASTER)).exists()


def reviewing_post(person: Person, unit: Unit, *, on: date) -> str:
    """The post as which this person looks back at notices of this unit; "" for none."""
    reviewers = rules_of_the_house().reviewers
    held = [each.post.code for each in posts_held(person, on) if _reaches(each, unit)]
    return next((code for code in held if code in reviewers), "")


def reviewing_as(by: Actor, unit: Unit, *, on: date) -> bool:
    """Whether they may look back at notices of this unit."""
    is_reviewer = by.post_code in rules_of_the_house().reviewers
    return is_reviewer and any(_reaches(each, unit) for each in held_by(by, on=on))


def took_part(notice: Notice, person_id: int | None) -> bool:
    """Whether they wrote, sent or agreed to any wording of it, or ended it."""
    wordings = list(notice.wordings.all())
    people = {each.approved_by_id for each in wordings} | {notice.ended_by_id}
    return person_id in people or any(person_id in each.writers for each in wordings)


def review_due(ended_at: datetime) -> date:
    """The last day for the look back: working days after the day of the end."""
    day = localdate(ended_at)
    count = rules_of_the_house().review_working_days
    return working_days_after(day, count, holidays_from(day, settings.HOLIDAYS_FILE))


def seen_notices() -> NoticeQuerySet:
    """For lists, newest first, with their wordings in one question more."""
    wordings = Prefetch("wordings", Wording.objects.order_by("version"))
    return Notice.objects.select_related("unit", "started_by").prefetch_related(wordings)


@dataclass(frozen=True)
class Waiting:
    """What waits for one person: wordings to agree to, notices to look back at, and those that are late for it."""

    to_decide: tuple[Wording, ...]
    to_review: tuple[Notice, ...]
    overdue: tuple[Notice, ...]


def waiting_for(person: Person, held: Sequence[Appointment], *, on: date) -> Waiting:
    """`held` are what they hold that day. What an order does not reach, or they may not decide, is not there."""
    house = rules_of_the_house()
    reviewed = _ended_at([each for each in held if each.post.code in house.reviewers])
    mine = [each for each in reviewed if not took_part(each, person.pk)]
    watched = _ended_at([each for each in held if each.post.code in house.executives])
    late = [each for each in watched if each.review_due_date and each.review_due_date < on]
    return Waiting(
        to_decide=tuple(each for each in awaiting_director() if _may_agree(person, held, each)),
        to_review=tuple(mine),
        overdue=tuple(each for each in late if each not in mine),
    )


def awaiting_director() -> QuerySet[Wording]:
    """Wordings that a director is asked about, the longest wait first."""
    rows = Wording.objects.filter(
        stage=Stage.AWAITING_DIRECTOR,
        notice__state__in=[NoticeState.AWAITING_DIRECTOR, NoticeState.LIVE],
    )
    return rows.select_related("notice__unit__parent").order_by("submitted_at")


def _may_agree(person: Person, held: Sequence[Appointment], wording: Wording) -> bool:
    unit = wording.notice.unit
    reaching = {each.post.code for each in held if _reaches(each, unit)}
    return person.pk not in wording.writers and bool(reaching & set(director_posts(unit)))


def _ended_at(held: Sequence[Appointment]) -> list[Notice]:
    """Those at which nobody has looked back, as far as these appointments reach; none are asked for without any."""
    if not held:
        return []
    rows = Notice.objects.to_review().select_related("unit__parent").prefetch_related("wordings")
    found = rows.order_by("review_due_date")
    return [each for each in found if any(_reaches(one, each.unit) for one in held)]


def overdue_reviews(*, on: date) -> QuerySet[Notice]:
    return Notice.objects.to_review().filter(review_due_date__lt=on)


def to_expire(*, at: datetime) -> list[Notice]:
    """Live by the rows, over by the clock. The public has known since the very second."""
    live = seen_notices().live()
    return [each for each in live if (end := valid_until(each)) is not None and end <= at]


def valid_until(notice: Notice) -> datetime | None:
    approved = [each for each in notice.wordings.all() if each.stage == Stage.APPROVED]
    return approved[-1].valid_until_at if approved else None


def is_over(notice: Notice, *, at: datetime) -> bool:
    """By the clock, as the public sees it, also when nobody has noted it yet."""
    until = valid_until(notice)
    return until is not None and until <= at


def sequence() -> int:
    """How many things the public was told. It only grows, so that two states of the file can be told apart."""
    told = Notice.objects.aggregate(
        ended=Count("pk", filter=Q(ended_at__isnull=False)),
        numbered=Count("pk", filter=~Q(number="")),
        recalled=Count("pk", filter=Q(recalled_at__isnull=False)),
    )
    approved = Wording.objects.filter(stage=Stage.APPROVED).count()
    return approved + sum(map(int, told.values()))


def bulletin(*, at: datetime) -> public.Bulletin:
    """The file as the rows have it now."""
    # Asked first: what is agreed to while the rows are read may be missing from them, and must be missed.
    known = sequence()
    rows = seen_notices().public()
    live = list(rows.filter(state=NoticeState.LIVE))
    over = list(rows.exclude(state=NoticeState.LIVE).order_by("-ended_at")[:KEPT_IN_FILE])
    shown = tuple(public_notice(each) for each in (*live, *over))
    return public.Bulletin(known, at, shown)


def public_notice(notice: Notice) -> public.PublicNotice:
    approved = [each for each in notice.wordings.all() if each.stage == Stage.APPROVED]
    messages = [public_message(each) for each in sorted(approved, key=lambda one: one.version)]
    if notice.recalled_at:
        return _tombstone(notice, messages)
    if notice.ended_at and notice.ended_by_id:
        messages.append(_end(notice, messages[-1]))
    return public.PublicNotice(
        id=notice.public_id,
        is_drill=notice.is_drill,
        unit_th=notice.unit.name_th,
        unit_en=notice.unit.name_en,
        messages=tuple(messages),
        number=notice.number,
        ended_at=notice.ended_at,
        end_cause=notice.end_cause,
    )


def _tombstone(notice: Notice, told: list[public.Message]) -> public.PublicNotice:
    """That it was there, and why it is not any more. None of its words is handed on to anything that shows it."""
    blank = [replace(each, text=public.RECALLED_TEXT) for each in told]
    last = public.Message(
        version=blank[-1].version,
        kind=public.END,
        sent_at=notice.recalled_at or blank[-1].sent_at,
        valid_until_at=blank[-1].valid_until_at,
        text=public.RECALLED_TEXT,
        reason=f"{notice.get_recall_reason_display()}: {notice.recall_explanation}",
        post=notice.recall_post,
        acting=notice.recall_acting,
    )
    return public.PublicNotice(
        id=notice.public_id,
        is_drill=notice.is_drill,
        unit_th=notice.unit.name_th,
        unit_en=notice.unit.name_en,
        messages=(*blank, last),
        number=notice.number,
        ended_at=notice.ended_at or notice.recalled_at,
        end_cause=public.RECALLED,
    )


def public_message(wording: Wording) -> public.Message:
    """Of an approved wording."""
    if wording.approved_at is None or wording.valid_until_at is None:
        raise ValueError("Nobody has agreed to this wording.")
    return public.Message(
        version=wording.version,
        kind=str(wording.kind),
        sent_at=wording.approved_at,
        valid_until_at=wording.valid_until_at,
        text=wording.text,
        post=wording.approver_post,
        acting=wording.approver_acting,
    )


def _end(notice: Notice, last: public.Message) -> public.Message:
    """Of a notice that somebody ended before its time; one that ran out has nothing more to say."""
    if notice.ended_at is None:
        raise ValueError("Nobody has ended this notice.")
    return public.Message(
        version=last.version,
        kind=public.END,
        sent_at=notice.ended_at,
        valid_until_at=last.valid_until_at,
        text=last.text,
        reason=notice.end_reason,
        post=notice.end_post,
        acting=notice.end_acting,
    )


def acting_words(by: Actor) -> str:
    """How the post was held, and by which order, when not in one's own right."""
    return f"{Capacity(by.capacity).label} {by.acting_order}" if by.acting_order else ""


def to_enter() -> list[Wording]:
    """Approved wordings that the record does not hold yet, in their order. Drills never go there."""
    rows = Wording.objects.filter(
        stage=Stage.APPROVED,
        entry_seq__isnull=True,
        notice__is_drill=False,
        # What was recalled before the record knew of it must never come there.
        notice__recalled_at=None,
    )
    return list(rows.select_related("notice__unit").order_by("approved_at", "id"))


def ends_to_enter() -> list[Notice]:
    """Ended notices whose end the record does not hold yet, all their wordings being there."""
    rows = Notice.objects.filter(
        is_drill=False, ended_at__isnull=False, end_seq__isnull=True, recalled_at=None
    ).exclude(number="")
    late = Q(wordings__stage=Stage.APPROVED, wordings__entry_seq__isnull=True)
    return list(rows.exclude(pk__in=Notice.objects.filter(late).values("pk")).order_by("ended_at"))


def recalls_to_enter() -> list[Notice]:
    """Recalled notices of which the record may still hold the words."""
    rows = Notice.objects.filter(
        is_drill=False, recalled_at__isnull=False, recall_entered_at__isnull=True
    )
    return list(rows.order_by("recalled_at"))


def next_delivery(*, at: datetime) -> Delivery | None:
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=at)
    return waiting.select_related("notice__unit").order_by("next_try_at", "id").first()


def is_overtaken(delivery: Delivery, *, at: datetime) -> bool:
    """Whether it would now tell what is not so any more: something newer has arrived there, or its time is over."""
    if delivery.version == RECALL_OF_NOTICE:
        return False
    if delivery.notice.recalled_at:
        return True
    if delivery.version == END_OF_NOTICE:
        return False
    same = Delivery.objects.filter(
        notice=delivery.notice_id, channel=delivery.channel, target=delivery.target
    )
    newer = Q(version__gt=delivery.version) | Q(version=END_OF_NOTICE)
    if same.filter(newer, state=DeliveryState.SENT).exists():
        return True
    told = Wording.objects.filter(notice=delivery.notice_id, version=delivery.version)
    return told.filter(valid_until_at__lte=at).exists()


def failed_deliveries(notices: Iterable[Notice]) -> QuerySet[Delivery]:
    rows = Delivery.objects.filter(notice__in=list(notices))
    return rows.filter(Q(state=DeliveryState.GIVEN_UP) | ~Q(problem="")).order_by("id")
