"""Whom reminders go to."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Rung(TextChoices):
    """Upwards: whoever stands on a higher one is told later."""

    OWNER = "owner", _("ตำแหน่งที่รับผิดชอบ")
    HEAD = "head", _("ผู้บังคับบัญชาของตำแหน่งที่รับผิดชอบ")
    CLERK = "clerk", _("ปลัดเทศบาล")
    MAYOR = "mayor", _("นายกเทศมนตรี")
