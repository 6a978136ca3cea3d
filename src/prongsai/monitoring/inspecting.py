"""The index of what anybody may inspect as a paper for the folder at the information centre."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.timezone import localdate

from prongsai.letters.documents import Sheet, Table
from prongsai.letters.render import render
from prongsai.record.inspection import Folder
from prongsai.thai.dates import format_date

HEADING = "ดัชนีข้อมูลข่าวสารที่ประชาชนเข้าตรวจดูได้"
HEADINGS = (
    "แฟ้ม",
    "เอกสาร",
    "เลขทะเบียน",
    "เผยแพร่ครั้งแรก",
    "ปรับปรุงล่าสุด",
    "หน่วยงานที่ดูแล",
)
NOTHING = "ยังไม่มีเอกสาร"


def index_pdf(folders: Iterable[Folder], *, origin: str, body: str, made_on: date) -> bytes:
    """One sheet of all folders that are given. Raises `CannotSet`."""
    found = list(folders)
    total = len({each.number for one in found for each in one.documents})
    subject = (
        f"{total} เอกสาร ใน {len(found)} แฟ้ม ณ วันที่ {format_date(made_on)}"
        f" เปิดเอกสารได้ที่ {origin}/p/ ตามด้วยเลขทะเบียน"
    )
    table = Table(header=HEADINGS, rows=tuple(_rows(found)))
    return render(
        Sheet(heading=HEADING, issuing_body=body, subject=subject, made_on=made_on, table=table)
    )


def _rows(folders: Iterable[Folder]) -> Iterator[tuple[str, ...]]:
    for each in folders:
        name = f"{each.duty.clause} {each.duty.label_th}"
        if not each.documents:
            yield (name, NOTHING, "", "", "", "")
        for document in each.documents:
            yield (
                name,
                document.title,
                document.number,
                format_date(localdate(document.first_published_at), style="short"),
                format_date(localdate(document.updated_at), style="short"),
                document.unit_name_th,
            )
