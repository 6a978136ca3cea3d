"""The nine kinds: what each asks for, where it starts, which slots it has. Read once from `data/kinds.toml`."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from prongsai.disclosures.body import has_wordless_image
from prongsai.obligations.queries import obligation
from prongsai.obligations.states import RETURNS_WITHIN_THE_YEAR, RETURNS_YEARLY

DATA = Path(__file__).parent / "data" / "kinds.toml"
MAIN = "main"
NUMBERED = re.compile(r"attachment-[1-9][0-9]{0,2}")

DetailType = Literal["text", "longtext", "date", "money", "url", "int", "choice"]
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Choice:
    value: str
    th: str
    en: str


@dataclass(frozen=True)
class Detail:
    """One field of a kind. `required_when` maps another detail's key to the values that require this one."""

    key: str
    type: DetailType
    label_th: str
    label_en: str
    help_th: str = ""
    required: bool = False
    required_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    pattern: str = ""
    pattern_th: str = ""
    not_before: str = ""

    def is_required(self, details: Mapping[str, str]) -> bool:
        asked = (details.get(key, "") in values for key, values in self.required_when.items())
        return self.required or any(asked)

    def choice(self, value: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True)
class Slot:
    slug: str
    label_th: str
    label_en: str


@dataclass(frozen=True)
class Kind:
    """`required` names common fields; see the head of `data/kinds.toml`."""

    code: str
    section: str
    title_th: str
    title_en: str
    lead_th: str
    lead_en: str
    required: tuple[str, ...]
    details: tuple[Detail, ...]
    slots: tuple[Slot, ...]

    def allows_slot(self, slug: str) -> bool:
        """The main document, the kind's own slots, and `attachment-1` to `attachment-999`."""
        named = {slot.slug for slot in self.slots}
        return slug in named or NUMBERED.fullmatch(slug) is not None

    def slot(self, slug: str) -> Slot:
        """Also for the numbered ones, whose label carries the number."""
        named = next((slot for slot in self.slots if slot.slug == slug), None)
        number = slug.rpartition("-")[2]
        return named or Slot(slug, f"เอกสารแนบ {number}", f"Attachment {number}")

    def detail(self, key: str) -> Detail | None:
        return next((detail for detail in self.details if detail.key == key), None)


@cache
def kinds() -> tuple[Kind, ...]:
    """In the order of the founding announcement's clauses."""
    document = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(_kind(row) for row in document["kind"])


def kind_of(code: str) -> Kind:
    """Raises KeyError for a code that is not in the table."""
    return {kind.code: kind for kind in kinds()}[code]


def _kind(row: dict[str, Any]) -> Kind:
    # Every kind has it: lists and search show the main document first.
    main = Slot(MAIN, "เอกสารหลัก", "Main document")
    slots = (main, *(Slot(**slot) for slot in row.pop("slot", ())))
    details = tuple(_detail(detail) for detail in row.pop("detail", ()))
    return Kind(**row | {"required": tuple(row["required"]), "details": details, "slots": slots})


def _detail(row: dict[str, Any]) -> Detail:
    required_when = {key: tuple(values) for key, values in row.get("required_when", {}).items()}
    choices = tuple(Choice(**choice) for choice in row.get("choices", ()))
    return Detail(**row | {"required_when": required_when, "choices": choices})


def _lacks(key: str) -> Callable[[Json], bool]:
    return lambda content: not content.get(key)


def _lacks_main(content: Json) -> bool:
    return MAIN not in {file["slot"] for file in content.get("files", ())}


def _lacks_body_and_files(content: Json) -> bool:
    return not content.get("body") and not content.get("files")


# What a common field is called, how to see that it is missing, and what to do.
# Plain Thai: officers read them, and letters quote them.
_COMMON: dict[str, tuple[Callable[[Json], bool], str]] = {
    "title": (_lacks("title"), "ยังไม่มีชื่อเรื่อง โปรดกรอกชื่อเรื่อง"),
    "section": (_lacks("section"), "ยังไม่ได้เลือกหมวด โปรดเลือกหมวดที่จะเผยแพร่"),
    "unit": (_lacks("unit"), "ยังไม่ได้เลือกหน่วยงานที่รับผิดชอบ โปรดเลือกหน่วยงาน"),
    "summary": (_lacks("summary"), "ยังไม่มีคำสรุป โปรดสรุปให้ประชาชนเข้าใจในสองสามประโยค"),
    "fiscal_year": (_lacks("fiscal_year"), "ยังไม่ได้กรอกปีงบประมาณ โปรดกรอกเป็นปี พ.ศ."),
    "source": (_lacks("source"), "ยังไม่ได้อ้างแหล่งที่มา ซึ่งคลังความรู้ต้องมีทุกเรื่อง โปรดกรอกแหล่งที่มา"),
    "as_of_date": (
        _lacks("as_of_date"),
        "ยังไม่ได้ระบุวันที่ของข้อมูล ซึ่งคลังความรู้ต้องมีทุกเรื่อง โปรดกรอกว่าเป็นข้อมูล ณ วันที่ใด",
    ),
    "main": (_lacks_main, "ยังไม่มีไฟล์ในช่องเอกสารหลัก โปรดแนบไฟล์"),
    "body_or_files": (_lacks_body_and_files, "ยังไม่มีทั้งเนื้อหาและไฟล์แนบ โปรดเขียนเนื้อหาหรือแนบไฟล์"),
}
_ALWAYS = ("title", "section", "unit")


def missing_fields(content_json: Json) -> list[str]:
    """What is still to be filled in before it may be sent on, one Thai sentence each."""
    kind = kind_of(content_json["kind"])
    common = (_COMMON[name] for name in (*_ALWAYS, *kind.required))
    sentences = [sentence for is_missing, sentence in common if is_missing(content_json)]
    details = content_json.get("details", {})
    for detail in kind.details:
        if detail.is_required(details) and not details.get(detail.key):
            verb = "เลือก" if detail.type == "choice" else "กรอก"
            sentences.append(f"ยังไม่ได้{verb} “{detail.label_th}” โปรด{verb}ในส่วนรายละเอียด")
    sentences += _missing_for_duties(content_json)
    if has_wordless_image(content_json.get("body", "")):
        sentences.append("มีรูปในเนื้อหาที่ยังไม่มีคำบรรยายสำหรับผู้ที่มองไม่เห็น โปรดเขียนว่ารูปนั้นแสดงอะไร")
    return sentences


def _missing_for_duties(content: Json) -> list[str]:
    """A report that is due each year, or each quarter, is no evidence unless it says for which one."""
    bound = [found for key in content.get("obligations", ()) if (found := obligation(key))]
    asked = (
        ("fiscal_year", RETURNS_YEARLY, "ปีงบประมาณ"),
        ("period", RETURNS_WITHIN_THE_YEAR, "งวดหรือช่วงเวลา"),
    )
    return [
        f"ยังไม่ได้กรอก{label} ซึ่ง “{each.label_th}” ({each.instrument.short_th}) ต้องมี โปรดกรอกในส่วนช่วงเวลาและที่มา"
        for name, periods, label in asked
        for each in [duty for duty in bound if duty.period in periods][:1]
        if not content.get(name)
    ]
