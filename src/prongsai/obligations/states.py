"""How often something must be published, and how sure we are that the law says so."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Period(TextChoices):
    KEPT_CURRENT = "kept_current", _("ให้เป็นปัจจุบันเสมอ")
    MONTHLY = "monthly", _("ทุกเดือน")
    QUARTERLY = "quarterly", _("ทุกไตรมาส")
    HALF_YEAR = "half_year", _("ทุกครึ่งปีงบประมาณ")
    FISCAL_YEAR = "fiscal_year", _("ทุกปีงบประมาณ")
    ON_EVENT = "on_event", _("เมื่อมีเหตุ")


# What is due again and again must say for which year, and within the year for which part of it.
RETURNS_YEARLY = frozenset({Period.MONTHLY, Period.QUARTERLY, Period.HALF_YEAR, Period.FISCAL_YEAR})
RETURNS_WITHIN_THE_YEAR = RETURNS_YEARLY - {Period.FISCAL_YEAR}


class DueRule(TextChoices):
    """Until when something must be there, counted from the period that it is about."""

    NONE = "none", _("ไม่มีกำหนดวัน")
    DAYS_AFTER_PERIOD = "days_after_period", _("ภายในกี่วันหลังสิ้นงวด")
    WORKING_DAYS_AFTER_PERIOD = "working_days_after_period", _("ภายในกี่วันทำการหลังสิ้นงวด")
    WORKING_DAYS_AFTER_EVENT = "working_days_after_event", _("ภายในกี่วันทำการหลังเกิดเหตุ")
    DATE_IN_YEAR = "date_in_year", _("ภายในวันที่กำหนดของปีงบประมาณ")


class Asks(TextChoices):
    """What evidence must be like, beyond being there: asked for by the duty itself."""

    BOTH_SIDES = "both_sides", _("แสดงทั้งฝ่ายการเมืองและฝ่ายประจำ")
    OWN_WORDS = "own_words", _("สรุปด้วยถ้อยคำของตนเอง ไม่ใช่คัดลอกกฎหมาย")
    SIGNED_AND_DATED = "signed_and_dated", _("มีผู้ลงนามและวันที่")
    TEXT_READABLE = "text_readable", _("ไฟล์มีข้อความ ไม่ใช่ภาพอย่างเดียว")
    AS_OF_DATE = "as_of_date", _("บอกว่าเป็นข้อมูล ณ วันที่ใด")
    TWO_WAY = "two_way", _("ถามแล้วมีผู้ตอบกลับ")
    LINKS_ANSWER = "links_answer", _("ลิงก์ในหน้าเปิดได้")


class Fate(TextChoices):
    """What became of a duty from one year's list to another's, or where it came from."""

    KEPT = "kept", _("เลขข้อเดิม")
    RENUMBERED = "renumbered", _("เปลี่ยนเลขข้อ")
    MERGED = "merged", _("รวมเป็นข้อเดียว")
    SPLIT = "split", _("แยกเป็นหลายข้อ")
    REARRANGED = "rearranged", _("จัดข้อใหม่")
    DROPPED = "dropped", _("ไม่มีแล้ว")
    NEW = "new", _("ข้อใหม่")


class Confidence(TextChoices):
    """How the wording was learnt. Only the first may be taken as it stands."""

    SEEN = "S", _("เห็นข้อความในแหล่งที่อ้าง")
    SECOND_HAND = "S2", _("เห็นจากแหล่งชั้นรอง ยังไม่ได้ตรวจกับต้นฉบับ")
    PARTLY_SEEN = "P", _("เห็นบางส่วน ที่เหลือจากความจำ")
    FROM_MEMORY = "M", _("จากความจำ ต้องตรวจกับราชกิจจานุเบกษาก่อนใช้อ้างอิง")
    INFERRED = "I", _("อนุมาน ต้องตรวจกับคู่มือก่อนใช้อ้างอิง")
