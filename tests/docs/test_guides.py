"""The guides speak of words on the screen, commands, settings and pages that exist."""

import re
from pathlib import Path

import pytest

from prongsai.config.cli.main import COMMANDS

ROOT = Path(__file__).parents[2]
GUIDES = sorted((ROOT / "docs/guides").glob("*.md"))
FOR_STAFF = ("officer.md", "approver.md")
SOURCES = [
    path.read_text(encoding="utf-8")
    for path in (ROOT / "src/prongsai").rglob("*")
    if path.suffix in {".py", ".html", ".toml"}
]
# Words in “ ” that are not texts of the screen.
OWN_WORDS = {" ", "ฉบับ"}


@pytest.fixture(params=GUIDES, ids=lambda path: path.name)
def guide(request: pytest.FixtureRequest) -> str:
    return str(request.param.read_text(encoding="utf-8"))


def is_on_a_screen(words: str) -> bool:
    return any(words in source for source in SOURCES)


@pytest.mark.parametrize("name", FOR_STAFF)
def test_quoted_words_are_on_a_screen(name: str) -> None:
    text = (ROOT / "docs/guides" / name).read_text(encoding="utf-8")
    quoted = {" ".join(words.split()) for words in re.findall(r"“([^”]*)”", text)}

    assert {words for words in quoted - OWN_WORDS - {""} if not is_on_a_screen(words)} == set()


def test_commands_exist(guide: str) -> None:
    named = set(re.findall(r"(?:`|bin/)prongsai ([a-z]+)", guide))

    assert named - {"backup"} <= set(COMMANDS)


def test_management_commands_exist(guide: str) -> None:
    ours = {path.stem for path in (ROOT / "src/prongsai").glob("*/management/commands/*.py")}
    djangos = {"changepassword", "shell", "makemigrations", "axes_reset_username"}

    assert set(re.findall(r"python -m django ([a-z_]+)", guide)) <= ours | djangos


def test_settings_are_explained(guide: str) -> None:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\b(?:PRONGSAI_[A-Z_]+|PORTAL_[A-Z]+|OFFICE_[A-Z]+)\b", guide))

    assert {name for name in named if f"`{name}`" not in page} == set()


def test_links_and_files_lead_somewhere(guide: str) -> None:
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", guide)
    named = re.findall(r"`((?:src|script|tests|bench|frontend|docs)/[\w./-]+[\w])`", guide)

    assert [each for each in links if not (ROOT / "docs/guides" / each).exists()] == []
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_the_guide_for_administrators_does_not_promise_a_backup_command() -> None:
    text = (ROOT / "docs/guides/administrator.md").read_text(encoding="utf-8")

    assert ("ยังไม่มีคำสั่ง `prongsai backup`" in text) == ("backup" not in COMMANDS)
