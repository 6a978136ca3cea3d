"""Chains of the test's own: made in the office and confirmed by a second person."""

from typing import Any

from prongsai.approval import actions
from prongsai.approval.chains import Plan
from prongsai.approval.models import ChainVersion
from prongsai.approval.queries.chains import versions_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode
from tests import factories as base
from tests.factories import NOW, TODAY

NEWS = {"name_th": "ข่าว", "kind": "news", "urgency": "normal"}


def keepers() -> tuple[Actor, Actor]:
    """Two administrators: one proposes, the other confirms."""
    return tuple(base.actor(f"admin-{n}", roles=[RoleCode.ADMINISTRATOR]) for n in "ab")  # type: ignore[return-value]  # two of them


def version(*plans: Plan, code: str = "news", **columns: Any) -> ChainVersion:
    """Unsaved, for ordinary news from today on."""
    named = NEWS | {"reason": "ปรับตามคำสั่ง", "from_date": TODAY} | columns
    return ChainVersion(code=code, plans=[plan.to_json() for plan in plans], **named)


def proposed(by: Actor, *plans: Plan, code: str = "news", **columns: Any) -> ChainVersion:
    newest = versions_of(code).first()
    return actions.propose_chain(
        version=version(*plans, code=code, **columns),
        base_number=newest.number if newest else 0,
        by=by,
        at=NOW,
    )


def counting(*plans: Plan, **columns: Any) -> ChainVersion:
    """Proposed and confirmed."""
    first, second = keepers()
    made = proposed(first, *plans, **columns)
    actions.confirm_chain(version=made, by=second, at=NOW)
    return made
