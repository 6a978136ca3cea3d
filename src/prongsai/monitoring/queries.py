"""What the record holds for duties, and what that comes to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.timezone import localdate

from prongsai.monitoring.bound import Bound, paths_of
from prongsai.monitoring.models import Charge, Probe
from prongsai.monitoring.periods import Part, parts
from prongsai.monitoring.probing import HOME, Spot
from prongsai.monitoring.rules import Asked, Verdict, together, verdict
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import instruments, is_followed, obligations
from prongsai.obligations.results import Result
from prongsai.organisation.models import Post
from prongsai.record.addresses import public_path
from prongsai.record.models import Entry, Item, Observation, PublishedFile
from prongsai.thai.dates import fiscal_year

BETWEEN_HOMES = timedelta(minutes=5)
AGAIN, AGAIN_SOON = timedelta(hours=24), timedelta(minutes=10)
AT_A_TIME = 20


@dataclass(frozen=True)
class Watch:
    """The duties that are looked at for one fiscal year (Buddhist era)."""

    year: int
    duties: tuple[Obligation, ...]


def watched(*, on: date) -> list[Watch]:
    """Standing duties for this fiscal year, and for the last one where its last period could only be met in this one;
    yearly lists for their own: those of this year and the last one, and the newest of all while none of them is there.
    What another instrument has followed is asked for no more, nor the list of a year that was over before anything
    was published here: nobody could have answered it.
    """
    this = fiscal_year(on)
    lists = sorted({each.assessment_year for each in instruments() if each.assessment_year})
    past = [year for year in lists if year <= this]
    oldest = max(this - 1, _begun(this))
    recent = {year for year in lists if oldest <= year <= this + 1} | set(past[-1:])
    standing = tuple(
        each
        for each in obligations()
        if each.instrument.assessment_year is None and not is_followed(each.instrument)
    )
    yearly = [
        Watch(
            year,
            tuple(each for each in obligations() if each.instrument.assessment_year == year),
        )
        for year in sorted(recent)
    ]
    lasting = tuple(each for each in standing if each.outlasts_its_year)
    return [Watch(this, standing), Watch(this - 1, lasting), *yearly]


def _begun(this: int) -> int:
    """The fiscal year of the first entry; `this` while there is none."""
    first = Entry.objects.order_by("seq").values_list("at", flat=True).first()
    return fiscal_year(localdate(first)) if first else this


def paths_to_visit(*, at: datetime) -> dict[Spot, str]:
    """The home page every few minutes; what serves as evidence once a day, and what was not well soon again."""
    seen = {Spot(row.number, row.version, row.place): row for row in Probe.objects.all()}
    home = seen.get(HOME)
    is_home_due = home is None or home.at <= at - BETWEEN_HOMES
    due = [(spot, path) for spot, path in evidence_paths().items() if _is_due(seen.get(spot), at)]
    return ({HOME: public_path("home")} if is_home_due else {}) | dict(due[:AT_A_TIME])


def evidence_paths() -> dict[Spot, str]:
    """Addresses of the items that duties rest on, and of their files, in the order of their numbers."""
    numbers = sorted({number for row in Observation.objects.standing() for number in row.numbers})
    versions = dict(Item.objects.filter(number__in=numbers).values_list("number", "version"))
    files: dict[str, list[Mapping[str, Any]]] = {}
    for row in PublishedFile.objects.filter(number__in=numbers).values():
        if versions.get(row["number"]) == row["version"]:
            files.setdefault(row["number"], []).append(row)
    return {
        Spot(number, version, place): path
        for number, version in versions.items()
        for place, path in enumerate(paths_of(number, files.get(number, ())))
    }


def _is_due(probe: Probe | None, at: datetime) -> bool:
    if probe is None:
        return True
    return probe.at <= at - (AGAIN_SOON if probe.failures else AGAIN)


@dataclass(frozen=True)
class Owner:
    """The post that answers for a duty, in both languages; empty where nobody is named."""

    code: str = ""
    title_th: str = ""
    title_en: str = ""
    unit_code: str = ""


@dataclass(frozen=True)
class Looked:
    """One duty of one year with what each of its periods came to."""

    obligation: Obligation
    year: int
    owner: Owner
    found: tuple[tuple[Part, Verdict], ...]

    @cached_property
    def result(self) -> Result:
        return together([each.result for _part, each in self.found])

    @cached_property
    def due_date(self) -> date | None:
        """The earliest that is still owed or still to come."""
        open_ = [part.due_date for part, each in self.found if each.result not in _DONE]
        return min((day for day in open_ if day), default=None)


_DONE = frozenset({Result.MET, Result.NOT_APPLICABLE})


def coverage(
    duties: Iterable[Obligation], *, year: int, on: date, holidays: Collection[date]
) -> list[Looked]:
    """What the duties come to when they must be shown in the fiscal year `year`, with what is public now."""
    wanted = list(duties)
    source = Bound(wanted)
    owners = owners_of(wanted)
    return [
        Looked(
            obligation=each,
            year=year,
            owner=owners[each.key],
            found=tuple(_found(each, year, on, holidays, source)),
        )
        for each in wanted
    ]


def _found(
    duty: Obligation, year: int, on: date, holidays: Collection[date], source: Bound
) -> Iterable[tuple[Part, Verdict]]:
    bound = source.evidence(duty, year)
    for part in parts(duty, year, holidays):
        asked = Asked(duty, year, part, on)
        yield part, verdict(asked, bound, source.said(duty, part))


def owners_of(duties: Sequence[Obligation]) -> dict[str, Owner]:
    """By key of the duty: whom the municipality charged with the topic, else the post that the catalogue names."""
    charged = {row.topic: row.post_id for row in Charge.objects.all()}
    posts = {
        key: Owner(post.code, post.title_th, post.title_en, post.unit.code)
        for post in Post.objects.select_related("unit")
        for key in (post.pk, post.code)
    }
    nobody = Owner()
    return {each.key: posts.get(charged.get(each.topic, each.owner), nobody) for each in duties}
