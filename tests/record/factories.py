"""The plainest valid documents, and acts of the gate with them."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import count
from typing import Any

from prongsai.record import blobs
from prongsai.record.actions import Seen, append, observe
from prongsai.record.models import Entry
from prongsai.record.states import Action

BEGIN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DECIDED = [{"post": "ปลัดเทศบาล", "acting": "", "at": "2026-11-23T02:00:00+00:00"}]
_keys = count(1)


def later(**passed: float) -> datetime:
    return BEGIN + timedelta(**passed)


def content(**changes: Any) -> dict[str, Any]:
    """An edition's document with everything that must be there."""
    return {
        "language": "th",
        "kind": "news",
        "title": "ประกาศรับสมัครงาน",
        "title_en": "",
        "summary": "รับสมัครพนักงานจ้างสองตำแหน่ง",
        "body": "<p>ยื่นใบสมัครได้ที่สำนักปลัด</p>",
        "section": {
            "top": "news",
            "slug": "jobs",
            "title_th": "รับสมัครงาน",
            "title_en": "Vacancies",
        },
        "unit": {
            "code": "clerk",
            "name_th": "สำนักปลัด",
            "name_en": "Clerk",
            "phone": "",
            "email": "",
        },
        "official": {"number": "ตจ 52001/12", "signed_date": "2026-11-20", "signatories": []},
        "fiscal_year": 2570,
        "details": [],
        "files": [],
        "obligations": [],
        "change": {"significance": "major", "note": ""},
        "decided": DECIDED,
    } | changes


def correction(**changes: Any) -> dict[str, Any]:
    return content(**({"change": {"significance": "major", "note": "แก้วันปิดรับสมัคร"}} | changes))


def act(**changes: Any) -> dict[str, Any]:
    """The document of an act about an item that is there already."""
    return {
        "explanation": "มีประกาศฉบับใหม่แทน",
        "recall_reason": "personal_data",
        "redirect_number": "",
        "decided": DECIDED,
    } | changes


def file(raw: bytes = b"%PDF-1.7 plain", *, slot: str = "main", **changes: Any) -> dict[str, Any]:
    """A file of an edition, stored as a blob."""
    sha256 = hashlib.sha256(raw).hexdigest()
    blobs.store(sha256, BytesIO(raw))
    return {
        "slot": slot,
        "label": "ประกาศ",
        "name": f"{slot}.pdf",
        "media_type": "application/pdf",
        "size": len(raw),
        "pages": 1,
        "sha256": sha256,
        "purpose": "",
    } | changes


def do(action: str, number: str | None, document: Mapping[str, Any], **options: Any) -> Entry:
    """Append with a key of its own, at the beginning of the test's day."""
    defaults = {"key": f"test:{next(_keys)}", "at": BEGIN}
    return append(action=action, number=number, document=document, **(defaults | options))


def published(*, texts: Mapping[str, Any] | None = None, **changes: Any) -> Entry:
    return do(Action.PUBLISHED, None, content(**changes), file_texts=texts)


def corrected(number: str, **changes: Any) -> Entry:
    return do(Action.CORRECTED, number, correction(**changes))


def stated(says: str = "none_this_period", **changes: Any) -> dict[str, Any]:
    """The document of a statement: of October 2569, of a duty of each month."""
    block = {"says": says, "about_number": "", "about_version": None}
    period = {} if says != "none_this_period" else {"period": "ตุลาคม 2569"}
    document = content(kind="statement", obligations=["oia-9-8"], **period)
    return document | {"statement": block} | changes


def reviewed(number: str, version: int = 1, **changes: Any) -> dict[str, Any]:
    """The document of a statement that this version was looked at and nothing has changed."""
    block = {"says": "reviewed_no_change", "about_number": number, "about_version": version}
    return stated("reviewed_no_change", fiscal_year=None) | {"statement": block} | changes


def recalled(number: str, **changes: Any) -> Entry:
    return do(Action.RECALLED, number, act(**changes))


def withdrawn(number: str, **changes: Any) -> Entry:
    return do(Action.WITHDRAWN, number, act(**changes))


WITHHELD_WORDS = "แผนผังจุดติดตั้งกล้อง"


def withheld_part(**changes: Any) -> dict[str, Any]:
    """A part that an edition does not show, with everything that must be said of it."""
    return {
        "ref": "0" * 32,
        "extent": "pages",
        "part": WITHHELD_WORDS,
        "ground": {
            "key": "oia-15-2",
            "law_th": "พ.ร.บ.ข้อมูลข่าวสารฯ มาตรา 15 (2)",
            "law_en": "Official Information Act, s. 15 (2)",
            "label_th": "การรักษาความปลอดภัยเสื่อมประสิทธิภาพ",
            "label_en": "Would weaken protection",
        },
        "reason": "ผู้ก่อเหตุอาจใช้หลบกล้อง",
        "post": "นิติกรชำนาญการ",
        "acting": "",
        "decided_date": "2026-11-20",
        "review_date": "2027-11-20",
        "appeal_th": "อุทธรณ์ได้ภายใน 15 วัน",
        "appeal_en": "May be appealed within 15 days",
    } | changes


def part(result: str = "met", *, key: str = "", **changes: Any) -> dict[str, Any]:
    """What one period of a duty came to."""
    return {
        "key": key,
        "first": "2025-10-01",
        "last": "2026-09-30",
        "due": None,
        "result": result,
        "failed": [],
        "passed": ["bound"],
        "evidence": [],
        "statement": "",
    } | changes


def observed(
    key: str, result: str = "met", *parts: Mapping[str, Any], at: datetime = BEGIN, **changes: Any
) -> None:
    """That monitoring saw this of a duty of 2569."""
    fields: dict[str, Any] = {
        "obligation_key": key,
        "year": 2569,
        "result": result,
        "due_date": None,
        "post_code": "clerk",
        "post_th": "ปลัดเทศบาล",
        "post_en": "Municipal Clerk",
        "unit_code": "clerk",
        "parts": parts or [part(result)],
    }
    observe([Seen(**(fields | changes))], at=at)
