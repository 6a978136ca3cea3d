"""One's own name put right: a person asks, an administrator answers with a reason."""

from datetime import datetime

from prongsai.office.models import NameWish
from prongsai.office.states import NameBlocker, WishState
from prongsai.organisation.actions import record_act, refusals_recorded, rename_person
from prongsai.organisation.actions.people import NAMES, account_blockers
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.refusals import Blocker, CannotAct


class CannotWishForName(CannotAct):
    """The wish is not taken, or not answered; the name stays."""


def ask_for_name(
    *, person: Person, names: dict[str, str], reason: str, by: Actor, at: datetime
) -> NameWish:
    """The trail keeps that it was asked, and why; the name asked for stands in the wish.

    Raises `CannotWishForName`.
    """
    with refusals_recorded(by=by, at=at, verb="ask_for_name", subject=person.subject):
        row = Person.objects.select_for_update().get(pk=person.pk)
        _refuse(_asking_blockers(row, names, reason=reason, by=by))
        record_act(by=by, at=at, verb="ask_for_name", subject=row.subject, reason=reason)
        return NameWish.objects.create(
            person=row, reason=reason, asked_at=at, **{name: names[name] for name in NAMES}
        )


def settle_name(*, wish: NameWish, agrees: bool, answer: str, by: Actor, at: datetime) -> None:
    """`answer` is the reason, which the person reads. Raises `CannotWishForName`."""
    verb = "agree_to_name" if agrees else "refuse_name"
    with refusals_recorded(by=by, at=at, verb=verb, subject=wish.person.subject):
        row = NameWish.objects.select_for_update().select_related("person").get(pk=wish.pk)
        blockers = account_blockers(by, at=at, person=row.person, reason=answer)
        if row.state != WishState.OPEN:
            blockers.append(Blocker(NameBlocker.SETTLED))
        _refuse(blockers)
        row.state = WishState.DONE if agrees else WishState.REFUSED
        row.answer, row.settled_at, row.settled_by_id = answer, at, by.person_id
        row.save(update_fields=["state", "answer", "settled_at", "settled_by"])
        record_act(by=by, at=at, verb=verb, subject=row.person.subject, reason=answer)
        if agrees:
            rename_person(person=row.person, names=row.names, reason=answer, by=by, at=at)
    wish.refresh_from_db()


def _asking_blockers(
    person: Person, names: dict[str, str], *, reason: str, by: Actor
) -> list[Blocker]:
    blockers = []
    if by.person_id != person.pk:
        blockers.append(Blocker(NameBlocker.NOT_OWN))
    if all(getattr(person, name) == names[name] for name in NAMES):
        blockers.append(Blocker(NameBlocker.SAME))
    if not reason.strip():
        blockers.append(Blocker(NameBlocker.NO_REASON))
    if NameWish.objects.filter(person=person, state=WishState.OPEN).exists():
        blockers.append(Blocker(NameBlocker.ASKED_ALREADY))
    return blockers


def _refuse(blockers: list[Blocker]) -> None:
    if blockers:
        raise CannotWishForName(blockers)
