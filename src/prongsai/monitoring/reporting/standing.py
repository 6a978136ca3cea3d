"""How a year stood as citizens saw it: coverage at the ends of quarters, the site's answers, and what stayed weak."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from prongsai.monitoring.probing import SLOWEST
from prongsai.monitoring.reporting.figures import Figures, Row, Span
from prongsai.monitoring.uptime import Checks
from prongsai.monitoring.uptime_papers import counted
from prongsai.obligations.catalogue import Instrument
from prongsai.obligations.results import ORDER, OWED, Check, Result
from prongsai.record.owed import Group, Line, Tally, groups, lines, tallies_at
from prongsai.thai.dates import format_date, format_month
from prongsai.thai.periods import months, whole_year

MOST_OVERDUE, MOST_CHECKS = 10, 10
UNSEEN = "ยังไม่มีผลตรวจ"
# Never to be taken for a year in which nothing was wrong.
NEVER_LOOKED = "ระบบยังไม่มีผลตรวจของปีที่รายงานภายในวันสุดท้ายที่นับ จึงบอกไม่ได้"


@dataclass(frozen=True)
class Standing:
    """The duties of a year as they stood at its last told day, and those of the year before at the end of theirs."""

    now: tuple[Line, ...]
    before: tuple[Line, ...]

    def tally(self, instrument: Instrument) -> Tally:
        found = (each for each in groups(self.now) if each.instrument == instrument)
        return next((each.tally for each in found), Tally({}))


def standing(span: Span) -> Standing:
    last_year = span.year - 1
    return Standing(
        now=_lines(span.year, span.last), before=_lines(last_year, whole_year(last_year).last)
    )


def _lines(year: int, on: date) -> tuple[Line, ...]:
    return tuple(each for each in lines(on=on) if each.year == year)


def coverage_figures(span: Span, found: Standing) -> Figures:
    ends = span.quarter_ends
    days = ends if span.is_whole else (*ends, span.last)
    return Figures(
        key="coverage",
        title="ความครบถ้วนเมื่อสิ้นแต่ละไตรมาส",
        counted="นับข้อที่ครบหรือไม่เกี่ยวข้อง เทียบกับข้อที่ถึงกำหนดแล้ว ตามผลตรวจสิ่งที่ประชาชนเปิดดูได้"
        " ณ สิ้นวันที่ในหัวตาราง ตามเวลาในประเทศไทย",
        header=("กฎหมายหรือรายการ", *(format_date(day, style="short") for day in days)),
        rows=tuple(_covered(each, days) for each in groups(found.now)),
        nothing=NEVER_LOOKED,
    )


def _covered(group: Group, days: Sequence[date]) -> Row:
    keys = [each.duty.key for each in group.lines]
    return (
        group.instrument.short_th,
        *(met_of(tally) for _day, tally in tallies_at(keys, group.year, days)),
    )


def met_of(tally: Tally) -> str:
    return f"{tally.fulfilled} จาก {tally.due}" if tally.total else UNSEEN


def months_up(span: Span) -> list[Checks]:
    """How often the home page answered well, in each month in which it was asked."""
    firsts = (months(span.year, place, place).first for place in range(1, 13))
    return [each for first in firsts for each in counted(first, until=span.end)]


def uptime_figures(span: Span, found: Iterable[Checks]) -> Figures:
    return Figures(
        key="uptime",
        title="เว็บไซต์เปิดได้ในแต่ละเดือน",
        counted=f"นับครั้งที่ระบบเปิดหน้าแรกดูเอง {span.words} นับว่าเปิดได้เมื่อตอบรหัส 200 ภายใน {SLOWEST // 1000} วินาที"
        " เป็นบันทึกของระบบเอง ไม่ใช่ของผู้ตรวจภายนอก",
        header=("เดือน", "ตรวจ (ครั้ง)", "เปิดได้ (ครั้ง)", "ร้อยละ"),
        rows=tuple(
            (format_month(each.first), each.checks, each.well, each.share) for each in found
        ),
        nothing="ไม่มีบันทึกการเปิดหน้าแรกในช่วงเวลานี้",
    )


def change_figures(found: Standing) -> Figures:
    """By topic, which joins the same duty over the years however it is numbered."""
    before, now = _worst(found.before), _worst(found.now)
    weak = [topic for topic in {**before, **now} if _is_weak(topic, before, now)]
    rows = [(_label(topic, before, now), *_both(topic, before, now)) for topic in weak]
    return Figures(
        key="weak_points",
        title="จุดอ่อนของปีก่อนและสิ่งที่เปลี่ยนไป",
        counted="แสดงเรื่องที่ยังค้างเมื่อสิ้นปีงบประมาณก่อนหรือค้างอยู่ในปีนี้ ตามผลตรวจวันสุดท้ายของแต่ละปีที่รายงาน"
        " ถ้าหลายกฎหมายถามเรื่องเดียวกัน ใช้ผลที่แย่ที่สุด",
        header=("เรื่อง", "ปีก่อน", "ปีนี้", "ความเปลี่ยนแปลง"),
        rows=tuple(rows),
        nothing="ไม่มีข้อที่ค้างทั้งในปีก่อนและปีนี้" if found.now else NEVER_LOOKED,
    )


def _worst(found: Iterable[Line]) -> dict[str, Line]:
    worst: dict[str, Line] = {}
    for each in found:
        there = worst.get(each.duty.topic)
        if there is None or _badness(each) > _badness(there):
            worst[each.duty.topic] = each
    return worst


def _badness(line: Line) -> int:
    return ORDER.index(line.result)


def _is_weak(topic: str, *years: Mapping[str, Line]) -> bool:
    return any(topic in year and year[topic].is_owed for year in years)


def _label(topic: str, before: Mapping[str, Line], now: Mapping[str, Line]) -> str:
    return (now.get(topic) or before[topic]).duty.label_th


def _both(topic: str, before: Mapping[str, Line], now: Mapping[str, Line]) -> tuple[str, str, str]:
    was, became = before.get(topic), now.get(topic)
    return (
        str(was.result.label) if was else UNSEEN,
        str(became.result.label) if became else UNSEEN,
        _change(was.result if was else None, became.result if became else None),
    )


def _change(was: Result | None, became: Result | None) -> str:
    if was is None or became is None:
        return "เทียบไม่ได้ เพราะมีผลตรวจปีเดียว"
    if became not in OWED:
        return "ไม่ค้างแล้ว"
    if was not in OWED:
        return "ค้างขึ้นใหม่ในปีนี้"
    return "ยังค้างเหมือนเดิม" if was == became else "ยังค้าง แต่เหตุเปลี่ยนไป"


def overdue_figures(span: Span, found: Standing) -> Figures:
    late = [(each.days_late(span.last), each) for each in found.now]
    longest = sorted((pair for pair in late if pair[0]), key=lambda pair: -pair[0])[:MOST_OVERDUE]
    return Figures(
        key="overdue",
        title="ข้อที่เลยกำหนดนานที่สุด",
        counted=f"นับวันตามปฏิทินตั้งแต่วันที่ต้องเผยแพร่จนถึง {format_date(span.last)} ไม่เกิน {MOST_OVERDUE} ข้อ",
        header=("ข้อ", "กฎหมายหรือรายการ", "ผู้รับผิดชอบ", "เลยกำหนด (วัน)"),
        rows=tuple(
            (
                f"{each.duty.clause} {each.duty.label_th}",
                each.duty.instrument.short_th,
                each.post_th or "ยังไม่ได้มอบ",
                days,
            )
            for days, each in longest
        ),
        nothing="ไม่มีข้อที่เลยกำหนด" if found.now else NEVER_LOOKED,
    )


def check_figures(found: Standing) -> Figures:
    before, now = _failures(found.before), _failures(found.now)
    most = sorted({**before, **now}, key=lambda check: (-now[check], -before[check], check))
    return Figures(
        key="failing_checks",
        title="เหตุที่ไม่ผ่านการตรวจบ่อยที่สุด",
        counted="นับข้อที่ไม่ผ่านการตรวจแต่ละอย่าง ข้อละครั้ง ตามผลตรวจวันสุดท้ายของแต่ละปีที่รายงาน"
        f" ไม่เกิน {MOST_CHECKS} อย่าง",
        header=("การตรวจ", "ปีก่อน (ข้อ)", "ปีนี้ (ข้อ)"),
        rows=tuple((str(check.label), before[check], now[check]) for check in most[:MOST_CHECKS]),
        nothing="ไม่มีการตรวจที่ไม่ผ่าน" if found.now else NEVER_LOOKED,
    )


def _failures(found: Iterable[Line]) -> Counter[Check]:
    return Counter(
        check
        for line in found
        if line.is_owed
        for check in {each.told.check for part in line.parts for each in part.failed}
    )
