"""From what somebody typed in a cell to what is kept, and back to words. Plain values; no database."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from prongsai.disclosures.tables.catalogue import TableColumn
from prongsai.record.cells import FORMULA_STARTS, TEXT_MARK
from prongsai.thai.dates import UnreadableDate, format_date, parse_date
from prongsai.thai.digits import to_arabic
from prongsai.thai.identity import is_national_id, is_of_a_person, national_id_digits
from prongsai.thai.normalise import display_text, normalise
from prongsai.thai.numbers import UnreadableNumber, read_number

LONGEST_CELL = 2_000
# No municipality has a million millions; thirteen digits are a slip, or the number of a person in the wrong cell.
HUGE = Decimal(10) ** 12
# As it stands for the public: the last three digits tell two persons of one table apart.
_MASKED = re.compile(r"x-xxxx-xxxxx-[0-9]{2}-[0-9]")


class UnreadableCell(ValueError):
    """`reason` is a key of `words.CELLS`, `values` are its places."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.values = values


def read_cell(column: TableColumn, typed: str) -> str:
    """What is kept of it, empty for an empty cell. Raises `UnreadableCell`."""
    if len(typed) > 2 * LONGEST_CELL:
        # Not even tidied: a file may have fifty million letters in such cells.
        raise UnreadableCell("too_long", length=len(typed), most=LONGEST_CELL)
    text = display_text(typed).strip()
    if text.startswith(TEXT_MARK) and text[1:].startswith(FORMULA_STARTS):
        text = text[1:]
    if len(text) > LONGEST_CELL:
        raise UnreadableCell("too_long", length=len(text), most=LONGEST_CELL)
    if not text:
        return ""
    kept = _READERS[column.type](column, text)
    if column.pattern and not re.fullmatch(column.pattern, kept):
        raise UnreadableCell("pattern", text=kept[:40], help=column.help)
    return kept


def masked(text: str) -> str:
    """Of a natural person only the last three digits; else the digits alone."""
    digits = national_id_digits(text)
    return f"x-xxxx-xxxxx-{digits[10:12]}-{digits[12]}" if is_of_a_person(digits) else digits


def _text(column: TableColumn, text: str) -> str:
    kept = "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()
    return to_arabic(kept) if column.pattern else kept


def _money(_column: TableColumn, text: str) -> str:
    number = _number(text)
    if number != number.quantize(Decimal("0.01")):
        raise UnreadableCell("too_fine", text=text[:40])
    return str(number.quantize(Decimal("0.01")))


def _int(_column: TableColumn, text: str) -> str:
    number = _number(text)
    if number != number.to_integral_value():
        raise UnreadableCell("not_whole", text=text[:40])
    return str(int(number))


def _number(text: str) -> Decimal:
    try:
        number = read_number(text)
    except UnreadableNumber as why:
        raise UnreadableCell("number", text=text[:40]) from why
    if number < 0:
        raise UnreadableCell("negative", text=text[:40])
    if number >= HUGE:
        raise UnreadableCell("huge", text=text[:40])
    return number


def _date(_column: TableColumn, text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except UnreadableDate as why:
        raise UnreadableCell(why.reason, **why.values) from why


def _choice(column: TableColumn, text: str) -> str:
    named = {folded(name): each.value for each in column.choices for name in (each.th, each.en)}
    named |= {folded(each.value): each.value for each in column.choices}
    value = named.get(folded(text))
    if value is None:
        choices = ", ".join(each.label for each in column.choices)
        raise UnreadableCell("choice", text=text[:40], choices=choices)
    return value


def _tax_id(_column: TableColumn, text: str) -> str:
    lowered = to_arabic(text).lower()
    if _MASKED.fullmatch(lowered):
        return lowered
    # What was typed is not repeated: it may be the number of a person.
    if not is_national_id(text):
        raise UnreadableCell("tax_id")
    return masked(text)


def _url(_column: TableColumn, text: str) -> str:
    if not re.fullmatch(r"https?://[^\s]+", text):
        raise UnreadableCell("url", text=text[:40])
    return text


_READERS: Mapping[str, Callable[[TableColumn, str], str]] = {
    "text": _text,
    "money": _money,
    "int": _int,
    "date": _date,
    "choice": _choice,
    "tax_id": _tax_id,
    "url": _url,
}


def cell_words(column: TableColumn, value: str) -> str:
    """As people read and type it: thousands parted, the day in the Buddhist era, a choice by its words."""
    if not value:
        return ""
    choice = column.choice(value)
    if choice is not None:
        return choice.th
    if column.type == "date":
        return format_date(date.fromisoformat(value), style="short")
    if column.type == "money":
        return f"{Decimal(value):,.2f}"
    return f"{int(value):,}" if column.type == "int" else value


def folded(words: str) -> str:
    """By which two ways of typing the same words are the same."""
    return " ".join(normalise(words).casefold().split())
