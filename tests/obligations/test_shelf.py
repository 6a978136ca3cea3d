"""A municipality's own files of duties: beside ours or in their place, noticed without a restart."""

import logging
from pathlib import Path
from typing import Any

import pytest

from prongsai.obligations import queries
from prongsai.obligations.catalogue import Sheet, read_sheet
from prongsai.obligations.shelf import PAUSE, Shelf, joined
from prongsai.organisation.rows import BadFile
from tests.obligations.test_obligations import FILE

OURS = (read_sheet("act.toml", FILE),)
OTHER = FILE.replace('"act', '"local')


def sheet(text: str) -> Sheet:
    return read_sheet("own.toml", text)


def edition(number: int, text: str = FILE) -> str:
    return text.replace('short_en = "Act"', f'short_en = "Act"\nedition = {number}')


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(tmp_path: Path, clock: Clock) -> Shelf:
    return Shelf(OURS, tmp_path, clock)


def seen(shelf: Shelf, clock: Clock) -> tuple[list[str], tuple[str, ...]]:
    """The keys and problems a moment later."""
    clock.now += PAUSE
    found = shelf.catalogue()
    return [each.key for each in found.obligations], found.problems


def test_without_a_folder_ours_are_all(tmp_path: Path, clock: Clock) -> None:
    assert seen(Shelf(OURS, tmp_path / "none", clock), clock) == (["act-1"], ())


def test_an_own_instrument_stands_beside_ours() -> None:
    found = joined(OURS, {"own.toml": sheet(OTHER)})
    assert [each.key for each in found.instruments] == ["act", "local"]
    assert [each.key for each in found.obligations] == ["act-1", "local-1"]


@pytest.mark.parametrize("number", [1, 2])
def test_an_own_file_of_the_same_or_a_higher_edition_takes_the_place_of_ours(number: int) -> None:
    own = edition(number, FILE.replace("act-1", "act-9"))
    found = joined(OURS, {"own.toml": sheet(own)})
    assert ([each.key for each in found.obligations], found.problems) == (["act-9"], ())


def test_one_without_duties_takes_ours_away() -> None:
    found = joined(OURS, {"own.toml": sheet(FILE[: FILE.index("[[obligations]]")])})
    assert (found.obligations, found.instruments, found.problems) == ((), (), ())


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ({"a.toml": FILE.replace("act-1", "act-9")}, "a.toml: “edition” ของ act เก่ากว่าของระบบ (2)"),
        ({"a.toml": FILE.replace('key = "act"', 'key = "b"')}, "a.toml: “key” ซ้ำกับไฟล์อื่น: act-1"),
        ({"a.toml": OTHER, "b.toml": OTHER}, "b.toml: local อยู่ในไฟล์ a.toml แล้ว"),
    ],
)
def test_one_that_cannot_stand_is_left_out_and_told(own: dict[str, str], sentence: str) -> None:
    ours = [sheet(edition(2))]
    found = joined(ours, {name: sheet(text) for name, text in own.items()})
    assert found.by_key["act-1"].instrument.edition == 2
    assert len(found.problems) == 1
    assert found.problems[0].startswith(sentence)


def test_a_change_of_the_folder_is_noticed_within_a_moment(
    shelf: Shelf, clock: Clock, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    assert seen(shelf, clock)[0] == ["act-1"]
    before = shelf.stamp()
    path.write_text("\ufeff" + OTHER, "utf-8")
    assert [each.key for each in shelf.catalogue().obligations] == ["act-1"]
    assert seen(shelf, clock)[0] == ["act-1", "local-1"]
    assert shelf.stamp() == before + 1
    path.unlink()
    assert seen(shelf, clock)[0] == ["act-1"]
    assert shelf.stamp() == before + 2


@pytest.mark.parametrize(
    "broken", [b"key =", b"\xff\xfe", OTHER.encode().replace(b"monthly", b"now")]
)
def test_a_broken_file_leaves_what_it_said_before_and_is_told_once(
    shelf: Shelf,
    clock: Clock,
    tmp_path: Path,
    broken: bytes,
    caplog: pytest.LogCaptureFixture,
) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OTHER, "utf-8")
    seen(shelf, clock)
    stamp = shelf.stamp()
    path.write_bytes(broken)
    with caplog.at_level(logging.ERROR):
        keys, problems = seen(shelf, clock)
        seen(shelf, clock)
    assert keys == ["act-1", "local-1"]
    assert len(problems) == len(caplog.records) == 1
    assert problems[0].startswith("own.toml")
    path.write_text(OTHER, "utf-8")
    assert seen(shelf, clock) == (["act-1", "local-1"], ())
    assert shelf.stamp() > stamp


def test_a_broken_file_keeps_no_other_from_counting(
    shelf: Shelf, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "a.toml").write_text("[", "utf-8")
    (tmp_path / "b.toml").write_text(OTHER, "utf-8")
    (tmp_path / "b.txt").write_text("[", "utf-8")
    keys, problems = seen(shelf, clock)
    assert keys == ["act-1", "local-1"]
    assert [problem.split(":")[0] for problem in problems] == ["a.toml"]


def test_a_folder_that_cannot_be_listed_changes_nothing_and_is_told(
    tmp_path: Path, clock: Clock
) -> None:
    folder = tmp_path / "duties"
    folder.mkdir()
    (folder / "own.toml").write_text(OTHER, "utf-8")
    shelf = Shelf(OURS, folder, clock)
    seen(shelf, clock)
    folder.rename(tmp_path / "away")
    folder.write_text("no folder")
    keys, problems = seen(shelf, clock)
    assert keys == ["act-1", "local-1"]
    assert len(problems) == 1
    assert str(folder) in problems[0]


@pytest.mark.parametrize("key", ["Act", "act 1", "ก", "-act", "act/1", "a" * 81])
def test_a_key_that_no_address_or_edition_takes_is_refused(key: str) -> None:
    with pytest.raises(BadFile, match=f"“key” เป็น “{key}” ไม่ได้"):
        sheet(FILE.replace('"act-1"', f'"{key}"'))


def test_questions_are_answered_from_the_folder_that_the_settings_name(
    tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "list.toml").write_text(OTHER, "utf-8")
    (tmp_path / "broken.toml").write_text("[", "utf-8")
    settings.OBLIGATIONS_FOLDER = tmp_path
    found = queries.obligation("local-1")
    assert found is not None
    assert found in queries.by_topic("structure")
    assert queries.instrument("local") == found.instrument
    assert queries.catalogue_stamp() == 1
    assert [problem.split(":")[0] for problem in queries.problems()] == ["broken.toml"]


def test_a_topic_names_those_that_took_it_in_as_well() -> None:
    keys = [each.key for each in queries.by_topic("powers")]
    assert {"ita-oit-2564-o3", "ita-oit-2569-o1", "oia-7-2"} <= set(keys)
    assert queries.by_topic("") == ()
