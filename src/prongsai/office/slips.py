"""How a link of invitation leaves the office: as a slip of paper with a picture to scan, or by mail."""

import logging
from smtplib import SMTPException
from typing import Any

import segno
from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from prongsai.office.people import sends_mail
from prongsai.office.states import Purpose
from prongsai.organisation.models import Person

logger = logging.getLogger(__name__)
# What the link is for -> subject and words of the mail.
MAILS = {
    Purpose.PASSWORD: (
        _("ลิงก์ตั้งรหัสผ่าน"),
        _("เปิดลิงก์นี้เพื่อตั้งรหัสผ่าน ใช้ได้ครั้งเดียวภายในเจ็ดวัน หากท่านไม่ได้ขอ ไม่ต้องทำอะไร"),
    ),
    Purpose.LINK: (
        _("ลิงก์ผูกบัญชีผู้ให้บริการยืนยันตัวตน"),
        _("เปิดลิงก์นี้เพื่อผูกบัญชีของท่าน ใช้ได้ครั้งเดียวภายในเจ็ดวัน หากท่านไม่ได้ขอ โปรดแจ้งผู้ดูแลระบบ"),
    ),
}


def address_of(token: str) -> str:
    """By the address that is set, never by the host of the request, which a stranger could choose."""
    return f"{settings.OFFICE_URL}{reverse('invitation', args=[token])}"


def slip(token: str) -> dict[str, Any]:
    """The address in letters and as a QR code (SVG in a data address)."""
    address = address_of(token)
    return {"address": address, "code": segno.make(address).svg_data_uri(scale=5, border=2)}


def send_link(person: Person, token: str, *, purpose: Purpose = Purpose.PASSWORD) -> bool:
    """Whether it went out. The mail names nobody and nothing but the link."""
    if not (person.email and sends_mail()):
        return False
    with translation.override("th"):
        subject, words = map(str, MAILS[purpose])
    try:
        send_mail(subject, f"{words}\n\n{address_of(token)}\n", None, [person.email])
    except (OSError, SMTPException):
        logger.exception("an invitation could not be mailed")
        return False
    return True
