"""The forms of bundles: what a bundle is called and holds, how it is sent, and one word about all of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from prongsai.approval.bundles.rules import Change
from prongsai.disclosures.fields import TextField
from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import Desk
from prongsai.office.forms import INPUT, SubmissionForm, WordForm
from prongsai.organisation.models import Unit
from prongsai.organisation.states import RoleCode
from prongsai.record.bundles import LONGEST_TITLE


class BundleForm(forms.Form):
    """Title, unit and members. Members are refs; the list of those that may be chosen is the screen's."""

    title = TextField(
        label=_("ชื่อชุด"),
        max_length=LONGEST_TITLE,
        help_text=_("ประชาชนจะเห็นชื่อนี้เหนือรายการทั้งหมด เช่น แผนดำเนินงานประจำปีงบประมาณ 2570"),
    )
    unit = forms.ModelChoiceField(
        label=_("หน่วยงานที่ดูแลชุด"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.Select(attrs=INPUT),
    )
    members = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple())

    def __init__(self, *args: Any, desk: Desk, choices: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.in_use()
        if RoleCode.WEBMASTER not in desk.roles:
            units = units.filter(code__in=desk.writing_units)
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]  # a model choice field
        self.fields["members"].choices = [(each, each) for each in choices]  # type: ignore[attr-defined]  # a choice field
        if desk.chosen:
            self.initial.setdefault("unit", desk.chosen.post.unit.code)


class ChangeForm(forms.Form):
    """What a member corrects; the ref of the member is its prefix."""

    change_note = SubmissionForm.base_fields["change_note"]
    significance = SubmissionForm.base_fields["significance"]

    def __init__(self, *args: Any, about: Disclosure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about

    def change(self) -> Change:
        """The form must be valid."""
        return Change(self.cleaned_data["change_note"], self.cleaned_data["significance"])


class BundleDecisionForm(WordForm):
    """A word about a whole bundle."""

    reason = TextField(label=_("เหตุผล"), is_long=True, required=False)
