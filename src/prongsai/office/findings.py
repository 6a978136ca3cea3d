"""Findings as screeners and writers read them: where, why, what may be done, and the way to the place."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.queries import field_label
from prongsai.office.table_forms import PAGE
from prongsai.organisation.spoken import spoken
from prongsai.screening.models import Finding, FindingDecision
from prongsai.screening.overview import (
    GroupCount,
    Key,
    alike_counts,
    group_counts,
    said_key,
    said_together_counts,
    some_findings,
)
from prongsai.screening.states import MUST_BE_DECIDED, Severity

# Places that are not called like their field.
FIELD_OF = {"number": "official.number", "signatory": "official.signatories"}
ELEMENT_OF = {"number": "id_official_number", "body": "section-body"}
# More of a group are a page away: a table of five thousand rows would be a page of megabytes.
SHOWN_OF_A_GROUP = 8
ORDER = list(Severity)
PERSONAL = frozenset({"personal", "sensitive"})


@dataclass(frozen=True)
class ShownFinding:
    """`alike` counts the open ones of the same datum, `together` what was decided in the same act.

    `first` is whom a second person agreed with; `taken_back` the word that opened the finding again.
    """

    finding: Finding
    where: str
    mend: str
    file: str
    redact: str
    decision: FindingDecision | None
    first: FindingDecision | None
    taken_back: FindingDecision | None
    is_open: bool
    awaits_second: bool
    alike: int
    together: int


@dataclass(frozen=True)
class PlaceOfGroup:
    """What one detector found in one field or file: some of it, and how much there is. `more` shows the rest."""

    where: str
    count: GroupCount
    findings: tuple[ShownFinding, ...]
    more: str

    @property
    def first_open(self) -> Finding | None:
        return next((one.finding for one in self.findings if one.is_open), None)


@dataclass(frozen=True)
class FindingGroup:
    """All findings of one detector."""

    explanation: str
    legal_basis: str
    is_personal: bool
    severity: str
    severity_label: str
    places: tuple[PlaceOfGroup, ...]


@dataclass(frozen=True)
class Counts:
    """What is asked once for a whole page."""

    alike: Mapping[str, int] = field(default_factory=dict)
    together: Mapping[Key, int] = field(default_factory=dict)


def finding_groups(
    disclosure: Disclosure, revision: Revision, *, on: date, keep: int = 0
) -> list[FindingGroup]:
    """The gravest first; of each place some findings, and among them the one with the key `keep`."""
    rows = some_findings(revision, on=on, each=SHOWN_OF_A_GROUP, keep=keep)
    show = shower(disclosure, revision, rows, on=on)
    shown: dict[Key, list[ShownFinding]] = {}
    for row in rows:
        shown.setdefault((row.detector, row.severity, row.place), []).append(show(row))
    counted = sorted(
        group_counts(revision, on=on),
        key=lambda each: (
            ORDER.index(Severity(each.severity)),
            each.detector,
            shown[each.key][0].finding.pk,
        ),
    )
    return [
        _group(disclosure, list(counts), shown)
        for _key, counts in groupby(counted, key=lambda each: (each.severity, each.detector))
    ]


def _group(
    disclosure: Disclosure, counts: Sequence[GroupCount], shown: Mapping[Key, list[ShownFinding]]
) -> FindingGroup:
    first = shown[counts[0].key][0].finding
    unread = _("ไฟล์นี้มีหน้าที่ระบบอ่านตัวหนังสือไม่ได้ เช่น ภาพสแกน โปรดเปิดดูด้วยตาว่ามีข้อมูลต้องห้ามหรือไม่")
    return FindingGroup(
        explanation=first.rule.explanation if first.rule else unread,
        legal_basis=first.rule.law if first.rule else "",
        is_personal=first.rule is not None and first.rule.family in PERSONAL,
        severity=first.severity,
        severity_label=str(first.get_severity_display()),
        places=tuple(_place(disclosure, count, shown[count.key]) for count in counts),
    )


def _place(
    disclosure: Disclosure, count: GroupCount, shown: Sequence[ShownFinding]
) -> PlaceOfGroup:
    query = urlencode(
        {"detector": count.detector, "severity": count.severity, "place": count.place}
    )
    address = reverse("finding_group", kwargs={"ref": disclosure.ref})
    return PlaceOfGroup(
        where=shown[0].where,
        count=count,
        findings=tuple(shown),
        more=f"{address}?{query}" if count.total > len(shown) else "",
    )


def shower(
    disclosure: Disclosure, revision: Revision, rows: Iterable[Finding], *, on: date
) -> Callable[[Finding], ShownFinding]:
    """How each of these rows is shown, with the counts of all of them asked once."""
    counts = Counts(
        alike=alike_counts(revision, {row.fingerprint for row in rows}, on=on),
        together=said_together_counts(revision, on=on),
    )
    return lambda row: _shown(disclosure, revision, row, counts)


def shown_findings(
    disclosure: Disclosure, revision: Revision, rows: Iterable[Finding]
) -> list[ShownFinding]:
    """Without counts, for whoever decides nothing."""
    return [_shown(disclosure, revision, row, Counts()) for row in rows]


def _shown(
    disclosure: Disclosure, revision: Revision, finding: Finding, counts: Counts
) -> ShownFinding:
    kind, _colon, name = finding.place.partition(":")
    decision, newest = finding.decision, finding.newest
    must = finding.severity in MUST_BE_DECIDED
    return ShownFinding(
        finding=finding,
        where=_where(disclosure.kind, kind, name),
        mend=_mend(disclosure, kind, name),
        file=_file(revision, kind, name, finding.page) if kind.startswith("file") else "",
        redact=_redact(disclosure, finding),
        decision=decision,
        first=decision.confirms if decision else None,
        taken_back=newest if decision is None and newest else None,
        is_open=must and decision is None,
        awaits_second=finding.awaits_second,
        alike=counts.alike.get(finding.fingerprint, 0),
        together=counts.together.get(said_key(decision), 1) if decision else 0,
    )


def _mend(disclosure: Disclosure, place: str, name: str) -> str:
    """Where it is to be changed: the writing screen, or the register of withheld parts."""
    if place == "withheld":
        return reverse("withheld_parts", kwargs={"ref": disclosure.ref})
    if place == "table":
        page = (int(name) - 1) // PAGE + 1
        return f"{reverse('table', kwargs={'ref': disclosure.ref})}?page={page}"
    return f"{reverse('write', kwargs={'ref': disclosure.ref})}#{_element(place, name)}"


def _where(kind_code: str, place: str, name: str) -> str:
    if place.startswith("file"):
        slot = kind_of(kind_code).slot(name)
        label = spoken(slot.label_th, slot.label_en)
        sentence = _("ข้อความที่ตรวจของไฟล์ {label}") if place == "file_text" else _("ไฟล์ {label}")
        return sentence.format(label=label)
    if place == "table":
        return _("แถวที่ {row} ของตาราง").format(row=name)
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
