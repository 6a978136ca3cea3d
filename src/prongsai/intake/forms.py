"""The row in which a person confirms an arrival: it starts with what was proposed, and becomes a `Content`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.choices import section_choices
from prongsai.disclosures.content import Content, Official, Signatory
from prongsai.disclosures.fields import INPUT, BuddhistYearField, TextField, ThaiDateField
from prongsai.disclosures.forms import CHOICE_ERRORS
from prongsai.disclosures.labels import LABELS
from prongsai.disclosures.states import WRITTEN_KINDS
from prongsai.disclosures.tidy import LIMITS, MOST_SIGNATORIES
from prongsai.intake.models import Arrival
from prongsai.intake.noting import values_in
from prongsai.obligations.queries import obligation, offered
from prongsai.thai.masking import is_masked

Json = dict[str, Any]
Option = tuple[str, str]
DATES = ("typed_date", "signed_date", "in_force_date")
MOST_OBLIGATIONS = 20
_SMALL = INPUT | {"data-size": "sm"}
# Parts of a signatory in a line: a name may hold spaces and commas, never this.
_BAR = re.compile(r"\s*\|\s*")


def _choice(label: Any, *, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        required=required,
        widget=forms.Select(attrs=_SMALL),
        error_messages=CHOICE_ERRORS,
    )


class ArrivalForm(forms.Form):
    """`units` are the codes and names of the units in which this person may write."""

    title = TextField(
        label=LABELS["title"],
        max_length=LIMITS["title"],
        is_long=True,
        error_messages={"required": _("ยังไม่มีชื่อเรื่อง โปรดพิมพ์ชื่อเรื่องจากหน้าเอกสาร")},
    )
    kind = _choice(_("ประเภท"))
    section = _choice(LABELS["section"])
    unit = _choice(LABELS["unit"])
    official_number = TextField(label=_("เลขที่"), max_length=120, required=False)
    typed_date = ThaiDateField(label=LABELS["official.typed_date"], required=False)
    signed_date = ThaiDateField(label=LABELS["official.signed_date"], required=False)
    in_force_date = ThaiDateField(label=_("วันที่มีผล"), required=False)
    fiscal_year = BuddhistYearField(label=LABELS["fiscal_year"], required=False)
    period = TextField(label=LABELS["period"], max_length=LIMITS["period"], required=False)
    obligations = forms.MultipleChoiceField(
        label=LABELS["obligations"],
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        error_messages=CHOICE_ERRORS,
    )
    another_obligation = TextField(label=_("เพิ่มข้อกำหนด"), max_length=300, required=False)
    signatories = TextField(
        label=LABELS["official.signatories"],
        help_text=_("บรรทัดละคน: ชื่อ | ตำแหน่ง | รักษาราชการแทน"),
        is_long=True,
        max_length=6_000,
        required=False,
    )

    def __init__(
        self, *args: Any, arrival: Arrival, units: Iterable[Option], **kwargs: Any
    ) -> None:
        self.arrival = arrival
        offered = list(units)
        proposed = shown(values_in(arrival.proposals))
        values = _with_unit(proposed, offered, arrival.batch.unit.code) | arrival.given
        ids = {"auto_id": f"{arrival.ref}-%s", "initial": values}
        super().__init__(*args, **ids | kwargs)
        empty = [("", _("— โปรดเลือก —"))]
        choices: dict[str, Any] = {
            "kind": [*empty, *WRITTEN_KINDS],
            "section": [*empty, *section_choices()],
            "unit": offered,
            "obligations": _obligation_choices(values, self.data),
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]  # a choice field
        for field in self.fields.values():
            # Rows of a table cannot be forms: each input says to which form of the page it belongs.
            field.widget.attrs["form"] = f"row-{arrival.ref}"
        for name in ("title", "signatories"):
            self.fields[name].widget.attrs["rows"] = 2

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if is_masked(title):
            sentence = _("ชื่อเรื่องยังมีเลขที่ปิดไว้ (•) โปรดพิมพ์ชื่อใหม่โดยไม่มีเลขนั้น")
            raise forms.ValidationError(sentence)
        return title

    def clean_another_obligation(self) -> str:
        typed = self.cleaned_data["another_obligation"]
        if not typed:
            return ""
        found = _obligation_named(typed)
        if not found:
            raise forms.ValidationError(_("ไม่พบข้อกำหนดนี้ โปรดเลือกจากรายการที่ขึ้นเมื่อพิมพ์"))
        return found

    def clean_signatories(self) -> list[list[str]]:
        lines = [line for line in self.cleaned_data["signatories"].split("\n") if line.strip()]
        if len(lines) > MOST_SIGNATORIES:
            raise forms.ValidationError(_("มีผู้ลงนามเกิน 20 คน โปรดใส่เฉพาะผู้ลงนามในเอกสาร"))
        parts = [[*_BAR.split(line.strip()), "", ""][:3] for line in lines]
        return [each for each in parts if each[0]]

    def accepted(self) -> Json:
        """What was confirmed, in JSON under the names of the proposals. The form must be valid."""
        given = dict(self.cleaned_data)
        more = [given.pop("another_obligation")]
        given["obligations"] = sorted({*given["obligations"], *filter(None, more)})
        return given | {name: given[name].isoformat() if given[name] else None for name in DATES}

    def content(self) -> Content:
        """The draft's content; the form must be valid."""
        given = self.cleaned_data
        return Content(
            kind=given["kind"],
            section=given["section"],
            unit=given["unit"],
            title=given["title"],
            official=Official(
                number=given["official_number"],
                signatories=tuple(Signatory(*each) for each in given["signatories"]),
                **{name: given[name] for name in DATES},
            ),
            fiscal_year=given["fiscal_year"],
            period=given["period"],
            obligations=tuple(self.accepted()["obligations"]),
        )


class PlaceForm(forms.Form):
    """A kind and a section for all rows of a batch in which nobody has chosen them yet."""

    kind = _choice(_("ประเภท"))
    section = _choice(LABELS["section"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "place-%s"} | kwargs)
        empty = [("", _("— โปรดเลือก —"))]
        self.fields["kind"].choices = [*empty, *WRITTEN_KINDS]  # type: ignore[attr-defined]
        self.fields["section"].choices = [*empty, *section_choices()]  # type: ignore[attr-defined]


def shown(values: Mapping[str, Any]) -> Json:
    """Proposed values as the inputs show them; dates are written out by their widget."""
    lines = [
        " | ".join(filter(None, (each[0], each[1] or ("–" if each[2] else ""), each[2])))
        for each in values.get("signatories", ())
    ]
    days = {name: date.fromisoformat(values[name]) for name in DATES if values.get(name)}
    return dict(values) | days | {"signatories": "\n".join(lines)}


def typed_in(form: ArrivalForm, proposed: ArrivalForm) -> Json:
    """What stands in the row, right or wrong, where it differs from what was proposed."""
    kept: Json = {}
    for name, field in form.fields.items():
        sent = field.widget.value_from_datadict(form.data, form.files, name)
        bound = proposed[name]
        before = bound.field.widget.format_value(bound.value())
        if _plain(sent) != _plain(before):
            kept[name] = _plain(sent)
    return kept


def _plain(value: Any) -> Any:
    """As a browser would send it; a NUL is the one thing that PostgreSQL's JSON cannot hold."""
    if isinstance(value, list):
        return sorted(_plain(each) for each in value)
    return str(value if value is not None else "").replace("\x00", "").replace("\r\n", "\n")


def _with_unit(values: Json, offered: Iterable[Option], own: str) -> Json:
    """The unit that was proposed if this person may write in it; else the batch's own."""
    may = {code for code, _name in offered}
    return values if values.get("unit") in may else dict(values) | {"unit": own}


def _obligation_choices(values: Mapping[str, Any], data: Any) -> list[Option]:
    sent = data.getlist("obligations") if hasattr(data, "getlist") else data.get("obligations", ())
    keys = dict.fromkeys([*values.get("obligations", ()), *sent])
    known = [found for key in list(keys)[:MOST_OBLIGATIONS] if (found := obligation(key))]
    return [(each.key, f"{each.instrument.short} {each.named}") for each in known]


def obligation_options() -> list[Option]:
    """Every obligation by its key and in words: what the box for another one offers."""
    return [(each.key, f"{each.instrument.short} {each.named}") for each in offered()]


def _obligation_named(typed: str) -> str:
    """The key of an obligation that was named by its key or in the words of the list; "" for none."""
    for key, words in obligation_options():
        if typed in (key, words):
            return key
    return ""
