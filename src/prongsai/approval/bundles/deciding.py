"""A post says one word about a bundle: it counts for every member, or for none."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval.actions.deciding import Word, enter_decision, repeated
from prongsai.approval.bundles import queries
from prongsai.approval.bundles.actions import locked, locked_rows
from prongsai.approval.bundles.refusals import CannotDecideBundle
from prongsai.approval.bundles.states import BundleBlocker
from prongsai.approval.models import BundleLook, Decision, Sending, Submission
from prongsai.approval.queries import contributors_to_bundle, deciding
from prongsai.approval.rules import decision_blockers
from prongsai.approval.states import DecisionBlocker, Verdict
from prongsai.approval.walking import Turn
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker


def decide_bundle(
    *,
    sending: Sending,
    verdict: str,
    reason: str = "",
    hash_seen: str,
    to_step: int | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Adds the same decision to every member; answers that of the first. A double click returns what is there.

    `hash_seen` is the hash over all members that the approver's page was made from. Raises `CannotDecideBundle`
    with every reason.
    """
    is_named = verdict == Verdict.REMAND_TO_STEP
    word = Word(Verdict(verdict), lines(reason), "", to_step if is_named else None)
    with locked(sending.bundle, verb="decide_bundle", by=by, at=at):
        rows = locked_rows(sending)
        word = word._replace(hash_seen=rows[0].content_hash)
        made = repeated(rows[0], word, by) if hash_seen == sending.statement_hash else None
        return made or _decide(sending, rows, word, hash_seen, by=by, at=at)


def _decide(
    sending: Sending,
    rows: Sequence[Submission],
    word: Word,
    hash_seen: str,
    *,
    by: Actor,
    at: datetime,
) -> Decision:
    blockers, turns = _asked(sending, rows, word, by=by, at=at)
    if hash_seen != sending.statement_hash:
        blockers.append(Blocker(BundleBlocker.OTHER_MEMBERS))
    if word.verdict == Verdict.ENDORSE:
        blockers += _changed(sending, rows)
    if len(set(turns)) > 1:
        blockers.append(Blocker(BundleBlocker.DIFFERENT_TURNS))
    turn = turns[0]
    if blockers or turn is None:
        raise CannotDecideBundle(dict.fromkeys(blockers))
    made = [
        enter_decision(each, word._replace(hash_seen=each.content_hash), turn, by=by, at=at)
        for each in rows
    ]
    details = {"verdict": str(word.verdict), "hash": sending.statement_hash, "members": len(rows)}
    record_act(
        by=by,
        at=at,
        verb="decide_bundle",
        subject=sending.bundle.subject,
        reason=word.reason,
        details=details,
    )
    return made[0]


def _changed(sending: Sending, rows: Sequence[Submission]) -> list[Blocker]:
    """What is not any more as it was sent; nobody agrees to that, but it can be sent back."""
    moved = [each for each in rows if not queries.is_base_current(each)]
    found = [Blocker(BundleBlocker.BASE_CHANGED, each.disclosure.title) for each in moved]
    if not queries.is_as_sent(sending, rows):
        found.append(Blocker(DecisionBlocker.CONTENT_CHANGED))
    return found


def _asked(
    sending: Sending, rows: Sequence[Submission], word: Word, *, by: Actor, at: datetime
) -> tuple[list[Blocker], list[Turn | None]]:
    """What stands against the word for each member; what was changed is named."""
    excluded, on = contributors_to_bundle(sending), localdate(at)
    blockers: list[Blocker] = []
    turns: list[Turn | None] = []
    for each in rows:
        said = word._replace(hash_seen=each.content_hash)._asdict()
        case, turn = deciding(each, by=by, excluded=excluded, on=on, **said)
        turns.append(turn)
        for blocker in decision_blockers(case):
            is_of_one = blocker.code == DecisionBlocker.CONTENT_CHANGED
            blockers.append(queries.of_member(each.disclosure, blocker) if is_of_one else blocker)
    return blockers, turns


def look_at(*, submission: Submission, by: Actor, at: datetime) -> None:
    """Somebody says that they have read this member. It is a note for themselves and binds nobody."""
    if by.person_id is not None and submission.sending_id is not None:
        BundleLook.objects.get_or_create(
            submission=submission, looked_by_id=by.person_id, defaults={"looked_at": at}
        )
