"""What the board of duties asks for, and who is charged with one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.obligations.results import ORDER
from prongsai.office.owed import Wish
from prongsai.organisation.models import Post
from prongsai.record.owed import Line

SELECT = {"class": "ds-input"}
EVERYTHING = ("", _("ทั้งหมด"))


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs=SELECT))


class OwedFilter(forms.Form):
    """A GET form; what it does not know asks for everything."""

    q = forms.CharField(
        label=_("คำในข้อ"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "ds-input", "type": "search"}),
    )
    result = _choice(_("สถานะ"))
    instrument = _choice(_("กฎหมายหรือรายการ"))
    post = _choice(_("ผู้รับผิดชอบ"))
    mine = forms.BooleanField(label=_("เฉพาะของตำแหน่งหรือหน่วยงานข้าพเจ้า"), required=False)
    owed = forms.BooleanField(label=_("เฉพาะข้อที่ยังค้าง"), required=False)

    def __init__(self, *args: Any, lines: Iterable[Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(lines)
        instruments = {each.duty.instrument.key: each.duty.instrument.short for each in found}
        posts = {each.post_code: each.post for each in found if each.post_code}
        options: dict[str, list[tuple[str, Any]]] = {
            "result": [(each.value, each.label) for each in ORDER],
            "instrument": list(instruments.items()),
            "post": sorted(posts.items(), key=lambda each: each[1]),
        }
        for name, choices in options.items():
            self.fields[name].choices = [EVERYTHING, *choices]  # type: ignore[attr-defined]  # a choice field

    def wish(self) -> Wish:
        """Before anything was chosen, what is still owed."""
        if not self.is_bound:
            return Wish(owed=True)
        self.is_valid()
        given = self.cleaned_data
        return Wish(
            words=given.get("q", ""),
            result=given.get("result", ""),
            instrument=given.get("instrument", ""),
            post=given.get("post", ""),
            mine=given.get("mine", False),
            owed=given.get("owed", False),
        )


class ChargeForm(forms.Form):
    """The post that answers for a topic from now on."""

    post = forms.ModelChoiceField(
        label=_("ตำแหน่งที่รับผิดชอบ"),
        queryset=Post.objects.select_related("unit"),
        to_field_name="code",
        empty_label=_("ยังไม่ได้มอบ"),
        widget=forms.Select(attrs=SELECT),
        error_messages={"required": _("ยังมอบไม่ได้: ยังไม่ได้เลือกตำแหน่ง")},
    )
