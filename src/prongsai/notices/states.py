"""How an emergency notice stands, what the Common Alerting Protocol says of it, and why an act is refused."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class NoticeState(TextChoices):
    DRAFT = "draft", _("กำลังเขียน")
    AWAITING_DIRECTOR = "awaiting_director", _("รอผู้อำนวยการเห็นชอบ")
    LIVE = "live", _("อยู่บนเว็บไซต์")
    ENDED = "ended", _("สิ้นสุดแล้ว")
    REVIEWED = "reviewed", _("ทบทวนแล้ว")


class Stage(TextChoices):
    """How far one wording has come. A live notice may have a second wording on its way."""

    DRAFT = "draft", _("กำลังเขียน")
    AWAITING_DIRECTOR = "awaiting_director", _("รอผู้อำนวยการเห็นชอบ")
    APPROVED = "approved", _("เห็นชอบแล้ว")


class Message(TextChoices):
    """What a wording tells those who know the one before it."""

    ALERT = "alert", _("ประกาศแรก")
    UPDATE = "update", _("ปรับปรุงข้อความ")
    RENEWAL = "renewal", _("ต่อเวลา")


class EndCause(TextChoices):
    EXPIRED = "expired", _("หมดเวลาตามที่กำหนด")
    OVER = "over", _("เหตุการณ์สิ้นสุดแล้ว")
    WRONG = "wrong", _("ประกาศคลาดเคลื่อน ขอยกเลิก")
    RECALLED = "recalled", _("เรียกคืน ลบข้อความแล้ว")


# What the public has seen, and goes on seeing in the register.
PUBLIC_STATES = frozenset({NoticeState.LIVE, NoticeState.ENDED, NoticeState.REVIEWED})


class Category(TextChoices):
    """CAP 1.2, element `category`."""

    MET = "Met", _("สภาพอากาศ น้ำท่วม พายุ")
    FIRE = "Fire", _("ไฟไหม้")
    GEO = "Geo", _("แผ่นดินไหว ดินถล่ม")
    HEALTH = "Health", _("โรคระบาด สุขภาพ")
    ENV = "Env", _("มลพิษ สิ่งแวดล้อม")
    SAFETY = "Safety", _("ความปลอดภัยสาธารณะ")
    SECURITY = "Security", _("ความมั่นคง ความสงบเรียบร้อย")
    RESCUE = "Rescue", _("การค้นหาและกู้ภัย")
    TRANSPORT = "Transport", _("ถนน การเดินทาง")
    INFRA = "Infra", _("น้ำประปา ไฟฟ้า สาธารณูปโภค")
    CBRNE = "CBRNE", _("สารเคมี ชีวภาพ รังสี วัตถุระเบิด")
    OTHER = "Other", _("เหตุอื่น")


class Severity(TextChoices):
    """CAP 1.2, element `severity`."""

    EXTREME = "Extreme", _("ร้ายแรงที่สุดต่อชีวิตหรือทรัพย์สิน")
    SEVERE = "Severe", _("ร้ายแรงมาก")
    MODERATE = "Moderate", _("ปานกลาง")
    MINOR = "Minor", _("เล็กน้อย")
    UNKNOWN = "Unknown", _("ยังไม่ทราบความรุนแรง")


class Urgency(TextChoices):
    """CAP 1.2, element `urgency`."""

    IMMEDIATE = "Immediate", _("ต้องทำทันที")
    EXPECTED = "Expected", _("ต้องทำภายในหนึ่งชั่วโมง")
    FUTURE = "Future", _("ต้องทำในเวลาอันใกล้")
    PAST = "Past", _("ไม่ต้องทำอะไรแล้ว")
    UNKNOWN = "Unknown", _("ยังไม่ทราบความเร่งด่วน")


class Certainty(TextChoices):
    """CAP 1.2, element `certainty`."""

    OBSERVED = "Observed", _("เกิดขึ้นแล้วหรือกำลังเกิด")
    LIKELY = "Likely", _("น่าจะเกิด")
    POSSIBLE = "Possible", _("อาจเกิด")
    UNLIKELY = "Unlikely", _("ไม่น่าเกิด")
    UNKNOWN = "Unknown", _("ยังไม่ทราบความแน่นอน")


class Channel(TextChoices):
    """Ways out beside the site itself."""

    EMAIL = "email", _("อีเมล")
    WEBHOOK = "webhook", _("เว็บฮุก")
    LINE = "line", _("LINE")


class DeliveryState(TextChoices):
    WAITING = "waiting", _("รอส่ง")
    SENT = "sent", _("ส่งแล้ว")
    GIVEN_UP = "given_up", _("ส่งไม่สำเร็จ เลิกลองแล้ว")


class WriteBlocker(TextChoices):
    """Why a wording is not saved or not sent to the director."""

    NOT_WRITER = (
        "not_writer",
        _("เขียนประกาศไม่ได้: ตำแหน่ง {detail} ไม่มีบทบาทเจ้าหน้าที่ในวันนี้ — ให้เจ้าหน้าที่เป็นผู้เขียน"),
    )
    NOT_DRAFT = (
        "not_draft",
        _("แก้ไขไม่ได้: ข้อความนี้อยู่ในขั้น “{detail}” — ถ้าประกาศอยู่แล้วให้กดปรับปรุงข้อความ"),
    )
    NOT_LIVE = (
        "not_live",
        _("ทำไม่ได้: ประกาศนี้ไม่ได้อยู่บนเว็บไซต์แล้ว ({detail}) — เขียนประกาศใหม่หากเหตุยังมีอยู่"),
    )
    WORDING_UNDER_WAY = (
        "wording_under_way",
        _("เริ่มข้อความใหม่ไม่ได้: มีข้อความปรับปรุงอีกฉบับค้างอยู่ — เขียนฉบับนั้นต่อ หรือรอผู้อำนวยการ"),
    )
    FIELD_MISSING = "field_missing", _("ส่งไม่ได้: ยังไม่ได้กรอก “{detail}” — กรอกให้ครบแล้วส่งใหม่")
    TIME_IS_PAST = (
        "time_is_past",
        _("ส่งไม่ได้: เวลาสิ้นสุด {detail} ผ่านไปแล้วหรือเหลือไม่ถึง 10 นาที — ตั้งเวลาสิ้นสุดใหม่"),
    )
    TIME_IS_FAR = (
        "time_is_far",
        _("ส่งไม่ได้: เวลาสิ้นสุดไกลเกิน {detail} ชั่วโมงนับจากนี้ — ตั้งให้สั้นลง แล้วต่อเวลาเมื่อจำเป็น"),
    )
    UNSPEAKABLE = (
        "unspeakable",
        _("ส่งไม่ได้: ข้อความมีข้อมูลส่วนบุคคลหรือข้อความลับ “{detail}” — ลบออกก่อนส่ง"),
    )
    NAME_IS_TAKEN = (
        "name_is_taken",
        _("เริ่มประกาศไม่ได้: ชื่อที่อยู่ของประกาศนี้มีประกาศอื่นใช้แล้ว — เปิดหน้าเขียนประกาศใหม่อีกครั้ง"),
    )
    TOO_LONG = "too_long", _("บันทึกไม่ได้: “{detail}” ยาวเกินไปสำหรับหน้าจอโทรศัพท์ — ย่อให้สั้นลง")
    NO_DIRECTOR = (
        "no_director",
        _("ส่งไม่ได้: วันนี้ไม่มีผู้อื่นที่เห็นชอบประกาศนี้ได้ (ตำแหน่ง {detail}) — ให้ผู้ดูแลระบบบันทึกคำสั่งรักษาราชการแทน"),
    )


class DecideBlocker(TextChoices):
    """Why this person cannot agree, send back, renew or end now."""

    NOT_AWAITING = (
        "not_awaiting",
        _("พิจารณาไม่ได้: ข้อความนี้ไม่ได้รอความเห็นชอบแล้ว ({detail}) — เปิดประกาศดูสภาพล่าสุด"),
    )
    NOT_DIRECTOR = (
        "not_director",
        _(
            "ทำไม่ได้: ตำแหน่ง {detail} ไม่ใช่ผู้เห็นชอบประกาศของหน่วยงานนี้ในวันนี้ — แจ้งผู้อำนวยการหรือผู้รักษาราชการแทน"
        ),
    )
    IS_WRITER = (
        "is_writer",
        _("เห็นชอบไม่ได้: ท่านร่วมเขียนหรือเป็นผู้ส่งข้อความนี้ — ให้ผู้อำนวยการคนอื่นหรือผู้รักษาราชการแทนเห็นชอบ"),
    )
    OTHER_WORDING = (
        "other_wording",
        _("เห็นชอบไม่ได้: ข้อความเปลี่ยนไปจากที่ท่านเปิดอ่าน — อ่านหน้านี้อีกครั้งแล้วกดใหม่"),
    )
    TIME_IS_PAST = (
        "time_is_past",
        _("เห็นชอบไม่ได้: เวลาสิ้นสุด {detail} ผ่านไปแล้ว — ส่งกลับให้ตั้งเวลาใหม่"),
    )
    TIME_IS_FAR = (
        "time_is_far",
        _("ต่อเวลาไม่ได้: ต่อได้ไม่เกิน {detail} ชั่วโมงนับจากนี้ — เลือกเวลาที่สั้นลง"),
    )
    TIME_IS_EARLIER = (
        "time_is_earlier",
        _("ต่อเวลาไม่ได้: เวลาที่เลือกไม่เกินเวลาสิ้นสุดเดิม ({detail}) — เลือกเวลาที่ยาวขึ้น หรือกดสิ้นสุดประกาศ"),
    )
    NOT_LIVE = (
        "not_live",
        _("ทำไม่ได้: ประกาศนี้ไม่ได้อยู่บนเว็บไซต์แล้ว ({detail}) — เปิดประกาศดูสภาพล่าสุด"),
    )
    UPDATE_UNDER_WAY = (
        "update_under_way",
        _("ต่อเวลาไม่ได้: มีข้อความปรับปรุงค้างอยู่ — พิจารณาข้อความนั้น ซึ่งตั้งเวลาใหม่ได้ในตัว"),
    )
    NO_REASON = "no_reason", _("ทำไม่ได้: ยังไม่ได้บอกเหตุผล — เขียนสั้น ๆ ให้ผู้อ่านเข้าใจ")
    UNSPEAKABLE = (
        "unspeakable",
        _("ทำไม่ได้: เหตุผลมีข้อมูลส่วนบุคคลหรือข้อความลับ “{detail}” — ลบออกก่อน"),
    )
    TOO_LONG = "too_long", _("ทำไม่ได้: เหตุผลยาวเกิน {detail} ตัวอักษร — ย่อให้สั้นลง")
    NOT_PUBLIC = (
        "not_public",
        _("เรียกคืนไม่ได้: ประชาชนยังไม่เคยเห็นประกาศนี้ ({detail}) — แก้ข้อความหรือส่งกลับผู้เขียนแทน"),
    )
    RECALLED = "recalled", _("ทำไม่ได้: ประกาศนี้ถูกเรียกคืนไปแล้ว — เปิดประกาศดูสภาพล่าสุด")
    NO_GROUND = "no_ground", _("เรียกคืนไม่ได้: ยังไม่ได้เลือกเหตุที่เรียกคืน — เลือกเหตุจากรายการ")


class ReviewBlocker(TextChoices):
    """Why the after-action review is not kept."""

    NOT_ENDED = "not_ended", _("ทบทวนไม่ได้: ประกาศนี้อยู่ในสภาพ “{detail}” — ทบทวนได้เมื่อสิ้นสุดแล้ว")
    NOT_REVIEWER = (
        "not_reviewer",
        _("ทบทวนไม่ได้: ตำแหน่ง {detail} ไม่ใช่ผู้ทบทวน — ให้ปลัดเทศบาลหรือผู้รักษาราชการแทนทบทวน"),
    )
    APPROVED_IT = (
        "approved_it",
        _("ทบทวนไม่ได้: ท่านเขียนหรือเห็นชอบประกาศนี้เอง — ให้ผู้ทบทวนคนอื่นทบทวน"),
    )
    FIELD_MISSING = "field_missing", _("ทบทวนไม่ได้: ยังไม่ได้กรอก “{detail}” — กรอกให้ครบ")
