"""Orders of appointment as an administrator, or a holder who will be away, fills them in."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.fields import TextField, ThaiDateField
from prongsai.disclosures.states import KindCode
from prongsai.organisation.models import Appointment, Person, Post, Unit
from prongsai.organisation.states import Capacity

INPUT = {"class": "ds-input"}
STANDING_IN = [(each.value, each.label) for each in (Capacity.ACTING, Capacity.ON_DUTY)]


class OrderForm(forms.Form):
    """Who holds which post from when to when, by which order, and how far it reaches."""

    post = forms.ModelChoiceField(
        label=_("ตำแหน่ง"),
        queryset=Post.objects.filter(unit__successor=None).select_related("unit"),
        to_field_name="code",
        widget=forms.Select(attrs=INPUT),
    )
    person = forms.ModelChoiceField(
        label=_("ผู้ที่ได้รับแต่งตั้ง"),
        queryset=Person.objects.filter(is_active=True).order_by("first_name", "last_name"),
        widget=forms.Select(attrs=INPUT),
    )
    capacity = forms.ChoiceField(
        label=_("ในฐานะ"), choices=Capacity.choices, widget=forms.Select(attrs=INPUT)
    )
    order_number = TextField(label=_("เลขที่คำสั่ง"), required=False, max_length=60)
    order_date = ThaiDateField(label=_("ลงวันที่"), required=False)
    from_date = ThaiDateField(label=_("ตั้งแต่วันที่"))
    to_date = ThaiDateField(
        label=_("ถึงวันที่"), required=False, help_text=_("วันสุดท้ายที่มีอำนาจ เว้นว่างคือไม่กำหนด")
    )
    scope_kinds = forms.MultipleChoiceField(
        label=_("เฉพาะเรื่องประเภท"),
        choices=KindCode.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("ไม่เลือกเลยคือทุกประเภท"),
    )
    scope_units = forms.MultipleChoiceField(
        label=_("เฉพาะเรื่องของหน่วยงาน"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("ไม่เลือกเลยคือทุกหน่วยงาน เลือกกองรวมฝ่ายในสังกัด"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = cast("forms.MultipleChoiceField", self.fields["scope_units"])
        units.choices = [(each.code, each.name) for each in Unit.objects.in_use()]

    def appointment(self) -> Appointment:
        """Unsaved. The form must be valid."""
        return Appointment(**self.cleaned_data)


class DelegationForm(OrderForm):
    """The same for one's own posts, until a day."""

    def __init__(self, *args: Any, held: list[Appointment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [each.post_id for each in held if each.capacity == Capacity.SUBSTANTIVE]
        posts = cast("forms.ModelChoiceField[Post]", self.fields["post"])
        posts.queryset = Post.objects.filter(pk__in=own)
        cast("forms.ChoiceField", self.fields["capacity"]).choices = STANDING_IN
        self.fields["to_date"].required = True


class EndForm(forms.Form):
    """When an appointment ends, and why."""

    to_date = ThaiDateField(label=_("วันสุดท้ายที่มีอำนาจ"))
    reason = TextField(
        label=_("เหตุผล"), is_long=True, error_messages={"required": _("ยังไม่ได้ใส่เหตุผล โปรดเขียนสั้น ๆ")}
    )
