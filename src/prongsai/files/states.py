"""Where a file stands on its way in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileState(TextChoices):
    RECEIVED = "received", _("รับแล้ว รอตรวจ")
    CLEAN = "clean", _("ตรวจแล้ว ใช้ได้")
    REFUSED = "refused", _("ไม่รับ")
