"""The writing form of a kind: what is typed becomes a `Content`, and a `Content` fills the form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.choices import (
    detail_choices,
    image_choices,
    obligation_choices,
    section_choices,
    unit_choices,
    with_unknown,
)
from prongsai.disclosures.content import Content, Official, Signatory
from prongsai.disclosures.fields import (
    INPUT,
    AddressField,
    BodyField,
    BuddhistYearField,
    NumberField,
    PatternField,
    TextField,
    ThaiDateField,
)
from prongsai.disclosures.kinds import Detail, Kind, kind_of
from prongsai.disclosures.labels import LABELS
from prongsai.disclosures.tidy import LIMITS, LONGEST_DETAIL, LONGEST_NAME, MOST_SIGNATORIES
from prongsai.organisation.spoken import spoken

# Empty rows for a signatory beside those that are filled in; saving brings new ones.
EMPTY_SIGNATORIES = 1
PARTS = ("name", "post", "acting")
CHOICE_ERRORS = {
    "required": _("ยังไม่ได้เลือก โปรดเลือกจากรายการ"),
    "invalid_choice": _("ไม่มี “%(value)s” ในรายการ โปรดเลือกใหม่จากรายการ"),
    "invalid_list": _("อ่านรายการที่เลือกไม่ได้ โปรดเลือกใหม่จากรายการ"),
}
DAYS_ERROR = _("จำนวนวันต้องเป็นเลข 1 ถึง 3,660 โปรดแก้ตัวเลข")
NOT_TYPED = ("csrfmiddlewaretoken", "base_sequence")


def _text(name: str, label: Any, **kwargs: Any) -> TextField:
    return TextField(label=label, max_length=LIMITS[name], required=False, **kwargs)


class WritingForm(forms.Form):
    """Everything may be left open while writing, but for the title; `missing_fields` asks for the rest later.

    `details` and `signatories` group the generated fields for templates.
    """

    title = TextField(
        label=LABELS["title"],
        max_length=LIMITS["title"],
        error_messages={"required": _("ยังไม่มีชื่อเรื่อง โปรดตั้งชื่อเพื่อให้หาเรื่องนี้พบในรายการ")},
    )
    title_en = _text("title_en", LABELS["title_en"])
    summary = _text(
        "summary",
        LABELS["summary"],
        is_long=True,
        help_text=_("สองสามประโยคที่บอกว่าเรื่องนี้คืออะไร และประชาชนได้ประโยชน์อย่างไร"),
    )
    body = BodyField(label=LABELS["body"], max_length=LIMITS["body"])
    section = forms.ChoiceField(
        label=LABELS["section"], widget=forms.Select(attrs=INPUT), error_messages=CHOICE_ERRORS
    )
    unit = forms.ChoiceField(
        label=LABELS["unit"], widget=forms.Select(attrs=INPUT), error_messages=CHOICE_ERRORS
    )
    official_number = TextField(
        label=LABELS["official.number"],
        max_length=120,
        required=False,
        help_text=_("ตามที่พิมพ์บนเอกสาร เช่น ตง 52008/306"),
    )
    typed_date = ThaiDateField(label=LABELS["official.typed_date"], required=False)
    signed_date = ThaiDateField(label=LABELS["official.signed_date"], required=False)
    in_force_date = ThaiDateField(label=LABELS["official.in_force_date"], required=False)
    fiscal_year = BuddhistYearField(label=LABELS["fiscal_year"], required=False)
    period = _text("period", LABELS["period"], help_text=_("เช่น ไตรมาสที่ 2 หรือ ตุลาคม 2568"))
    source = _text("source", LABELS["source"], is_long=True)
    as_of_date = ThaiDateField(label=LABELS["as_of_date"], required=False)
    obligations = forms.MultipleChoiceField(
        label=LABELS["obligations"],
        required=False,
        widget=forms.SelectMultiple(attrs=INPUT | {"size": 10}),
        error_messages=CHOICE_ERRORS,
    )
    review_date = ThaiDateField(
        label=LABELS["review_date"],
        required=False,
        help_text=_("ประชาชนจะเห็นว่าหน่วยงานจะทบทวนเรื่องนี้เมื่อใด"),
    )
    expires_date = ThaiDateField(
        label=LABELS["expires_date"],
        required=False,
        help_text=_("หลังวันนี้เรื่องจะออกจากรายการ แต่ยังเปิดอ่านได้"),
    )
    minimum_posting_days = forms.IntegerField(
        label=LABELS["minimum_posting_days"],
        required=False,
        min_value=1,
        max_value=3_660,
        widget=forms.NumberInput(attrs=INPUT),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), DAYS_ERROR),
    )

    def __init__(self, *args: Any, base: Content, **kwargs: Any) -> None:
        """`base` is the content that is being changed; the form starts with it."""
        self.base = base
        # The kind comes from what is being changed, never from what was sent.
        self.kind: Kind = kind_of(base.kind)
        super().__init__(*args, **{"initial": initial_of(base)} | kwargs)
        self._offer_choices()
        self.detail_names = [self._add_detail(detail) for detail in self.kind.details]
        self.signatory_rows = [self._add_signatory(row) for row in range(self._signatory_count())]
        for name in ("title", "section", "unit", *self.kind.required):
            if name in self.fields:
                self.fields[name].is_needed = True  # type: ignore[attr-defined]  # ours, for templates

    def _offer_choices(self) -> None:
        offered = {
            "section": section_choices(self.base.section),
            "unit": unit_choices(self.base.unit),
            "obligations": with_unknown(obligation_choices(), self.base.obligations),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        images = image_choices(self.base.files)
        self.fields["body"].widget.images = images

    def _add_detail(self, detail: Detail) -> str:
        name = f"detail_{detail.key}"
        field = _detail_field(detail)
        field.is_needed = detail.required  # type: ignore[attr-defined]  # ours, for templates
        self.fields[name] = field
        return name

    def _signatory_count(self) -> int:
        # A script may have added rows before the form was sent.
        typed = sum(1 for name in self.data if str(name).startswith("signatory_")) // len(PARTS)
        wanted = len(self.base.official.signatories) + EMPTY_SIGNATORIES
        return min(max(typed, wanted), MOST_SIGNATORIES)

    def _add_signatory(self, row: int) -> list[str]:
        labels = (_("ชื่อผู้ลงนาม"), _("ตำแหน่ง"), _("รักษาราชการแทน/ตามคำสั่ง"))
        names = [f"signatory_{row}_{part}" for part in PARTS]
        for name, label in zip(names, labels, strict=True):
            self.fields[name] = TextField(label=label, max_length=LONGEST_NAME, required=False)
        return names

    @property
    def most_signatories(self) -> int:
        return MOST_SIGNATORIES

    @property
    def details(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self.detail_names)

    @property
    def signatories(self) -> Iterator[list[forms.BoundField]]:
        return ([self[name] for name in names] for names in self.signatory_rows)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for detail in self.kind.details:
            first, last = (
                given.get(f"detail_{detail.not_before}"),
                given.get(f"detail_{detail.key}"),
            )
            if isinstance(first, date) and isinstance(last, date) and last < first:
                sentence = _("“{last}” มาก่อน “{first}” ไม่ได้ โปรดตรวจวันที่")
                labels = {
                    "last": self.fields[f"detail_{detail.key}"].label,
                    "first": self.fields[f"detail_{detail.not_before}"].label,
                }
                self.add_error(f"detail_{detail.key}", format_lazy(sentence, **labels))
        return given

    def content(self) -> Content:
        """What was typed, over the base: what the form does not hold (files) stays. The form must be valid."""
        given = self.cleaned_data
        own = ("title", "title_en", "summary", "body", "section", "unit", "fiscal_year", "period")
        days = ("source", "as_of_date", "review_date", "expires_date", "minimum_posting_days")
        return replace(
            self.base,
            **{name: given[name] for name in (*own, *days)},
            obligations=tuple(given["obligations"]),
            details=dict(self._details()),
            official=Official(
                number=given["official_number"],
                typed_date=given["typed_date"],
                signed_date=given["signed_date"],
                in_force_date=given["in_force_date"],
                signatories=tuple(self._signatories()),
            ),
        )

    def _details(self) -> Iterator[tuple[str, str]]:
        for detail in self.kind.details:
            value = self.cleaned_data[f"detail_{detail.key}"]
            if value:
                yield detail.key, value.isoformat() if isinstance(value, date) else value

    def _signatories(self) -> Iterator[Signatory]:
        for names in self.signatory_rows:
            values = [self.cleaned_data[name] for name in names]
            # A post or an order without a name signs nothing.
            if values[0]:
                yield Signatory(*values)


def _detail_field(detail: Detail) -> forms.Field:
    label = spoken(detail.label_th, detail.label_en)
    common: dict[str, Any] = {
        # Where it is read, the amount itself says so.
        "label": format_lazy(_("{label} (บาท)"), label=label) if detail.type == "money" else label,
        "help_text": spoken(detail.help_th, detail.help_en),
        "required": False,
    }
    if detail.type == "choice":
        widget = forms.Select(attrs=INPUT)
        choices = detail_choices(detail)
        return forms.ChoiceField(
            choices=choices, widget=widget, error_messages=CHOICE_ERRORS, **common
        )
    if detail.type == "date":
        return ThaiDateField(**common)
    if detail.type == "url":
        return AddressField(max_length=2_000, **common)
    if detail.type in ("money", "int"):
        return NumberField(is_money=detail.type == "money", **common)
    common["max_length"] = LONGEST_DETAIL
    if detail.pattern:
        return PatternField(
            pattern=detail.pattern, message=spoken(detail.pattern_th, detail.pattern_en), **common
        )
    return TextField(is_long=detail.type == "longtext", **common)


def initial_of(content: Content) -> dict[str, Any]:
    """The content under the form's names."""
    official = content.official
    initial = {
        name: getattr(content, name) for name in WritingForm.base_fields if hasattr(content, name)
    }
    initial |= {
        "official_number": official.number,
        "typed_date": official.typed_date,
        "signed_date": official.signed_date,
        "in_force_date": official.in_force_date,
        "obligations": list(content.obligations),
    }
    for detail in kind_of(content.kind).details:
        value = content.details.get(detail.key, "")
        is_day = detail.type == "date" and value
        initial[f"detail_{detail.key}"] = date.fromisoformat(value) if is_day else value
    for row, signatory in enumerate(official.signatories):
        initial |= {f"signatory_{row}_{part}": getattr(signatory, part) for part in PARTS}
    return initial


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What stands in the form, for a working copy."""
    # The one thing that PostgreSQL's JSON cannot hold; everything else comes back as it was typed.
    return {
        name: [str(one).replace("\x00", "") for one in values]
        for name, values in data.lists()
        if name not in NOT_TYPED
    }


def retyped(form: Mapping[str, Iterable[str]]) -> QueryDict:
    """A working copy as the data of a `WritingForm`."""
    data = QueryDict(mutable=True)
    for name, values in form.items():
        data.setlist(name, list(values))
    return data
