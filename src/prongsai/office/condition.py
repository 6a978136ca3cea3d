"""The condition of what is published, for the staff: which items need a hand, and which of them one may open."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, QuerySet
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import EDITABLE_STAGES
from prongsai.monitoring.condition.states import Flaw
from prongsai.monitoring.condition.telling import Subject, Told, told
from prongsai.monitoring.models import Defect
from prongsai.office.desk import Desk
from prongsai.office.permissions import OVERSEERS
from prongsai.office.queries import visible_disclosures
from prongsai.office.rights import may
from prongsai.organisation.queries import unit_names
from prongsai.organisation.spoken import spoken
from prongsai.record.addresses import public_path

# What a person may set right by comparing the text with the pages.
OF_TEXT = frozenset({Flaw.TEXT_NOT_VERIFIED, Flaw.FILE_WITHOUT_TEXT})


@dataclass(frozen=True)
class Line:
    """`check_address` leads to where the file's text is compared, when this person may do that now; else empty."""

    told: Told
    check_address: str


@dataclass(frozen=True)
class Row:
    """`work` is None where this person may not open it in the office."""

    title: str
    number: str
    unit: str
    public_address: str
    work: Disclosure | None
    lines: tuple[Line, ...]


def defective_units() -> dict[str, str]:
    """Names of the units that have something to mend, in their order; one nobody knows by its code."""
    codes = set(Defect.objects.order_by().values_list("unit_code", flat=True).distinct())
    known = {code: name for code, name in unit_names().items() if code in codes}
    return known | {code: code for code in sorted(codes - set(known))}


def counts(rows: QuerySet[Defect]) -> list[tuple[Flaw, int]]:
    """In the order in which flaws are shown."""
    found = dict(rows.order_by().values_list("flaw").annotate(Count("pk")))
    return [(flaw, found[flaw]) for flaw in Flaw if flaw in found]


def defective(rows: QuerySet[Defect]) -> QuerySet[Defect, tuple[str, int]]:
    """(number, version), the newest number first."""
    return rows.order_by("-number").values_list("number", "version").distinct()


def defective_count(desk: Desk) -> int:
    """How many published items of their own units need a hand; of all for those who belong to none."""
    rows = Defect.objects.all()
    if desk.unit_codes and not desk.roles & OVERSEERS:
        rows = rows.filter(unit_code__in=desk.unit_codes)
    return defective(rows).count()


def rows_of(rows: QuerySet[Defect], chosen: Iterable[tuple[str, int]], desk: Desk) -> list[Row]:
    """Of the items with these numbers."""
    numbers = {number for number, _version in chosen}
    return shown(rows.filter(number__in=numbers), desk)


def shown(rows: Iterable[Defect], desk: Desk) -> list[Row]:
    subjects = told(rows)
    works = _works({each.number for each in subjects}, desk)
    units = unit_names()
    return [
        Row(
            title=spoken(each.title, each.title_en),
            number=each.number,
            unit=units.get(each.unit_code, each.unit_code),
            public_address=settings.PORTAL_URL + public_path("item", number=each.number),
            work=works.get(each.number),
            lines=tuple(_lines(each, works.get(each.number), desk)),
        )
        for each in subjects
    ]


def broken_links(numbers: Collection[str], desk: Desk) -> list[Row]:
    """What serves as evidence and leads on to nowhere: it spoils no duty, but whoever reads it is left alone."""
    return shown(Defect.objects.filter(number__in=numbers, flaw=Flaw.LINK_BROKEN), desk)


def _works(numbers: Collection[str], desk: Desk) -> dict[str, Disclosure]:
    found = visible_disclosures(desk).filter(number__in=numbers)
    return {each.number: each for each in found}


def _lines(subject: Subject, work: Disclosure | None, desk: Desk) -> Iterable[Line]:
    needs_eyes = any(each.flaw in OF_TEXT for each in subject.told)
    is_open = needs_eyes and work is not None and work.stage in EDITABLE_STAGES
    may_check = is_open and work is not None and may(desk, "attach", work)
    for each in subject.told:
        address = ""
        if work is not None and may_check and each.flaw in OF_TEXT:
            address = reverse("check_text", kwargs={"ref": work.ref, "slot": each.slot})
        yield Line(each, address)
