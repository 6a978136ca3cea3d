"""How a template says what an edition holds: days, sizes, kinds, units, in the reader's language."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from urllib.parse import quote

from django import template
from django.templatetags.static import static
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from prongsai.obligations.queries import obligation as obligation_of
from prongsai.organisation.spoken import spoken
from prongsai.record.addresses import public_path
from prongsai.record.models import Item
from prongsai.record.pages import Detail, EditionPage, UnitContact, UpdateNote
from prongsai.record.states import CONTENT_ACTIONS, Action
from prongsai.record.tables import Cell, PublicColumn, PublicTable
from prongsai.thai.dates import BANGKOK, format_date

register = template.Library()

_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?:[^>"]|"[^"]*")*>')
KIND_LABELS = {
    "information": _("ข้อมูลพื้นฐาน"),
    "law": _("กฎหมาย ระเบียบ ข้อบังคับ"),
    "procurement": _("จัดซื้อจัดจ้าง"),
    "news": _("ข่าวประชาสัมพันธ์"),
    "service": _("บริการประชาชน"),
    "form": _("แบบฟอร์ม"),
    "link": _("เว็บลิงก์"),
    "knowledge": _("คลังความรู้"),
    "dataset": _("ข้อมูลอื่น ๆ และชุดข้อมูล"),
    "statement": _("ถ้อยแถลง"),
}
FILE_TYPES = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/vnd.oasis.opendocument.text": "ODT",
    "application/vnd.oasis.opendocument.spreadsheet": "ODS",
    "text/csv": "CSV",
    "text/plain": "TXT",
    "text/html": "HTML",
    "image/png": "PNG",
    "image/jpeg": "JPG",
    "image/webp": "WEBP",
}
UNITS_OF_SIZE = ("B", "KB", "MB", "GB")


def _is_english() -> bool:
    return get_language() == "en"


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """A sign from the sprite. Decoration only: the words beside it speak."""
    sprite = static("prongsai/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """`23 พฤศจิกายน 2569`, or `23 November 2026` in English. A moment is that day in Thailand."""
    if value is None:
        return ""
    when = value.astimezone(BANGKOK).date() if isinstance(value, datetime) else value
    return f"{when.day} {when:%B %Y}" if _is_english() else format_date(when)


@register.filter
def moment(value: datetime | None) -> str:
    """The day and the hour in Thailand."""
    if value is None:
        return ""
    local = value.astimezone(BANGKOK)
    # Thai official writing sets a full stop between hours and minutes.
    return f"{day(value)} {local:%H:%M}" if _is_english() else f"{day(value)} {local:%H.%M} น."


@register.filter
def iso_day(value: date | datetime) -> str:
    """For machines: the day in Thailand."""
    when = value.astimezone(BANGKOK).date() if isinstance(value, datetime) else value
    return when.isoformat()


@register.filter
def iso_moment(value: datetime) -> str:
    """For machines: to the second, with the offset of Thailand."""
    return value.astimezone(BANGKOK).isoformat(timespec="seconds")


@register.filter
def file_size(size: int) -> str:
    """Thousands are 1,024; one decimal below ten: `840 KB`, `2.4 MB`."""
    amount, unit = float(size), 0
    while amount >= 1024 and unit < len(UNITS_OF_SIZE) - 1:
        amount, unit = amount / 1024, unit + 1
    digits = 1 if unit and amount < 10 else 0
    return f"{amount:.{digits}f} {UNITS_OF_SIZE[unit]}"


@register.filter
def file_type(media_type: str) -> str:
    """`PDF` for application/pdf; the subtype's last word for what the table does not know."""
    bare = media_type.partition(";")[0]
    return FILE_TYPES.get(bare) or re.split(r"[/.+-]", bare)[-1].upper()[:5]


@register.filter
def kind_label(kind: str) -> str:
    return str(KIND_LABELS.get(kind, kind))


@register.filter
def action_label(action: str) -> str:
    return str(Action(action).label)


@register.filter
def is_edition(update: UpdateNote) -> bool:
    """Whether a line of the history made a version that can be read."""
    return update.action in CONTENT_ACTIONS


@register.filter
def scrolling_tables(body: SafeString) -> SafeString:
    """Each table in a place of its own that scrolls, by keyboard too; a phone's page would scroll sideways instead.

    Only for what `pages.safe_body` made: there every attribute is in double quotes, and no text has a bare `<`.
    """
    place = format_html(
        '<div class="scroll-x" tabindex="0" role="group" aria-label="{}">', _("ตาราง")
    )

    def placed(tag: re.Match[str]) -> str:
        if tag["name"] != "table":
            return tag[0]
        return f"{tag[0]}</div>" if tag["end"] else f"{place}{tag[0]}"

    return mark_safe(_TAG.sub(placed, body))  # noqa: S308 -- adds a wrapper to what is clean


@register.filter
def own_title(page: EditionPage | Item) -> str:
    """The title in the page's language; the Thai one when there is no English."""
    return page.title_en if _is_english() and page.title_en else page.title


@register.filter
def title_language(page: EditionPage | Item) -> str:
    return "en" if _is_english() and page.title_en else "th"


@register.filter
def own_law(withheld: Any) -> str:
    """The law on which something is withheld, in the page's language; of a part, or of a row of the register."""
    return _own(withheld, "law")


@register.filter
def own_table_title(table: PublicTable) -> str:
    """A table's title in the page's language."""
    return _own(table, "title")


@register.filter
def own_label(column: PublicColumn) -> str:
    """A column's heading in the page's language."""
    return _own(column, "label")


@register.filter
def own_nothing(table: PublicTable) -> str:
    """That there was nothing, in the page's language."""
    return _own(table, "nothing")


@register.filter
def cell_text(cell: Cell) -> str:
    """A cell as a reader of the page's language reads it; a dash says that it is empty."""
    value, column = cell.value, cell.column
    if value is None:
        return "–"
    if column.type == "choice":
        th, en = column.choices.get(value, (str(value), ""))
        return spoken(th, en)
    if column.type == "date":
        return day(value)
    places = 2 if column.type == "money" else 0
    return f"{value:,.{places}f}" if column.is_number else str(value)


@register.filter
def own_ground(withheld: Any) -> str:
    return _own(withheld, "label")


@register.filter
def own_appeal(withheld: Any) -> str:
    return _own(withheld, "appeal")


def _own(withheld: Any, name: str) -> str:
    thai, english = (
        withheld.get(each, "") if isinstance(withheld, Mapping) else getattr(withheld, each)
        for each in (f"{name}_th", f"{name}_en")
    )
    return str(english if _is_english() and english else thai)


@register.filter
def unit_name(unit: UnitContact) -> str:
    return unit.name_en if _is_english() and unit.name_en else unit.name_th


@register.filter
def unit_of_row(row: Item) -> str:
    return row.unit_name_en if _is_english() and row.unit_name_en else row.unit_name_th


@register.filter
def detail_label(detail: Detail) -> str:
    return detail.label_en if _is_english() and detail.label_en else detail.label_th


@register.filter
def detail_value(detail: Detail) -> str:
    """A date as people read it, money with two decimals, an address as a link."""
    value = detail.value
    if isinstance(value, date):
        return day(value)
    if detail.type == "money":
        return _money(value)
    if detail.type == "int":
        return str(number_format(value, use_l10n=True))
    if detail.type == "url" and str(value).startswith(("http://", "https://")):
        return format_html('<a href="{}">{}</a>', value, value)
    return str(value)


def _money(value: Any) -> str:
    try:
        amount = f"{float(value):,.2f}"
    except (TypeError, ValueError):
        return str(value)
    return str(_("%(amount)s บาท")) % {"amount": amount}


@register.filter
def obligation(key: str) -> dict[str, str]:
    """`label`, `source` and `path` of what an item answers; a key that is no longer known speaks for itself."""
    known = obligation_of(key)
    if known is None:
        return {"label": key, "source": "", "path": ""}
    law = known.instrument
    clause = spoken(known.clause, known.clause_en)
    path = public_path("obligation", get_language() or "th", instrument=law.key, item=known.slug)
    return {"label": known.label, "source": f"{law.short} {clause}".strip(), "path": path}


@register.filter
def digits(text: str) -> str:
    """What a telephone dials."""
    return "".join(filter(str.isdigit, text))


@register.simple_tag
def problem_link(email: str, page: EditionPage, url: str) -> str:
    """A mail with the subject filled in, so that the unit knows which page is meant."""
    subject = str(_("แจ้งปัญหาของรายการ %(number)s")) % {"number": page.number}
    body = f"{page.title}\n{url}\n\n"
    return f"mailto:{email}?subject={quote(subject)}&body={quote(body)}"


@register.filter
def may_be_scan(media_type: str) -> bool:
    """Whether what it says may be in pictures only."""
    return media_type == "application/pdf" or media_type.startswith("image/")


@register.simple_tag
def format_link(email: str, number: str, file: str, url: str) -> str:
    """A mail that asks for a file in a form that the reader can use, with the item and the file filled in."""
    subject = str(_("ขอไฟล์ในรูปแบบที่เข้าถึงได้ รายการ %(number)s")) % {"number": number}
    wish = str(_("รูปแบบที่ต้องการ (เช่น Word, ตัวอักษรขนาดใหญ่, เสียง):"))
    body = f"{file}\n{url}\n\n{wish} \n"
    return f"mailto:{email}?subject={quote(subject)}&body={quote(body)}"
