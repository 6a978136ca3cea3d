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
