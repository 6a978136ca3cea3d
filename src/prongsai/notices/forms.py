"""The six fields on a phone, with the protocol's words in one fold; and the small forms of decider and reviewer."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.fields import TextField, ThaiDateField
from prongsai.notices.actions import Words
from prongsai.notices.labels import LABELS, REVIEW_LABELS
from prongsai.notices.models import Wording
from prongsai.notices.rules import LIMITS, LONGEST_REASON
from prongsai.notices.states import Category, Certainty, EndCause, Severity, Urgency
from prongsai.record.states import RecallReason
from prongsai.thai.dates import BANGKOK

INPUT = {"class": "ds-input"}
USUAL_HOURS = 24
USUAL_DRILL_HOURS = 1
ALWAYS_SHOWN = ("headline", "happened", "to_do", "contact", "area", "valid_date", "valid_time")
IN_THE_FOLD = ("category", "severity", "urgency", "certainty", "source", "headline_en", "to_do_en")
LONGEST_REVIEW = 2000


def _text(name: str, *, is_long: bool = False, **options: Any) -> TextField:
    if is_long:
        # Two lines each, so that the six fields pass under one thumb.
        options["widget"] = forms.Textarea(attrs=INPUT | {"rows": 2})
    return TextField(
        label=LABELS[name], max_length=LIMITS[name], required=False, is_long=is_long, **options
    )


def _choice(name: str, choices: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=LABELS[name],
        choices=choices,
        required=False,
        widget=forms.Select(attrs=INPUT),
    )


class WordingForm(forms.Form):
    """Nothing is required here: a half-written notice is kept, and the action says what is missing when it is sent."""

    headline = _text("headline", help_text=_("เช่น น้ำท่วมถนนริมคลอง ห้ามรถเล็กผ่าน"))
    happened = _text("happened", is_long=True)
    to_do = _text("to_do", is_long=True, help_text=_("บอกเป็นข้อ ๆ สั้น ๆ สิ่งที่ต้องทำก่อนอยู่บรรทัดแรก"))
    contact = _text("contact", help_text=_("ชื่อหน่วยและหมายเลขที่มีคนรับสายตลอดเวลาที่ประกาศ"))
    area = _text("area", help_text=_("เช่น ชุมชนริมคลอง 1 ถึง 3"))
    valid_date = ThaiDateField(label=_("ใช้ถึงวันที่"), required=False)
    valid_time = forms.TimeField(
        label=_("เวลา"), required=False, widget=forms.TimeInput(attrs=INPUT | {"type": "time"})
    )
    impact = _text(
        "impact",
        is_long=True,
        help_text=_("หนึ่งประโยค ประชาชนไม่เห็น: ประกาศแล้วดีอย่างไร เสียอย่างไร กระทบใคร"),
    )
    category = _choice("category", Category.choices)
    severity = _choice("severity", Severity.choices)
    urgency = _choice("urgency", Urgency.choices)
    certainty = _choice("certainty", Certainty.choices)
    source = _text("source", help_text=_("เช่น ศูนย์อุตุนิยมวิทยา หรือเจ้าหน้าที่ในพื้นที่"))
    headline_en = _text("headline_en")
    to_do_en = _text("to_do_en", is_long=True)

    @property
    def six(self) -> list[forms.BoundField]:
        return [self[name] for name in ALWAYS_SHOWN]

    @property
    def fold(self) -> list[forms.BoundField]:
        return [self[name] for name in IN_THE_FOLD]

    @property
    def fold_has_errors(self) -> bool:
        return any(field.errors for field in self.fold)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_hour = given.get("valid_time") is not None or "valid_time" in self.errors
        if given.get("valid_date") and not has_hour:
            self.add_error("valid_time", _("ใส่วันที่แล้วแต่ไม่มีเวลา โปรดใส่เวลาสิ้นสุดด้วย"))
        return given

    def words(self) -> Words:
        """The form must be valid."""
        given = dict(self.cleaned_data)
        day, hour = given.pop("valid_date"), given.pop("valid_time")
        until = datetime.combine(day, hour, tzinfo=BANGKOK) if day and hour is not None else None
        return Words(valid_until_at=until, **given)


def wording_initial(wording: Wording | None, *, at: datetime, is_drill: bool) -> dict[str, Any]:
    """What the form opens with: the wording, or the usual time and the protocol's usual words."""
    usual = Words()
    source: Wording | Words = usual if wording is None else wording
    names = (*LIMITS, "category", "severity", "urgency", "certainty")
    until = source.valid_until_at
    if wording is None:
        hours = USUAL_DRILL_HOURS if is_drill else USUAL_HOURS
        until = at + timedelta(hours=hours)
    local = until.astimezone(BANGKOK) if until else None
    moment = {"valid_date": local.date(), "valid_time": f"{local:%H:%M}"} if local else {}
    return {name: getattr(source, name) for name in names} | moment


class NewNoticeForm(WordingForm):
    """`ref` is the address that the notice will have: sent twice, it is still one notice."""

    ref = forms.UUIDField(widget=forms.HiddenInput())
    is_drill = forms.BooleanField(required=False, widget=forms.HiddenInput())

    def start(self) -> dict[str, Any]:
        """What `start` takes beside actor and time."""
        given = self.cleaned_data
        ref, is_drill = given.pop("ref"), given.pop("is_drill")
        return {"ref": ref, "is_drill": is_drill, "words": self.words()}


class RenewForm(forms.Form):
    """Hours from now: nobody counts dates at night."""

    hours = forms.TypedChoiceField(
        label=_("ให้ใช้ต่ออีกกี่ชั่วโมงนับจากนี้"),
        coerce=int,
        widget=forms.Select(attrs=INPUT),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"),
            _("ต่อเวลาไม่ได้: ยังไม่ได้เลือกจำนวนชั่วโมงที่มีให้เลือก — เลือกจำนวนชั่วโมงแล้วกดต่อเวลาอีกครั้ง"),
        ),
    )

    def __init__(self, *args: Any, longest: timedelta, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = int(longest.total_seconds()) // 3600
        offered = [each for each in (1, 2, 3, 6, 12, 24, 48, 72) if each <= most]
        self.fields["hours"].choices = [(each, str(each)) for each in offered]  # type: ignore[attr-defined]  # a choice field


class EndForm(forms.Form):
    """Why it is over before its time. The public reads the reason."""

    cause = forms.ChoiceField(
        label=_("สิ้นสุดเพราะ"),
        choices=[(each.value, each.label) for each in (EndCause.OVER, EndCause.WRONG)],
        widget=forms.RadioSelect(),
        initial=EndCause.OVER,
    )
    reason = TextField(
        label=_("บอกประชาชนสั้น ๆ"),
        max_length=LONGEST_REASON,
        help_text=_("เช่น ระดับน้ำลดแล้ว รถทุกชนิดผ่านได้"),
        error_messages={"required": _("ยังไม่ได้บอกประชาชน โปรดเขียนหนึ่งประโยค")},
    )


class RecallForm(forms.Form):
    """Why nobody may read it. The public reads both."""

    ground = forms.ChoiceField(
        label=_("เหตุที่เรียกคืน"),
        choices=RecallReason.choices,
        widget=forms.RadioSelect(),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), _("ยังไม่ได้เลือกเหตุที่เรียกคืน โปรดเลือกจากรายการ")
        ),
    )
    reason = TextField(
        label=_("ชี้แจงประชาชนสั้น ๆ โดยไม่กล่าวข้อมูลนั้นซ้ำ"),
        max_length=LONGEST_REASON,
        help_text=_("เช่น ประกาศมีข้อมูลของบุคคลที่ไม่เกี่ยวข้อง จึงนำออก"),
        error_messages={"required": _("ยังไม่ได้ชี้แจงประชาชน โปรดเขียนหนึ่งประโยค")},
    )


class SendBackForm(forms.Form):
    reason = TextField(
        label=_("ต้องแก้อะไร"),
        max_length=LONGEST_REASON,
        error_messages={"required": _("ยังไม่ได้บอกว่าต้องแก้อะไร โปรดเขียนหนึ่งประโยค")},
    )


class ReviewForm(forms.Form):
    """The look back, within working days after the end."""

    review_effect = TextField(
        label=REVIEW_LABELS["review_effect"],
        is_long=True,
        max_length=LONGEST_REVIEW,
        help_text=_("เทียบกับที่คาดไว้: ประชาชนรู้ทันหรือไม่ ผลดี ผลเสีย ใครได้รับผล"),
        error_messages={"required": _("ยังไม่ได้บอกผลที่เกิดขึ้นจริง โปรดเขียนสั้น ๆ")},
    )
    review_lesson = TextField(
        label=REVIEW_LABELS["review_lesson"],
        is_long=True,
        max_length=LONGEST_REVIEW,
        error_messages={"required": _("ยังไม่ได้บอกสิ่งที่ต้องปรับปรุง ถ้าไม่มีให้เขียนว่า ไม่มี")},
    )
