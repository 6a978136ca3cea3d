"""What a second person says of a version of a chain, and why none is proposed."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ChainVerdict(TextChoices):
    CONFIRMED = "confirmed", _("ยืนยันให้ใช้")
    REFUSED = "refused", _("ไม่ให้ใช้")


class ChainBlocker(TextChoices):
    """Why a version of a chain cannot be proposed or confirmed."""

    NOT_ADMINISTRATOR = (
        "not_administrator",
        _("เสนอแก้สายการอนุมัติไม่ได้: เสนอได้เฉพาะผู้ดูแลระบบ — ส่งข้อความให้ผู้ดูแลระบบเสนอ"),
    )
    NO_REASON = "no_reason", _("เสนอไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าเปลี่ยนเพราะอะไร")
    NO_STEPS = "no_steps", _("เสนอไม่ได้: สายนี้ยังไม่มีขั้นใดเลย — ใส่ตำแหน่งอย่างน้อยหนึ่งขั้น")
    STEP_WITHOUT_SEATS = (
        "step_without_seats",
        _("เสนอไม่ได้: ขั้นที่ {detail} ไม่มีตำแหน่ง — เลือกตำแหน่ง หรือลบขั้นนี้"),
    )
    QUORUM = (
        "quorum",
        _("เสนอไม่ได้: จำนวนที่ต้องเห็นชอบของขั้นที่ {detail} ไม่อยู่ระหว่าง 1 กับจำนวนตำแหน่ง — แก้จำนวน"),
    )
    DAYS = (
        "days",
        _("เสนอไม่ได้: กำหนดเวลาของขั้นที่ {detail} ต้องไม่เกิน 60 วันทำการ — แก้จำนวนวัน"),
    )
    NOT_APPROVING_POST = (
        "not_approving_post",
        _("เสนอไม่ได้: ตำแหน่ง {detail} ไม่มีหรือไม่มีบทบาทผู้อนุมัติ จึงเห็นชอบไม่ได้ — เลือกตำแหน่งอื่น"),
    )
    DAY_IS_PAST = (
        "day_is_past",
        _("เสนอไม่ได้: วันเริ่มใช้ผ่านมาแล้ว — ใส่วันนี้หรือวันหลังจากนี้"),
    )
    WAITING_ALREADY = (
        "waiting_already",
        _("เสนอไม่ได้: สายนี้มีฉบับที่ {detail} รอการยืนยันอยู่ — ให้ยืนยันหรือไม่ให้ใช้ฉบับนั้นก่อน"),
    )
    CHANGED_MEANWHILE = (
        "changed_meanwhile",
        _("เสนอไม่ได้: มีผู้เสนอฉบับใหม่ของสายนี้ระหว่างที่ท่านแก้ — เปิดหน้านี้ใหม่แล้วแก้จากฉบับล่าสุด"),
    )
    IN_DOUBT = (
        "in_doubt",
        _(
            "เสนอไม่ได้: เมื่อใช้สายนี้ บางเรื่องจะเข้ากับสาย “{detail}” ด้วย และไม่รู้ว่าให้เดินสายใด — กำหนดให้สายหนึ่งเจาะจงกว่า"
        ),
    )
    LEAVES_GAP = (
        "leaves_gap",
        _("เสนอไม่ได้: เรื่องบางอย่างจะไม่มีสายการอนุมัติ ({detail}) — ให้มีสายทั่วไปรองรับก่อน"),
    )
    NOT_CONFIRMER = (
        "not_confirmer",
        _("ยืนยันไม่ได้: ยืนยันได้เฉพาะผู้ดูแลระบบคนอื่น หรือผู้อนุมัติของเทศบาล เช่น ปลัดหรือนายก — แจ้งผู้ที่มีสิทธิ"),
    )
    OWN_PROPOSAL = (
        "own_proposal",
        _("ยืนยันไม่ได้: ท่านเป็นผู้เสนอฉบับนี้เอง — ให้ผู้อื่นที่มีสิทธิอ่านและยืนยัน"),
    )
    SETTLED_ALREADY = (
        "settled_already",
        _("ยืนยันไม่ได้: ฉบับนี้มีผู้ลงความเห็นไปแล้ว — เปิดหน้านี้ใหม่เพื่อดูผล"),
    )
