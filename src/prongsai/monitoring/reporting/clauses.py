"""What was done under each clause of the founding document, told from the figures in our own words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from prongsai.monitoring.reporting.decided import (
    CLAUSE_1_1,
    FORBIDDEN,
    PERSONAL,
    Findings,
    Notices,
    acts,
)
from prongsai.monitoring.reporting.figures import Done, Span
from prongsai.monitoring.reporting.published import MAJOR, MINOR, NEW, RECALLED, Published
from prongsai.monitoring.reporting.standing import Standing, met_of
from prongsai.monitoring.uptime import Checks, share
from prongsai.obligations.catalogue import Instrument
from prongsai.record.models import Withholding
from prongsai.record.owed import groups
from prongsai.record.sections import sections
from prongsai.record.states import Says

# The laws that clause 1.3 names, by their keys in the catalogue.
LAWS = ("oia", "good-governance")


@dataclass(frozen=True)
class Counted:
    """All that the clauses are told from."""

    span: Span
    published: Published
    statements: dict[str, int]
    findings: Findings
    notices: Notices
    standing: Standing
    months: list[Checks]


def clauses(found: Counted) -> tuple[Done, ...]:
    return (
        Done("1.1", "ไม่เผยแพร่เนื้อหาที่กระทบการปกครอง ความมั่นคง ความสงบ หรือศีลธรรม", _lawful(found)),
        Done("1.2", "แจ้งเหตุสำคัญหรือเร่งด่วนให้ประชาชนรู้โดยชั่งผลดีผลเสีย", _urgent(found.notices)),
        Done("1.3", "เผยแพร่อย่างน้อยตามกฎหมาย และไม่เผยแพร่สิ่งที่กฎหมายห้าม", _by_law(found)),
        Done("1.4", "แจ้งผลงาน ข่าวสาร และบริการ", _news(found.published)),
        Done("1.5", "ปรับปรุงเว็บไซต์ให้เป็นปัจจุบัน", _fresh(found)),
        Done("1.6", "เผยแพร่ตามการประเมินคุณธรรมและความโปร่งใส", _assessed(found)),
        Done("1.7", "คุ้มครองข้อมูลส่วนบุคคลและรักษาความปลอดภัยของเว็บไซต์", _protected(found)),
        *_by_section(found.published),
        Done("2.2.1", "หน่วยงานที่ดูแลและปรับปรุงข้อมูล", _kept(found)),
        Done("2.2.2", "เสนอเรื่องเร่งด่วนโดยผู้อำนวยการเห็นชอบ", _urgent(found.notices)),
    )


def _lawful(found: Counted) -> str:
    return _screened(found.findings, CLAUSE_1_1, "ที่อาจเข้าข่าย")


def _screened(found: Findings, families: Iterable[str], what: str) -> str:
    kinds = tuple(families)
    number, still = found.found(kinds), found.open(kinds)
    if not number:
        return f"ตรวจกลั่นกรองทุกเรื่องก่อนเผยแพร่ ไม่พบข้อความ{what}"
    return f"ตรวจกลั่นกรองทุกเรื่องก่อนเผยแพร่ พบข้อความ{what} {number} แห่ง ยังไม่ตัดสิน {still} แห่ง"


def _urgent(found: Notices) -> str:
    if not found.published:
        return f"ไม่มีประกาศฉุกเฉิน ฝึกซ้อม {found.drills} ครั้ง"
    return (
        f"เผยแพร่ประกาศฉุกเฉิน {found.published} เรื่อง ผู้อำนวยการเห็นชอบก่อนทุกเรื่อง"
        f" ทบทวนหลังเหตุแล้ว {found.reviewed} เรื่อง ฝึกซ้อม {found.drills} ครั้ง"
    )


def _by_law(found: Counted) -> str:
    met = _met(found, lambda one: one.key in LAWS)
    span = found.span
    withheld = Withholding.objects.filter(
        decided_date__gte=span.first, decided_date__lte=span.last
    ).count()
    closed = found.findings.found(FORBIDDEN)
    return "; ".join(
        [
            *(met or ["ยังไม่มีผลตรวจตามกฎหมาย"]),
            f"ตรวจพบข้อความที่ต้องพิจารณาตามมาตรา 14 และ 15 จำนวน {closed} แห่ง",
            f"ทะเบียนปัจจุบันมีส่วนที่ไม่เปิดเผยซึ่งสั่งในปีนี้ {withheld} รายการ",
        ]
    )


def _met(found: Counted, is_meant: Callable[[Instrument], bool]) -> list[str]:
    return [
        f"{each.instrument.short_th} ครบ {met_of(each.tally)} ข้อ"
        for each in groups(found.standing.now)
        if is_meant(each.instrument)
    ]


def _news(found: Published) -> str:
    news, services = found.count(NEW, section="news"), found.count(NEW, section="services")
    return f"เผยแพร่ข่าวประชาสัมพันธ์ {news} เรื่อง บริการประชาชน {services} เรื่อง"


def _fresh(found: Counted) -> str:
    corrected = found.published.count(MAJOR) + found.published.count(MINOR)
    reviewed = found.statements.get(Says.REVIEWED_NO_CHANGE, 0)
    return f"แก้ไขให้เป็นปัจจุบัน {corrected} ครั้ง แถลงว่าตรวจทานแล้วไม่เปลี่ยนแปลง {reviewed} ครั้ง"


def _assessed(found: Counted) -> str:
    met = _met(found, lambda one: one.assessment_year is not None)
    return "; ".join(met) or "ระบบยังไม่มีผลตรวจตามรายการประเมินของปีนี้"


def _protected(found: Counted) -> str:
    covered = acts(found.span, "redact_file").count()
    return (
        f"{_screened(found.findings, PERSONAL, 'ที่เป็นข้อมูลส่วนบุคคล')}"
        f" สร้างและตรวจไฟล์ที่ปิดทับ {covered} ครั้ง เรียกคืน {found.published.count(RECALLED)} รายการ"
    )


def _by_section(found: Published) -> Iterable[Done]:
    for each in sections():
        new = found.count(NEW, section=each.slug)
        corrected = found.count(MAJOR, section=each.slug) + found.count(MINOR, section=each.slug)
        yield Done(each.clause, each.title_th, f"เผยแพร่ใหม่ {new} เรื่อง แก้ไข {corrected} ครั้ง")


def _kept(found: Counted) -> str:
    asked = sum(each.checks for each in found.months)
    well = sum(each.well for each in found.months)
    up = f"หน้าแรกเปิดได้ร้อยละ {share(well, asked)} ของ {asked} ครั้งที่ตรวจ"
    units = f"มีหน่วยงานเผยแพร่ {found.published.publishing_units} หน่วยงาน"
    return f"{units} {up}" if asked else f"{units} ไม่มีบันทึกการเปิดหน้าแรก"
