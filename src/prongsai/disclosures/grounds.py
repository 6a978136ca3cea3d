"""Grounds of law that people choose from a list, read once from `data/grounds.toml` and the municipality's own file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from prongsai.disclosures.spoken import spoken

DATA = Path(__file__).parent / "data" / "grounds.toml"
Use = Literal["withhold", "publish", "personal"]


@dataclass(frozen=True)
class Appeal:
    """What somebody who disagrees may do. `days` is the time for it, None where the law sets none."""

    th: str
    en: str
    source: str
    confidence: str
    days: int | None = None


@dataclass(frozen=True)
class Ground:
    """`appeal` names one of the appeals, for what is withheld; `source` and `confidence` tell how far to trust it."""

    key: str
    use: Use
    law_th: str
    law_en: str
    label_th: str
    label_en: str
    help_th: str
    help_en: str
    source: str
    confidence: str
    appeal: str = ""

    @property
    def law(self) -> str:
        return spoken(self.law_th, self.law_en)

    @property
    def label(self) -> str:
        return spoken(self.label_th, self.label_en)

    @property
    def help(self) -> str:
        return spoken(self.help_th, self.help_en)

    @property
    def sentence_th(self) -> str:
        """As decisions keep it: papers of the office are Thai."""
        return f"{self.law_th}: {self.label_th}"


def grounds(use: Use) -> list[Ground]:
    """In the order of the list, the municipality's own last."""
    return [ground for ground in _grounds().values() if ground.use == use]


def ground(key: str) -> Ground | None:
    """None for a key that has been taken out of the lists since."""
    return _grounds().get(key)


def appeal_of(found: Ground) -> Appeal | None:
    return _appeals().get(found.appeal)


@cache
def _grounds() -> dict[str, Ground]:
    rows = [row for document in _documents() for row in document.get("grounds", ())]
    return {row["key"]: Ground(**_known(Ground, row)) for row in rows}


@cache
def _appeals() -> dict[str, Appeal]:
    found: dict[str, Appeal] = {}
    for document in _documents():
        for key, row in document.get("appeals", {}).items():
            found[key] = Appeal(**_known(Appeal, row))
    return found


def _known(made: type[Ground | Appeal], row: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(made)}
    return {name: value for name, value in row.items() if name in names}


@cache
def _documents() -> tuple[Mapping[str, Any], ...]:
    """Ours, and after it the municipality's, whose lines take the place of ours with the same key."""
    paths = (DATA, Path(settings.GROUNDS_FILE))
    return tuple(tomllib.loads(path.read_text(encoding="utf-8")) for path in paths if path.exists())
