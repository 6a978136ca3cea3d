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


class Confidence(TextChoices):
    """How the wording was learnt. Only the first may be taken as it stands."""

    SEEN = "S", _("เห็นข้อความในแหล่งที่อ้าง")
    SECOND_HAND = "S2", _("เห็นจากแหล่งชั้นรอง ยังไม่ได้ตรวจกับต้นฉบับ")
    PARTLY_SEEN = "P", _("เห็นบางส่วน ที่เหลือจากความจำ")
    FROM_MEMORY = "M", _("จากความจำ ต้องตรวจกับราชกิจจานุเบกษาก่อนใช้อ้างอิง")
    INFERRED = "I", _("อนุมาน ต้องตรวจกับคู่มือก่อนใช้อ้างอิง")
