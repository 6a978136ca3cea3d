"""Child sections: named, added, moved."""

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.models import Section
from prongsai.office.forms import INPUT

# More than any shelf holds: a number beyond it is a slip of the finger.
MOST_SIBLINGS = 999


class SectionForm(forms.Form):
    """A child section: its names, and its short name in addresses when it is new."""

    title_th = forms.CharField(
        label=_("ชื่อภาษาไทย"), max_length=200, widget=forms.TextInput(attrs=INPUT)
    )
    title_en = forms.CharField(
        label=_("ชื่อภาษาอังกฤษ"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=INPUT),
    )


class _ParentForm(forms.Form):
    """Asks under which of the nine a child section stands."""

    parent = forms.ModelChoiceField(
        label=_("อยู่ใต้หมวด"),
        queryset=Section.objects.in_use().tops(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.Select(attrs=INPUT),
    )


class NewSectionForm(SectionForm, _ParentForm):
    slug = forms.CharField(
        label=_("ชื่อย่อในที่อยู่เว็บ"),
        max_length=60,
        help_text=_("ตัวอักษร a–z ตัวเลข และขีดกลาง เช่น annual-plan เปลี่ยนภายหลังไม่ได้"),
        widget=forms.TextInput(attrs=INPUT | {"autocapitalize": "none"}),
    )
    field_order = ("parent", "title_th", "title_en", "slug")


class MoveSectionForm(_ParentForm):
    """Also where it stands among its siblings."""

    place = forms.IntegerField(
        label=_("ลำดับที่"),
        min_value=1,
        max_value=MOST_SIBLINGS,
        help_text=_("1 คืออยู่บนสุด ตัวเลขที่เกินจำนวนหมวดย่อยคืออยู่ท้ายสุด"),
        widget=forms.NumberInput(attrs=INPUT | {"inputmode": "numeric"}),
    )
