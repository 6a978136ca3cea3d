"""What is to become of a unit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.tidy import line
from prongsai.office.reorganising import CLOSE, MERGE, RENAME, Wish
from prongsai.organisation.models import Unit
from prongsai.organisation.queries import residual_unit

TEXT = {"class": "ds-input"}


class ReorganisingForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("ทำอะไร"),
        choices=[
            (MERGE, _("ยุบรวมกับหน่วยงานอื่น")),
            (RENAME, _("เปลี่ยนชื่อ")),
            (CLOSE, _("ยุบเลิกโดยไม่มีหน่วยงานรับช่วง")),
        ],
        widget=forms.RadioSelect,
    )
    unit = forms.ModelChoiceField(
        label=_("หน่วยงาน"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        widget=forms.Select(attrs=TEXT),
    )
    successor = forms.ModelChoiceField(
        label=_("หน่วยงานที่รับช่วง (เมื่อยุบรวม)"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        required=False,
        widget=forms.Select(attrs=TEXT),
    )
    name_th = forms.CharField(
        label=_("ชื่อใหม่ (เมื่อเปลี่ยนชื่อ)"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
    )
    name_en = forms.CharField(
        label=_("ชื่อใหม่ภาษาอังกฤษ"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=TEXT),
    )
    order = forms.CharField(
        label=_("คำสั่งหรือประกาศ เลขที่ ลงวันที่"),
        max_length=300,
        widget=forms.TextInput(attrs=TEXT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("unit", "successor"):
            self.fields[name].queryset = Unit.objects.in_use()  # type: ignore[attr-defined]  # a ModelChoiceField

    def wish(self) -> Wish:
        """Who answers for a unit that ends is a rule, and not for the form to say."""
        given = dict(self.cleaned_data)
        # The public reads them: no mark may turn them round or make them another unit's.
        given |= {name: line(given[name]) for name in ("name_th", "name_en", "order")}
        if given["kind"] == CLOSE:
            given["successor"] = residual_unit()
        return Wish(**given)
