"""Grounds of law that people choose from a list, read once from `data/grounds.toml` and the municipality's own file."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.conf import settings

from prongsai.organisation.spoken import Spoken
from prongsai.thai.digits import to_arabic

DATA = Path(__file__).parent / "data" / "grounds.toml"
# A section of the Official Information Act is cited with its paragraph: มาตรา 15 (2).
_SECTION = re.compile(r"มาตรา1[45](?:\([0-9]\))?$")
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
    """`appeal` names one of the appeals, for what is withheld; `source` and `confidence` tell how far to trust it.

    `is_personal` is a ground of withholding that speaks of data of persons and of nothing else.
    """

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
    is_personal: bool = False

    law = Spoken()
    label = Spoken()
    help = Spoken()

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


def withholding_grounds_in(text: str) -> list[Ground]:
    """Grounds of withholding that somebody's own words cite: by section, by law or by what the ground protects."""
    said = _bare(text)
    return [one for one in grounds("withhold") if _is_cited(one, said)]


def _is_cited(one: Ground, said: str) -> bool:
    section = _SECTION.search(_bare(one.law_th))
    # Whoever types cites the section alone; but a section of another law is not ours.
    cites = bool(section and re.search(rf"{re.escape(section[0])}(?![0-9(])", said))
    return cites or _bare(one.label_th) in said or _bare(one.label_en).lower() in said.lower()


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", to_arabic(text)).replace("ม.", "มาตรา")


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
