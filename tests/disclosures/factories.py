"""The plainest valid disclosure of a kind, and a clean file."""

import hashlib
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content
from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.models import Disclosure, Section
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor
from tests.factories import NOW, actor, person, unit

# Details that make a kind complete; kinds that are not named need none.
DETAILS: dict[str, dict[str, str]] = {
    "law": {"instrument": "announcement"},
    "procurement": {"stage": "plan"},
    "service": {
        "who": "ผู้มีภูมิลำเนาในเขตเทศบาล",
        "steps": "1. ยื่นคำขอ\n2. รับใบอนุญาต",
        "documents": "ไม่มี",
        "fee": "ไม่มีค่าธรรมเนียม",
        "duration": "3 วันทำการ",
        "channel": "งานทะเบียน วันราชการ 08.30–16.30 น.",
        "legal_basis": "พระราชบัญญัติการสาธารณสุข พ.ศ. 2535",
    },
    "form": {"service": "ขออนุญาตก่อสร้างอาคาร"},
    "link": {"url": "https://www.example.go.th/", "owner": "กรมส่งเสริมการปกครองท้องถิ่น"},
    "dataset": {"frequency": "yearly", "licence": "dga-open"},
}


def section(slug: str = "basic", **columns: Any) -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"title_th": slug, **columns})[0]


def content(kind: str = "information", **changes: Any) -> Content:
    """Complete for its kind, but for the main file that a form needs."""
    plain = Content(
        kind=kind,
        section=kind_of(kind).section,
        unit="plan",
        title="ประกาศทดสอบ",
        summary="สรุปเรื่องสั้น ๆ",
        body="<p>เนื้อหาของเรื่อง</p>",
        fiscal_year=2569,
        source="งานสถิติ",
        as_of_date=date(2026, 9, 30),
        details=DETAILS.get(kind, {}),
    )
    return replace(plain, **changes)


def disclosure(
    kind: str = "information", *, by: Actor | None = None, at: datetime = NOW, **changes: Any
) -> Disclosure:
    """Started and saved once: sequence 1 is the empty start, sequence 2 the content."""
    by = by or actor()
    section(kind_of(kind).section)
    started = actions.start(kind=kind, unit=unit("plan"), by=by, at=at)
    complete = content(kind, **changes)
    actions.save(disclosure=started, content=complete, base_sequence=1, by=by, at=at)
    return started


def stored_file(name: str = "ประกาศ.pdf", text: str = "ข้อความในไฟล์", **columns: Any) -> StoredFile:
    """A clean file by its row alone; its bytes are the text, and are not stored."""
    row: dict[str, Any] = {
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "name": name,
        "media_type": "application/pdf",
        "size": len(text.encode()),
        "pages": 1,
        "state": FileState.CLEAN,
        "text": [{"number": 1, "text": text, "source": "text"}],
        "received_at": NOW,
        "received_by": person(),
    }
    return StoredFile.objects.create(**row | columns)


def save_changes(changed: Disclosure, *, by: Actor, at: datetime = NOW, **changes: Any) -> None:
    """One more save of the newest content with these changes."""
    assert changed.latest is not None
    newest = replace(Content.from_json(changed.latest.content), **changes)
    sequence = changed.latest.sequence
    actions.save(disclosure=changed, content=newest, base_sequence=sequence, by=by, at=at)
