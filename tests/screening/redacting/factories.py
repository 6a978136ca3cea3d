"""A disclosure with a file that has a number in it, and a worker that makes what was asked for."""

import io
from dataclasses import replace
from typing import Any

import openpyxl

from prongsai.disclosures.actions import attach
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.redaction.isolated import RedactionMaker
from prongsai.organisation.actors import Actor
from prongsai.screening.models import Redaction
from prongsai.screening.redacting.actions import Target, ask, mark
from prongsai.screening.redacting.covers import Mark, box_of
from prongsai.screening.redacting.queries import Marking, attachment_in
from prongsai.screening.redacting.tasks import redaction_making
from prongsai.screening.states import RedactionState
from tests.disclosures.factories import disclosure
from tests.factories import NOW
from tests.files.samples import typst_pdf, upload

# Invented; the last digit is the right one, so that the detectors are sure.
NUMBER = "1-2345-67890-12-1"
PERSON = "สมหมาย ใจงาม"
LINE = f"นาย{PERSON} เลขประจำตัวประชาชน {NUMBER} บ้านเลขที่ ๙๙"
OTHER = "หน้านี้ไม่มีข้อมูลส่วนบุคคลของผู้ใด น้ำประปาสำหรับหมู่บ้าน"
BOX = "0.1000,0.1000,0.4000,0.2000"


def with_pdf(by: Actor, *pages: str, name: str = "บัญชี.pdf") -> tuple[Disclosure, StoredFile]:
    """A draft of this officer with such a PDF as its main file."""
    return with_upload(by, name, typst_pdf(*(pages or (LINE, OTHER))))


def with_upload(
    by: Actor, name: str, content: bytes, row: Disclosure | None = None
) -> tuple[Disclosure, StoredFile]:
    row = row or disclosure(by=by)
    stored = receive(upload=upload(name, content), by=by, at=NOW)
    assert not stored.refusal
    attach(disclosure=row, file=stored, slot="main", label="บัญชีรายชื่อ", by=by, at=NOW)
    return row, stored


def welfare_book() -> bytes:
    """Names and numbers in two columns, a hidden row, a hidden column and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ("ลำดับ", "ชื่อ", "เลขประจำตัวประชาชน", "จำนวนเงิน"),
        (1, f"นาย{PERSON}", NUMBER, 600),
        (2, "นางมาลี มีสุข", "1-2345-67890-12-1", 700),
        (3, "นางซ่อน ลับตา", "9-9999-99999-99-9", 800),
    ):
        sheet.append(row)
    sheet.title = "ผู้รับเบี้ย"
    sheet.row_dimensions[4].hidden = True
    hidden = book.create_sheet("ที่อยู่")
    hidden["A1"] = "บ้านเลขที่ลับ 99/9"
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def target(row: Disclosure) -> Target:
    lying = attachment_in(row, "main")
    assert lying
    return Target(row, "main", lying.file_id)


def marking(row: Disclosure) -> Marking:
    lying = attachment_in(row, "main")
    assert lying
    return Marking(row, lying)


def marks_over(row: Disclosure, *words: str) -> list[Mark]:
    """Over every place where the file says one of these."""
    return [one for word in words for one in marking(row).alike(word)]


def a_box(page: int = 1, words: str = BOX) -> Mark:
    return Mark(box_of(words, page))


def drawn(row: Disclosure, by: Actor, *marks: Mark, page: int = 1) -> Redaction:
    return mark(target=target(row), page=page, marks=marks or (a_box(page),), by=by, at=NOW)


def asked(row: Disclosure, by: Actor, **words: Any) -> Redaction:
    return ask(target=target(row), by=by, at=NOW, **words)


def work_off(maker: RedactionMaker | None = None) -> None:
    """What the worker does until nothing is left, in this thread."""
    while task := redaction_making(maker or RedactionMaker()):
        try:
            outcome = task.run()
        except Exception as error:  # noqa: BLE001 -- as the worker does
            task.failed(error, NOW)
        else:
            task.done(outcome, NOW)


def made(row: Disclosure, by: Actor, *words: str) -> Redaction:
    """Drawn over these words, asked for and made."""
    marks = marks_over(row, *words)
    for page in sorted({one.page for one in marks}):
        drawn(row, by, *(one for one in marks if one.page == page), page=page)
    redaction = asked(row, by)
    work_off()
    redaction.refresh_from_db()
    return redaction


def covered(row: Disclosure, by: Actor, *, ground: str = "") -> Redaction:
    """The file in the main slot as if it were the result of a redaction, without the machine's work."""
    lying = attachment_in(row, "main")
    assert lying
    return Redaction.objects.create(
        disclosure=row,
        slot="main",
        original=lying.file,
        result=lying.file,
        state=RedactionState.VERIFIED,
        covers=[replace(a_box(), ground=ground).to_json()],
        begun_at=NOW,
        begun_by_id=by.person_id,
        saved_at=NOW,
        asked_at=NOW,
        asked_by_id=by.person_id,
    )
