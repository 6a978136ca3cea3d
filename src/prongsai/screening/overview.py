"""The findings of a revision as a page shows them: counted by group, with some of each; however many there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from prongsai.disclosures.models import Revision
from prongsai.screening.models import SAID_BY_ONE, UNSAID, Finding, FindingDecision
from prongsai.screening.queries import findings
from prongsai.screening.states import MUST_BE_DECIDED, REOPENS

# What one detector found in one place.
GROUP = ("detector", "severity", "place")
# What people said in one act.
SAID = ("person", "at", "verdict", "reason", "legal_ground", "personal_basis")
Key = tuple[Any, ...]


@dataclass(frozen=True)
class GroupCount:
    """How many there are, how many nobody has decided, and how many wait for a second person."""

    detector: str
    severity: str
    place: str
    total: int
    open: int
    second: int

    @property
    def key(self) -> Key:
        return self.detector, self.severity, self.place


def group_counts(revision: Revision, *, on: date) -> list[GroupCount]:
    """In the order in which the places come first in the text. One question."""
    must = Q(severity__in=MUST_BE_DECIDED)
    rows = findings(revision, on=on).prefetch_related(None).with_verdict().order_by()
    counted = rows.values(*GROUP).annotate(
        total=Count("pk"),
        open=Count("pk", filter=must & UNSAID),
        second=Count("pk", filter=must & SAID_BY_ONE),
    )
    return [
        GroupCount(**{name: row[name] for name in (*GROUP, "total", "open", "second")})
        for row in counted
    ]


def some_findings(revision: Revision, *, on: date, each: int, keep: int = 0) -> list[Finding]:
    """The first of each group, those that wait before the others, and the one with the key `keep`. Two questions."""
    waits = Case(When(UNSAID | SAID_BY_ONE, then=Value(0)), default=Value(1))
    place = Window(
        RowNumber(), partition_by=[F(name) for name in GROUP], order_by=["is_done", "pk"]
    )
    rows = (
        findings(revision, on=on)
        .with_verdict()
        .annotate(is_done=waits)
        .annotate(place_in_group=place)
    )
    chosen = rows.filter(Q(place_in_group__lte=each) | Q(pk=keep)).order_by("is_done", "pk")
    return list(chosen.prefetch_related("decisions__confirms__person"))


def findings_of_group(
    revision: Revision, *, on: date, detector: str, severity: str, place: str
) -> Any:
    """All of one group, in the order of the text, for a page of its own."""
    rows = findings(revision, on=on).filter(detector=detector, severity=severity, place=place)
    return rows.prefetch_related("decisions__confirms__person").order_by("pk")


def alike_counts(revision: Revision, fingerprints: Iterable[str], *, on: date) -> Mapping[str, int]:
    """How many that nobody has decided there are of each datum. One question."""
    rows = findings(revision, on=on).prefetch_related(None).decisive().awaiting_first().order_by()
    counted = rows.filter(fingerprint__in=set(fingerprints)).values("fingerprint")
    return dict(counted.annotate(count=Count("pk")).values_list("fingerprint", "count"))


def said_together_counts(revision: Revision, *, on: date) -> Mapping[Key, int]:
    """How many decisions that count were made in the same act, by what was said. One question."""
    later = FindingDecision.objects.filter(finding=OuterRef("finding"), pk__gt=OuterRef("pk"))
    rows = FindingDecision.objects.filter(
        finding__in=findings(revision, on=on).prefetch_related(None).values("pk")
    ).exclude(verdict__in=REOPENS)
    is_first = Case(When(confirms__isnull=True, then=Value(True)), default=Value(False))
    counted = rows.exclude(Exists(later)).annotate(is_first=is_first)
    counted = counted.order_by().values(*SAID, "is_first")
    return {
        tuple(row[name] for name in (*SAID, "is_first")): row["count"]
        for row in counted.annotate(count=Count("pk"))
    }


def said_key(decision: FindingDecision) -> Key:
    """Under which `said_together_counts` counts this decision."""
    return (
        decision.person_id,
        decision.at,
        decision.verdict,
        decision.reason,
        decision.legal_ground,
        decision.personal_basis,
        decision.confirms_id is None,
    )
