"""Form parts of our own: the body's editor and the Thai date. Both are plain inputs without JavaScript."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.thai.dates import format_date

STYLE = "disclosures/body-editor.css"
Words = Mapping[str, str | Promise]

EDITOR_WORDS: Words = {
    "tools": _("เครื่องมือจัดเนื้อหา"),
    "heading2": _("หัวข้อ"),
    "heading3": _("หัวข้อย่อย"),
    "bold": _("หนา"),
    "italic": _("เอียง"),
    "bullets": _("รายการ"),
    "numbers": _("ลำดับเลข"),
    "quote": _("คำกล่าวอ้าง"),
    "callout": _("กรอบเน้น"),
    "link": _("ลิงก์"),
    "image": _("รูป"),
    "table": _("ตาราง"),
    "addRow": _("เพิ่มแถว"),
    "addColumn": _("เพิ่มคอลัมน์"),
    "deleteRow": _("ลบแถว"),
    "deleteColumn": _("ลบคอลัมน์"),
    "mergeCells": _("รวมหรือแยกช่อง"),
    "headCell": _("ช่องหัวตาราง"),
    "deleteTable": _("ลบตาราง"),
    "line": _("เส้นคั่น"),
    "undo": _("ย้อนกลับ"),
    "redo": _("ทำซ้ำ"),
    "address": _("ที่อยู่ลิงก์ (เว้นว่างเพื่อเอาลิงก์ออก)"),
    "addressHelp": _(
        "เช่น https://www.example.go.th หรือ mailto:saraban@example.go.th หรือ /p/2569-00001/"
    ),
    "linkText": _("ข้อความของลิงก์"),
    "imageFile": _("รูปที่แนบไว้"),
    "imageWords": _("คำบรรยายสำหรับผู้ที่มองไม่เห็นรูป"),
    "caption": _("คำใต้ภาพ (ไม่บังคับ)"),
    "noImages": _("ยังไม่มีรูปที่แนบไว้ โปรดแนบไฟล์รูปก่อน แล้วกลับมาเลือก"),
    "ok": _("ตกลง"),
    "cancel": _("ยกเลิก"),
}
DATE_WORDS: Words = {
    "open": _("เปิดปฏิทิน"),
    "month": _("เดือน"),
    "year": _("ปี พ.ศ."),
    "previous": _("เดือนก่อน"),
    "next": _("เดือนถัดไป"),
    "close": _("ปิดปฏิทิน"),
}


def _spoken(words: Words) -> str:
    return json.dumps({key: str(word) for key, word in words.items()}, ensure_ascii=False)


class BodyWidget(forms.Textarea):
    """`images` are `{"src", "name"}` of the attached images; the form sets them."""

    images: Iterable[Mapping[str, str]] = ()

    class Media:
        css = {"all": [STYLE]}
        js = [forms.Script("disclosures/body-editor.js", type="module")]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        # Words go in as data: the script is one file for all languages, and nothing is inline.
        context["widget"]["attrs"] |= {
            "data-body-editor": True,
            "data-words": _spoken(EDITOR_WORDS),
            "data-images": json.dumps(list(self.images), ensure_ascii=False),
        }
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        """The textarea is hidden behind the editor, where a browser could not point at it."""
        return False


class ThaiDateWidget(forms.TextInput):
    """Shows a date in the Buddhist era; what was typed wrongly is shown again as it was typed."""

    class Media:
        css = {"all": [STYLE]}
        js = [forms.Script("disclosures/thai-date.js", type="module")]

    def format_value(self, value: Any) -> str | None:
        return format_date(value) if isinstance(value, date) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"] |= {
            "data-thai-date": True,
            "data-words": _spoken(DATE_WORDS),
            "autocomplete": "off",
        }
        return context
