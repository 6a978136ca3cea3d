"""`docs/reference/obligations.md` is made from the data files; the guide's own example is a file that is taken."""

import re
from pathlib import Path

from prongsai.obligations.catalogue import read_sheet
from prongsai.obligations.queries import ours
from prongsai.obligations.reference import page
from prongsai.obligations.shelf import joined

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "reference/obligations.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "guides/administrator.md").read_text(encoding="utf-8")


def test_the_reference_page_matches_the_files() -> None:
    assert page() == PAGE


def test_every_duty_has_its_line_and_every_line_as_many_cells() -> None:
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    keys = [each.key for sheet in ours() for each in sheet.obligations]
    assert [line.split("`")[1] for line in lines] == keys
    assert {line.count(" | ") for line in lines} == {8}


def test_the_counts_add_up() -> None:
    rows = re.findall(r"^\| [^|`]+ \| \d+ \| (\d+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert len(rows) == len(ours())
    for total, marks in rows:
        assert int(total) == sum(int(mark) for mark in marks.split(" | ") if mark != "–")


def test_the_example_of_the_guide_is_taken_beside_ours() -> None:
    (example,) = re.findall(r"```toml\n(\[instrument\].+?)```", GUIDE, re.DOTALL)
    found = joined(ours(), {"own.toml": read_sheet("own.toml", example)})
    assert found.problems == ()
    assert "tangjai-rules-1" in found.by_key
