"""What is filled in about accounts. Forms read input; they decide nothing."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.fields import TextField
from prongsai.office.forms import INPUT
from prongsai.organisation.models import Person

REASON_ERROR = {"required": _("ยังไม่ได้ใส่เหตุผล โปรดพิมพ์เหตุผลสั้น ๆ ให้ผู้อื่นเข้าใจได้")}


class NameForm(forms.Form):
    """A name as it stands under decisions."""

    title_th = TextField(label=_("คำนำหน้า"), max_length=40, required=False)
    first_name = TextField(label=_("ชื่อ"), max_length=150)
    last_name = TextField(label=_("นามสกุล"), max_length=150)


class RenameForm(NameForm):
    prefix = "rename"
    reason = TextField(
        label=_("เหตุผลหรือหลักฐาน"),
        is_long=True,
        max_length=500,
        help_text=_("เช่น หนังสือสำคัญแสดงการเปลี่ยนชื่อสกุล ลงวันที่ใด"),
        error_messages=REASON_ERROR,
    )


class NameWishForm(NameForm):
    """The name as it should be, and what shows it."""

    prefix = "name"
    reason = TextField(
        label=_("เหตุผลหรือหลักฐาน"),
        is_long=True,
        max_length=500,
        help_text=_("เช่น สะกดผิด หรือหนังสือสำคัญแสดงการเปลี่ยนชื่อสกุล ลงวันที่ใด"),
        error_messages=REASON_ERROR,
    )


class ContactForm(forms.Form):
    """Seen by colleagues and administrators only."""

    email = forms.EmailField(
        label=_("อีเมล"),
        required=False,
        help_text=_("ใช้ส่งลิงก์ตั้งรหัสผ่านเท่านั้น ไม่แสดงต่อประชาชน"),
        widget=forms.EmailInput(attrs=INPUT),
    )
    phone = TextField(
        label=_("โทรศัพท์"),
        max_length=60,
        required=False,
        help_text=_("ให้ผู้ดูแลระบบติดต่อได้ ไม่แสดงต่อประชาชน"),
    )


class NewPersonForm(NameForm, ContactForm):
    """An account: how they sign in, and under which name they sign."""

    username = forms.CharField(
        label=_("ชื่อผู้ใช้"),
        max_length=150,
        help_text=_("ใช้เข้าสู่ระบบ เปลี่ยนภายหลังไม่ได้ ตัวอักษร ตัวเลข และ @ . + - _ เท่านั้น"),
        validators=[UnicodeUsernameValidator()],
        widget=forms.TextInput(attrs=INPUT | {"autocapitalize": "none", "autocomplete": "off"}),
    )
    field_order = ("username", "title_th", "first_name", "last_name", "email", "phone")


class ReasonForm(forms.Form):
    """Why an account is shut, opened again, or loses its second factor."""

    reason = TextField(label=_("เหตุผล"), is_long=True, max_length=500, error_messages=REASON_ERROR)


class PasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # not subscriptable when it runs
    """The first password, or a new one instead of one that was forgotten."""

    error_messages = {"password_mismatch": _("รหัสผ่านสองช่องไม่เหมือนกัน โปรดพิมพ์ใหม่ทั้งสองช่อง")}

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = _("รหัสผ่านใหม่"), _("รหัสผ่านใหม่อีกครั้ง")
        first.help_text = " · ".join(map(str, password_validators_help_texts()))
        second.help_text = ""
        for field in (first, second):
            field.widget.attrs |= INPUT
