"""How and where somebody wants to be told."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.office.states import Telling


class TellingForm(forms.Form):
    email = forms.EmailField(
        label=_("อีเมลสำหรับแจ้งงาน"),
        required=False,
        max_length=254,
        help_text=_("เว้นว่างคือไม่รับอีเมล ในอีเมลมีเพียงจำนวนเรื่องและลิงก์ ไม่มีชื่อเรื่อง"),
        widget=forms.EmailInput(attrs={"class": "ds-input", "autocomplete": "email"}),
    )
    how = forms.ChoiceField(
        label=_("แจ้งเมื่อ"),
        choices=Telling.choices,
        help_text=_("เรื่องเร่งด่วนแจ้งทันทีเสมอเมื่อมีอีเมล"),
        widget=forms.RadioSelect,
    )
