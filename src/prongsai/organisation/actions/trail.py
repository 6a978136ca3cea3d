"""The trail of acts: every verb of every app writes to it, and refusals survive what they refused."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from prongsai.organisation import rules
from prongsai.organisation.actions.mirroring import mirror_acts
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.queries import act_fields
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from prongsai.thai.normalise import display_text


@transaction.atomic
def record_act(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    subject: str = "",
    reason: str = "",
    outcome: Outcome = Outcome.DONE,
    details: Mapping[str, Any] | None = None,
) -> Act:
    """Adds an act to the trail."""
    # Transactions come one after another: two acts upon one predecessor would be a broken chain.
    newest = Act.objects.order_by("-id").first()
    act = Act(
        at=at,
        person_id=by.person_id,
        actor_name=by.name,
        post_code=by.post_code,
        post_title=by.post_title,
        capacity=by.capacity,
        acting_order=by.acting_order,
        verb=verb,
        subject=subject,
        # PostgreSQL takes no NUL, and a mark that turns the text round would falsify what auditors read.
        reason=display_text(reason).strip(),
        outcome=outcome,
        details=dict(details or {}),
        previous_hash=newest.hash if newest else rules.GENESIS,
    )
    act.hash = rules.act_hash(act_fields(act), act.previous_hash)
    act.save(force_insert=True)
    transaction.on_commit(mirror_acts)
    return act


def record_refusal(
    *,
    by: Actor,
    at: datetime,
    verb: str,
    subject: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> Act:
    """Adds a refused act. Call it after the refused transaction has been rolled back."""
    return record_act(
        by=by,
        at=at,
        verb=verb,
        subject=subject,
        reason=reason,
        details=details,
        outcome=Outcome.REFUSED,
    )


@contextmanager
def refusals_recorded(*, by: Actor, at: datetime, verb: str, subject: str = "") -> Iterator[None]:
    """Around an action: a `CannotAct` undoes it, is added to the trail, and goes on up."""
    try:
        with transaction.atomic():
            yield
    except CannotAct as refusal:
        # The trail is Thai, whatever language the refused person reads.
        with translation.override("th"):
            reason = " ".join(str(blocker) for blocker in refusal.blockers)
        record_refusal(by=by, at=at, verb=verb, subject=subject, reason=reason)
        raise
