"""What is handed to assessors: for each item of a list, whether it is there, where, and how one gets to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.styles import Font

from prongsai.disclosures.tables.twins import fixed_book, headed_sheet, text_cell
from prongsai.letters.documents import Picture, Sheet, Table
from prongsai.letters.gaps import render_with_gaps
from prongsai.monitoring.probing import Visit
from prongsai.record.addresses import public_path
from prongsai.record.cells import csv_text
from prongsai.record.evidence import exhibits, explanation
from prongsai.record.owed import Line

# In Thai whatever the screen speaks: assessors read it.
HEADINGS = ("ข้อ", "รายการ", "มี/ไม่มี", "สถานะ", "ที่อยู่ (URL)", "คำอธิบายและทางเข้า")
WIDTHS = (8, 36, 10, 14, 60, 80)
ADDRESSES = HEADINGS.index("ที่อยู่ (URL)")
LINK = Font(color="0563C1", underline="single")
# On paper, where the words of a heading need room.
SHARES = (8, 30, 14, 16, 50, 90)
THERE, NOT_THERE = "มี", "ไม่มี"
DO_NOT_SEND = "อย่าเพิ่งส่ง: เปิดไม่ได้ {count} ที่อยู่"
WITHOUT_PICTURES = "ไม่มีภาพหน้าเว็บ"


@dataclass(frozen=True)
class PackRow:
    """One item. `paths` are public paths: its evidence page first, then each published item.

    `is_there` is what the form asks, whether anything can be shown; `is_met` whether our own checks found it whole.
    """

    clause: str
    label: str
    is_there: bool
    is_met: bool
    result: str
    paths: tuple[str, ...]
    explanation: str
    # Of the items, by public paths: an assessor opens them as well.
    files: tuple[str, ...] = ()

    @property
    def opened(self) -> tuple[str, ...]:
        """Everything that must answer before the pack is sent."""
        return (*self.paths, *self.files)

    def cells(self, origin: str) -> tuple[str, ...]:
        answer = THERE if self.is_there else NOT_THERE
        addresses = "\n".join(origin + path for path in self.paths)
        return (self.clause, self.label, answer, self.result, addresses, self.explanation)


def pack_rows(lines: Iterable[Line]) -> list[PackRow]:
    """In the order of the list."""
    with override("th"):
        return [_row(each) for each in lines]


def _row(line: Line) -> PackRow:
    shown = [each for each in exhibits(line) if each.page is not None]
    said = (part.statement for part in line.parts if part.statement)
    statements = (public_path("item", number=number) for number in dict.fromkeys(said))
    own = public_path("obligation", instrument=line.duty.instrument.key, item=line.duty.slug)
    return PackRow(
        clause=line.duty.clause,
        label=line.duty.label_th,
        is_there=bool(shown) or any(part.statement for part in line.parts),
        is_met=line.is_fulfilled,
        result=str(line.result.label),
        paths=(own, *(each.path("th") for each in shown), *statements),
        explanation=explanation(line, shown),
        files=tuple(file.path for each in shown if each.page for file in each.page.files),
    )


def pack_csv(rows: Iterable[PackRow], *, origin: str) -> bytes:
    return csv_text([HEADINGS, *(row.cells(origin) for row in rows)]).encode()


def pack_xlsx(rows: Iterable[PackRow], *, origin: str) -> bytes:
    book = Workbook(write_only=True)
    sheet = headed_sheet(book, "หลักฐาน", HEADINGS, WIDTHS)
    for row in rows:
        cells = [text_cell(sheet, cell) for cell in row.cells(origin)]
        # A cell leads to one address only: to the page of the item, which leads to all others.
        link = cells[ADDRESSES]
        link.hyperlink, link.font = origin + row.paths[0], LINK
        sheet.append(cells)
    return fixed_book(book)


def pack_pdf(
    rows: Sequence[PackRow],
    *,
    origin: str,
    heading: str,
    body: str,
    made_on: date,
    troubles: int = 0,
    pictures: tuple[Picture, ...] = (),
) -> bytes:
    """As a sheet for the file, which says itself when it should not be sent. Raises `CannotSet`."""
    table = Table(header=HEADINGS, rows=tuple(row.cells(origin) for row in rows), shares=SHARES)
    there = sum(row.is_there for row in rows)
    met = sum(row.is_met for row in rows)
    without = () if pictures else (WITHOUT_PICTURES,)
    return render_with_gaps(
        Sheet(
            heading=heading,
            issuing_body=body,
            subject=f"มี {there} จาก {len(rows)} ข้อ ระบบตรวจว่าครบ {met} ข้อ",
            made_on=made_on,
            table=table,
            notes=(*([DO_NOT_SEND.format(count=troubles)] if troubles else ()), *without),
            pictures=pictures,
        )
    )


@dataclass(frozen=True)
class Trouble:
    """An address of the pack that an assessor could not open, or not soon enough."""

    clause: str
    visit: Visit

    @property
    def why(self) -> str:
        if self.visit.status == 0:
            return str(_("เว็บไซต์ไม่ตอบ"))
        if self.visit.status != 200:
            return str(_("ตอบรหัส %(status)s")) % {"status": self.visit.status}
        return str(_("ช้าเกินไป (%(ms)s มิลลิวินาที)")) % {"ms": self.visit.milliseconds}
