"""Findings as screeners and writers read them: where, why, what may be done, and the way to the place."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.queries import field_label
from prongsai.disclosures.spoken import spoken
from prongsai.screening.models import Finding, FindingDecision
from prongsai.screening.queries import alike, findings
from prongsai.screening.states import MUST_BE_DECIDED

# Places that are not called like their field.
FIELD_OF = {"number": "official.number", "signatory": "official.signatories"}
ELEMENT_OF = {"number": "id_official_number", "body": "section-body"}


@dataclass(frozen=True)
class ShownFinding:
    """`alike` counts the open ones of the same datum, this one included; `file` opens the page it stands on, and
    `redact` the screen on which it can be covered there.
    """

    finding: Finding
    where: str
    mend: str
    file: str
    redact: str
    decision: FindingDecision | None
    is_open: bool
    alike: int


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one detector."""

    explanation: str
    legal_basis: str
    severity: str
    severity_label: str
    findings: tuple[ShownFinding, ...]


def finding_groups(disclosure: Disclosure, revision: Revision) -> list[FindingGroup]:
    """The gravest first; within a detector in the order of the text."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings(revision):
        groups.setdefault((finding.detector, finding.severity), []).append(finding)
    order = ("block", "decide", "advise")
    keys = sorted(groups, key=lambda key: order.index(key[1]))
    return [_group(disclosure, revision, groups[key]) for key in keys]


def _group(disclosure: Disclosure, revision: Revision, rows: Iterable[Finding]) -> FindingGroup:
    shown = tuple(_shown(disclosure, revision, row) for row in rows)
    first = shown[0].finding
    unread = _("ไฟล์นี้มีหน้าที่ระบบอ่านตัวหนังสือไม่ได้ เช่น ภาพสแกน โปรดเปิดดูด้วยตาว่ามีข้อมูลต้องห้ามหรือไม่")
    return FindingGroup(
        explanation=first.rule.explanation if first.rule else unread,
        legal_basis=first.rule.law if first.rule else "",
        severity=first.severity,
        severity_label=str(first.get_severity_display()),
        findings=shown,
    )


def _shown(disclosure: Disclosure, revision: Revision, finding: Finding) -> ShownFinding:
    kind, _colon, name = finding.place.partition(":")
    is_open = finding.severity in MUST_BE_DECIDED and finding.decision is None
    write = reverse("write", kwargs={"ref": disclosure.ref})
    return ShownFinding(
        finding=finding,
        where=_where(disclosure.kind, kind, name),
        mend=f"{write}#{_element(kind, name)}",
        file=_file(revision, kind, name, finding.page) if kind.startswith("file") else "",
        redact=_redact(disclosure, finding),
        decision=finding.decision,
        is_open=is_open,
        alike=alike(finding).count() if is_open else 0,
    )


def _where(kind_code: str, place: str, name: str) -> str:
    if place.startswith("file"):
        slot = kind_of(kind_code).slot(name)
        label = spoken(slot.label_th, slot.label_en)
        sentence = _("ข้อความที่ตรวจของไฟล์ {label}") if place == "file_text" else _("ไฟล์ {label}")
        return sentence.format(label=label)
    field = f"details.{name}" if place == "detail" else FIELD_OF.get(place, place)
    return field_label(kind_code, field)


def _element(place: str, name: str) -> str:
    """The id of what has to be mended on the writing screen."""
    if place.startswith("file"):
        return "files"
    if place == "signatory":
        return f"id_signatory_{name}_name"
    return f"id_detail_{name}" if place == "detail" else ELEMENT_OF.get(place, f"id_{place}")


def _redact(disclosure: Disclosure, finding: Finding) -> str:
    """Only of what stands within a file: its name and label are mended where they are written."""
    place, _colon, slot = finding.place.partition(":")
    if place != "file":
        return ""
    address = reverse("redact", kwargs={"ref": disclosure.ref, "slot": slot})
    return f"{address}?page={finding.page or 1}#finding-{finding.pk}"


def _file(revision: Revision, kind: str, slot: str, page: int | None) -> str:
    """The page itself; of what stands in the text that somebody vouches for, that text."""
    found = next((file for file in revision.content["files"] if file["slot"] == slot), None)
    if found is None:
        return ""
    if kind == "file_text" and found.get("text_sha256"):
        address = reverse("read_text", kwargs={"file_id": found["file_id"]})
        return f"{address}?text={found['text_sha256']}#page-{page}"
    address = reverse("file", kwargs={"file_id": found["file_id"]})
    return f"{address}#page={page}" if page else address
