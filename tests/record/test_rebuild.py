"""`prongsai rebuild` repairs what `prongsai verify` says that it repairs, and nothing else."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prongsai.discovery import folders
from prongsai.discovery.folders import writer_lock
from prongsai.discovery.queries import search
from prongsai.record.models import Item
from prongsai.record.verifier import verify_folder
from tests.config.conftest import Command

Tamper = Callable[[str], None]
SPOILT = "UPDATE record_item SET title = 'x' WHERE number = '2569-00001'"


@pytest.fixture(autouse=True)
def search_index(tmp_path: Path, settings: Any) -> Path:
    settings.SEARCH_ROOT = tmp_path / "search"
    return tmp_path / "search"


def test_what_verify_finds_in_what_is_shown_is_repaired_by_the_command_that_it_names(
    prongsai: Command, log: Path, tamper: Tamper
) -> None:
    tamper(SPOILT)
    assert "`prongsai rebuild` repairs it." in (verify_folder(log).first_problem or "")

    ended = prongsai("rebuild")

    assert (ended.status, ended.err) == (0, "")
    assert ended.out == "4 items made again from their entries\n"
    assert verify_folder(log).ok


def test_a_row_that_no_entry_speaks_of_is_removed(
    prongsai: Command, log: Path, tamper: Tamper
) -> None:
    tamper("INSERT INTO record_binding (number, obligation_key) VALUES ('x', 'x')")
    assert "`prongsai rebuild` repairs it." in (verify_folder(log).first_problem or "")

    assert prongsai("rebuild").status == 0
    assert verify_folder(log).ok


def test_the_search_index_is_made_again_when_it_is_asked_for(
    prongsai: Command, log: Path, search_index: Path
) -> None:
    assert prongsai("rebuild").status == 0
    assert not search_index.exists()

    ended = prongsai("rebuild", "--search")

    assert ended.out == "4 items made again from their entries, 2 of them in the search index\n"
    assert search("รับสมัครงาน").total == 2


def test_what_was_made_is_said_in_json(prongsai: Command, log: Path) -> None:
    assert json.loads(prongsai("rebuild", "--json").out) == {"items": 4}
    assert json.loads(prongsai("rebuild", "--search", "--json").out) == {"items": 4, "indexed": 2}


def test_an_index_that_another_process_writes_is_left_alone(
    prongsai: Command, log: Path, search_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "PATIENCE", 0.1)
    with writer_lock(search_index):
        ended = prongsai("rebuild", "--search")

    assert (ended.status, ended.out) == (1, "")
    assert "made again, the search index was not: " in ended.line


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE record_edition SET canonical = 'garbage' WHERE number = '2569-00001'",
        "UPDATE record_edition SET canonical = NULL WHERE number = '2569-00001'",
        "UPDATE record_entry SET action = 'garbage' WHERE seq = 2",
    ],
)
def test_nothing_is_made_from_damaged_entries(
    prongsai: Command, log: Path, tamper: Tamper, damage: str
) -> None:
    tamper(f"{SPOILT};{damage}")

    ended = prongsai("rebuild")

    assert (ended.status, ended.out) == (1, "")
    assert ended.line == (
        "prongsai rebuild: an entry or an edition is damaged, so nothing was changed; "
        "`prongsai verify` names it"
    )
    assert Item.objects.get(number="2569-00001").title == "x"
