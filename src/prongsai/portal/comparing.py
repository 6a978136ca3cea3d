"""Two editions of one item side by side, for people: which words and which files went and came."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from prongsai.discovery.texts import body_text
from prongsai.record.pages import EditionPage, PageFile
from prongsai.thai.dates import format_date
from prongsai.thai.differences import Paragraph, paragraphs


@dataclass(frozen=True)
class Row:
    """One paragraph; a side is empty where nothing stands against it."""

    before: Paragraph
    after: Paragraph
    whole: Paragraph


@dataclass(frozen=True)
class FieldChange:
    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class FileChange:
    """`before` and `after` are both there when the bytes of a slot were replaced."""

    before: PageFile | None
    after: PageFile | None


@dataclass(frozen=True)
class Comparison:
    old: EditionPage
    new: EditionPage
    fields: tuple[FieldChange, ...]
    files: tuple[FileChange, ...]

    @property
    def is_same(self) -> bool:
        return not self.fields and not self.files


def comparison(old: EditionPage, new: EditionPage) -> Comparison:
    before, after = _texts(old), _texts(new)
    fields = tuple(
        FieldChange(label, _rows(there, here))
        for label in dict.fromkeys([*before, *after])
        if (there := before.get(label, "")) != (here := after.get(label, ""))
    )
    return Comparison(old, new, fields, tuple(_file_changes(old, new)))


def _rows(old: str, new: str) -> tuple[Row, ...]:
    return tuple(
        Row(
            before=tuple(each for each in paragraph if each.operation != "insert"),
            after=tuple(each for each in paragraph if each.operation != "delete"),
            whole=paragraph,
        )
        for paragraph in paragraphs(old, new)
    )


def _texts(page: EditionPage) -> dict[str, str]:
    """What the page says, by the labels under which it says it, in the page's order."""
    found = {str(label()): read(page) for label, read in _FIELDS}
    is_english = get_language() == "en"
    for detail in page.details:
        label = detail.label_en if is_english and detail.label_en else detail.label_th
        value = detail.value
        found[label] = format_date(value) if isinstance(value, date) else str(value or "")
    return {label: text for label, text in found.items() if text}


def _day(value: date | None) -> str:
    return format_date(value) if value else ""


def _official(page: EditionPage) -> str:
    """Number, days and signatories of the document, a line each."""
    found = page.official
    days = (found.typed_date, found.signed_date, found.in_force_date)
    signed = (f"{each.name} {each.post} {each.acting}".strip() for each in found.signatories)
    return "\n".join(filter(None, [found.number, *map(_day, days), *signed]))


def _year(page: EditionPage) -> str:
    return f"{page.fiscal_year or ''} {page.period}".strip()


_FIELDS: tuple[tuple[Callable[[], str], Callable[[EditionPage], str]], ...] = (
    (lambda: _("ชื่อเรื่อง"), lambda page: page.title),
    (lambda: _("ชื่อเรื่องภาษาอังกฤษ"), lambda page: page.title_en),
    (lambda: _("สรุป"), lambda page: page.summary),
    (lambda: _("เนื้อหา"), lambda page: body_text(page.body)),
    (lambda: _("หมวด"), lambda page: page.section.title_th),
    (lambda: _("หน่วยงานที่รับผิดชอบ"), lambda page: page.unit.name_th),
    (lambda: _("เลขที่ วันที่ และผู้ลงนามในเอกสาร"), _official),
    (lambda: _("ปีงบประมาณและงวด"), _year),
    (lambda: _("แหล่งที่มาของข้อมูล"), lambda page: page.source),
    (lambda: _("ข้อมูล ณ วันที่"), lambda page: _day(page.as_of_date)),
    (lambda: _("วันสุดท้ายที่ใช้"), lambda page: _day(page.expires_date)),
)


def _file_changes(old: EditionPage, new: EditionPage) -> Iterator[FileChange]:
    before = {file.slot: file for file in old.files}
    after = {file.slot: file for file in new.files}
    for slot in dict.fromkeys([*before, *after]):
        there, here = before.get(slot), after.get(slot)
        if (there and there.sha256) != (here and here.sha256):
            yield FileChange(there, here)
