"""The nine top sections of the founding document (clauses 2.1.1 to 2.1.9), as data."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data") / "sections.toml"


@dataclass(frozen=True)
class Section:
    """A top section: `clause` is that of the founding document, `lead_*` tells a reader what is inside."""

    slug: str
    clause: str
    title_th: str
    title_en: str
    lead_th: str
    lead_en: str

    def title(self, language: str = "th") -> str:
        return self.title_en if language == "en" else self.title_th

    def lead(self, language: str = "th") -> str:
        return self.lead_en if language == "en" else self.lead_th


@cache
def sections() -> tuple[Section, ...]:
    """In the order of the founding document."""
    rows = tomllib.loads(DATA.read_text(encoding="utf-8"))["section"]
    return tuple(Section(**row) for row in rows)


@cache
def section_slugs() -> frozenset[str]:
    return frozenset(each.slug for each in sections())


def section(slug: str) -> Section | None:
    return next((each for each in sections() if each.slug == slug), None)
