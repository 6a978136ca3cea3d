"""What staff fill in beside the content itself. Forms read input; they decide nothing."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.approval.states import Urgency, Verdict
from prongsai.approval.suggesting import Replacement
from prongsai.disclosures.actions import Withholding
from prongsai.disclosures.fields import ThaiDateField
from prongsai.disclosures.grounds import ground, grounds
from prongsai.disclosures.models import WithheldPart
from prongsai.disclosures.states import WRITTEN_KINDS
from prongsai.disclosures.tidy import line
from prongsai.obligations.queries import obligation
from prongsai.office.desk import Desk
from prongsai.organisation.models import Unit
from prongsai.organisation.states import RoleCode
from prongsai.record.states import Action, Extent, RecallReason, Significance
from prongsai.screening.actions import Words
from prongsai.screening.models import Redaction
from prongsai.screening.redacting.covers import Mark
from prongsai.screening.redacting.queries import other_grounds
from prongsai.screening.states import CHOOSABLE, Scope
from prongsai.thai.dates import BANGKOK, fiscal_year

INPUT = {"class": "ds-input"}
# Slips of the pen that an approver corrects at once; more is a new text.
MOST_WORDS = 3


class StartForm(forms.Form):
    """Of which kind, for which unit and which duty; `ref` is the address that the new work will have."""

    ref = forms.UUIDField(widget=forms.HiddenInput())
    duty = forms.CharField(widget=forms.HiddenInput(), required=False)
    part = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=20)
    kind = forms.ChoiceField(
        choices=WRITTEN_KINDS,
        error_messages={"required": _("ยังไม่ได้เลือกประเภท โปรดเลือกประเภทที่ตรงกับเรื่องที่สุด")},
    )
    unit = forms.ModelChoiceField(
        label=_("หน่วยงานเจ้าของเรื่อง"),
        queryset=Unit.objects.none(),
        empty_label=None,
        to_field_name="code",
        widget=forms.Select(attrs=INPUT),
    )

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.in_use()
        if RoleCode.WEBMASTER not in desk.roles:
            units = units.filter(code__in=desk.writing_units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice field
        if desk.chosen is not None:
            self.initial.setdefault("unit", desk.chosen.post.unit.code)

    def clean_duty(self) -> str:
        """A key that no file knows asks for a work that is bound to nothing."""
        key: str = self.cleaned_data["duty"]
        return key if obligation(key) else ""


class SubmissionForm(forms.Form):
    """What goes with a submission. An act keeps the fields of `ASKED`; the rest are not shown."""

    urgency = forms.ChoiceField(
        label=_("ความเร่งด่วน"),
        choices=Urgency.choices,
        widget=forms.RadioSelect(),
        initial=Urgency.NORMAL,
    )
    significance = forms.ChoiceField(
        label=_("ความสำคัญของการแก้ไข"),
        choices=Significance.choices,
        widget=forms.RadioSelect(),
        initial=Significance.MAJOR,
        help_text=_("สาระสำคัญเปลี่ยน จะขึ้นเป็นรายการปรับปรุงล่าสุดให้ประชาชนเห็น"),
    )
    change_note = forms.CharField(
        label=_("แก้ไขอะไร"),
        help_text=_("ประชาชนจะเห็นข้อความนี้ในประวัติของรายการ เช่น แก้ราคากลางในตารางหน้า 2"),
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
        error_messages={"required": _("ยังไม่ได้บอกว่าแก้ไขอะไร โปรดเขียนสั้น ๆ ให้ประชาชนเข้าใจ")},
    )
    recall_reason = forms.ChoiceField(
        label=_("เหตุที่เรียกคืน"), choices=RecallReason.choices, widget=forms.RadioSelect()
    )
    redirect_number = forms.CharField(
        label=_("เลขที่ของรายการที่จะรวมเข้าไป"),
        help_text=_("เช่น 2569-00012 ผู้เปิดรายการเดิมจะถูกพาไปที่รายการนี้"),
        widget=forms.TextInput(attrs=INPUT),
    )
    explanation = forms.CharField(
        label=_("คำอธิบายต่อประชาชน"),
        help_text=_("ประชาชนจะเห็นข้อความนี้ที่หน้าของรายการ"),
        widget=forms.Textarea(attrs=INPUT | {"rows": 4}),
        error_messages={"required": _("ยังไม่มีคำอธิบาย โปรดบอกประชาชนว่าทำเพราะเหตุใด")},
    )
    publish_date = ThaiDateField(
        label=_("เผยแพร่ตั้งแต่วันที่"),
        required=False,
        help_text=_("เว้นว่างไว้ให้เผยแพร่ทันทีที่อนุมัติครบ"),
    )
    publish_time = forms.TimeField(
        label=_("เวลา"), required=False, widget=forms.TimeInput(attrs=INPUT | {"type": "time"})
    )

    def __init__(self, *args: Any, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(ASKED[action]):
            del self.fields[name]
        if action == Action.WITHDRAWN:
            self.fields["publish_date"].label = _("ยกเลิกตั้งแต่วันที่")
            self.fields["publish_date"].help_text = _("เว้นว่างไว้ให้ยกเลิกทันทีที่อนุมัติครบ")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        # Else it would go out at once, hours before the time that was meant.
        has_day = given.get("publish_date") or "publish_date" in self.errors
        if given.get("publish_time") and not has_day:
            sentence = _("ใส่เวลาแล้วแต่ไม่มีวันที่ โปรดใส่วันที่ด้วย หรือเว้นว่างทั้งสองช่องให้เผยแพร่ทันที")
            self.add_error("publish_date", sentence)
        return given

    def submission(self) -> dict[str, Any]:
        """Everything under the names of `approval.actions.submit`. The form must be valid."""
        given = dict(self.cleaned_data)
        day, hour = given.pop("publish_date", None), given.pop("publish_time", None)
        moment = datetime.combine(day, hour or time(), tzinfo=BANGKOK) if day else None
        return given | {"publish_after": moment}


class TimeForm(forms.Form):
    """Until when something approved is put off; several stand on one page, so each has a prefix of its own."""

    day = ThaiDateField(label=_("เลื่อนไปเป็นวันที่"))
    hour = forms.TimeField(
        label=_("เวลา"), widget=forms.TimeInput(attrs=INPUT | {"type": "time"}), initial=time(8, 30)
    )
    reason = forms.CharField(
        label=_("เหตุที่เลื่อน"),
        widget=forms.Textarea(attrs=INPUT | {"rows": 2}),
        error_messages={"required": _("ยังไม่ได้บอกเหตุผล โปรดเขียนว่าเลื่อนเพราะเหตุใด")},
    )

    def moment(self) -> datetime:
        """The form must be valid."""
        day, hour = self.cleaned_data["day"], self.cleaned_data["hour"]
        return datetime.combine(day, hour, tzinfo=BANGKOK)


class PaperTextForm(forms.Form):
    """A text of the papers as it shall be."""

    text = forms.CharField(
        label=_("ข้อความ"),
        required=False,
        help_text=_("เว้นว่างไว้ให้กลับไปใช้ข้อความในไฟล์"),
        widget=forms.Textarea(attrs=INPUT | {"rows": 4, "lang": "th"}),
    )
    reason = forms.CharField(
        label=_("เหตุผลที่แก้"), max_length=500, widget=forms.TextInput(attrs=INPUT)
    )
    base_number = forms.IntegerField(widget=forms.HiddenInput())


class CoverForm(forms.Form):
    """One question for each covered file of which the register of withheld parts says nothing yet."""

    prefix = "cover"

    def __init__(
        self, *args: Any, covered: Sequence[Redaction], parts: Sequence[WithheldPart], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        entries = [
            (str(part.ref), _("ลงทะเบียนแล้ว: %(part)s") % {"part": part.part}) for part in parts
        ]
        for redaction in covered:
            only = [] if other_grounds(redaction) else [(ONLY_PERSONAL, ONLY_PERSONAL_SENTENCE)]
            self.fields[redaction.slot] = forms.ChoiceField(
                label=_("ปิดทับในไฟล์ “%(name)s” %(n)d แห่ง ส่วนที่ปิดคืออะไร")
                % {"name": redaction.original.name, "n": len(redaction.covers)},
                choices=[*only, *entries],
                help_text=_grounds_said(redaction),
                widget=forms.RadioSelect(),
                error_messages={
                    "required": _(
                        "ยังส่งไม่ได้ เพราะยังไม่ได้ตอบว่าส่วนที่ปิดทับต้องลงทะเบียนหรือไม่ โปรดเลือกหนึ่งข้อ หรือลงทะเบียนส่วนที่ปิดไว้ก่อน"
                    )
                },
            )

    def answers(self) -> dict[str, dict[str, Any]]:
        """By slot, in the words of `redacting.actions.answer_cover`. The form must be valid."""
        return {
            slot: {"reason": str(ONLY_PERSONAL_SENTENCE)}
            if chosen == ONLY_PERSONAL
            else {"part": UUID(chosen)}
            for slot, chosen in self.cleaned_data.items()
        }


def _grounds_said(redaction: Redaction) -> str:
    """Every ground that was written beside its boxes, once; and why the short answer is missing, where it is."""
    marks = map(Mark.from_json, redaction.covers)
    said = "; ".join(dict.fromkeys(mark.ground for mark in marks if mark.ground))
    shown = _("เหตุผลที่เขียนไว้กับกรอบ: %(grounds)s") % {"grounds": said} if said else ""
    if not other_grounds(redaction):
        return shown
    why = _("ต้องลงทะเบียนส่วนที่ปิดไว้ก่อน เพราะมีเหตุอื่นนอกจากข้อมูลส่วนบุคคล")
    return f"{shown} — {why}"


ONLY_PERSONAL = "personal"
ONLY_PERSONAL_SENTENCE = _("ปิดเฉพาะข้อมูลส่วนบุคคลที่ไม่เกี่ยวกับประโยชน์สาธารณะ ไม่ต้องลงทะเบียน")
_WHEN = ("publish_date", "publish_time")
ASKED: dict[str, tuple[str, ...]] = {
    Action.PUBLISHED: ("urgency", *_WHEN),
    Action.CORRECTED: ("urgency", "significance", "change_note", *_WHEN),
    Action.WITHDRAWN: ("urgency", "explanation", *_WHEN),
    Action.CONSOLIDATED: ("urgency", "redirect_number", "explanation"),
    Action.RECALLED: ("urgency", "recall_reason", "explanation"),
    Action.RESTORED: ("urgency", "explanation"),
}


class WordForm(forms.Form):
    """A verdict as one of the posts that are asked for; the buttons carry the verdict."""

    verdict = forms.ChoiceField(choices=Verdict.choices)
    content_hash = forms.CharField(max_length=64, widget=forms.HiddenInput())
    post = forms.ChoiceField(label=_("ลงนามในตำแหน่ง"), widget=forms.Select(attrs=INPUT))
    reason = forms.CharField(
        label=_("เหตุผล"), required=False, widget=forms.Textarea(attrs=INPUT | {"rows": 4})
    )
    to_step = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(
        self,
        *args: Any,
        posts: list[tuple[str, str]],
        steps: list[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]  # a choice field
        self.fields["to_step"].choices = steps  # type: ignore[attr-defined]  # a choice field


class DecisionForm(WordForm):
    """A word about one submission, with the words that an approver corrects."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_WORDS + 1):
            old = forms.CharField(label=_("คำเดิม"), required=False, max_length=200)
            new = forms.CharField(label=_("แก้เป็น"), required=False, max_length=200)
            self.fields[f"old_{number}"], self.fields[f"new_{number}"] = old, new
            old.widget, new.widget = forms.TextInput(attrs=INPUT), forms.TextInput(attrs=INPUT)

    @property
    def words(self) -> list[tuple[Any, Any]]:
        """Bound pairs of words as they stand and as they should."""
        return [(self[f"old_{n}"], self[f"new_{n}"]) for n in range(1, MOST_WORDS + 1)]

    def replacements(self) -> list[Replacement]:
        """The form must be valid."""
        given = self.cleaned_data
        pairs = [(given[f"old_{n}"], given[f"new_{n}"]) for n in range(1, MOST_WORDS + 1)]
        return [Replacement(line(old), line(new)) for old, new in pairs if line(old)]


class FindingForm(forms.Form):
    """How findings are decided: one, all of the same datum (`alike`), or the whole group (`scope`)."""

    verdict = forms.ChoiceField(
        choices=[(each.value, each.label) for each in CHOOSABLE],
        error_messages={"required": _("ยังไม่ได้เลือกว่าจะทำอย่างไรกับข้อความนี้ โปรดเลือกหนึ่งข้อ")},
    )
    reason = forms.CharField(
        error_messages={"required": _("ยังไม่ได้ใส่เหตุผล โปรดพิมพ์เหตุผลสั้น ๆ ให้ผู้อื่นเข้าใจได้")}
    )
    ground = forms.CharField(required=False)
    legal_ground = forms.CharField(required=False)
    personal_basis = forms.CharField(required=False)
    alike = forms.BooleanField(required=False)
    scope = forms.ChoiceField(choices=Scope.choices, required=False)
    withheld_ground = forms.CharField(required=False)
    withheld_extent = forms.CharField(required=False)
    withheld_part = forms.CharField(required=False)
    review_date = ThaiDateField(required=False)

    def words(self) -> Words:
        """What is said. The form must be valid."""
        given = self.cleaned_data
        chosen = (_sentence(given["ground"], "publish"), given["legal_ground"].strip())
        return Words(
            verdict=given["verdict"],
            reason=given["reason"],
            legal_ground=" · ".join(filter(None, chosen)),
            personal_basis=_sentence(given["personal_basis"], "personal"),
            withholding=self._withholding(),
        )

    @property
    def chosen_scope(self) -> str:
        given = self.cleaned_data
        return Scope.ALIKE if given["alike"] else given["scope"] or Scope.ONE

    def _withholding(self) -> Withholding | None:
        given = self.cleaned_data
        if not given["withheld_ground"] and not given["withheld_part"].strip():
            return None
        return Withholding(
            extent=given["withheld_extent"],
            part=given["withheld_part"],
            ground=given["withheld_ground"],
            reason=given["reason"],
            review_date=given["review_date"],
        )


def _sentence(key: str, use: str) -> str:
    found = ground(key)
    return found.sentence_th if found is not None and found.use == use else ""


class SecondWordForm(forms.Form):
    """A second person agrees with a decision as they saw it, or objects; the buttons carry the word."""

    decision = forms.IntegerField(widget=forms.HiddenInput())
    word = forms.CharField()
    reason = forms.CharField(required=False)
    scope = forms.ChoiceField(choices=Scope.choices, required=False)


class WithheldForm(forms.Form):
    """A part that the public does not see, entered by hand while the work is being written."""

    extent = forms.ChoiceField(
        label=_("ปิดไว้เท่าใด"), choices=Extent.choices, widget=forms.Select(attrs=INPUT)
    )
    part = forms.CharField(
        label=_("ปิดอะไรไว้"),
        max_length=300,
        help_text=_("ประชาชนอ่านข้อความนี้ บอกเป็นคำกว้าง ๆ ที่ไม่เผยข้อมูลนั้น เช่น เลขประจำตัวและที่อยู่ของผู้รับเงิน"),
        widget=forms.TextInput(attrs=INPUT),
        error_messages={"required": _("ยังไม่ได้บอกว่าปิดอะไรไว้ โปรดบอกเป็นคำกว้าง ๆ")},
    )
    ground = forms.ChoiceField(label=_("เหตุตามกฎหมาย"), widget=forms.Select(attrs=INPUT))
    reason = forms.CharField(
        label=_("เหตุผล"),
        max_length=1000,
        help_text=_("บอกว่าเหตุตามกฎหมายนั้นตรงกับเรื่องนี้อย่างไร ประชาชนอ่านข้อความนี้ด้วย"),
        widget=forms.Textarea(attrs=INPUT | {"rows": 3}),
        error_messages={"required": _("ยังไม่ได้ใส่เหตุผล โปรดพิมพ์เหตุผลสั้น ๆ ให้ผู้อื่นเข้าใจได้")},
    )
    review_date = ThaiDateField(
        label=_("ทบทวนภายในวันที่"),
        required=False,
        help_text=_("วันที่ควรดูใหม่ว่ายังต้องปิดอยู่หรือไม่ เช่น เมื่อการสอบสวนจบ"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.key, f"{each.law}: {each.label}") for each in grounds("withhold")]
        self.fields["ground"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def withholding(self) -> Withholding:
        return Withholding(**self.cleaned_data)


class PaperYearForm(forms.Form):
    """The Buddhist fiscal year of an order or an announcement; the present one when nothing is chosen."""

    EARLIEST, LATEST = 2560, 2699
    year = forms.IntegerField(
        label=_("ปีงบประมาณ (พ.ศ.)"),
        min_value=EARLIEST,
        max_value=LATEST,
        widget=forms.NumberInput(attrs=INPUT),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = fiscal_year(on)
