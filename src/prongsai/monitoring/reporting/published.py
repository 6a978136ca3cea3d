"""What the record says of a year: what came in, was corrected and went, by section and unit, and what was stated."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.states import KindCode
from prongsai.monitoring.reporting.figures import Figures, Row, Span, middle, nine_of_ten
from prongsai.record.models import Entry, Item, Version
from prongsai.record.sections import sections
from prongsai.record.statements import said
from prongsai.record.states import Action, Says, Significance

NEW, MAJOR, MINOR, WITHDRAWN, RECALLED, OTHER = range(6)
COLUMNS = (
    "เผยแพร่ใหม่",
    "แก้ไขสาระสำคัญ",
    "แก้ไขเล็กน้อย",
    "ยกเลิกการใช้งาน",
    "เรียกคืน",
    "อื่น ๆ",
)
ERASED = "รายการที่เรียกคืนแล้ว"
_COLUMN: Mapping[str, int] = {
    Action.PUBLISHED: NEW,
    Action.CORRECTED: MAJOR,
    Action.WITHDRAWN: WITHDRAWN,
    Action.RECALLED: RECALLED,
}


class Deed(NamedTuple):
    """One entry: the slug of the top section and the code of the unit, both empty once a recall has erased them."""

    section: str
    unit: str
    column: int


@dataclass(frozen=True)
class Published:
    """How often what was done, and the names of the units by code."""

    deeds: Mapping[Deed, int]
    units: Mapping[str, str]

    def count(self, column: int, *, section: str | None = None) -> int:
        return sum(
            number
            for deed, number in self.deeds.items()
            if deed.column == column and section in (None, deed.section)
        )

    @property
    def publishing_units(self) -> int:
        return len({deed.unit for deed in self.deeds if deed.unit and deed.column == NEW})


def published(span: Span) -> Published:
    """Notices and statements are not in it: they are counted on their own."""
    entries = _entries(span).exclude(
        number__in=Entry.objects.filter(action__in=[Action.NOTICE, Action.STATEMENT]).values(
            "number"
        )
    )
    rows = list(entries.values_list("seq", "action", "number"))
    # One question for all, since the items of a year can be more than a query may name.
    items = {
        number: (section, unit, name)
        for number, section, unit, name in Item.objects.filter(
            number__in=entries.values("number")
        ).values_list("number", "top_section", "unit_code", "unit_name_th")
    }
    minor = set(
        Version.objects.filter(
            seq__in=entries.values("seq"), significance=Significance.MINOR
        ).values_list("seq", flat=True)
    )
    nothing = ("", "", "")
    deeds = Counter(
        Deed(*items.get(number, nothing)[:2], MINOR if seq in minor else _COLUMN.get(action, OTHER))
        for seq, action, number in rows
    )
    return Published(deeds, {code: name for _section, code, name in items.values()})


def _entries(span: Span) -> QuerySet[Entry]:
    return Entry.objects.filter(at__gte=span.begin, at__lt=span.end)


def section_figures(span: Span, found: Published) -> Figures:
    names = {each.slug: each.title() for each in sections()}
    return Figures(
        key="published_by_section",
        title="การเผยแพร่ตามหมวด",
        counted=f"นับรายการในทะเบียนสาธารณะ {span.words} ตามหมวดปัจจุบันของแต่ละเรื่อง"
        " ไม่รวมประกาศฉุกเฉินและถ้อยแถลง ซึ่งนับแยกไว้ การแก้ไขของเรื่องที่เรียกคืนแล้วนับเป็นสาระสำคัญ"
        " และ “อื่น ๆ” คือรวมกับเรื่องอื่น สิ้นสุดระยะเวลา หรือนำกลับมาใช้",
        header=("หมวด", *COLUMNS),
        rows=_rows(found.deeds, "section", names),
    )


def unit_figures(span: Span, found: Published) -> Figures:
    return Figures(
        key="published_by_unit",
        title="การเผยแพร่ตามหน่วยงาน",
        counted=f"นับรายการเดียวกันกับตารางตามหมวด {span.words} ตามหน่วยงานเจ้าของเรื่องในปัจจุบัน",
        header=("หน่วยงาน", *COLUMNS),
        rows=_rows(found.deeds, "unit", found.units),
    )


def _rows(deeds: Mapping[Deed, int], by: str, names: Mapping[str, str]) -> tuple[Row, ...]:
    """In the order of the names, and last what a recall has left without one."""
    totals: dict[str, list[int]] = {}
    for deed, number in deeds.items():
        row = totals.setdefault(getattr(deed, by), [0] * len(COLUMNS))
        row[deed.column] += number
    order = [code for code in names if code and code in totals]
    rest = sorted(code for code in totals if code not in order)
    return tuple((names.get(code) or code or ERASED, *totals[code]) for code in (*order, *rest))


def duration_figures(span: Span) -> Figures:
    """From the first draft to the public, in days of 24 hours."""
    rows = Submission.objects.filter(
        state=SubmissionState.PUBLISHED,
        action=Action.PUBLISHED,
        published_at__gte=span.begin,
        published_at__lt=span.end,
    ).exclude(disclosure__kind=KindCode.STATEMENT)
    pairs = rows.values_list("disclosure__created_at", "published_at")
    days = [(end - start).total_seconds() / 86_400 for start, end in pairs if end is not None]
    told: Iterable[Row] = [(len(days), middle(days), nine_of_ten(days))] if days else ()
    return Figures(
        key="days_to_public",
        title="เวลาตั้งแต่ร่างจนถึงประชาชน",
        counted=f"นับเรื่องที่เผยแพร่ครั้งแรก {span.words} เป็นวันตามปฏิทินตั้งแต่เริ่มร่างจนอยู่ในทะเบียน"
        " ไม่รวมถ้อยแถลง เก้าในสิบเรื่องใช้เวลาไม่เกินค่าในช่องสุดท้าย",
        header=("จำนวนเรื่อง", "มัธยฐาน (วัน)", "เปอร์เซ็นไทล์ที่ 90 (วัน)"),
        rows=tuple(told),
        nothing="ไม่มีเรื่องที่เผยแพร่ครั้งแรกในช่วงเวลานี้ จึงไม่มีเวลาให้วัด",
    )


def statement_counts(span: Span) -> Counter[str]:
    """By what they say; "" for those that a recall has erased."""
    entries = _entries(span).filter(action=Action.STATEMENT)
    texts = entries.values_list("edition__canonical", flat=True)
    found = (said(json.loads(text)) if text else None for text in texts)
    return Counter(each.says if each else "" for each in found)


def statement_figures(span: Span, counts: Mapping[str, int]) -> Figures:
    labels = {each.value: str(each.label) for each in Says} | {"": ERASED}
    return Figures(
        key="statements",
        title="ถ้อยแถลง",
        counted=f"นับถ้อยแถลงที่เข้าทะเบียน {span.words} ตามสิ่งที่แถลงครั้งแรก",
        header=("แถลงว่า", "จำนวน"),
        rows=tuple((labels[says], counts[says]) for says in labels if counts.get(says)),
    )
