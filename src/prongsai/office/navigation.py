"""Where one can go from here, as a table; a place is shown to those who may enter it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from prongsai.office.desk import Desk
from prongsai.office.permissions import ROLE_RULES


@dataclass(frozen=True)
class Place:
    """A line of the navigation; `count` is what waits there, 0 for nothing."""

    name: str
    label: object
    address: str
    icon: str
    count: int = 0
    is_here: bool = False
    is_small: bool = False


# name of the address, label, icon, room of ROLE_RULES ("" = everyone), in the phone's bottom bar
TABLE: Sequence[tuple[str, object, str, str, bool]] = (
    ("inbox", _("งานของฉัน"), "inbox", "", True),
    ("dashboard", _("ภาพรวมงาน"), "chart", "", False),
    ("disclosures", _("เรื่องทั้งหมด"), "list", "", True),
    ("search", _("ค้นหา"), "search", "", False),
    ("start", _("เขียนเรื่องใหม่"), "pen", "write", True),
    ("bundles", _("ชุดเผยแพร่"), "shelf", "", False),
    ("intake", _("นำเข้าเอกสาร"), "upload", "write", False),
    ("owed", _("สิ่งที่ต้องเผยแพร่"), "check", "", False),
    ("published", _("เผยแพร่แล้ว"), "globe", "", False),
    ("papers_of_the_year", _("คำสั่งและประกาศประจำปี"), "file", "", False),
    ("notices", _("ประกาศฉุกเฉิน"), "warning", "", False),
    ("schedule", _("กำหนดเผยแพร่"), "clock", "", False),
    ("recall_sets", _("เรียกคืนเป็นชุด"), "back", "write", False),
    ("incidents", _("เหตุข้อมูลส่วนบุคคล"), "warning", "", False),
    ("withheld", _("ส่วนที่ปิดไว้"), "shield", "", False),
    ("sections", _("หมวดย่อย"), "shelf", "edit_sections", False),
    ("organisation", _("หน่วยงานและตำแหน่ง"), "people", "", False),
    ("reorganising", _("ปรับโครงสร้างหน่วยงาน"), "people", "reorganise", False),
    ("people", _("บัญชีเจ้าหน้าที่"), "key", "see_people", False),
    ("chains", _("สายการอนุมัติ"), "send", "", False),
    ("paper_texts", _("ถ้อยคำในเอกสารราชการ"), "file", "edit_paper_texts", False),
    ("acts", _("บันทึกการกระทำ"), "trail", "see_acts", False),
    ("health", _("สภาพของระบบ"), "pulse", "see_health", False),
    ("help", _("คู่มือย่อ"), "help", "", False),
)


def places(desk: Desk, waiting: int, path: str) -> list[Place]:
    """The places open to this desk, with the one at `path` marked."""
    open_rows = [row for row in TABLE if not row[3] or ROLE_RULES[row[3]][0] & desk.roles]
    here = max(
        (reverse(row[0]) for row in open_rows if path.startswith(reverse(row[0]))),
        key=len,
        default="",
    )
    return [
        Place(
            name=name,
            label=label,
            address=reverse(name),
            icon=icon,
            count=waiting if name == "inbox" else 0,
            is_here=reverse(name) == here,
            is_small=is_small,
        )
        for name, label, icon, _room, is_small in open_rows
    ]
