"""The project's own letters come in like any other PDF, and are read as they were written."""

from datetime import date
from pathlib import Path

from prongsai.files import reading
from prongsai.letters.documents import Announcement, Clause, Signatory, Table
from prongsai.letters.render import render

PARAGRAPH = "เพื่อให้น้ำประปาสำหรับหมู่บ้านชำระค่าธรรมเนียมกำหนดโดยผู้ชำนาญตามมาตรา ๗ จึงประกาศดังนี้"
DUTIES = Table(
    header=("ลำดับ", "ผู้รับผิดชอบ", "งบประมาณ (บาท)"),
    rows=(("1", "งานเทคโนโลยีสารสนเทศ", "12,500.00"), ("2", "สำนักปลัดเทศบาล", "800.00")),
    caption="ตารางผู้รับผิดชอบ",
)
LETTER = Announcement(
    issuing_body="เทศบาลนครตัวอย่าง",
    subject="มาตรการเผยแพร่ข้อมูลผ่านเว็บไซต์",
    announced_on=date(2021, 4, 26),
    signatory=Signatory("นายสมมุติ ตัวอย่างดี", "นายกเทศมนตรีนครตัวอย่าง"),
    paragraphs=(PARAGRAPH,),
    clauses=(Clause("ให้หน่วยงานต่อไปนี้รับผิดชอบ", table=DUTIES),),
)


def test_a_letter_of_ours_comes_in_and_reads_as_written(tmp_path: Path) -> None:
    path = tmp_path / "ประกาศ.pdf"
    path.write_bytes(render(LETTER))
    [page] = reading.read(path, path.name).texts
    written = "".join(page.text.split())
    for expected in (PARAGRAPH, LETTER.subject, "สำนักปลัดเทศบาล", "ประกาศณวันที่๒๖เมษายนพ.ศ.๒๕๖๔"):
        assert "".join(expected.split()) in written
    assert "นายสมมุติ ตัวอย่างดี" in page.text


def test_the_cells_of_a_table_stay_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(render(LETTER))
    [page] = reading.read(path, path.name).texts
    rows = [line.split() for line in page.text.splitlines() if "12," in line or "๑๒," in line]
    assert len(rows) == 1
    assert rows[0][-2:-1] == ["งานเทคโนโลยีสารสนเทศ"]
