"""The index of what anybody may inspect as a paper for the folder at the information centre."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.timezone import localdate

from prongsai.letters.documents import Sheet, Table
from prongsai.letters.gaps import render_with_gaps
from prongsai.record.addresses import public_path
from prongsai.record.inspection import Folder
from prongsai.thai.dates import format_date

HEADING = "ดัชนีข้อมูลข่าวสารที่ประชาชนเข้าตรวจดูได้"
# The address behind the number of a document, whose digits a reader has to type: words with letters keep theirs.
HEADINGS = (
    "ที่",
    "แฟ้ม",
    "เอกสาร",
    "ที่อยู่",
    "เผยแพร่ครั้งแรก",
    "ปรับปรุงล่าสุด",
    "หน่วยงานที่ดูแล",
)
NOTHING = "ยังไม่มีเอกสาร"


def index_pdf(folders: Iterable[Folder], *, origin: str, body: str, made_on: date) -> bytes:
    """One sheet of all folders that are given. Raises `CannotSet`."""
    found = list(folders)
    total = len({each.number for one in found for each in one.documents})
    subject = f"{total} เอกสาร ใน {len(found)} แฟ้ม เปิดดูได้ที่ {origin}/ ตามด้วยที่อยู่ในตาราง"
    numbered = tuple((str(place), *row) for place, row in enumerate(_rows(found), start=1))
    table = Table(header=HEADINGS, rows=numbered)
    return render_with_gaps(
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
                public_path("item", number=document.number).lstrip("/"),
                format_date(localdate(document.first_published_at), style="short"),
                format_date(localdate(document.updated_at), style="short"),
                document.unit_name_th,
            )
