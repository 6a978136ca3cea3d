"""Where a file stands on its way in, where a page stands on its way to being read, and what a file was made from."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileState(TextChoices):
    """`RECEIVED` waits for the virus scanner; nothing but `CLEAN` is ever shown, screened or published."""

    RECEIVED = "received", _("รับแล้ว รอตรวจ")
    SCANNED = "scanned", _("ไม่พบไวรัส รอตรวจเนื้อไฟล์")
    CLEAN = "clean", _("ตรวจแล้ว ใช้ได้")
    REFUSED = "refused", _("ไม่รับ")


class ReadingState(TextChoices):
    WAITING = "waiting", _("รออ่าน")
    READ = "read", _("อ่านแล้ว")
    FAILED = "failed", _("อ่านไม่ได้")


class Derivation(TextChoices):
    """What was done to another file to make this one."""

    NONE = "", _("ไฟล์ต้นฉบับ")
    REDACTED = "redacted", _("ปิดทับแล้ว")
    SEARCHABLE = "searchable", _("ค้นข้อความได้")
    TWIN = "twin", _("ข้อมูลตารางชุดเดียวกัน")


# On their way: the worker takes them up again when whoever brought them could not finish.
ON_THE_WAY = frozenset({FileState.RECEIVED, FileState.SCANNED})
