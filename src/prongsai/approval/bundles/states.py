"""Where a bundle stands, and why something cannot be done with it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from prongsai.approval.states import SubmissionState


class BundleState(TextChoices):
    """Computed from its last sending (`queries.state_of`), stored nowhere."""

    DRAFTING = "drafting", _("กำลังจัดชุด")
    UNDER_WAY = "under_way", _("อยู่ระหว่างพิจารณา")
    APPROVED = "approved", _("อนุมัติแล้ว รอเผยแพร่")
    PUBLISHED = "published", _("เผยแพร่แล้ว")
    CLOSED = "closed", _("เลิกชุดแล้ว")


# What is not here came back to its writers.
BY_SUBMISSION = {
    SubmissionState.UNDER_WAY: BundleState.UNDER_WAY,
    SubmissionState.APPROVED: BundleState.APPROVED,
    SubmissionState.PUBLISHED: BundleState.PUBLISHED,
}


class BundleBlocker(TextChoices):
    """Why a bundle cannot be arranged, sent or decided, and what to do."""

    NOT_AUTHOR = (
        "not_author",
        _("จัดชุดไม่ได้: ท่านแก้ไขเรื่อง “{detail}” ไม่ได้ในวันนี้ — นำเรื่องนี้ออก หรือให้เจ้าหน้าที่ที่แก้ได้ทุกเรื่องจัดชุด"),
    )
    NOT_OF_UNIT = (
        "not_of_unit",
        _("จัดชุดไม่ได้: ท่านไม่ใช่เจ้าหน้าที่ของหน่วยงานที่ดูแลชุดนี้ในวันนี้ — ให้เจ้าหน้าที่ของหน่วยงานนั้นจัด"),
    )
    NO_TITLE = "no_title", _("จัดชุดไม่ได้: ยังไม่มีชื่อชุด — ตั้งชื่อที่ประชาชนอ่านแล้วรู้ว่าชุดนี้คืออะไร")
    TITLE_TOO_LONG = (
        "title_too_long",
        _("จัดชุดไม่ได้: ชื่อชุดยาว {detail} ตัวอักษร แต่ยาวได้ไม่เกิน 300 — ย่อชื่อให้สั้นลง"),
    )
    TITLE_UNSPEAKABLE = (
        "title_unspeakable",
        _("ส่งชุดไม่ได้: ชื่อชุดมี “{detail}” ซึ่งเปิดเผยไม่ได้ — แก้ชื่อชุด"),
    )
    IN_ANOTHER = (
        "in_another",
        _("จัดชุดไม่ได้: เรื่อง “{detail}” อยู่ในชุดอื่นแล้ว — นำออกจากชุดนั้นก่อน หรือเลือกเรื่องอื่น"),
    )
    IS_STATEMENT = (
        "is_statement",
        _("จัดชุดไม่ได้: “{detail}” เป็นถ้อยแถลง ซึ่งส่งทีละเรื่อง — นำออกจากชุด แล้วส่งจากหน้าของถ้อยแถลง"),
    )
    NO_DRAFT = (
        "no_draft",
        _("จัดชุดไม่ได้: เรื่อง “{detail}” ไม่ได้เป็นร่างแล้ว — เปิดเรื่องนั้นเพื่อดูขั้นปัจจุบัน หรือนำออกจากชุด"),
    )
    ON_ITS_WAY = (
        "on_its_way",
        _("แก้ชุดไม่ได้: ชุดนี้อยู่ในขั้น “{detail}” — รอผล หรือขอคืนทั้งชุดก่อน"),
    )
    TOO_FEW = (
        "too_few",
        _("ส่งชุดไม่ได้: ชุดต้องมีอย่างน้อยสองเรื่อง — เพิ่มเรื่อง หรือส่งเรื่องเดียวตามปกติ"),
    )
    TOO_MANY = (
        "too_many",
        _("จัดชุดไม่ได้: มี {detail} เรื่อง แต่ชุดหนึ่งมีได้ไม่เกิน 50 เรื่อง — แบ่งเป็นหลายชุด"),
    )
    CHANGED_MEANWHILE = (
        "changed_meanwhile",
        _("ส่งชุดไม่ได้: มีผู้แก้ชื่อหรือรายการเรื่องของชุดนี้หลังจากท่านเปิดหน้า — อ่านรายการล่าสุดแล้วส่งใหม่"),
    )
    MEMBER = "member", "{detail}"
    DIFFERENT_CHAINS = (
        "different_chains",
        _("ส่งชุดไม่ได้: เรื่องในชุดเดินสายการอนุมัติต่างกัน ({detail}) — แยกเรื่องที่เดินคนละสายเป็นคนละชุด"),
    )
    DIFFERENT_WAYS = (
        "different_ways",
        _("ส่งชุดไม่ได้: ขั้นของเรื่องต่างหน่วยงานรวมเป็นสายเดียวไม่ได้ — แยกเรื่องของแต่ละหน่วยงานเป็นคนละชุด"),
    )
    OTHER_MEMBERS = (
        "other_members",
        _("พิจารณาไม่ได้: ชุดที่ท่านเปิดอ่านไม่ใช่ชุดที่เสนอ — เปิดหน้านี้ใหม่แล้วอ่านอีกครั้ง"),
    )
    BASE_CHANGED = (
        "base_changed",
        _(
            "เห็นชอบไม่ได้: ฉบับที่เผยแพร่อยู่ของเรื่อง “{detail}” ไม่ใช่ฉบับที่นำมาแก้แล้ว — ส่งกลับทั้งชุดให้ผู้เสนอเทียบกับฉบับปัจจุบัน"
        ),
    )
    DIFFERENT_TURNS = (
        "different_turns",
        _("พิจารณาไม่ได้: วันนี้ท่านพิจารณาบางเรื่องของชุดแทนผู้อื่น แต่บางเรื่องไม่ — ให้ผู้ที่พิจารณาได้ทุกเรื่องพิจารณา"),
    )
    NOT_SENT = "not_sent", _("ทำไม่ได้: ชุดนี้ยังไม่ได้ส่งเข้าพิจารณา — ส่งชุดก่อน")
