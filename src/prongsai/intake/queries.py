"""What came in, what waits for the machine, and what is there already."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.states import Stage
from prongsai.files.models import PageReading, StoredFile
from prongsai.files.queries import Progress, progress_of
from prongsai.files.states import FileState, ReadingState
from prongsai.intake import likeness
from prongsai.intake.models import Arrival, ArrivalQuerySet, Batch, Sketch, SketchBand
from prongsai.intake.states import ArrivalState
from prongsai.organisation.models import Unit
from prongsai.organisation.spoken import spoken
from prongsai.organisation.states import RoleCode

# A name for each state in counts of a batch.
# A thousand copies of one form tell no more than these.
MOST_COMPARED = 300
READING, PROPOSED = ArrivalState.READING, ArrivalState.PROPOSED


@dataclass(frozen=True)
class Duplicate:
    """Something that is there already: a disclosure, or another arrival that nobody has decided yet.

    `is_identical` means the same bytes; otherwise the text is nearly the same, `wording` (0 to 1) of it.
    """

    is_identical: bool
    wording: float
    disclosure: Disclosure | None = None
    arrival: Arrival | None = None


@dataclass(frozen=True)
class Counts:
    """How many arrivals of a batch are being read, wait for a person, and are decided or refused."""

    reading: int = 0
    proposed: int = 0
    settled: int = 0

    @property
    def all(self) -> int:
        return self.reading + self.proposed + self.settled


def counts_of(batches: Iterable[Batch]) -> dict[int, Counts]:
    """By the batch's primary key."""
    rows = (
        Arrival.objects.filter(batch__in=[batch.pk for batch in batches])
        .values("batch")
        .order_by("batch")
        .annotate(
            reading=Count("id", filter=Q(state=READING)),
            proposed=Count("id", filter=Q(state=PROPOSED)),
            everything=Count("id"),
        )
    )
    return {
        row["batch"]: Counts(
            row["reading"], row["proposed"], row["everything"] - row["reading"] - row["proposed"]
        )
        for row in rows
    }


def arrivals_of(batch: Batch) -> ArrivalQuerySet:
    """In the order in which they came."""
    rows = Arrival.objects.filter(batch=batch)
    return rows.select_related("file", "disclosure", "batch__unit", "decided_by")


def reading_progress(arrivals: Iterable[Arrival]) -> dict[str, Progress]:
    """How far the machine is with the pages of each file, by the file's hash."""
    return progress_of([arrival.file for arrival in arrivals])


def ready_to_propose(limit: int) -> list[Arrival]:
    """Arrivals whose file is refused, or is clean and read to the last page; longest waiting first."""
    unread = PageReading.objects.filter(state=ReadingState.WAITING).values("sha256")
    settled = Q(file__state=FileState.REFUSED) | (
        Q(file__state=FileState.CLEAN) & ~Q(file__sha256__in=unread)
    )
    rows = Arrival.objects.being_read().filter(settled).select_related("file", "batch__unit")
    return list(rows.order_by("id")[:limit])


def ready_to_sketch(limit: int) -> list[StoredFile]:
    """Clean files of disclosures and arrivals that are read to the last page and not sketched yet."""
    unread = PageReading.objects.filter(state=ReadingState.WAITING).values("sha256")
    known = Sketch.objects.values("sha256")
    held = Q(pk__in=Attachment.objects.values("file")) | Q(pk__in=Arrival.objects.values("file"))
    rows = StoredFile.objects.filter(held, state=FileState.CLEAN)
    rows = rows.exclude(sha256__in=known).exclude(sha256__in=unread)
    return list(rows.order_by("received_at")[:limit])


def known_arrival(
    *, unit_code: str, sent_sha256: str, batch: Batch | None = None
) -> Arrival | None:
    """The same bytes in this batch, or undecided in another batch of the unit: sent again, they are the same."""
    same = Arrival.objects.filter(sent_sha256=sent_sha256, batch__unit__code=unit_code)
    same = same.select_related("file", "batch")
    here = same.filter(batch=batch).first() if batch else None
    return here or same.undecided().order_by("id").first()


def imported_arrival(*, unit_code: str, sent_sha256: str) -> Arrival | None:
    """What an earlier run of a manifest made of these bytes for this unit, if it is still there."""
    made = Arrival.objects.filter(
        sent_sha256=sent_sha256, state=ArrivalState.CONFIRMED, manifest_row__isnull=False
    )
    made = made.exclude(disclosure__stage=Stage.DISCARDED)
    return made.filter(disclosure__unit__code=unit_code).select_related("disclosure").first()


def works_with_bytes(sent_sha256: str) -> list[Disclosure]:
    """Works in which these bytes lie, as they were sent or as they are kept."""
    attachments = Attachment.objects.present().filter(
        Q(file__sha256=sent_sha256) | Q(file__arrivals__sent_sha256=sent_sha256)
    )
    rows = Disclosure.objects.filter(pk__in=attachments.values("disclosure"))
    return list(rows.exclude(stage=Stage.DISCARDED).select_related("unit").order_by("pk"))


def writable_units(*, roles: Collection[str], unit_codes: Collection[str]) -> dict[str, str]:
    """Code -> name of the units for which somebody with these roles may write: their own, or every one."""
    units = Unit.objects.in_use()
    if RoleCode.WEBMASTER not in roles:
        units = units.filter(code__in=unit_codes if RoleCode.OFFICER in roles else ())
    return {unit.code: spoken(unit.name_th, unit.name_en) for unit in units}


def duplicates_of(arrivals: Iterable[Arrival]) -> dict[int, list[Duplicate]]:
    """By the arrival's primary key: what has the same bytes first, then what says nearly the same."""
    asked = list(arrivals)
    alike = _alike({arrival.file.sha256 for arrival in asked})
    hashes = {sha256 for found in alike.values() for sha256 in found}
    disclosures = _disclosures_with(hashes)
    others = _open_arrivals_with(hashes)
    return {arrival.pk: _found(arrival, alike, disclosures, others) for arrival in asked}


def _found(
    arrival: Arrival,
    alike: Mapping[str, Mapping[str, float]],
    disclosures: Mapping[str, list[Disclosure]],
    others: Mapping[str, list[Arrival]],
) -> list[Duplicate]:
    found: dict[tuple[str, int], Duplicate] = {}
    own = arrival.file.sha256
    ranked = sorted(alike[own].items(), key=lambda pair: (pair[0] != own, -pair[1]))
    for sha256, wording in ranked:
        for each in disclosures.get(sha256, ()):
            if each.pk != arrival.disclosure_id:
                found.setdefault(("work", each.pk), Duplicate(sha256 == own, wording, each))
        # Of two that came in, the later one is the duplicate.
        for other in others.get(sha256, ()):
            if other.pk < arrival.pk:
                same = Duplicate(sha256 == own, wording, arrival=other)
                found.setdefault(("arrival", other.pk), same)
    return list(found.values())


def _disclosures_with(hashes: Iterable[str]) -> dict[str, list[Disclosure]]:
    attachments = (
        Attachment.objects.present()
        .filter(file__sha256__in=hashes)
        .exclude(disclosure__stage=Stage.DISCARDED)
        .select_related("disclosure__unit", "disclosure__latest", "file")
        .order_by("disclosure_id")
    )
    found: dict[str, list[Disclosure]] = defaultdict(list)
    for attachment in attachments:
        found[attachment.file.sha256].append(attachment.disclosure)
    return found


def _open_arrivals_with(hashes: Iterable[str]) -> dict[str, list[Arrival]]:
    rows = Arrival.objects.undecided().filter(file__sha256__in=hashes)
    found: dict[str, list[Arrival]] = defaultdict(list)
    for arrival in rows.select_related("file", "batch__unit").order_by("id"):
        found[arrival.file.sha256].append(arrival)
    return found


def _alike(hashes: set[str]) -> dict[str, dict[str, float]]:
    """For each hash those that say the same, itself included, with their share of wording."""
    found = {sha256: {sha256: 1.0} for sha256 in hashes}
    own = {row.sha256: row for row in Sketch.objects.filter(sha256__in=hashes, length__gt=0)}
    sketches = {sha256: sketch_of(row) for sha256, row in own.items()}
    values = {value for each in sketches.values() for value in likeness.bands(each)}
    shared = SketchBand.objects.filter(value__in=values).values("sketch")
    for row in Sketch.objects.filter(pk__in=shared).order_by("-pk")[:MOST_COMPARED]:
        other = sketch_of(row)
        for sha256, each in sketches.items():
            if row.sha256 != sha256 and likeness.is_same(each, other):
                found[sha256][row.sha256] = likeness.wording(each, other)
    return found


def sketch_of(row: Sketch) -> likeness.Sketch:
    return likeness.Sketch(
        signature=bytes(row.signature),
        numbers=frozenset(row.numbers),
        year=row.year,
        years=frozenset(row.years),
        length=row.length,
        is_scanned=row.is_scanned,
    )
