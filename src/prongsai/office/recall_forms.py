"""What is filled in to recall one item or many, and to follow up an incident. Forms read input; they decide nothing."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.approval.states import Urgency, Verdict
from prongsai.disclosures.choices import obligation_choices, section_choices
from prongsai.disclosures.fields import TextField, ThaiDateField
from prongsai.disclosures.states import KindCode
from prongsai.organisation.models import Unit
from prongsai.record.states import RecallReason
from prongsai.thai.dates import BANGKOK, BUDDHIST_YEARS

INPUT = {"class": "ds-input"}
ANY = ("", _("ทั้งหมด"))


class RecallForm(forms.Form):
    """Why, in what words, how fast, and since when the leak has been known."""

    recall_reason = forms.ChoiceField(
        label=_("เหตุที่เรียกคืน"), choices=RecallReason.choices, widget=forms.RadioSelect()
    )
    explanation = TextField(
        label=_("คำอธิบายต่อประชาชน"),
        is_long=True,
        help_text=_("ประชาชนจะเห็นข้อความนี้แทนรายการ อย่าเขียนข้อมูลที่หลุดซ้ำ"),
        error_messages={"required": _("ยังไม่มีคำอธิบาย โปรดบอกประชาชนว่าทำเพราะเหตุใด")},
    )
    urgency = forms.ChoiceField(
        label=_("ความเร่งด่วน"), choices=Urgency.choices, initial=Urgency.URGENT,
        widget=forms.RadioSelect(),
        help_text=_("เร่งด่วน ผู้อำนวยการกดครั้งเดียวแล้วหายทันที"),
    )  # fmt: skip
    known_date = ThaiDateField(
        label=_("ทราบเหตุเมื่อวันที่"),
        required=False,
        help_text=_("เมื่อเป็นข้อมูลส่วนบุคคล นาฬิกา 72 ชั่วโมงนับจากเวลานี้ เว้นว่างคือเดี๋ยวนี้"),
    )
    known_time = forms.TimeField(
        label=_("เวลาที่ทราบเหตุ"),
        required=False,
        widget=forms.TimeInput(attrs=INPUT | {"type": "time"}),
    )

    def wish(self, *, at: datetime) -> dict[str, Any]:
        """Under the names of `recalls.actions.recall`. The form must be valid."""
        given = self.cleaned_data
        return {
            "reason": given["recall_reason"],
            "explanation": given["explanation"],
            "urgency": given["urgency"],
            "known_at": _moment(given["known_date"], given["known_time"], at),
        }


def _moment(day: Any, hour: time | None, at: datetime) -> datetime | None:
    if day is None and hour is None:
        return None
    # An hour without a day is one of today; a day without an hour began at midnight, which only shortens the clock.
    day = day or at.astimezone(BANGKOK).date()
    return datetime.combine(day, hour or time(), tzinfo=BANGKOK)


class TwinsForm(forms.Form):
    """Which other items with the same bytes go with it."""

    also = forms.MultipleChoiceField(
        label=_("เรียกคืนรายการเหล่านี้ด้วย เพราะมีไฟล์เดียวกัน"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
    )

    def __init__(self, *args: Any, twins: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["also"].choices = twins  # type: ignore[attr-defined]  # a choice field


class SetFilterForm(forms.Form):
    """What a set is chosen by: what the public sees of its items."""

    words = TextField(label=_("คำในชื่อเรื่อง"), required=False, max_length=200)
    section = forms.ChoiceField(
        label=_("หมวด"), required=False, widget=forms.Select(attrs=INPUT), choices=()
    )
    kind = forms.ChoiceField(
        label=_("ประเภท"), required=False, widget=forms.Select(attrs=INPUT),
        choices=[ANY, *KindCode.choices],
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("หน่วยงาน"), required=False, queryset=Unit.objects.all(), to_field_name="code",
        empty_label=_("ทั้งหมด"), widget=forms.Select(attrs=INPUT),
    )  # fmt: skip
    from_year = forms.IntegerField(
        label=_("ตั้งแต่ปีงบประมาณ"), required=False, min_value=min(BUDDHIST_YEARS),
        max_value=max(BUDDHIST_YEARS), widget=forms.NumberInput(attrs=INPUT),
    )  # fmt: skip
    to_year = forms.IntegerField(
        label=_("ถึงปีงบประมาณ"), required=False, min_value=min(BUDDHIST_YEARS),
        max_value=max(BUDDHIST_YEARS), widget=forms.NumberInput(attrs=INPUT),
    )  # fmt: skip
    obligation = forms.ChoiceField(
        label=_("ข้อที่ต้องเปิดเผย"), required=False, widget=forms.Select(attrs=INPUT), choices=()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = [ANY, *section_choices()]  # type: ignore[attr-defined]  # a choice field
        self.fields["obligation"].choices = [ANY, *obligation_choices()]  # type: ignore[attr-defined]  # as above

    def wanted(self) -> dict[str, Any]:
        """Only what is given, as `choosing.matching` reads it and a row keeps it. The form must be valid."""
        given = self.cleaned_data
        unit = given["unit"].code if given["unit"] else ""
        return {key: value for key, value in (given | {"unit": unit}).items() if value}


class SetDecisionForm(forms.Form):
    """A word about a whole set, as one of the posts that it waits for; the buttons carry the verdict."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    content_hash = forms.CharField(max_length=64, widget=forms.HiddenInput())
    post = forms.ChoiceField(label=_("ลงนามในตำแหน่ง"), widget=forms.Select(attrs=INPUT))
    reason = TextField(label=_("เหตุผล"), is_long=True, required=False)

    def __init__(self, *args: Any, posts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]  # a choice field
