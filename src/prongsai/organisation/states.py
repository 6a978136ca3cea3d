"""Choices of the organisation."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class UnitLevel(TextChoices):
    MUNICIPALITY = "municipality", _("เทศบาล")
    DIVISION = "division", _("กอง/สำนัก")
    SECTION = "section", _("ฝ่าย/งาน")


class Capacity(TextChoices):
    """How a person holds a post: in their own right, or standing in for a vacancy or an absence."""

    SUBSTANTIVE = "substantive", _("ดำรงตำแหน่ง")
    ACTING = "acting", _("รักษาราชการแทน")
    ON_DUTY = "on_duty", _("ปฏิบัติหน้าที่")


class Standing(TextChoices):
    """Whether an appointment counts. A post that decides, or says who does, takes the word of two people."""

    COUNTS = "counts", _("มีผล")
    WAITING = "waiting", _("รอผู้อื่นยืนยัน")
    REFUSED = "refused", _("ไม่ได้รับการยืนยัน")


class RoleCode(TextChoices):
    """Roles that code asks for; their Thai descriptions are data (`data/roles.toml`)."""

    OFFICER = "officer", _("เจ้าหน้าที่")
    SCREENER = "screener", _("ผู้ตรวจกลั่นกรอง")
    APPROVER = "approver", _("ผู้อนุมัติ")
    WEBMASTER = "webmaster", _("ผู้ดูแลเว็บไซต์")
    ADMINISTRATOR = "administrator", _("ผู้ดูแลระบบ")
    AUDITOR = "auditor", _("ผู้ตรวจสอบ")


class Outcome(TextChoices):
    DONE = "done", _("สำเร็จ")
    REFUSED = "refused", _("ถูกปฏิเสธ")


class AppointmentBlocker(TextChoices):
    """Why an appointment cannot be made or ended."""

    NO_ORDER = (
        "no_order",
        _("แต่งตั้งไม่ได้: การรักษาราชการแทนหรือปฏิบัติหน้าที่ต้องมีเลขที่และวันที่ของคำสั่ง — เติมทั้งสองช่อง"),
    )
    ENDS_BEFORE_IT_BEGINS = (
        "ends_before_it_begins",
        _("แต่งตั้งไม่ได้: วันสิ้นสุดมาก่อนวันเริ่ม — แก้วันใดวันหนึ่ง"),
    )
    YEAR_IN_DOUBT = (
        "year_in_doubt",
        _("แต่งตั้งไม่ได้: ปี {detail} น่าจะเป็น พ.ศ. ที่เขียนไว้แทน ค.ศ. — แก้ปีของวันที่"),
    )
    POST_IS_HELD = (
        "post_is_held",
        _(
            "แต่งตั้งไม่ได้: {detail} ดำรงตำแหน่งนี้อยู่ในช่วงเวลาเดียวกัน — ให้ตำแหน่งเดิมสิ้นสุดก่อน หรือแต่งตั้งเป็นการรักษาราชการแทน"
        ),
    )
    HOLDS_IT_ALREADY = (
        "holds_it_already",
        _("แต่งตั้งไม่ได้: {detail} อยู่ในตำแหน่งนี้แล้วในช่วงเวลาเดียวกัน — ให้ช่วงเดิมสิ้นสุดก่อน"),
    )
    NOT_ADMINISTRATOR = (
        "not_administrator",
        _("ทำรายการไม่ได้: เปลี่ยนผู้ดำรงตำแหน่งได้เฉพาะผู้ดูแลระบบ — ส่งคำสั่งแต่งตั้งให้ผู้ดูแลระบบ"),
    )
    OWN_APPOINTMENT = (
        "own_appointment",
        _("แต่งตั้งไม่ได้: ผู้ดูแลระบบแต่งตั้งตนเองไม่ได้ — ให้ผู้ดูแลระบบคนอื่นบันทึกคำสั่งนี้"),
    )
    DELEGATION_NOT_ALLOWED = (
        "delegation_not_allowed",
        _("มอบหมายไม่ได้: เทศบาลนี้ให้ผู้ดูแลระบบบันทึกคำสั่งเท่านั้น — ส่งคำสั่งให้ผู้ดูแลระบบ"),
    )
    NOT_OWN_POST = (
        "not_own_post",
        _("มอบหมายไม่ได้: มอบหมายได้เฉพาะตำแหน่งที่ท่านดำรงเองในวันนี้ ไม่ใช่ตำแหน่งที่แทนผู้อื่น — เลือกตำแหน่งของท่าน"),
    )
    NO_END = (
        "no_end",
        _("มอบหมายไม่ได้: การมอบหมายชั่วคราวต้องมีวันสิ้นสุด — เติมวันสุดท้ายที่ให้แทน"),
    )
    TO_YOURSELF = "to_yourself", _("มอบหมายไม่ได้: ผู้รับมอบคือท่านเอง — เลือกผู้อื่น")
    HOLDS_NO_POST = (
        "holds_no_post",
        _("มอบหมายไม่ได้: {detail} ไม่มีตำแหน่งในวันนี้ — เลือกผู้ที่มีตำแหน่งในเทศบาล"),
    )
    SUBSTANTIVE_SCOPE = (
        "substantive_scope",
        _("แต่งตั้งไม่ได้: ผู้ดำรงตำแหน่งเองมีอำนาจเต็ม จึงจำกัดขอบเขตไม่ได้ — ลบขอบเขต หรือเลือกการแทน"),
    )
    NOT_SECOND = (
        "not_second",
        _("ยืนยันไม่ได้: ยืนยันได้เฉพาะผู้ดูแลระบบคนอื่น หรือผู้อนุมัติของเทศบาล เช่น ปลัดหรือนายก — แจ้งผู้ที่มีสิทธิ"),
    )
    OWN_WORD = (
        "own_word",
        _("ยืนยันไม่ได้: ผู้บันทึกคำสั่งและผู้ได้รับแต่งตั้งยืนยันเองไม่ได้ — ให้ผู้อื่นที่มีสิทธิเทียบกับคำสั่งแล้วยืนยัน"),
    )
    SETTLED_ALREADY = (
        "settled_already",
        _("ยืนยันไม่ได้: คำสั่งนี้มีคำตอบแล้วหรือไม่ต้องยืนยัน — เปิดหน้านี้ใหม่เพื่อดูผล"),
    )
    NO_REASON = "no_reason", _("ไม่ให้มีผลไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนว่าไม่ตรงกับคำสั่งอย่างไร")
    ENDED_ALREADY = (
        "ended_already",
        _("สิ้นสุดตำแหน่งไม่ได้: ตำแหน่งนี้สิ้นสุดไปแล้วเมื่อ {detail} — ตรวจว่าเลือกรายการถูกต้อง"),
    )
    PROLONGS_POWER = (
        "prolongs_power",
        _("เลื่อนวันสิ้นสุดออกไปไม่ได้: ตำแหน่งนี้อนุมัติหรือดูแลระบบ — บันทึกคำสั่งใหม่ต่อจากวันสิ้นสุดเดิม ซึ่งมีผลเมื่อผู้อื่นยืนยัน"),
    )
    UNIT_ENDED = (
        "unit_ended",
        _("เลื่อนวันสิ้นสุดออกไปไม่ได้: หน่วยงานของตำแหน่งนี้ยุบไปแล้ว — แต่งตั้งในตำแหน่งของหน่วยงานที่ยังมีอยู่"),
    )


class AccountBlocker(TextChoices):
    """Why an account cannot be opened or changed."""

    NOT_ADMINISTRATOR = (
        "not_administrator",
        _("ทำรายการไม่ได้: เปิดและเปลี่ยนบัญชีได้เฉพาะผู้ดูแลระบบ — ติดต่อผู้ดูแลระบบ"),
    )
    OWN_ACCOUNT = (
        "own_account",
        _("ทำรายการไม่ได้: ผู้ดูแลระบบเปลี่ยนบัญชีของตนเองไม่ได้ — ให้ผู้ดูแลระบบคนอื่นทำ"),
    )
    NO_REASON = ("no_reason", _("ทำรายการไม่ได้: ยังไม่มีเหตุผล — เขียนเหตุผลหรือเลขที่คำสั่งสั้น ๆ"))
    NAME_IS_TAKEN = (
        "name_is_taken",
        _("เปิดบัญชีไม่ได้: มีชื่อผู้ใช้ {detail} อยู่แล้ว — ใช้ชื่ออื่น หรือค้นหาบัญชีเดิม"),
    )


class ReorganisationBlocker(TextChoices):
    """Why units cannot be merged or renamed."""

    NOT_ADMINISTRATOR = (
        "not_administrator",
        _("ปรับโครงสร้างไม่ได้: ทำได้เฉพาะผู้ดูแลระบบ — ส่งคำสั่งให้ผู้ดูแลระบบ"),
    )
    NO_ORDER = (
        "no_order",
        _("ปรับโครงสร้างไม่ได้: ยังไม่ได้บอกคำสั่งหรือประกาศที่ให้ปรับ — ใส่เลขที่และวันที่ของคำสั่ง"),
    )
    NO_SUCCESSOR = (
        "no_successor",
        _("ยุบรวมไม่ได้: ยังไม่ได้เลือกหน่วยงานที่รับช่วง — เลือกหน่วยงานอื่นที่ยังมีอยู่"),
    )
    SAME_UNIT = "same_unit", _("ยุบรวมไม่ได้: เลือกหน่วยงานเดียวกันสองครั้ง — เลือกหน่วยงานที่รับช่วงใหม่")
    ENDED = (
        "ended",
        _("ปรับโครงสร้างไม่ได้: {detail} ยุบไปแล้ว — เลือกหน่วยงานที่ยังมีอยู่"),
    )
    NO_RESIDUAL = (
        "no_residual",
        _(
            "ยุบเลิกไม่ได้: ยังไม่มีหน่วยงานที่รับงานที่เหลือ — ใส่ residual_unit ใน municipality.toml เป็นรหัสหน่วยงานอื่น เช่น สำนักปลัด"
        ),
    )
    HAS_CHILDREN = (
        "has_children",
        _("ยุบเลิกไม่ได้: ยังมีหน่วยงานในสังกัดคือ {detail} — ยุบหรือย้ายหน่วยงานนั้นก่อน"),
    )
    CHAIN_ASKS_IT = (
        "chain_asks_it",
        _("ยุบเลิกไม่ได้: สายการอนุมัติ “{detail}” ให้ตำแหน่งในหน่วยงานนี้พิจารณา — เปลี่ยนสายนั้นก่อน"),
    )
    ASKED_ELSEWHERE = (
        "asked_elsewhere",
        _(
            "ยุบเลิกไม่ได้: มีเรื่องของหน่วยงานอื่น {detail} เรื่องที่รอตำแหน่งในหน่วยงานนี้ — ให้พิจารณาให้เสร็จ หรือขอเรื่องคืนก่อน"
        ),
    )
    LAST_ADMINISTRATOR = (
        "last_administrator",
        _("ยุบเลิกไม่ได้: หลังจากนั้นจะไม่มีผู้ดูแลระบบเหลืออยู่ — แต่งตั้งผู้ดูแลระบบในหน่วยงานอื่นก่อน"),
    )
    AT_THE_GATE = (
        "at_the_gate",
        _("ยุบเลิกไม่ได้ขณะนี้: มีเรื่องของหน่วยงานนี้กำลังผ่านประตูเผยแพร่ — รอไม่กี่วินาทีแล้วดูผลใหม่"),
    )
    SUCCESSOR_IS_BELOW = (
        "successor_is_below",
        _("ยุบรวมไม่ได้: {detail} อยู่ใต้หน่วยงานที่จะยุบ — เลือกหน่วยงานที่อยู่นอกหน่วยงานนั้น"),
    )
    RAISES_POSTS = (
        "raises_posts",
        _(
            "ยุบรวมไม่ได้: {detail} จะกลายเป็นผู้อนุมัติของเทศบาลทั้งหมด — เลือกหน่วยงานอื่นที่รับช่วง หรือยุบเลิกแล้วบันทึกคำสั่งแต่งตั้งใหม่"
        ),
    )
    NO_NAME = "no_name", _("เปลี่ยนชื่อไม่ได้: ชื่อใหม่ว่างหรือเหมือนเดิม — ใส่ชื่อใหม่")
    NAME_TAKEN = (
        "name_taken",
        _("เปลี่ยนชื่อไม่ได้: มีหน่วยงานชื่อ {detail} แล้ว — ใช้ชื่ออื่น หรือยุบรวมแทน"),
    )
    UNDER_WAY = (
        "under_way",
        _("เปลี่ยนชื่อไม่ได้: มี {detail} เรื่องที่เสนอด้วยชื่อเดิมและยังไม่เผยแพร่ — รอให้เสร็จ หรือขอเรื่องคืนก่อน"),
    )
    CHAIN_NAMES_IT = (
        "chain_names_it",
        _("ยุบรวมไม่ได้: สายการอนุมัติ “{detail}” ใช้เฉพาะหน่วยงานนี้ — เปลี่ยนหรือเลิกใช้สายนั้นก่อน"),
    )
    ORDER_NAMES_IT = (
        "order_names_it",
        _(
            "ยุบรวมไม่ได้: คำสั่งรักษาราชการแทนของ {detail} จำกัดไว้ที่หน่วยงานนี้ — ให้คำสั่งนั้นสิ้นสุดก่อน แล้วบันทึกคำสั่งใหม่"
        ),
    )
    CHANGED_SINCE = (
        "changed_since",
        _("ยังไม่ได้ปรับโครงสร้าง: มีบางอย่างเปลี่ยนไปหลังจากที่ท่านดูผล — อ่านผลที่แสดงใหม่แล้วยืนยันอีกครั้ง"),
    )
