"""Keeps what was found wrong with published content. Only the worker asks for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from prongsai.monitoring.condition.outline import Link
from prongsai.monitoring.condition.queries import CONDITION, STAMP, Round
from prongsai.monitoring.condition.reading import Wanted
from prongsai.monitoring.condition.states import Flaw
from prongsai.monitoring.condition.targets import is_checked, is_own
from prongsai.monitoring.forgetting import forget_past, in_use
from prongsai.monitoring.models import Defect, LinkCheck, Progress


@dataclass(frozen=True)
class Found:
    """What is wrong with one edition, each with its place."""

    edition: Wanted
    flaws: Sequence[tuple[Flaw, int]]


@transaction.atomic
def keep_round(*, looked: Round, found: Iterable[Found], at: datetime) -> None:
    """What is no longer in use by now is left out. Safe to be done twice."""
    # Here as well as where duties are looked at: a broken file of duties must not keep what a recall erased.
    forget_past(looked.numbers)
    each_found = list(found)
    there = in_use({(each.edition.number, each.edition.version) for each in each_found})
    for each in each_found:
        if (each.edition.number, each.edition.version) in there:
            _keep(each, at)
    told = {"seq": looked.until, "stamp": STAMP}
    Progress.objects.update_or_create(name=CONDITION, defaults=told)


@transaction.atomic
def begin_anew() -> None:
    """The checks have changed: what was found by the old ones is forgotten."""
    Defect.objects.all().delete()
    LinkCheck.objects.all().delete()
    Progress.objects.filter(name=CONDITION).delete()


def _keep(found: Found, at: datetime) -> None:
    edition = found.edition
    known = Defect.objects.filter(number=edition.number, version=edition.version)
    known = known.exclude(flaw=Flaw.LINK_BROKEN)
    since = {(row.flaw, row.place): row.at for row in known}
    known.delete()
    Defect.objects.bulk_create(
        Defect(
            number=edition.number,
            version=edition.version,
            place=place,
            flaw=flaw,
            unit_code=edition.unit_code,
            at=since.get((flaw, place), at),
        )
        for flaw, place in found.flaws
    )
    for place, link in enumerate(edition.content.outline.links):
        if is_checked(link.address):
            _expect(edition, place, link, at)


def _expect(edition: Wanted, place: int, link: Link, at: datetime) -> None:
    """To be asked for; what is known of it already stays."""
    LinkCheck.objects.get_or_create(
        number=edition.number,
        version=edition.version,
        place=place,
        defaults={
            "unit_code": edition.unit_code,
            "is_own": is_own(link.address),
            "next_try_at": at,
        },
    )
