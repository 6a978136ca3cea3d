"""`docs/architecture.md` names places that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([a-z_]+/[a-z_/]+[a-z_](?:\.\w+)?)`", PAGE)))
# Files of an installation's data folder.
DATA = {"notices/live.json", "record/successors.json"}


def places(name: str) -> list[Path]:
    below = ROOT / "src" / "prongsai" / name
    return [below, below.with_name(f"{below.name}.py"), ROOT / name, ROOT / "src" / name]


@pytest.mark.parametrize("name", [each for each in NAMED if each not in DATA])
def test_what_is_named_there_exists(name: str) -> None:
    assert any(place.exists() for place in places(name))
