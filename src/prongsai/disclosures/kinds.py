"""The nine kinds: what each asks for, where it starts, which slots it has. Read once from `data/kinds.toml`."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.body import PROMPT, has_wordless_image
from prongsai.disclosures.states import KindCode
from prongsai.disclosures.tables.catalogue import table_form
from prongsai.disclosures.tables.checks import Weight, remarks
from prongsai.disclosures.tables.slots import BODY_TWIN, TWIN_SLOTS, lacks_files
from prongsai.disclosures.tables.table import Table
from prongsai.disclosures.tables.words import placed_sentence
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import obligation
from prongsai.obligations.states import RETURNS_WITHIN_THE_YEAR, RETURNS_YEARLY
from prongsai.organisation.spoken import spoken

DATA = Path(__file__).parent / "data" / "kinds.toml"
MAIN = "main"
NUMBERED = re.compile(r"attachment-[1-9][0-9]{0,2}")
# Of a long table that is wrong throughout, these are enough to begin with.
MOST_REMARKS = 20

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
    help_en: str = ""
    required: bool = False
    required_when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    pattern: str = ""
    pattern_th: str = ""
    pattern_en: str = ""
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
        own = (*self.slots, *(Slot(*each) for each in (*TWIN_SLOTS, BODY_TWIN)))
        named = next((slot for slot in own if slot.slug == slug), None)
        number = slug.rpartition("-")[2]
        return named or Slot(slug, f"เอกสารแนบ {number}", f"Attachment {number}")

    def detail(self, key: str) -> Detail | None:
        return next((detail for detail in self.details if detail.key == key), None)


@cache
def kinds() -> tuple[Kind, ...]:
    """In the order of the founding announcement's clauses."""
    document = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return tuple(_kind(row) for row in document["kind"])


def written_kinds() -> tuple[Kind, ...]:
    """Without statements, which are made on a page of their own."""
    return tuple(kind for kind in kinds() if kind.code != KindCode.STATEMENT)


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


# How to see that a common field is missing, and what to do.
_COMMON: dict[str, tuple[Callable[[Json], bool], Promise]] = {
    "title": (_lacks("title"), _("ยังไม่มีชื่อเรื่อง โปรดกรอกชื่อเรื่อง")),
    "section": (_lacks("section"), _("ยังไม่ได้เลือกหมวด โปรดเลือกหมวดที่จะเผยแพร่")),
    "unit": (_lacks("unit"), _("ยังไม่ได้เลือกหน่วยงานที่รับผิดชอบ โปรดเลือกหน่วยงาน")),
    "summary": (_lacks("summary"), _("ยังไม่มีคำสรุป โปรดสรุปให้ประชาชนเข้าใจในสองสามประโยค")),
    "fiscal_year": (_lacks("fiscal_year"), _("ยังไม่ได้กรอกปีงบประมาณ โปรดกรอกเป็นปี พ.ศ.")),
    "source": (_lacks("source"), _("ยังไม่ได้อ้างแหล่งที่มา ซึ่งคลังความรู้ต้องมีทุกเรื่อง โปรดกรอกแหล่งที่มา")),
    "as_of_date": (
        _lacks("as_of_date"),
        _("ยังไม่ได้ระบุวันที่ของข้อมูล ซึ่งคลังความรู้ต้องมีทุกเรื่อง โปรดกรอกว่าเป็นข้อมูล ณ วันที่ใด"),
    ),
    "main": (_lacks_main, _("ยังไม่มีไฟล์ในช่องเอกสารหลัก โปรดแนบไฟล์")),
    "body_or_files": (_lacks_body_and_files, _("ยังไม่มีทั้งเนื้อหาและไฟล์แนบ โปรดเขียนเนื้อหาหรือแนบไฟล์")),
}
_ALWAYS = ("title", "section", "unit")


_UNCHOSEN = _("ยังไม่ได้เลือก “%(label)s” โปรดเลือกในส่วนรายละเอียด")
_UNFILLED = _("ยังไม่ได้กรอก “%(label)s” โปรดกรอกในส่วนรายละเอียด")
_FORM_UNKNOWN = _("ระบบไม่มีแบบของตารางนี้แล้ว โปรดเปิดหน้าตารางแล้วเลือกแบบใหม่")
_OTHER_PERIOD = _("ปีหรืองวดของเรื่องไม่ตรงกับตาราง โปรดเปิดหน้าตารางแล้วบันทึกอีกครั้ง ปีและงวดจะตรงกัน")
_FILES_LACKING = _("ไฟล์ PDF XLSX และ CSV ของตารางยังทำไม่เสร็จ โปรดดูในส่วนไฟล์แนบของหน้าเขียนว่าถึงไหนแล้ว")
_WORDLESS = _("มีรูปในเนื้อหาที่ยังไม่มีคำบรรยายสำหรับผู้ที่มองไม่เห็น โปรดเขียนว่ารูปนั้นแสดงอะไร")
_UNANSWERED = _(
    "เนื้อหายังมี “%(prompt)s” อยู่ %(count)s แห่ง โปรดเขียนเนื้อหาแทนข้อความนั้น หรือลบออกถ้าไม่มีอะไรต้องบอก"
)
# A report that is due each year, or each quarter, is no evidence unless it says for which one.
_OF_DUTIES = (
    (
        "fiscal_year",
        RETURNS_YEARLY,
        _("ยังไม่ได้กรอกปีงบประมาณ ซึ่ง “%(duty)s” (%(law)s) ต้องมี โปรดกรอกในส่วนช่วงเวลาและที่มา"),
    ),
    (
        "period",
        RETURNS_WITHIN_THE_YEAR,
        _("ยังไม่ได้กรอกงวดหรือช่วงเวลา ซึ่ง “%(duty)s” (%(law)s) ต้องมี โปรดกรอกในส่วนช่วงเวลาและที่มา"),
    ),
)


def missing_fields(content_json: Json) -> list[str]:
    """What is still to be filled in before it may be sent on, one sentence each in the reader's language."""
    kind = kind_of(content_json["kind"])
    common = (_COMMON[name] for name in (*_ALWAYS, *kind.required))
    sentences = [str(sentence) for is_missing, sentence in common if is_missing(content_json)]
    sentences += _missing_details(kind, content_json.get("details", {}))
    sentences += _missing_for_duties(content_json)
    sentences += _missing_of_table(content_json)
    if has_wordless_image(content_json.get("body", "")):
        sentences.append(str(_WORDLESS))
    if prompts := content_json.get("body", "").count(PROMPT):
        sentences.append(str(_UNANSWERED) % {"prompt": PROMPT, "count": prompts})
    return sentences


def _missing_details(kind: Kind, details: Mapping[str, str]) -> list[str]:
    lacking = [
        each for each in kind.details if each.is_required(details) and not details.get(each.key)
    ]
    return [
        str(_UNCHOSEN if each.type == "choice" else _UNFILLED)
        % {"label": spoken(each.label_th, each.label_en)}
        for each in lacking
    ]


def _missing_for_duties(content: Json) -> list[str]:
    # For which period a statement must say that it is, depends on what it says (`statements.statement_problems`).
    if content["kind"] == KindCode.STATEMENT:
        return []
    bound = [found for key in content.get("obligations", ()) if (found := obligation(key))]
    return [
        str(sentence) % {"duty": _duty(each), "law": each.instrument.short}
        for name, periods, sentence in _OF_DUTIES
        for each in [duty for duty in bound if duty.period in periods][:1]
        if not content.get(name)
    ]


def _missing_of_table(content: Json) -> list[str]:
    if not content.get("table"):
        return []
    table = Table.from_json(content["table"])
    form = table_form(table.form)
    if form is None:
        return [str(_FORM_UNKNOWN)]
    stops = [each for each in remarks(form, table) if each.weight == Weight.STOPS]
    sentences = [placed_sentence(form, each) for each in stops[:MOST_REMARKS]]
    if lacks_files(content):
        sentences.append(str(_FILES_LACKING))
    told = (content.get("fiscal_year"), content.get("period", ""))
    if told != (table.fiscal_year, table.period):
        sentences.append(str(_OTHER_PERIOD))
    return sentences


def _duty(bound: Obligation) -> str:
    return spoken(bound.label_th, bound.label_en)
