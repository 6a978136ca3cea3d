"""Brings the chains in line with their data file. Submissions under way keep the chain they began with."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from prongsai.approval.chains import Plan
from prongsai.approval.models import Chain, ChainStep
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.rows import Row


@transaction.atomic
def load_chains(*, chains: Iterable[tuple[Row, Sequence[Plan]]], by: Actor, at: datetime) -> int:
    """The file is the whole truth: chains that it does not name are removed. Returns how many changed."""
    wanted = {row["code"]: (row, list(plans)) for row, plans in chains}
    present = {chain.code: chain for chain in Chain.objects.prefetch_related("steps")}
    stale = {code for code, chain in present.items() if _written(chain) != wanted.get(code)}
    missing = wanted.keys() - present.keys()
    # Removed before any is made: two chains may swap the kind that they are for.
    Chain.objects.filter(code__in=stale).delete()
    for code in sorted(wanted.keys() & (stale | missing)):
        _create(*wanted[code])
    changed = len(stale | missing)
    if changed:
        record_act(by=by, at=at, verb="load_chains", details={"changed": sorted(stale | missing)})
    return changed


def _written(chain: Chain) -> tuple[Row, list[Plan]]:
    """A chain as the file would have it."""
    names = ("code", "name_th", "kind", "action", "urgency")
    plans = [Plan(tuple(s.seats), tuple(s.otherwise), s.quorum) for s in chain.steps.all()]
    return {name: str(getattr(chain, name)) for name in names}, plans


def _create(row: Row, plans: Sequence[Plan]) -> None:
    chain = Chain.objects.create(**row)
    ChainStep.objects.bulk_create(
        ChainStep(
            chain=chain,
            position=position,
            seats=list(plan.seats),
            otherwise=list(plan.otherwise),
            quorum=plan.quorum,
        )
        for position, plan in enumerate(plans)
    )
