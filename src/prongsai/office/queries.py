"""Lists for the office's screens, cut to what the person at the desk may see."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from prongsai.approval.models import Submission
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.desk import Desk
from prongsai.office.permissions import OVERSEERS
from prongsai.organisation.models import Act
from prongsai.organisation.states import RoleCode
from prongsai.screening.queries import has_open_findings, is_given_back


def visible_disclosures(desk: Desk) -> QuerySet[Disclosure]:
    """The same rule as `permissions.RULES["see"]`, as a query; a test holds the two together."""
    everything = Disclosure.objects.select_related("unit", "latest").annotate(
        is_given_back=is_given_back(on=desk.on), is_decided=~has_open_findings(on=desk.on)
    )
    if desk.roles & OVERSEERS:
        return everything
    seen = Q(unit__code__in=desk.unit_codes) | Q(pk__in=_sent_to(desk.post_codes))
    if RoleCode.SCREENER in desk.roles:
        seen |= ~Q(stage=Stage.WRITING) | Q(is_given_back=True)
    return everything.filter(seen)


def _sent_to(post_codes: frozenset[str]) -> QuerySet[Submission, int]:
    """Disclosures with a submission whose chain names one of the posts; codes are quoted in the JSON."""
    none = Q(pk__in=())
    named = reduce(
        or_,
        (
            Q(steps__icontains=f'"{code}"') | Q(informed__icontains=f'"{code}"')
            for code in post_codes
        ),
        none,
    )
    return Submission.objects.filter(named).values_list("disclosure_id", flat=True)


def acts_of(disclosure: Disclosure) -> QuerySet[Act]:
    """Newest first: about the work itself, and about its submissions."""
    refs = Submission.objects.filter(disclosure=disclosure).values_list("ref", flat=True)
    subjects = [disclosure.subject, *(f"submission:{ref}" for ref in refs)]
    return Act.objects.filter(subject__in=subjects)
