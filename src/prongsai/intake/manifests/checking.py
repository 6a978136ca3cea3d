"""What a row would become, or what is wrong with it: every problem at once, each in its column."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.content import Content, Official
from prongsai.disclosures.fields import BuddhistYearField, TextField, ThaiDateField
from prongsai.disclosures.kinds import kind_of, written_kinds
from prongsai.disclosures.models import Section
from prongsai.disclosures.states import WRITTEN_KINDS
from prongsai.disclosures.tables.cells import folded
from prongsai.disclosures.tidy import LIMITS
from prongsai.intake.manifests.columns import BY_KEY
from prongsai.intake.manifests.tables import Line
from prongsai.obligations.queries import obligations
from prongsai.thai.normalise import normalise

_DATES = ("typed_date", "signed_date", "in_force_date", "as_of_date")
_FIELDS: Mapping[str, Field] = {
    "title": TextField(max_length=LIMITS["title"]),
    "official_number": TextField(max_length=120, required=False),
    "fiscal_year": BuddhistYearField(required=False),
    "period": TextField(max_length=LIMITS["period"], required=False),
    "summary": TextField(max_length=LIMITS["summary"], is_long=True, required=False),
    "source": TextField(max_length=LIMITS["source"], is_long=True, required=False),
    **{name: ThaiDateField(required=False) for name in _DATES},
}
NEEDED = _("ช่องนี้ว่าง ซึ่งต้องมี โปรดกรอก")
UNKNOWN = _("ไม่รู้จัก “{typed}” โปรดใช้ชื่อหรือรหัสตามแม่แบบ")
OTHER_UNIT = _("ท่านนำเข้าให้หน่วยงาน “{typed}” ไม่ได้ โปรดใช้หน่วยงานของท่าน หรือให้หน่วยงานนั้นนำเข้าเอง")


@dataclass(frozen=True)
class Problem:
    """What is wrong and how to put it right, in a column of the row; "" stands for the row as a whole."""

    column: str
    sentence: str

    @property
    def heading(self) -> str:
        """The column as the template calls it."""
        return BY_KEY[self.column].heading if self.column else ""


@dataclass(frozen=True)
class Plan:
    """A row looked at by itself: `content` when nothing is wrong with its words."""

    line: Line
    content: Content | None
    problems: tuple[Problem, ...]

    @property
    def is_wanted_twice(self) -> bool:
        return normalise(self.line.cells.get("duplicate", "")).casefold() == "new"


@dataclass
class Checker:
    """`units` are those in which this person may write (code -> name); `unit` is taken where none is named."""

    units: Mapping[str, str]
    unit: str
    problems: list[Problem] = field(default_factory=list)

    def plan(self, line: Line) -> Plan:
        self.problems = []
        content = self._content(line.cells)
        problems = tuple(self.problems)
        return Plan(line, None if problems else content, problems)

    def _content(self, cells: Mapping[str, str]) -> Content | None:
        given = {name: self._cleaned(name, each, cells) for name, each in _FIELDS.items()}
        kind = self._named("kind", cells, self._kinds)
        section = self._named("section", cells, self._sections)
        unit = self._unit(cells)
        bound = self._obligations(cells)
        if not cells.get("file"):
            self._complain("file", NEEDED)
        if self.problems:
            return None
        return Content(
            kind=kind,
            section=section or kind_of(kind).section,
            unit=unit,
            title=given["title"],
            summary=given["summary"],
            official=Official(
                number=given["official_number"],
                typed_date=given["typed_date"],
                signed_date=given["signed_date"],
                in_force_date=given["in_force_date"],
            ),
            fiscal_year=given["fiscal_year"],
            period=given["period"],
            source=given["source"],
            as_of_date=given["as_of_date"],
            obligations=bound,
        )

    def _cleaned(self, name: str, each: Field, cells: Mapping[str, str]) -> Any:
        typed = cells.get(name, "")
        if BY_KEY[name].is_needed and not typed:
            self._complain(name, NEEDED)
            return ""
        try:
            return each.clean(typed)
        except ValidationError as error:
            self._complain(name, " ".join(map(str, error.messages)))
        return None

    def _named(self, name: str, cells: Mapping[str, str], known: Mapping[str, str]) -> str:
        typed = cells.get(name, "")
        if not typed:
            if BY_KEY[name].is_needed:
                self._complain(name, NEEDED)
            return ""
        code = known.get(folded(typed), "")
        if not code:
            self._complain(name, format_lazy(UNKNOWN, typed=typed[:80]))
        return code

    def _unit(self, cells: Mapping[str, str]) -> str:
        typed = cells.get("unit", "")
        code = _by_name(self.units.items()).get(folded(typed), "") if typed else self.unit
        if not code:
            self._complain("unit", format_lazy(OTHER_UNIT, typed=typed[:80]))
        return code

    def _obligations(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        found = set()
        for typed in filter(None, map(str.strip, cells.get("obligations", "").split(";"))):
            key = self._obligations_by_name.get(folded(typed))
            if key is None:
                self._complain("obligations", format_lazy(UNKNOWN, typed=typed[:80]))
            else:
                found.add(key)
        return tuple(sorted(found))

    def _complain(self, column: str, sentence: object) -> None:
        self.problems.append(Problem(column, str(sentence)))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        pairs = [
            (each.code, words)
            for each in written_kinds()
            for words in (each.title_th, each.title_en)
        ]
        return _by_name([*pairs, *((code, str(label)) for code, label in WRITTEN_KINDS)])

    @cached_property
    def _sections(self) -> dict[str, str]:
        rows = Section.objects.in_use()
        return _by_name(
            (each.slug, words) for each in rows for words in (each.title_th, each.title_en)
        )

    @cached_property
    def _obligations_by_name(self) -> dict[str, str]:
        pairs: list[tuple[str, str]] = []
        for each in obligations():
            words = f"{each.instrument.short_th} {each.clause}"
            pairs += [(each.key, words), (each.key, f"{words} {each.label_th}")]
        return _by_name(pairs)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Code by folded name and by itself; a name that two share stands for neither."""
    named: dict[str, str] = {}
    codes: dict[str, str] = {}
    shared: set[str] = set()
    for code, words in pairs:
        codes[folded(code)] = code
        name = folded(words)
        if named.setdefault(name, code) != code:
            shared.add(name)
    return {name: code for name, code in named.items() if name not in shared} | codes
