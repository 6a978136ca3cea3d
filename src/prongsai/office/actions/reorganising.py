"""One act that changes units, posts and whose the work is; all of it, or nothing."""

from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval.actions import give_back
from prongsai.approval.bundles.actions import hand_over_bundles
from prongsai.disclosures.actions import hand_over
from prongsai.intake.actions import hand_over_batches
from prongsai.office.reorganising import CLOSE, RENAME, Plan, Wish, open_submissions_of, plan
from prongsai.organisation.actions import (
    close_unit,
    end_unit,
    record_act,
    refusals_recorded,
    rename_unit,
)
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.refusals import Blocker, CannotReorganise
from prongsai.organisation.states import ReorganisationBlocker


def reorganise(*, wish: Wish, seen: str, by: Actor, at: datetime) -> Plan:
    """`seen` is what the plan that somebody read was called. Raises `CannotReorganise`."""
    subject = f"unit:{wish.unit.code}"
    with refusals_recorded(by=by, at=at, verb="reorganise", subject=subject):
        # All units, in one order: two reorganisations at once would build a ring of successors.
        list(Unit.objects.select_for_update().order_by("pk"))
        wish.unit.refresh_from_db()
        if wish.successor is not None:
            wish.successor.refresh_from_db()
        planned = plan(wish, by=by, at=at)
        blockers = list(planned.blockers)
        if planned.seen != seen:
            blockers.append(Blocker(ReorganisationBlocker.CHANGED_SINCE))
        if blockers:
            raise CannotReorganise(blockers)
        before = wish.unit.name_th
        _apply(wish, by, at)
        record_act(
            by=by,
            at=at,
            verb="reorganise",
            subject=subject,
            reason=wish.order,
            details=_details(planned, before),
        )
    return planned


def _apply(wish: Wish, by: Actor, at: datetime) -> None:
    if wish.kind == RENAME:
        rename_unit(unit=wish.unit, name_th=wish.name_th, name_en=wish.name_en)
    elif wish.kind == CLOSE and wish.successor is not None:
        for each in open_submissions_of(wish.unit):
            give_back(submission=each, reason=wish.order, by=by, at=at)
        hand_over(unit=wish.unit, successor=wish.successor)
        hand_over_batches(unit=wish.unit, successor=wish.successor)
        hand_over_bundles(unit=wish.unit, successor=wish.successor)
        close_unit(unit=wish.unit, successor=wish.successor, on=localdate(at))
    elif wish.successor is not None:
        hand_over(unit=wish.unit, successor=wish.successor)
        hand_over_batches(unit=wish.unit, successor=wish.successor)
        hand_over_bundles(unit=wish.unit, successor=wish.successor)
        end_unit(unit=wish.unit, successor=wish.successor, on=localdate(at))


def _details(planned: Plan, before: str) -> dict[str, object]:
    wish = planned.wish
    return {
        "kind": wish.kind,
        "name_before": before,
        "name_after": wish.name_th or before,
        "successor": wish.successor.code if wish.successor else "",
        "disclosures": planned.disclosures,
        "posts": len(planned.posts),
        "under_way": planned.under_way,
        "returned": planned.returned,
        "ended_posts": len(planned.holders),
    }
