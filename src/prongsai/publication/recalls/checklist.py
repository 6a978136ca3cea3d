"""The law's hours and the questions of an incident, read once from `data/incidents.toml`."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from prongsai.organisation.rows import Column, parse
from prongsai.organisation.spoken import Spoken, spoken

QUESTIONS = {
    "key": Column(),
    "required": Column(type=bool),
    "th": Column(),
    "en": Column(),
    "help_th": Column(default=""),
    "help_en": Column(default=""),
}
HEAD = {
    "hours": Column(type=int),
    "told": Column(type=list),
    **{name: Column() for name in ("law_th", "law_en", "rule_th", "rule_en")},
    "source": Column(),
    "confidence": Column(choices=frozenset({"high", "middle", "low"})),
    "questions": Column(type=list),
}


@dataclass(frozen=True)
class Asked:
    """One question of the checklist, in both languages."""

    key: str
    required: bool
    th: str
    en: str
    help_th: str
    help_en: str

    @property
    def text(self) -> str:
        return spoken(self.th, self.en)

    help = Spoken()


@dataclass(frozen=True)
class Checklist:
    """What the law asks for, in own words, where that was read, and how sure we are of it."""

    hours: int
    told: tuple[str, ...]
    law_th: str
    law_en: str
    rule_th: str
    rule_en: str
    source: str
    confidence: str
    questions: tuple[Asked, ...]

    law = Spoken()
    rule = Spoken()


@cache
def checklist() -> Checklist:
    """Raises BadFile when the file is not as it must be."""
    text = files("prongsai.publication").joinpath("data/incidents.toml").read_text("utf-8")
    rows = parse(text, name="incidents.toml")
    head = rows.row("incidents.toml", dict(rows.document), HEAD)
    asked = tuple(Asked(**row) for row in rows.table("questions", QUESTIONS))
    return Checklist(**(head | {"questions": asked, "told": tuple(head["told"])}))
