"""Brings the chains in line with a data file. Submissions under way keep the chain they began with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localdate

from prongsai.approval.chains import Draft
from prongsai.approval.models import ChainConfirmation, ChainVersion
from prongsai.approval.queries.chains import in_force, scopes_of, trees, versions_of
from prongsai.approval.refusals import CannotChangeChain
from prongsai.approval.scopes import doubts
from prongsai.approval.states import ChainBlocker, ChainVerdict
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker


class Loaded(NamedTuple):
    """How many chains changed, and the codes of those that the office has changed since and that stay as they are."""

    changed: int
    left_alone: tuple[str, ...]


@transaction.atomic
def load_chains(*, chains: Iterable[Draft], by: Actor, at: datetime) -> Loaded:
    """Each chain that the file has otherwise gets a version that counts from today; one that is new, always did.

    What the file does not name is retired, unless it was made in the office. Raises `CannotChangeChain`.
    """
    wanted = {draft.row["code"]: _columns(draft) for draft in chains}
    present = in_force(localdate(at))
    of_people = {code for code in wanted.keys() | present.keys() if _is_of_people(code)}
    stale = {code for code, version in present.items() if _written(version) != wanted.get(code)}
    changing = (stale | (wanted.keys() - present.keys())) - of_people
    for code in sorted(changing):
        _add(code, wanted.get(code), by=by, at=at)
    _refuse_doubt(at)
    if changing:
        record_act(by=by, at=at, verb="load_chains", details={"changed": sorted(changing)})
    return Loaded(len(changing), tuple(sorted(of_people & (stale | wanted.keys()))))


def _is_of_people(code: str) -> bool:
    """Whether somebody in the office had the last word about it."""
    newest = versions_of(code).first()
    return newest is not None and newest.proposed_by_id is not None


NAMES = (
    *("name_th", "name_en", "kind", "section", "unit_code", "action", "urgency"),
    *("plans", "informed"),
)


def _columns(draft: Draft) -> dict[str, Any]:
    row = draft.row | {"unit_code": draft.row["unit"]}
    return {name: row[name] for name in NAMES if name != "plans"} | {
        "plans": [plan.to_json() for plan in draft.plans]
    }


def _written(version: ChainVersion) -> dict[str, Any]:
    """A chain as the file would have it."""
    return {name: getattr(version, name) for name in NAMES}


def _add(code: str, columns: dict[str, Any] | None, *, by: Actor, at: datetime) -> None:
    newest = versions_of(code).first()
    if columns is None and newest is not None:
        columns = _written(newest) | {"is_retired": True}
    version = ChainVersion.objects.create(
        code=code,
        number=newest.number + 1 if newest else 1,
        from_date=localdate(at) if newest else None,
        reason="นำเข้าจากไฟล์",
        proposed_at=at,
        proposer_post=by.name,
        **(columns or {}),
    )
    ChainConfirmation.objects.create(
        version=version, verdict=ChainVerdict.CONFIRMED, said_at=at, post=by.name
    )


def _refuse_doubt(at: datetime) -> None:
    versions = in_force(localdate(at))
    found = doubts(scopes_of(versions.values()), trees())
    if found:
        raise CannotChangeChain(
            Blocker(
                ChainBlocker.IN_DOUBT,
                f"{versions[each.first].name}, {versions[each.second].name}",
            )
            for each in found
        )
