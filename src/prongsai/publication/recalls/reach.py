"""What one recall would hit, in numbers and names, before anybody asks for it."""

from dataclasses import dataclass

from prongsai.disclosures.models import Disclosure
from prongsai.publication.models import Paper
from prongsai.publication.recalls.addresses import Carried, carried_at, shared_files
from prongsai.publication.recalls.states import Carrier
from prongsai.record.models import FileText, Item, PublishedFile, Version


@dataclass(frozen=True)
class HitFile:
    """A file with the versions that name it, and the other items that show the same bytes."""

    name: str
    sha256: str
    size: int
    versions: tuple[int, ...]
    twins: tuple[str, ...]
    has_text: bool


@dataclass(frozen=True)
class Twin:
    """Another item that shows bytes of this one; `disclosure` is its work in the office, if it has one."""

    number: str
    title: str
    disclosure: Disclosure | None


@dataclass(frozen=True)
class Reach:
    """`kept` are the papers that stay in the office, which no citizen could ever read."""

    versions: tuple[Version, ...]
    files: tuple[HitFile, ...]
    twins: tuple[Twin, ...]
    addresses: tuple[Carried, ...]
    is_listed: bool
    kept: int

    @property
    def texts(self) -> int:
        return sum(file.has_text for file in self.files)

    @property
    def counts(self) -> dict[str, int]:
        """How many addresses of each carrier are to be asked afterwards."""
        return {
            carrier.value: sum(each.carrier == carrier for each in self.addresses)
            for carrier in Carrier
        }


def reach(disclosure: Disclosure) -> Reach:
    """About ten questions, however many versions there are."""
    number = disclosure.number
    shared = shared_files(number)
    return Reach(
        versions=tuple(Version.objects.filter(number=number).order_by("-version")),
        files=_files(number, shared),
        twins=_twins({other for others in shared.values() for other in others}),
        addresses=tuple(carried_at(number)),
        is_listed=Item.objects.listed().filter(number=number).exists(),
        kept=Paper.objects.filter(disclosure=disclosure).count(),
    )


def _files(number: str, shared: dict[str, list[str]]) -> tuple[HitFile, ...]:
    rows = list(PublishedFile.objects.filter(number=number).order_by("-version", "position"))
    hashes = {row.sha256 for row in rows}
    with_text = set(FileText.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    first = {row.sha256: row for row in reversed(rows)}
    return tuple(
        HitFile(
            name=row.name,
            sha256=sha256,
            size=row.size,
            versions=tuple(sorted({each.version for each in rows if each.sha256 == sha256})),
            twins=tuple(shared.get(sha256, ())),
            has_text=sha256 in with_text,
        )
        for sha256, row in first.items()
    )


def _twins(numbers: set[str]) -> tuple[Twin, ...]:
    titles = dict(Item.objects.filter(number__in=numbers).values_list("number", "title"))
    rows = Disclosure.objects.filter(number__in=numbers).select_related("unit")
    works = {row.number: row for row in rows}
    return tuple(Twin(each, titles.get(each, ""), works.get(each)) for each in sorted(numbers))
