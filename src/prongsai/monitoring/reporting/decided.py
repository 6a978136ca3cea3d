"""What the office decided in a year, in counts alone: decisions, findings, redactions and emergency notices."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from prongsai.approval.models import Decision
from prongsai.approval.states import Verdict
from prongsai.monitoring.reporting.figures import Figures, Row, Span
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from prongsai.screening.detectors import detector
from prongsai.screening.models import Finding, FindingDecision
from prongsai.screening.states import CHOOSABLE, REOPENS, Severity
from prongsai.screening.states import Verdict as Said

# Families of detectors in the words of the report; one that is not named here goes under its own name.
FAMILIES = {
    "personal": "ข้อมูลส่วนบุคคล",
    "sensitive": "ข้อมูลส่วนบุคคลที่อ่อนไหว",
    "list": "บัญชีรายชื่อบุคคล",
    "copy": "สำเนาเอกสารของบุคคล",
    "picture": "ภาพที่อาจระบุตัวบุคคล",
    "hidden": "ข้อมูลที่ซ่อนอยู่ในไฟล์",
    "unread": "หน้าที่เครื่องอ่านไม่ออก",
    "secrecy": "ชั้นความลับ",
    "constitution": "การปกครองตามรัฐธรรมนูญ",
    "security": "ความมั่นคง",
    "order": "ความสงบเรียบร้อย",
    "morals": "ศีลธรรมอันดี",
    "royal": "สถาบันพระมหากษัตริย์",
    "section_15": "ข้อมูลตามมาตรา 15",
    "defamation": "การกล่าวหาบุคคล",
    "election": "ช่วงเลือกตั้ง",
    "spam": "สแปม",
    "links": "ลิงก์เสี่ยง",
    "copyright": "แหล่งที่มาและลิขสิทธิ์",
    "access": "การเข้าถึงของคนพิการ",
}
PERSONAL = ("personal", "sensitive", "list", "copy", "picture")
CLAUSE_1_1 = ("constitution", "security", "order", "morals", "royal")
FORBIDDEN = ("secrecy", "section_15", "royal")
UNDECIDED, ADVICE = "undecided", "advice"


def acts(span: Span, verb: str) -> QuerySet[Act]:
    """Those that were done, not those that were refused."""
    return Act.objects.filter(verb=verb, outcome=Outcome.DONE, at__gte=span.begin, at__lt=span.end)


def decision_figures(span: Span) -> Figures:
    verdicts = Decision.objects.filter(at__gte=span.begin, at__lt=span.end)
    counts = Counter(verdicts.values_list("verdict", flat=True))
    told = [(str(each.label), counts[each.value]) for each in Verdict]
    told += [
        ("ผู้เสนอขอคืนก่อนอนุมัติ", acts(span, "take_back").count()),
        ("หยุดหลังอนุมัติก่อนเผยแพร่", acts(span, "stop").count()),
    ]
    rows: tuple[Row, ...] = tuple(told) if any(number for _words, number in told) else ()
    return Figures(
        key="decisions",
        title="การพิจารณาและการส่งกลับ",
        counted=f"นับคำพิจารณาของทุกตำแหน่งในทุกสายการอนุมัติ {span.words} หนึ่งเรื่องมีได้หลายคำพิจารณา",
        header=("ผล", "จำนวนครั้ง"),
        rows=rows,
    )


@dataclass(frozen=True)
class Findings:
    """How many passages were found, by family of the detector and how they were decided (a verdict, or one of two)."""

    counts: Mapping[tuple[str, str], int]

    def found(self, families: Collection[str]) -> int:
        return sum(number for (family, _), number in self.counts.items() if family in families)

    def open(self, families: Collection[str]) -> int:
        return sum(self.counts.get((family, UNDECIDED), 0) for family in families)


def findings(span: Span) -> Findings:
    """The same passage of a work counts once, however often the work was screened; its newest word counts."""
    rows = Finding.objects.filter(screening__at__gte=span.begin, screening__at__lt=span.end)
    newest: dict[int, str] = {}
    words = FindingDecision.objects.filter(finding__in=rows.values("pk"), at__lt=span.end).order_by(
        "pk"
    )
    for finding, verdict in words.values_list("finding", "verdict"):
        newest[finding] = "" if verdict in REOPENS else verdict
    passages: dict[tuple[int, str, str], tuple[str, str]] = {}
    columns = ("pk", "screening__disclosure", "detector", "fingerprint", "severity")
    for pk, work, name, fingerprint, severity in rows.order_by("pk").values_list(*columns):
        key, verdict = (work, name, fingerprint), newest.get(pk, "")
        # A later screening that nobody has answered yet does not take back what was said of the passage.
        if verdict or key not in passages:
            passages[key] = (_family(name), verdict or _unsaid(severity))
    return Findings(Counter(passages.values()))


def _family(name: str) -> str:
    known = detector(name)
    return known.family if known else name


def _unsaid(severity: str) -> str:
    return ADVICE if severity == Severity.ADVISE else UNDECIDED


def finding_figures(span: Span, found: Findings) -> Figures:
    columns = [*(each.value for each in CHOOSABLE), UNDECIDED, ADVICE]
    labels = [str(Said(each).label) for each in CHOOSABLE]
    present = {family for family, _ in found.counts}
    order = [each for each in FAMILIES if each in present]
    order += sorted(present - set(order))
    return Figures(
        key="findings",
        title="ข้อสังเกตจากการตรวจกลั่นกรอง",
        counted=f"นับข้อความที่ระบบตรวจพบก่อนเผยแพร่ {span.words} ข้อความเดิมของเรื่องเดิมนับครั้งเดียว"
        " ตามคำตัดสินล่าสุดเมื่อสิ้นช่วงเวลา นับเป็นจำนวนเท่านั้น ไม่มีข้อความที่พบ",
        header=("กลุ่ม", *labels, "ยังไม่ตัดสิน", "คำแนะนำ"),
        rows=tuple(
            (
                FAMILIES.get(family, family),
                *(found.counts.get((family, column), 0) for column in columns),
            )
            for family in order
        ),
        nothing="ไม่พบข้อความที่ต้องพิจารณาในช่วงเวลานี้",
    )


@dataclass(frozen=True)
class Notices:
    """Emergency notices that were put before the public for the first time in the year; drills apart."""

    published: int = 0
    reviewed: int = 0
    recalled: int = 0
    drills: int = 0

    @property
    def unreviewed(self) -> int:
        return self.published - self.reviewed


def notices(span: Span) -> Notices:
    """From the trail of acts: each notice is one subject, whatever was approved of it later."""
    approved = Act.objects.filter(verb="approve_notice", outcome=Outcome.DONE)
    before = approved.filter(at__lt=span.begin).values_list("subject", flat=True)
    fresh = _subjects(span, "approve_notice") - set(before)
    drills = {
        subject
        for subject, details in Act.objects.filter(
            verb="start_notice", outcome=Outcome.DONE, subject__in=sorted(fresh)
        ).values_list("subject", "details")
        if details.get("is_drill")
    }
    real = fresh - drills
    return Notices(
        published=len(real),
        reviewed=len(real & _subjects(span, "review_notice")),
        recalled=len(real & _subjects(span, "recall_notice")),
        drills=len(drills),
    )


def _subjects(span: Span, verb: str) -> set[str]:
    return set(acts(span, verb).values_list("subject", flat=True))


def notice_figures(span: Span, found: Notices) -> Figures:
    told = (
        ("ประกาศฉุกเฉินที่เผยแพร่", found.published),
        ("ทบทวนหลังสิ้นสุดแล้ว", found.reviewed),
        ("ยังไม่ได้ทบทวน", found.unreviewed),
        ("เรียกคืน", found.recalled),
        ("การฝึกซ้อม", found.drills),
    )
    return Figures(
        key="notices",
        title="ประกาศฉุกเฉินและการทบทวน",
        counted=f"นับประกาศที่ผู้อำนวยการเห็นชอบครั้งแรก {span.words} ประกาศเดียวนับครั้งเดียวแม้ปรับปรุงหลายครั้ง"
        " และนับการทบทวนที่ทำเสร็จในช่วงเดียวกัน",
        header=("เรื่อง", "จำนวน"),
        rows=told if found.published or found.drills else (),
        nothing="ไม่มีประกาศฉุกเฉินในช่วงเวลานี้",
    )
