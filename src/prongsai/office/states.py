"""How somebody is told that work waits, and where such a mail stands."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Telling(TextChoices):
    """When somebody is mailed that work waits. What is urgent is mailed at once, whatever is chosen."""

    AT_ONCE = "at_once", _("ทันทีที่มีเรื่องใหม่")
    DIGEST = "digest", _("รวมครั้งเดียว เวลา 8.00 น. ของวันทำการ")
    NONE = "none", _("ไม่ต้องแจ้ง ยกเว้นเรื่องเร่งด่วน")


class MailState(TextChoices):
    WAITING = "waiting", _("รอส่ง")
    SENDING = "sending", _("กำลังส่ง")
    SENT = "sent", _("ส่งแล้ว")
    GIVEN_UP = "given_up", _("ส่งไม่ได้")
    UNSURE = "unsure", _("ไม่ทราบผล")
