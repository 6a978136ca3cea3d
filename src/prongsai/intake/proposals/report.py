"""Proposals as JSON (DESIGN, section 5) and as rows for a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.files.rules import PageText
from prongsai.intake.proposals.papers import paper_type
from prongsai.intake.proposals.values import Issuer, Level, Proposal, Proposals, Signer
from prongsai.thai.dates import format_date

Json = dict[str, Any]
AnyProposal = Proposal[str] | Proposal[int] | Proposal[date] | Proposal[Issuer] | Proposal[Signer]

LEVELS: Mapping[Level, Promise] = {
    "high": _("ค่อนข้างแน่"),
    "medium": _("ควรตรวจ"),
    "low": _("ไม่แน่ใจ"),
}
LABELS: Mapping[str, Promise] = {
    "document_type": _("ประเภทเอกสาร"),
    "number": _("เลขที่"),
    "subject": _("ชื่อเรื่อง"),
    "unit": _("หน่วยงาน"),
    "typed": _("วันที่พิมพ์"),
    "signed": _("วันที่ลงนาม"),
    "in_force": _("วันที่มีผล"),
    "published": _("วันที่ประกาศ"),
    "signatory": _("ผู้ลงนาม"),
    "fiscal_year": _("ปีงบประมาณ"),
    "period": _("งวดหรือช่วงเวลา"),
    "urgency": _("ชั้นความเร็ว"),
    "secrecy": _("ชั้นความลับ"),
    "obligation": _("หน้าที่ต้องเปิดเผย"),
    "kind": _("ประเภทรายการ"),
    "section": _("หมวด"),
}
_AROUND = 40


@dataclass(frozen=True)
class Row:
    """A line of the table in which an officer confirms: `value` in words, `excerpt` the place in its line."""

    field: str
    label: str
    value: str
    level: Level
    level_label: str
    page: int | None
    excerpt: str
    doubts: tuple[str, ...]


def as_json(proposals: Proposals) -> Json:
    """Everything that was proposed; what was not found has the value null."""
    return {
        "document_type": _one(proposals.document_type),
        "number": _one(proposals.number),
        "subject": _one(proposals.subject),
        "unit": _issuer(proposals.unit),
        "dates": {role: _one(found) for role, found in proposals.dates.items()},
        "signatories": [_signer(each) for each in proposals.signatories],
        "fiscal_year": _one(proposals.fiscal_year),
        "period": _one(proposals.period),
        "urgency": _one(proposals.urgency),
        "secrecy": _one(proposals.secrecy),
        "obligations": [_one(each) for each in proposals.obligations],
        "kind": _one(proposals.kind),
        "section": _one(proposals.section),
        "papers": [
            {"type": each.type, "first_page": each.first_page, "last_page": each.last_page}
            for each in proposals.papers
        ],
    }


def warnings_json(proposals: Proposals) -> list[str]:
    return [str(each) for each in proposals.warnings]


def _one(found: Proposal[str] | Proposal[int] | Proposal[date]) -> Json:
    value = found.value.isoformat() if isinstance(found.value, date) else found.value
    return {"value": value, **_told(found)}


def _told(found: AnyProposal) -> Json:
    return {
        "confidence": found.confidence,
        "page": found.page,
        "start": found.place.start if found.place else None,
        "end": found.place.end if found.place else None,
        "written": found.written,
        "doubts": [str(doubt) for doubt in found.doubts],
    }


def _issuer(found: Proposal[Issuer]) -> Json:
    if found.value is None:
        return {"value": None, "code": None, "name": None, **_told(found)}
    issuer = found.value
    return {
        "value": issuer.written,
        "code": issuer.code or None,
        "name": issuer.name or None,
        **_told(found),
    }


def _signer(found: Proposal[Signer]) -> Json:
    signer = found.value or Signer("")
    return {"name": signer.name, "post": signer.post, "acting": signer.acting, **_told(found)}


def rows(
    proposals: Proposals, pages: Sequence[PageText], names: Mapping[str, str] | None = None
) -> Iterator[Row]:
    """One for each field that has a value or a doubt. `names` says keys of obligations, kinds and sections in words."""
    texts = {page.number: page.text for page in pages}
    for field, found in _fields(proposals):
        if found.value is not None or found.doubts:
            yield _row(field, found, texts, names or {})


def _fields(proposals: Proposals) -> Iterator[tuple[str, AnyProposal]]:
    yield "document_type", proposals.document_type
    yield "number", proposals.number
    yield "subject", proposals.subject
    yield "unit", proposals.unit
    yield from proposals.dates.items()
    yield from (("signatory", each) for each in proposals.signatories)
    yield "fiscal_year", proposals.fiscal_year
    yield "period", proposals.period
    yield "urgency", proposals.urgency
    yield "secrecy", proposals.secrecy
    yield "kind", proposals.kind
    yield "section", proposals.section
    yield from (("obligation", each) for each in proposals.obligations)


def _row(field: str, found: AnyProposal, texts: Mapping[int, str], names: Mapping[str, str]) -> Row:
    return Row(
        field=field,
        label=str(LABELS[field]),
        value=_in_words(field, found.value, names),
        level=found.level,
        level_label=str(LEVELS[found.level]),
        page=found.page,
        excerpt=_excerpt(found, texts),
        doubts=tuple(map(str, found.doubts)),
    )


def _in_words(field: str, value: object, names: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Issuer):
        return value.name or value.written
    if isinstance(value, Signer):
        return ", ".join(part for part in (value.name, value.post, value.acting) if part)
    if field == "document_type":
        return paper_type(str(value)).th
    return names.get(str(value), str(value))


def _excerpt(found: AnyProposal, texts: Mapping[int, str]) -> str:
    """The place in its line, with some of what stands around it."""
    if found.place is None:
        return ""
    text, place = texts[found.place.page], found.place
    before = text[max(0, place.start - _AROUND) : place.start]
    after = text[place.end : place.end + _AROUND]
    around = f"{before.rpartition(chr(10))[2]}{text[place.start : place.end]}{after.partition(chr(10))[0]}"
    return " ".join(around.split())
