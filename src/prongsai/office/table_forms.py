"""The heading of a table, and which form it has."""

from typing import Any, Self

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.fields import BuddhistYearField, TextField
from prongsai.disclosures.tables.catalogue import TableForm
from prongsai.disclosures.tables.table import Table
from prongsai.disclosures.tidy import LIMITS

# Rows of one page of the form: a browser on a phone bears some hundred fields.
PAGE = 20
_EXAMPLES: dict[str, Promise] = {
    "": _("เว้นว่างได้"),
    "month": _("เช่น ตุลาคม 2568"),
    "quarter": _("เช่น ไตรมาสที่ 1"),
    "half": _("เช่น 6 เดือนแรก"),
    "year": _("เช่น ปีงบประมาณ 2569 หรือเว้นว่าง"),
}


class TableHeadForm(forms.Form):
    """`nothing` takes the place of rows."""

    fiscal_year = BuddhistYearField(label=_("ปีงบประมาณ พ.ศ."))
    period = TextField(label=_("งวดหรือช่วงเวลา"), max_length=LIMITS["period"], required=False)
    nothing = forms.BooleanField(label=_("ไม่มีรายการในงวดนี้"), required=False)

    def __init__(self, *args: Any, form: TableForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["period"].help_text = str(_EXAMPLES[form.span])
        self.fields["nothing"].help_text = form.nothing_th

    @classmethod
    def of(cls, form: TableForm, table: Table) -> Self:
        """With what the table says now."""
        names = ("fiscal_year", "period", "nothing")
        return cls(form=form, initial={name: getattr(table, name) for name in names})
