"""A version of a chain is proposed by an administrator and counts once somebody else has confirmed it."""

from datetime import datetime

from django.db import IntegrityError
from django.utils.timezone import localdate

from prongsai.approval.models import ChainConfirmation, ChainVersion
from prongsai.approval.queries import chains as queries
from prongsai.approval.refusals import CannotChangeChain
from prongsai.approval.revising import Change, change_blockers, confirmation_blockers
from prongsai.approval.states import ChainBlocker, ChainVerdict
from prongsai.disclosures.tidy import line, lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker


def propose_chain(
    *, version: ChainVersion, base_number: int, by: Actor, at: datetime
) -> ChainVersion:
    """Saves this unsaved version as the next of its chain; it waits until somebody else confirms it.

    `base_number` is the version that its author had before them, 0 for a new chain. Raises `CannotChangeChain`.
    """
    version.name_th, version.name_en = line(version.name_th), line(version.name_en)
    version.reason = lines(version.reason)
    newest = queries.versions_of(version.code).first()
    version.number = newest.number + 1 if newest else 1
    with refusals_recorded(by=by, at=at, verb="propose_chain", subject=version.subject):
        blockers = change_blockers(_change(version, base_number, by=by, at=at))
        if blockers:
            raise CannotChangeChain(blockers)
        version.proposed_at, version.proposed_by_id = at, by.person_id
        version.proposer_post = by.signature[:200]
        _add(version)
        record_act(
            by=by,
            at=at,
            verb="propose_chain",
            subject=version.subject,
            reason=version.reason,
            details=_details(version),
        )
    return version


def _add(version: ChainVersion) -> None:
    """Two administrators may save at once: the table gives each number out once."""
    try:
        version.save(force_insert=True)
    except IntegrityError as error:
        raise CannotChangeChain([Blocker(ChainBlocker.CHANGED_MEANWHILE)]) from error


def _change(version: ChainVersion, base_number: int, *, by: Actor, at: datetime) -> Change:
    today = localdate(at)
    waiting = queries.waiting().filter(code=version.code).first()
    return Change(
        is_administrator=queries.may_propose(by, today),
        reason=version.reason,
        is_retired=version.is_retired,
        plans=version.steps,
        informed=version.informed,
        approving_posts=queries.approving_posts(),
        posts=queries.known().posts,
        from_date=version.from_date or today,
        today=today,
        base_number=base_number,
        newest_number=version.number - 1,
        waiting_number=waiting.number if waiting else 0,
        doubtful=queries.doubtful_names(version),
        left_out=queries.gap_names(version, today),
    )


def confirm_chain(*, version: ChainVersion, by: Actor, at: datetime) -> ChainConfirmation:
    """A second person lets it count from its day on. Raises `CannotChangeChain`."""
    return _settle(version, ChainVerdict.CONFIRMED, reason="", by=by, at=at)


def refuse_chain(
    *, version: ChainVersion, reason: str, by: Actor, at: datetime
) -> ChainConfirmation:
    """A second person says why it shall not count. Raises `CannotChangeChain`."""
    return _settle(version, ChainVerdict.REFUSED, reason=lines(reason), by=by, at=at)


def _settle(
    version: ChainVersion, verdict: ChainVerdict, *, reason: str, by: Actor, at: datetime
) -> ChainConfirmation:
    verb = "confirm_chain" if verdict == ChainVerdict.CONFIRMED else "refuse_chain"
    with refusals_recorded(by=by, at=at, verb=verb, subject=version.subject):
        blockers = _settling_blockers(version, verdict, reason, by=by, at=at)
        if blockers or by.person_id is None:
            raise CannotChangeChain(blockers)
        said = ChainConfirmation(version=version, verdict=verdict, reason=reason)
        said.said_at, said.said_by_id, said.post = at, by.person_id, by.signature[:200]
        said.save(force_insert=True)
        record_act(by=by, at=at, verb=verb, subject=version.subject, reason=reason)
    return said


def _settling_blockers(
    version: ChainVersion, verdict: ChainVerdict, reason: str, *, by: Actor, at: datetime
) -> list[Blocker]:
    is_confirmed = verdict == ChainVerdict.CONFIRMED
    # Its row is never changed, so the lock stands on all of the chain's versions.
    list(ChainVersion.objects.select_for_update().filter(code=version.code))
    blockers = confirmation_blockers(
        may_confirm=queries.may_confirm(by, localdate(at)),
        is_own=by.person_id is not None and by.person_id == version.proposed_by_id,
        is_settled=ChainConfirmation.objects.filter(version=version).exists(),
        doubtful=queries.doubtful_names(version) if is_confirmed else (),
    )
    return blockers if is_confirmed or reason else [*blockers, Blocker(ChainBlocker.NO_REASON)]


def _details(version: ChainVersion) -> dict[str, object]:
    return {
        "number": version.number,
        "from_date": version.from_date.isoformat() if version.from_date else "",
        "is_retired": version.is_retired,
        "plans": version.plans,
    }
