"""Which chapter of the guides speaks of a screen: by the module of its view, or by its own name where that differs."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from prongsai.office.guides import chapters

Place = tuple[str, str]
OFFICER, APPROVER, ADMINISTRATOR = "officer", "approver", "administrator"
WRITE, AFTER = (OFFICER, "เขียนเรื่องใหม่"), (OFFICER, "หลังเผยแพร่")
SUBMIT, SCREEN = (OFFICER, "ส่งเข้าพิจารณา"), (OFFICER, "สำหรับผู้ตรวจกลั่นกรอง")
SIGN_IN = (OFFICER, "เข้าสู่ระบบ")
INBOX = (OFFICER, "หน้า “งานของฉัน”")
RECALL = (OFFICER, "เรียกคืนรายการที่เผยแพร่")
TEXTS = (OFFICER, "ไฟล์สแกนและข้อความของไฟล์")
# How a municipality adds duties of its own, for the page of lists.
OWN_DUTIES = (ADMINISTRATOR, "หน้าที่เผยแพร่ที่เทศบาลเพิ่มเอง")
# Last part of the module's name -> guide and heading of its chapter.
BY_MODULE: dict[str, Place] = {
    "acts": (ADMINISTRATOR, "บันทึกการกระทำ"),
    "appointments": (ADMINISTRATOR, "บทบาทและการแต่งตั้ง"),
    "attachments": WRITE,
    "bundles": (OFFICER, "ชุดเผยแพร่"),
    "chains": (APPROVER, "ใครอนุมัติอะไร (สายที่มากับระบบ)"),
    "circulation": (APPROVER, "กำหนดเวลา ตำแหน่งที่ว่าง และเรื่องที่แจ้งเพื่อทราบ"),
    "condition": (OFFICER, "สภาพของสิ่งที่เผยแพร่"),
    "dashboards": (OFFICER, "หน้า “ภาพรวมงาน”"),
    "deciding": (APPROVER, "พิจารณาเรื่อง"),
    "disclosures": WRITE,
    "duty_lists": (OFFICER, "รายการของปีใหม่"),
    "guides": INBOX,
    "identity": SIGN_IN,
    "incidents": (OFFICER, "เหตุข้อมูลส่วนบุคคล"),
    "inbox": INBOX,
    "inspecting": (OFFICER, "ดัชนีข้อมูลข่าวสาร"),
    "intake": (OFFICER, "นำเข้าหลายไฟล์พร้อมกัน"),
    "intake_manifest": (OFFICER, "นำเข้าหลายไฟล์พร้อมกัน"),
    "invitations": SIGN_IN,
    "naming": (ADMINISTRATOR, "บัญชีเจ้าหน้าที่"),
    "notices": (OFFICER, "ประกาศฉุกเฉิน"),
    "oversight": (ADMINISTRATOR, "บทบาทและการแต่งตั้ง"),
    "owed": (OFFICER, "สิ่งที่ต้องเผยแพร่"),
    "own": SIGN_IN,
    "packing": (OFFICER, "ชุดหลักฐานสำหรับผู้ประเมิน"),
    "pages": TEXTS,
    "paper_texts": (ADMINISTRATOR, "เลขที่หนังสือและถ้อยคำในเอกสาร"),
    "papers": AFTER,
    "people": (ADMINISTRATOR, "บัญชีเจ้าหน้าที่"),
    "published": AFTER,
    "recall_sets": RECALL,
    "recalls": RECALL,
    "redacting": (OFFICER, "ปิดทับข้อมูลในไฟล์"),
    "reorganising": (ADMINISTRATOR, "ปรับโครงสร้างหน่วยงาน"),
    "reporting": (OFFICER, "รายงานประจำปี"),
    "resets": (ADMINISTRATOR, "บัญชีเจ้าหน้าที่"),
    "schedule": (OFFICER, "กำหนดเผยแพร่"),
    "scoring": (OFFICER, "ประเมินตนเอง"),
    "screening": SCREEN,
    "searching": (OFFICER, "ค้นหา"),
    "sections": (ADMINISTRATOR, "บทบาทและการแต่งตั้ง"),
    "sessions": SIGN_IN,
    "stating": (OFFICER, "สิ่งที่ต้องเผยแพร่"),
    "submitting": SUBMIT,
    "tables": (OFFICER, "ตารางที่กรอกครั้งเดียว"),
    "texts": TEXTS,
    "uptime": (OFFICER, "เว็บไซต์เปิดได้หรือไม่"),
    "wishing": (OFFICER, "แจ้งงานทางอีเมล"),
    "withheld": SCREEN,
    "writing": WRITE,
}
BY_NAME: dict[str, Place] = {
    "decide_bundle": (APPROVER, "พิจารณาทั้งชุด"),
    "account": SIGN_IN,
    "health": (ADMINISTRATOR, "สิ่งที่ต้องเฝ้า"),
    "disclosures": INBOX,
}
OTHERWISE = SIGN_IN


def chapter_of(name: str, view: Callable[..., Any]) -> Place:
    """Guide and heading; screens of the accounts library have the chapter on signing in."""
    module = view.__module__
    last = module.rpartition(".")[2] if module.startswith("prongsai.office.views.") else ""
    return BY_NAME.get(name) or BY_MODULE.get(last, OTHERWISE)


def address_of(place: Place) -> str:
    """Where that chapter is read; the guide's beginning when it has none of that name."""
    guide, heading = place
    key = next((each.key for each in chapters(guide) if each.title == heading), "")
    return reverse("guide", kwargs={"guide": guide}) + (f"#{key}" if key else "")
