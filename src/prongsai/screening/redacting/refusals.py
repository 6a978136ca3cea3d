"""Why nothing can be drawn or made, and why what was made may not be used: sentences for the officer."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.files.redaction import problems
from prongsai.organisation.refusals import CannotAct


class CannotRedactFile(CannotAct):
    """The file stays as it is, and so does what was drawn over it."""


SENTENCES = {
    "no_file": gettext_lazy("ปิดทับไม่ได้ เพราะไม่มีไฟล์ในช่องนี้แล้ว โปรดเปิดหน้าเขียนแล้วเลือกไฟล์ใหม่"),
    "other_file": gettext_lazy(
        "ปิดทับไม่ได้ เพราะไฟล์ในช่องนี้ถูกเปลี่ยนระหว่างที่ท่านทำกรอบ โปรดเปิดหน้าปิดทับของไฟล์ปัจจุบันใหม่"
    ),
    "wrong_type": gettext_lazy(
        "ปิดทับไฟล์ชนิดนี้ในระบบไม่ได้ โปรดลบข้อมูลในต้นฉบับ หรือพิมพ์เป็น PDF (Print to PDF) แล้วแนบไฟล์ PDF แทน"
    ),
    "being_made": gettext_lazy("แก้กรอบไม่ได้ เพราะระบบกำลังสร้างไฟล์ที่ปิดทับ โปรดรอให้เสร็จก่อน"),
    "no_page": gettext_lazy("บันทึกกรอบไม่ได้ เพราะไฟล์ไม่มีหน้านี้ โปรดเปิดหน้าปิดทับใหม่"),
    "bad_mark": gettext_lazy("บันทึกกรอบไม่ได้ เพราะตำแหน่งของกรอบไม่ถูกต้อง โปรดเปิดหน้าปิดทับใหม่แล้ววาดอีกครั้ง"),
    "too_many": gettext_lazy(
        "บันทึกกรอบไม่ได้ เพราะมีกรอบมากเกินไป โปรดใช้กรอบที่ใหญ่ขึ้น หรือแยกไฟล์เป็นหลายไฟล์"
    ),
    "long_ground": gettext_lazy("บันทึกกรอบไม่ได้ เพราะเหตุผลยาวเกิน 300 ตัวอักษร โปรดย่อให้สั้นลง"),
    "not_marked": gettext_lazy("สร้างไฟล์ไม่ได้ เพราะยังไม่มีกรอบหรือช่องที่จะปิดทับ โปรดเลือกอย่างน้อยหนึ่งแห่ง"),
    "still_reading": gettext_lazy(
        "สร้างไฟล์ยังไม่ได้ เพราะระบบยังอ่านหน้าสแกนไม่ครบ จึงตรวจผลไม่ได้ กรอบที่ทำไว้ยังอยู่ โปรดกลับมาสร้างเมื่ออ่านเสร็จ"
    ),
    "nothing_to_undo": gettext_lazy(
        "เรียกต้นฉบับกลับไม่ได้ เพราะไฟล์ในช่องนี้ไม่ใช่ไฟล์ที่ปิดทับแล้ว โปรดเปิดหน้าเขียนเพื่อดูไฟล์ปัจจุบัน"
    ),
    "no_cover": gettext_lazy(
        "บันทึกคำตอบไม่ได้ เพราะไฟล์ในช่องนี้ไม่ใช่ไฟล์ที่ปิดทับแล้ว โปรดเปิดหน้าส่งเข้าพิจารณาใหม่"
    ),
    "no_part": gettext_lazy(
        "บันทึกคำตอบไม่ได้ เพราะรายการในทะเบียนที่เลือกไม่อยู่แล้ว โปรดเลือกรายการอื่น หรือลงทะเบียนใหม่"
    ),
    "no_cover_reason": gettext_lazy(
        "บันทึกคำตอบไม่ได้ เพราะยังไม่ได้บอกว่าเหตุใดจึงไม่ต้องลงทะเบียน โปรดเลือกหนึ่งข้อ"
    ),
    "other_ground": gettext_lazy(
        "ตอบว่าปิดเฉพาะข้อมูลส่วนบุคคลไม่ได้ เพราะมีกรอบที่ให้เหตุผลไว้ว่า {grounds} โปรดลงทะเบียนส่วนที่ปิดไว้ หรือแก้เหตุผลของกรอบนั้น"
    ),
    "unanswered": gettext_lazy(
        "ยังไม่ได้ตอบว่าส่วนที่ปิดทับในไฟล์ “{name}” ต้องลงทะเบียนหรือไม่ — ตอบในหน้าส่งเข้าพิจารณา"
    ),
    "too_early": gettext_lazy("กำหนดวันนี้ไม่ได้ เพราะเป็นวันที่ผ่านมาแล้ว โปรดเลือกวันในอนาคต"),
}
# Beside what a check of the result finds: why there is no result at all.
UNMADE = {
    "broken": gettext_lazy("สร้างไฟล์ไม่ได้ เพราะเปิดต้นฉบับเพื่อปิดทับไม่ได้ โปรดพิมพ์ต้นฉบับเป็น PDF ใหม่แล้วแนบแทน"),
    "memory": gettext_lazy("สร้างไฟล์ไม่ได้ เพราะไฟล์ใช้หน่วยความจำมากเกินไป โปรดแยกเป็นไฟล์ที่มีหน้าน้อยลง"),
    "time": gettext_lazy("สร้างไฟล์ไม่ได้ เพราะใช้เวลานานเกินไป โปรดแยกเป็นไฟล์ที่มีหน้าน้อยลง"),
    "ended": gettext_lazy(
        "สร้างไฟล์ไม่ได้ เพราะโปรแกรมหยุดทำงานหลายครั้ง โปรดลองอีกครั้ง หรือพิมพ์ต้นฉบับเป็น PDF ใหม่"
    ),
    "replaced": gettext_lazy(
        "สร้างเสร็จแต่ไม่ได้แนบ เพราะไฟล์ในช่องนี้ถูกเปลี่ยนระหว่างนั้น โปรดเปิดหน้าปิดทับของไฟล์ปัจจุบัน"
    ),
    "not_attached": gettext_lazy("สร้างเสร็จแต่ไม่ได้แนบ: {where}"),
}


def sentence(problem: Mapping[str, Any]) -> str:
    """What a kept problem says, and what to do; its excerpt is masked."""
    page = problem["page"]
    place = _("ในหน้า {page}").format(page=page) if page else _("ในไฟล์")
    text = str(UNMADE.get(problem["kind"]) or problems.SENTENCES[problem["kind"]])
    return text.format(place=place, excerpt=problem["excerpt"], where=problem["where"])


def is_confirmable(problem: Mapping[str, Any]) -> bool:
    """Whether a person may look and say that it is something else."""
    return problem["kind"] in problems.CONFIRMABLE
