"""Rows of the published list: the number, what the record says of it, and which acts may follow."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q, QuerySet

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import KindCode
from prongsai.office.desk import Desk
from prongsai.office.queries import visible_disclosures
from prongsai.office.rights import may
from prongsai.office.verbs import ASKED
from prongsai.record.addresses import public_path
from prongsai.record.models import Item
from prongsai.record.states import CONTENT_ACTIONS, MAY_FOLLOW, Action, ItemState

JOBS = (SubmissionState.APPROVED, SubmissionState.PUBLISHED, SubmissionState.REFUSED)
LATEST_JOBS = 12
LATELY = timedelta(days=7)
# A correction is begun by writing, a recall has a screen of its own.
OTHERWISE = CONTENT_ACTIONS | {Action.RECALLED}


@dataclass(frozen=True)
class Follow:
    """An act that may follow; what follows content is begun as a correction."""

    action: str
    label: str


@dataclass(frozen=True)
class PublishedRow:
    disclosure: Disclosure
    state: str
    state_label: str
    version: int
    seq: int
    address: str
    follows: tuple[Follow, ...]
    may_correct: bool
    may_recall: bool
    # The address of the statement that nothing has changed; None where that cannot be said.
    review_ref: UUID | None


def published_rows(disclosures: Iterable[Disclosure], desk: Desk) -> list[PublishedRow]:
    rows = list(disclosures)
    items = Item.objects.in_bulk([row.number for row in rows])
    return [_row(row, items[row.number], desk) for row in rows if row.number in items]


def _may_be_reviewed(item: Item) -> bool:
    return item.state == ItemState.CURRENT and item.kind != KindCode.STATEMENT


def _row(disclosure: Disclosure, item: Item, desk: Desk) -> PublishedRow:
    state = ItemState(item.state)
    follows = MAY_FOLLOW[state] if may(desk, "change_published", disclosure) else frozenset()
    asked = [action for action in Action if action in follows and action != Action.EXPIRED]
    return PublishedRow(
        disclosure=disclosure,
        state=state,
        state_label=str(state.label),
        review_ref=uuid4() if Action.CORRECTED in follows and _may_be_reviewed(item) else None,
        version=item.version,
        seq=item.seq,
        address=settings.PORTAL_URL + public_path("item", number=item.number),
        follows=tuple(Follow(one, str(ASKED[one])) for one in asked if one not in OTHERWISE),
        may_correct=Action.CORRECTED in asked,
        may_recall=Action.RECALLED in MAY_FOLLOW[state] and may(desk, "recall", disclosure),
    )


def jobs(desk: Desk) -> QuerySet[Submission]:
    """Approvals that this desk may see: those at the gate or refused by it, and what it published lately."""
    mine = visible_disclosures(desk).values("pk")
    is_news = ~Q(state=SubmissionState.PUBLISHED) | Q(published_at__date__gt=desk.on - LATELY)
    rows = Submission.objects.filter(is_news, state__in=JOBS, disclosure__in=mine)
    return rows.select_related("disclosure").order_by("-approved_at")[:LATEST_JOBS]
