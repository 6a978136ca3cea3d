"""House rules over the files of the tree."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/prongsai"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
PAGE_PARTS = [path for path in TEMPLATES if "prose_editor" not in path.name]
APPS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))


@pytest.mark.parametrize("template", PAGE_PARTS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_template_is_short_and_keeps_style_and_script_out(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert len(text.splitlines()) <= 120
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=", text)


@pytest.mark.parametrize("app", APPS, ids=lambda path: path.name)
def test_an_app_says_in_its_docstring_what_it_is_for_and_holds_no_code(app: Path) -> None:
    text = (app / "__init__.py").read_text(encoding="utf-8").strip()

    assert text.startswith('"""')
    assert text.endswith('"""')
    assert text.count('"""') == 2


def test_no_room_is_a_junk_drawer() -> None:
    drawers = {
        "core",
        "common",
        "utils",
        "helpers",
        "util",
        "misc",
        "services",
        "handlers",
        "managers",
    }

    assert [str(path) for path in SOURCE.rglob("*") if path.stem in drawers] == []


def test_nothing_is_left_to_do_later() -> None:
    words = "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"])
    # Collections hold what people write, such as numbers masked by crosses, and the code of “no currency” is three.
    places = ["src", "tests", "bench", "script", ":!*.jsonl", ":!*/release-schema.json"]
    found = subprocess.run(
        ["git", "grep", "-nIwE", words, "--", *places],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert found.stdout == ""


def test_locks_name_no_registry() -> None:
    locks = [*ROOT.glob("requirements/*.txt"), ROOT / "frontend/package-lock.json"]

    assert [
        path.name
        for path in locks
        if re.search(
            r"https?://(?!opencollective|github|www|tidelift|paulmillr|dotenvx)[^\s\"]*(registry|pypi|simple)",
            path.read_text(encoding="utf-8"),
        )
    ] == []
