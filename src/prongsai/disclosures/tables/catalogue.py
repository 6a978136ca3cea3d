"""The forms of tables: columns, checks and the duties that they answer. Read once from `data/tables/*.toml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from prongsai.organisation.rows import BadFile, Column, Row, parse
from prongsai.organisation.spoken import Spoken, spoken

DATA = Path(__file__).parents[1] / "data" / "tables"
TYPES = frozenset({"text", "money", "date", "int", "choice", "tax_id", "url"})
SPANS = frozenset({"", "month", "quarter", "half", "year"})
_FORM = {
    "key": Column(),
    "order": Column(type=int),
    "title_th": Column(),
    "title_en": Column(),
    "file_th": Column(),
    "kind": Column(),
    "section": Column(),
    "topics": Column(type=list),
    "span": Column(default="", choices=SPANS),
    "nothing_th": Column(),
    "nothing_en": Column(),
    "source": Column(),
    "confidence": Column(choices=frozenset({"S", "S2", "P", "M", "I"})),
}
_COLUMN = {
    "key": Column(),
    "type": Column(choices=TYPES),
    "label_th": Column(),
    "label_en": Column(),
    "help_th": Column(default=""),
    "help_en": Column(default=""),
    "required": Column(type=bool, default=False),
    "summed": Column(type=bool, default=False),
    "joined_th": Column(default=""),
    "example": Column(default=""),
    "pattern": Column(default=""),
    "choices": Column(type=list, default=[]),
}
_CHECK = {
    "rule": Column(),
    "column": Column(),
    "of": Column(type=list, default=[]),
}


@dataclass(frozen=True)
class Choice:
    value: str
    th: str
    en: str

    @property
    def label(self) -> str:
        """In the reader's language."""
        return spoken(self.th, self.en)


@dataclass(frozen=True)
class TableColumn:
    """`joined_th` is the heading that it shares on paper with the column before it; `pattern` a shape of its texts."""

    key: str
    type: str
    label_th: str
    label_en: str
    help_th: str = ""
    help_en: str = ""
    required: bool = False
    summed: bool = False
    joined_th: str = ""
    example: str = ""
    pattern: str = ""
    choices: tuple[Choice, ...] = ()

    label = Spoken()
    help = Spoken()

    def choice(self, value: str) -> Choice | None:
        return next((choice for choice in self.choices if choice.value == value), None)


@dataclass(frozen=True)
class Check:
    """A rule of `checks.RULES`, the column of which it speaks, and the others that it compares."""

    rule: str
    column: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableForm:
    """What a table asks for. `span` is how long a period it is about; `nothing_*` say that there was nothing in it.

    `file_th` is what its files are called, before the period.
    """

    key: str
    order: int
    title_th: str
    title_en: str
    file_th: str
    kind: str
    section: str
    topics: tuple[str, ...]
    span: str
    nothing_th: str
    nothing_en: str
    source: str
    confidence: str
    columns: tuple[TableColumn, ...]
    checks: tuple[Check, ...]

    title = Spoken()

    def column(self, key: str) -> TableColumn:
        """Raises KeyError for a column that the form does not have."""
        return {column.key: column for column in self.columns}[key]


@cache
def table_forms() -> tuple[TableForm, ...]:
    """In the order in which they are offered."""
    found = [read_form(path.read_text(encoding="utf-8"), path.name) for path in DATA.glob("*.toml")]
    return tuple(sorted(found, key=lambda form: form.order))


def table_form(key: str) -> TableForm | None:
    return next((form for form in table_forms() if form.key == key), None)


def forms_for(kind: str) -> tuple[TableForm, ...]:
    """Those of the kind first: they are what most likely is wanted."""
    return tuple(sorted(table_forms(), key=lambda form: form.kind != kind))


def read_form(text: str, name: str) -> TableForm:
    """Raises `BadFile` when a key is unknown, missing, or of the wrong kind."""
    rows = parse(text, name=name)
    head = rows.row("form", rows.document["form"], _FORM)
    columns = tuple(_column(row) for row in rows.table("column", _COLUMN))
    keys = {column.key for column in columns}
    checks = tuple(
        Check(row["rule"], row["column"], tuple(row["of"])) for row in rows.table("check", _CHECK)
    )
    strange = {each for check in checks for each in (check.column, *check.of)} - keys
    if strange or len(keys) != len(columns):
        raise BadFile(f"{name}: ไม่มีคอลัมน์ {sorted(strange)} หรือมีคอลัมน์ซ้ำ โปรดตรวจตัวสะกด")
    topics = tuple(head.pop("topics"))
    return TableForm(**head, topics=topics, columns=columns, checks=checks)


def _column(row: Row) -> TableColumn:
    choices = tuple(Choice(**each) for each in row["choices"])
    return TableColumn(**row | {"choices": choices})
