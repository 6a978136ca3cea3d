"""A manifest row by row: what would be made, what was made, what is there already, and what is wrong."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal, Protocol

from django.core.files import File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.intake.actions.importing import import_file, import_row
from prongsai.intake.actions.taking_in import open_batch
from prongsai.intake.manifests.checking import Checker, Plan, Problem
from prongsai.intake.manifests.folders import Folder, NoSuchFile, spelt
from prongsai.intake.manifests.tables import Line
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.queries import imported_arrival, works_with_bytes
from prongsai.intake.states import ArrivalState, Source
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.refusals import CannotAct
from prongsai.thai.filenames import safe_file_name

Status = Literal["ready", "made", "there", "wrong"]
THERE_TWICE = _("แถวที่ {row} ใช้ไฟล์นี้แล้ว ไฟล์หนึ่งใช้ได้แถวเดียว โปรดลบแถวใดแถวหนึ่ง")
DUPLICATE = _(
    "ไฟล์เดียวกันมีอยู่แล้วในเรื่อง “{title}” หากต้องการทำเป็นเรื่องใหม่ โปรดใส่ new ในคอลัมน์ “ถ้าซ้ำ” มิฉะนั้นโปรดลบแถวนี้"
)
OTHERS = _("ฉบับร่างของ {unit}")
NOT_DROPPED = _("ยังไม่มีไฟล์ “{name}” ในชุดนำเข้านี้ โปรดวางไฟล์ก่อน หรือตรวจชื่อ")
AMBIGUOUS = _("มีไฟล์ชื่อ “{name}” มากกว่าหนึ่งไฟล์ในชุดนำเข้านี้ โปรดนำไฟล์ที่ไม่ใช้ออก")
NOT_ACCEPTED = _("ไฟล์ “{name}” ใช้ไม่ได้: {why}")
DECIDED = _("ไฟล์ “{name}” ตัดสินไปแล้ว: {state}")


@dataclass(frozen=True)
class Outcome:
    """A row and what became of it. `there` was made by an earlier run, and stays as it is."""

    row: int
    file: str
    title: str
    status: Status
    problems: tuple[Problem, ...] = ()
    disclosure: Disclosure | None = None


@dataclass(frozen=True)
class Found:
    """The bytes that a row speaks of: on a disk, or dropped before."""

    sent_sha256: str
    path: Path = Path()
    arrival: Arrival | None = None


class Files(Protocol):
    """Where the files of a manifest are. `find` raises `NoSuchFile`."""

    def find(self, name: str) -> Found: ...


@dataclass
class FolderFiles:
    """Beside the manifest."""

    folder: Folder

    def find(self, name: str) -> Found:
        path = self.folder.find(name)
        refusal = self.folder.refusal(path)
        if refusal:
            raise NoSuchFile(refusal)
        with path.open("rb") as stream:
            return Found(hashlib.file_digest(stream, "sha256").hexdigest(), path=path)


@dataclass
class BatchFiles:
    """Dropped into the batch before."""

    batch: Batch

    @cached_property
    def _by_name(self) -> dict[str, list[Arrival]]:
        named: dict[str, list[Arrival]] = {}
        for arrival in self.batch.arrivals.select_related("file"):
            if arrival.state not in (ArrivalState.DISCARDED, ArrivalState.SKIPPED):
                named.setdefault(spelt(arrival.name), []).append(arrival)
        return named

    def find(self, name: str) -> Found:
        found = self._by_name.get(spelt(safe_file_name(name)), [])
        if len(found) != 1:
            sentence = AMBIGUOUS if found else NOT_DROPPED
            raise NoSuchFile(str(format_lazy(sentence, name=name[:80])))
        arrival = found[0]
        if arrival.state == ArrivalState.REFUSED:
            refused = format_lazy(NOT_ACCEPTED, name=name[:80], why=arrival.file.refusal)
            raise NoSuchFile(str(refused))
        is_by_hand = not arrival.is_open and arrival.manifest_row is None
        if is_by_hand:
            state = ArrivalState(arrival.state).label
            raise NoSuchFile(str(format_lazy(DECIDED, name=name[:80], state=state)))
        return Found(arrival.sent_sha256, arrival=arrival)


@dataclass
class Run:
    """One pass over a manifest. A dry one looks at everything and writes nothing.

    `batch` is where the drafts' arrivals stand; without one it is opened with the first row that is made.
    """

    checker: Checker
    files: Files
    by: Actor
    at: datetime
    is_dry: bool = True
    name: str = ""
    batch: Batch | None = None
    counts: Counter[str] = field(default_factory=Counter)
    _rows: dict[str, int] = field(default_factory=dict)

    def outcomes(self, lines: Iterable[Line]) -> Iterator[Outcome]:
        for line in lines:
            outcome = self._outcome(self.checker.plan(line))
            self.counts[outcome.status] += 1
            yield outcome

    def _outcome(self, plan: Plan) -> Outcome:
        name = plan.line.cells.get("file", "")
        if not name:
            return self._said(plan, "wrong")
        try:
            found = self.files.find(name)
        except NoSuchFile as missing:
            return self._said(plan, "wrong", Problem("file", str(missing)))
        made = self._made_before(plan, found)
        if made is not None:
            return self._said(plan, "there", disclosure=made)
        problems = self._already(plan, found)
        if plan.content is None or problems:
            return self._said(plan, "wrong", *problems)
        if self.is_dry:
            return self._said(plan, "ready")
        return self._make(plan, plan.content, found)

    def _made_before(self, plan: Plan, found: Found) -> Disclosure | None:
        if self._rows.setdefault(found.sent_sha256, plan.line.number) != plan.line.number:
            return None
        unit = plan.content.unit if plan.content else self.checker.unit
        arrival = imported_arrival(unit_code=unit, sent_sha256=found.sent_sha256)
        return arrival.disclosure if arrival else None

    def _already(self, plan: Plan, found: Found) -> list[Problem]:
        first = self._rows[found.sent_sha256]
        if first != plan.line.number:
            return [Problem("file", str(format_lazy(THERE_TWICE, row=first)))]
        if plan.is_wanted_twice:
            return []
        works = works_with_bytes(found.sent_sha256)
        return [Problem("file", str(self._duplicate(work))) for work in works[:1]]

    def _duplicate(self, work: Disclosure) -> object:
        """Another unit's draft is not named: only that the unit has one."""
        is_open = work.number or work.unit.code in self.checker.units
        title = work.title if is_open else format_lazy(OTHERS, unit=work.unit.name_th)
        return format_lazy(DUPLICATE, title=title)

    def _make(self, plan: Plan, content: Content, found: Found) -> Outcome:
        row = plan.line.number
        try:
            if found.arrival is not None:
                made = import_row(
                    arrival=found.arrival, content=content, row=row, by=self.by, at=self.at
                )
            else:
                made = self._from_disk(content, found.path, row)
        except CannotAct as refusal:
            return self._said(plan, "wrong", *(Problem("", str(each)) for each in refusal.blockers))
        return self._said(plan, "made", disclosure=made)

    def _from_disk(self, content: Content, path: Path, row: int) -> Disclosure:
        if self.batch is None:
            unit = Unit.objects.get(code=self.checker.unit)
            self.batch = open_batch(
                unit=unit, source=Source.MANIFEST, name=self.name, by=self.by, at=self.at
            )
        with path.open("rb") as stream:
            return import_file(
                batch=self.batch,
                upload=File(stream, name=path.name),
                content=content,
                row=row,
                by=self.by,
                at=self.at,
            )

    def _said(
        self, plan: Plan, status: Status, *more: Problem, disclosure: Disclosure | None = None
    ) -> Outcome:
        cells = plan.line.cells
        problems = (*plan.problems, *more) if status == "wrong" else ()
        return Outcome(
            plan.line.number,
            cells.get("file", "")[:255],
            cells.get("title", "")[:500],
            status,
            problems,
            disclosure,
        )
