"""Which items a recall of several hits: what fits the filters, and why some of it is left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from prongsai.approval.models import Submission
from prongsai.approval.queries import open_submission
from prongsai.approval.queries.proposing import is_author
from prongsai.approval.states import OPEN_STATES, SubmissionState
from prongsai.approval.timing import is_at_the_gate
from prongsai.disclosures.models import Disclosure, Section
from prongsai.organisation.actors import Actor
from prongsai.record.models import Item
from prongsai.record.states import Action, ItemState
from prongsai.thai.normalise import normalise


@dataclass(frozen=True)
class Chosen:
    """What the dry run found; `left_out` with the reason why an item is not hit."""

    hit: tuple[Disclosure, ...]
    left_out: tuple[tuple[Disclosure, str], ...]
    # Of those that are hit: what is approved for them and waits for its time is stopped.
    stopped: tuple[Disclosure, ...] = ()
    # Of none that is hit, but in a bundle with one: the whole bundle goes back to its writers.
    sent_back: tuple[Disclosure, ...] = ()

    @property
    def numbers(self) -> list[str]:
        return [each.number for each in self.hit]


def matching(rows: QuerySet[Disclosure], wanted: Mapping[str, Any]) -> QuerySet[Disclosure]:
    """Of these, what was ever published and fits every filter that is given, by what the public sees of it."""
    found = rows.exclude(number="").exclude(published_revision=None)
    content = "published_revision__content__"
    exact = {
        "kind": "kind",
        "unit": "unit__code",
        "from_year": f"{content}fiscal_year__gte",
        "to_year": f"{content}fiscal_year__lte",
    }
    found = found.filter(**{exact[key]: wanted[key] for key in exact if wanted.get(key)})
    # JSON's null comes before every number on PostgreSQL.
    if wanted.get("from_year") or wanted.get("to_year"):
        found = found.exclude(**{f"{content}fiscal_year": None})
    if wanted.get("section"):
        below = Section.objects.filter(parent__slug=wanted["section"]).values_list(
            "slug", flat=True
        )
        found = found.filter(**{f"{content}section__in": [wanted["section"], *below]})
    if wanted.get("obligation"):
        found = found.filter(**{f"{content}obligations__icontains": f'"{wanted["obligation"]}"'})
    for word in normalise(wanted.get("words") or "").split():
        found = found.filter(title__icontains=word)
    return found.order_by("number")


def choose(rows: QuerySet[Disclosure], *, by: Actor, at: datetime) -> Chosen:
    """What a recall of these would hit and what it would not, with the reason in words."""
    works = list(rows.select_related("unit", "published_revision"))
    states = dict(
        Item.objects.filter(number__in=[each.number for each in works]).values_list(
            "number", "state"
        )
    )
    waiting = _waiting_for_their_time(works)
    judged = [
        (each, _left_out(each, states.get(each.number), waiting.get(each.pk), by=by, at=at))
        for each in works
    ]
    hit = tuple(each for each, why in judged if not why)
    return Chosen(
        hit=hit,
        stopped=tuple(each for each in hit if each.pk in waiting),
        sent_back=tuple(in_their_bundles(hit)),
        left_out=tuple((each, why) for each, why in judged if why),
    )


def in_their_bundles(hit: Sequence[Disclosure]) -> Iterator[Disclosure]:
    """The other members of the bundles in which these are decided or wait."""
    sent = Submission.objects.filter(disclosure__in=hit, state__in=OPEN_STATES)
    rows = Submission.objects.filter(sending__in=sent.values("sending"), state__in=OPEN_STATES)
    others = rows.exclude(disclosure__in=hit).select_related("disclosure__unit")
    return (each.disclosure for each in others.order_by("sending_id", "place"))


def _waiting_for_their_time(works: Sequence[Disclosure]) -> dict[int, Submission]:
    rows = Submission.objects.filter(disclosure__in=works, state=SubmissionState.APPROVED)
    return {each.disclosure_id: each for each in rows.exclude(action=Action.RECALLED)}


def _left_out(
    disclosure: Disclosure,
    state: str | None,
    waiting: Submission | None,
    *,
    by: Actor,
    at: datetime,
) -> str:
    """A key of `texts.LEFT_OUT`, or "" when it is hit."""
    if state is None:
        return "unknown"
    if state == ItemState.RECALLED:
        return "recalled"
    under_way = open_submission(disclosure)
    if under_way is not None and under_way.action == Action.RECALLED:
        return "under_way"
    if waiting and is_at_the_gate(waiting.publish_after, waiting.approved_at, at=at):
        return "approved"
    return "" if is_author(by, disclosure, on=localdate(at)) else "others"
