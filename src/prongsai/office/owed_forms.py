"""What the board of duties asks for, and who is charged with one."""

from collections.abc import Iterable, Set
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.fields import BuddhistYearField
from prongsai.disclosures.statements import Wish as Statement
from prongsai.monitoring.forecast import months_from
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.results import ORDER
from prongsai.obligations.states import Period
from prongsai.office.desk import Desk
from prongsai.office.owed import NO_UNIT, OWED_NOW, Wish
from prongsai.organisation.models import Post, Unit
from prongsai.organisation.queries import unit_names
from prongsai.organisation.spoken import spoken
from prongsai.organisation.states import RoleCode
from prongsai.record.owed import Line
from prongsai.record.states import Says
from prongsai.thai.dates import format_month

SELECT = {"class": "ds-input"}
EVERYTHING = ("", _("ทั้งหมด"))


def _choice(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, widget=forms.Select(attrs=SELECT))


def _unit() -> "forms.ModelChoiceField[Unit]":
    return forms.ModelChoiceField(
        label=_("หน่วยงานเจ้าของเรื่อง"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.Select(attrs=SELECT),
    )


def _writable(desk: Desk) -> QuerySet[Unit]:
    """Units for which somebody may write."""
    units = Unit.objects.in_use()
    return units if RoleCode.WEBMASTER in desk.roles else units.filter(code__in=desk.writing_units)


def _units(codes: Set[str]) -> list[tuple[str, Any]]:
    named = [(code, name) for code, name in unit_names().items() if code in codes]
    return [*named, (NO_UNIT, _("ยังไม่ได้มอบ"))] if "" in codes else named


def _month(first: date) -> tuple[str, str]:
    return f"{first:%Y-%m}", spoken(format_month(first), f"{first:%B %Y}")


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
    unit = _choice(_("หน่วยงาน"))
    month = _choice(_("เดือนที่ครบกำหนด"))
    mine = forms.BooleanField(label=_("เฉพาะของตำแหน่งหรือหน่วยงานข้าพเจ้า"), required=False)
    owed = forms.BooleanField(label=_("เฉพาะข้อที่ยังค้าง"), required=False)

    def __init__(self, *args: Any, lines: Iterable[Line], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(lines)
        instruments = {each.duty.instrument.key: each.duty.instrument.short for each in found}
        posts = {each.post_code: each.post for each in found if each.post_code}
        options: dict[str, list[tuple[str, Any]]] = {
            "result": [(each.value, each.label) for each in ORDER],
            "instrument": list(instruments.items()),
            "post": sorted(posts.items(), key=lambda each: each[1]),
            "unit": _units({each.unit_code for each in found}),
            "month": [(OWED_NOW, _("ค้างอยู่แล้ว")), *map(_month, months_from(on))],
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
            unit=given.get("unit", ""),
            month=given.get("month", ""),
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


class StatementForm(forms.Form):
    """What is said of one duty, for which year and period; `ref` is the address that the draft will have."""

    ref = forms.UUIDField(widget=forms.HiddenInput())
    says = forms.ChoiceField(
        label=_("แจ้งว่า"),
        widget=forms.RadioSelect(),
        choices=[
            (Says.NONE_THIS_PERIOD, _("ช่วงเวลานี้ไม่มี")),
            (Says.NOT_APPLICABLE, _("ข้อนี้ไม่เกี่ยวข้องกับเทศบาล")),
        ],
        error_messages={"required": _("ยังไม่ได้เลือกว่าจะแจ้งอะไร โปรดเลือกหนึ่งอย่าง")},
    )
    fiscal_year = BuddhistYearField(label=_("ปีงบประมาณ"), required=False)
    period = forms.CharField(
        label=_("ช่วงเวลา"),
        required=False,
        max_length=100,
        help_text=_("เมื่อแจ้งว่าช่วงเวลานี้ไม่มี เช่น ตุลาคม 2568 หรือ ไตรมาสที่ 1 เว้นว่างได้ถ้าเป็นทั้งปี"),
        widget=forms.TextInput(attrs=SELECT),
    )
    reason = forms.CharField(
        label=_("เหตุผลที่ประชาชนจะอ่าน"),
        help_text=_("ต้องกรอกเมื่อแจ้งว่าไม่เกี่ยวข้อง"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs=SELECT | {"rows": 3}),
    )
    unit = _unit()

    def __init__(self, *args: Any, desk: Desk, duty: Obligation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._duty = duty
        if duty.period == Period.KEPT_CURRENT:
            # It has no periods, and must always be there.
            says: Any = self.fields["says"]
            says.choices = [each for each in says.choices if each[0] != Says.NONE_THIS_PERIOD]
            del self.fields["fiscal_year"], self.fields["period"]
        self.fields["unit"].queryset = _writable(desk)  # type: ignore[attr-defined]  # a model choice field
        if desk.chosen:
            self.initial.setdefault("unit", desk.chosen.post.unit.code)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("says") == Says.NOT_APPLICABLE and not given.get("reason", "").strip():
            self.add_error("reason", _("ยังไม่ได้บอกเหตุผล โปรดเขียนว่าไม่เกี่ยวข้องเพราะเหตุใด"))
        return given

    def wish(self) -> Statement:
        """The form must be valid."""
        given = self.cleaned_data
        return Statement(
            says=given["says"],
            duties=(self._duty.key,),
            reason=given["reason"].strip(),
            fiscal_year=given.get("fiscal_year"),
            period=given.get("period", "").strip(),
        )


class ReportForm(forms.Form):
    """For which unit the draft of a yearly report is; `ref` is the address that it will have."""

    ref = forms.UUIDField(widget=forms.HiddenInput())
    unit = _unit()

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = _writable(desk)  # type: ignore[attr-defined]  # a model choice field
        if desk.chosen:
            self.initial.setdefault("unit", desk.chosen.post.unit.code)
