"""Form fields that read what Thai officers type. All texts become `display_text`; errors say how to write it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.html import escape
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.body import clean_body
from prongsai.disclosures.date_words import DATE_ERRORS
from prongsai.disclosures.tidy import line, lines
from prongsai.disclosures.widgets import BodyWidget, ThaiDateWidget
from prongsai.thai.dates import BUDDHIST_OFFSET, BUDDHIST_YEARS, UnreadableDate, parse_date
from prongsai.thai.digits import to_arabic
from prongsai.thai.normalise import display_text
from prongsai.thai.numbers import UnreadableNumber, read_number

INPUT = {"class": "ds-input"}
HUGE = Decimal(10) ** 15


def _too_long(most: int | None) -> Any:
    return format_lazy(_("ยาวเกิน {most} ตัวอักษร โปรดย่อให้สั้นลง"), most=most)


class TextField(forms.CharField):
    """One line, or several with `is_long`."""

    def __init__(self, *, is_long: bool = False, **kwargs: Any) -> None:
        self.is_long = is_long
        widget = (
            forms.Textarea(attrs=INPUT | {"rows": 4}) if is_long else forms.TextInput(attrs=INPUT)
        )
        length = kwargs.get("max_length")
        messages = {"max_length": _too_long(length)} | kwargs.pop("error_messages", {})
        super().__init__(**{"widget": widget} | kwargs, error_messages=messages)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return lines(text) if self.is_long else line(text)


class PatternField(TextField):
    """Digits may be Thai; what is kept is Arabic and has the pattern's form."""

    def __init__(self, *, pattern: str, message: Any, **kwargs: Any) -> None:
        # `$` would let a line end pass.
        validator = RegexValidator(re.compile(rf"(?:{pattern})\Z"), message)
        super().__init__(validators=[validator], **kwargs)

    def to_python(self, value: Any) -> str:
        return to_arabic(super().to_python(value))


class ThaiDateField(forms.Field):
    """A date typed in any way that `parse_date` reads, shown in the Buddhist era."""

    widget = ThaiDateWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"widget": ThaiDateWidget(attrs=INPUT)} | kwargs)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or not value or not str(value).strip():
            return value if isinstance(value, date) else None
        try:
            # Django's own field reads 23/11/2569 as a year of the common era, 543 years off.
            return parse_date(str(value))
        except UnreadableDate as unreadable:
            sentence = format_lazy(DATE_ERRORS[unreadable.reason], **unreadable.values)
            raise ValidationError(sentence, code=unreadable.reason) from unreadable


class BuddhistYearField(forms.IntegerField):
    """A year of the Buddhist era; a common-era year is not converted but asked about."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs=INPUT | {"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(**{"widget": widget} | kwargs)

    def to_python(self, value: Any) -> int | None:
        text = to_arabic(line(str(value or ""))).removeprefix("พ.ศ.").strip()
        if not text:
            return None
        # Converting by guess is how dates go 543 years astray; the person who typed it knows.
        year = int(text) if re.fullmatch(r"[0-9]{4}", text) else 0
        if year in BUDDHIST_YEARS:
            return year
        if year + BUDDHIST_OFFSET in BUDDHIST_YEARS:
            sentence = _("{typed} เป็นปี ค.ศ. ถ้าหมายถึง พ.ศ. {meant} โปรดพิมพ์ {meant}")
            meant = year + BUDDHIST_OFFSET
            raise ValidationError(format_lazy(sentence, typed=year, meant=meant), code="common_era")
        raise ValidationError(_("โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2569"), code="unclear_year")


class NumberField(forms.Field):
    """A count or an amount of baht; kept as plain digits in a string, amounts with two decimals."""

    def __init__(self, *, is_money: bool, **kwargs: Any) -> None:
        self.is_money = is_money
        mode = "decimal" if is_money else "numeric"
        widget = forms.TextInput(attrs=INPUT | {"inputmode": mode, "autocomplete": "off"})
        super().__init__(**{"widget": widget} | kwargs)

    def to_python(self, value: Any) -> str:
        text = line(str(value or ""))
        if not text:
            return ""
        try:
            number = read_number(text)
        except UnreadableNumber as unreadable:
            sentence = _("อ่าน “{text}” เป็นตัวเลขไม่ได้ โปรดพิมพ์เฉพาะตัวเลข เช่น 1,250,000.50")
            raise ValidationError(format_lazy(sentence, text=text[:40])) from unreadable
        return self._written(number)

    # Strings, not floats: an amount in an edition must be the amount in the contract.
    def _written(self, number: Decimal) -> str:
        if not 0 <= number < HUGE:
            raise ValidationError(_("จำนวนต้องไม่ติดลบและไม่เกิน 15 หลัก โปรดตรวจตัวเลข"))
        step = Decimal("0.01") if self.is_money else Decimal(1)
        if number != number.quantize(step):
            raise ValidationError(
                _("จำนวนเงินมีทศนิยมได้ไม่เกินสองตำแหน่ง โปรดแก้ตัวเลข")
                if self.is_money
                else _("จำนวนต้องเป็นจำนวนเต็ม โปรดแก้ตัวเลข")
            )
        return str(number.quantize(step))

    def prepare_value(self, value: Any) -> Any:
        """Thousands are parted when an amount is shown again."""
        if not isinstance(value, str) or not re.fullmatch(r"[0-9]+(\.[0-9]{2})?", value):
            return value
        return f"{Decimal(value):,}"


class AddressField(forms.URLField):
    """An http(s) address; without a scheme it is taken as https."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.URLInput(attrs=INPUT | {"placeholder": "https://"})
        invalid = _("ที่อยู่เว็บไม่ถูกต้อง โปรดคัดลอกจากแถบที่อยู่ของเบราว์เซอร์ เช่น https://www.example.go.th")
        messages = {"invalid": invalid}
        options: dict[str, Any] = {"widget": widget, "error_messages": messages} | kwargs
        super().__init__(assume_scheme="https", **options)

    def to_python(self, value: Any) -> str:
        address = super().to_python(line(str(value or ""))) or ""
        if address and not address.startswith(("http://", "https://")):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return address


_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")


class BodyField(forms.CharField):
    """Plain text, typed without JavaScript, becomes paragraphs. Saving decides which images may stay."""

    def __init__(self, **kwargs: Any) -> None:
        widget = BodyWidget(attrs=INPUT | {"rows": 14})
        messages = {"max_length": _too_long(kwargs.get("max_length"))}
        options: dict[str, Any] = {"widget": widget, "required": False} | kwargs
        super().__init__(error_messages=messages, **options)

    def to_python(self, value: Any) -> str:
        text = display_text(str(value or "")).strip()
        # With the script there is always markup; without it, people type plain paragraphs.
        html = text if _MARKUP.search(text) else _paragraphs(text)
        return clean_body(html, images=None)


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in re.split(r"\n\s*\n", text))
    escaped = (escape(part).replace("\n", "<br>") for part in parts if part)
    return "".join(f"<p>{part}</p>" for part in escaped)
