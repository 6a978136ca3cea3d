"""The pack that was asked for on the office's page: how far it is, what its check found, and its files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.files.rules import XLSX
from prongsai.monitoring.assembling.actions import end_of, newest_pack
from prongsai.monitoring.assembling.files import member, pack_path, step_of
from prongsai.monitoring.assembling.making import CHECKING, FORMS, PICTURING
from prongsai.monitoring.assembling.states import PackState
from prongsai.monitoring.models import EvidencePack
from prongsai.monitoring.packing import PackRow, Trouble
from prongsai.monitoring.probing import Visit
from prongsai.record.cells import CSV_TYPE

TYPES = {
    "zip": "application/zip",
    "pdf": "application/pdf",
    "xlsx": XLSX,
    "csv": CSV_TYPE,
}
WORDS = {
    CHECKING: gettext_lazy("กำลังเปิดตรวจที่อยู่ {done} จาก {of}"),
    PICTURING: gettext_lazy("กำลังถ่ายภาพหน้า {done} จาก {of}"),
}


@dataclass(frozen=True)
class Asked:
    """The newest pack of a list, in the words of the page."""

    pack: EvidencePack
    is_under_way: bool
    is_ready: bool
    words: str
    troubles: tuple[Trouble, ...]

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(TYPES)

    @property
    def has_all_pictures(self) -> bool:
        return self.pack.pictures >= self.pack.pages


def asked_pack(instrument: str, *, at: datetime, rows: list[PackRow]) -> Asked | None:
    """None while nobody has asked for one."""
    pack = newest_pack(instrument)
    if pack is None:
        return None
    problem = end_of(pack, at=at) if pack.state == PackState.READY else None
    is_ready = pack.state == PackState.READY and problem is None
    return Asked(
        pack=pack,
        is_under_way=pack.state == PackState.ASKED,
        is_ready=is_ready,
        words=str(problem.label) if problem else progress(pack),
        troubles=tuple(_troubles(pack, rows)) if is_ready else (),
    )


def progress(pack: EvidencePack) -> str:
    """How far the worker is, in words."""
    if pack.state != PackState.ASKED:
        return pack.get_problem_display() or pack.get_state_display()
    step = step_of(pack.ref)
    if step is None or not step.name:
        return str(pack.get_state_display())
    if step.name not in WORDS:
        return _("กำลังทำไฟล์…")
    return str(WORDS[step.name]).format(done=step.done, of=step.of)


def _troubles(pack: EvidencePack, rows: list[PackRow]) -> Iterator[Trouble]:
    clauses = {path: row.clause for row in reversed(rows) for path in row.opened}
    for said in pack.troubles:
        visit = Visit(**said)
        yield Trouble(clauses.get(visit.path, ""), visit)


def file_of(pack: EvidencePack, form: str) -> bytes | None:
    """The pack whole (`zip`), or one of its files; None when it is gone."""
    if form in FORMS:
        return member(pack.ref, f"{pack.instrument_key}.{form}")
    try:
        return pack_path(pack.ref).read_bytes()
    except OSError:
        return None
