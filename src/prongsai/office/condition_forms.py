"""How the list of what is wrong with published content is cut down."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from prongsai.monitoring.condition.states import Flaw
from prongsai.monitoring.models import Defect
from prongsai.office.owed_forms import EVERYTHING, SELECT


class ConditionFilter(forms.Form):
    """A GET form; what it does not know asks for everything."""

    unit = forms.ChoiceField(label=_("หน่วยงาน"), required=False, widget=forms.Select(attrs=SELECT))
    flaw = forms.ChoiceField(label=_("เรื่องที่พบ"), required=False, widget=forms.Select(attrs=SELECT))

    def __init__(self, *args: Any, names: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[tuple[str, Any]]] = {
            "unit": list(names.items()),
            "flaw": list(Flaw.choices),
        }
        for name, given in choices.items():
            self.fields[name].choices = [EVERYTHING, *given]  # type: ignore[attr-defined]  # a choice field

    @property
    def unit_code(self) -> str:
        """The code of the unit that is asked for; empty for all."""
        return self._given("unit")

    def of_unit(self, rows: QuerySet[Defect]) -> QuerySet[Defect]:
        return rows.filter(unit_code=self.unit_code) if self.unit_code else rows

    def of_flaw(self, rows: QuerySet[Defect]) -> QuerySet[Defect]:
        flaw = self._given("flaw")
        return rows.filter(flaw=flaw) if flaw else rows

    def _given(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, "")) if self.is_bound else ""
