"""The file between office and portal: whole or not there, read again when it changes, and never worse than before."""

import json
import os
from datetime import timedelta
from pathlib import Path

import pytest

from prongsai.notices.board import Board, locked, previous, put, read
from prongsai.notices.public import BadBulletin, Bulletin, read_bulletin
from tests.factories import NOW
from tests.notices.factories import UNTIL, bulletin, message, public

BROKEN = (
    b"",
    b"{",
    b"[]",
    b"null",
    b'"live"',
    b"\xff\xfe",
    b'{"schema": "another", "sequence": 1, "posted_at": null, "notices": []}',
    b'{"schema": "prongsai-notices-1", "sequence": "x", "posted_at": null, "notices": []}',
    b'{"schema": "prongsai-notices-1", "sequence": 1, "posted_at": "2026-01-01T00:00", "notices": []}',
    b'{"schema": "prongsai-notices-1", "sequence": 1, "posted_at": null, "notices": [{}]}',
    b"[" * 100_000,
    b'{"schema": "prongsai-notices-1", "sequence": 1e999, "posted_at": null, "notices": []}',
)


class Clock:
    def __init__(self) -> None:
        self.now = NOW.timestamp()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def board(notice_file: Path, clock: Clock) -> Board:
    notice_file.parent.mkdir()
    return Board(notice_file, clock)


def write(path: Path, content: Bulletin | bytes) -> None:
    data = content.to_json() if isinstance(content, Bulletin) else content
    with locked(path):
        put(path, data)


def test_what_is_written_is_read_as_it_was() -> None:
    ended = public("aaaaaaaaaa", message(), message("end"), ended_at=NOW, end_cause="over")
    whole = bulletin(public(is_drill=True), ended, sequence=7)
    assert read_bulletin(whole.to_json()) == whole


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_what_is_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(BadBulletin):
        read_bulletin(content)


@pytest.mark.parametrize(
    "damage",
    [
        {"id": 7},
        {"id": "../../0123"},
        {"id": ""},
        {"ended_at": "0001-01-01T00:00:00+14:00"},
        {"ended_at": "9999-12-31T23:59:59+00:00"},
        {"messages": []},
        {"is_drill": "false"},
        {"ended_at": "never"},
        {"messages": [{"kind": "alert"}]},
    ],
)
def test_a_notice_that_is_not_whole_is_refused(damage: dict[str, object]) -> None:
    values = json.loads(bulletin(public()).to_json())
    values["notices"][0] |= damage
    with pytest.raises(BadBulletin):
        read_bulletin(json.dumps(values).encode())


def test_without_a_file_nothing_is_live_and_nothing_is_wrong(board: Board) -> None:
    assert board.bulletin.notices == ()
    assert board.standing == ("none", 0, "")


def test_a_change_is_seen_at_the_next_look(board: Board, notice_file: Path) -> None:
    first = board.stamp()
    write(notice_file, bulletin(public()))
    second = board.stamp()
    assert [each.id for each in board.bulletin.live(NOW)] == ["0123456789"]
    assert first != second == board.stamp()


def test_one_stat_is_all_while_nothing_changes(
    board: Board, notice_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(notice_file, bulletin(public()))
    stamp = board.stamp()
    monkeypatch.setattr(Path, "open", lambda *_args: pytest.fail("the file was opened again"))
    assert {board.stamp() for _each in range(5)} == {stamp}


def test_the_clock_alone_ends_a_notice(board: Board, notice_file: Path, clock: Clock) -> None:
    write(notice_file, bulletin(public()))
    before = board.stamp()
    clock.now = UNTIL.timestamp() - 1
    assert board.stamp() == before
    clock.now = UNTIL.timestamp()
    assert board.stamp() != before
    assert board.bulletin.live(UNTIL) == ()
    assert [each.over_cause() for each in board.bulletin.over(UNTIL)] == ["expired"]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_the_last_good_one_outlives_a_broken_file(
    board: Board, notice_file: Path, content: bytes
) -> None:
    write(notice_file, bulletin(public(), sequence=3))
    board.stamp()
    notice_file.write_bytes(content)
    assert len(board.bulletin.live(NOW)) == 1
    assert (board.standing.state, board.standing.sequence) == ("kept", 3)


def test_a_new_process_takes_the_copy_before(notice_file: Path, clock: Clock) -> None:
    write(notice_file, bulletin(public(), sequence=3))
    write(notice_file, bulletin(public(), sequence=4))
    notice_file.write_bytes(b"{")
    board = Board(notice_file, clock)
    assert (board.standing.state, board.standing.sequence) == ("kept", 3)
    previous(notice_file).unlink()
    assert Board(notice_file, clock).standing.state == "lost"


def test_a_file_that_is_gone_is_told_and_what_it_said_stays(
    board: Board, notice_file: Path
) -> None:
    write(notice_file, bulletin(public()))
    board.stamp()
    notice_file.unlink()
    assert len(board.bulletin.live(NOW)) == 1
    assert board.standing.problem == "the file is gone"


def test_a_broken_file_is_never_kept_as_the_copy_before(notice_file: Path) -> None:
    write(notice_file, bulletin(public(), sequence=3))
    write(notice_file, bulletin(public(), sequence=4))
    notice_file.write_bytes(b"{")
    write(notice_file, bulletin(public(), sequence=5))
    assert read(previous(notice_file)).sequence == 3


def test_a_full_disk_leaves_what_was_there(
    notice_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(notice_file, bulletin(public(), sequence=3))

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(notice_file, bulletin(public(), sequence=4))
    assert read(notice_file).sequence == 3


def test_a_file_of_gigabytes_is_not_read(notice_file: Path) -> None:
    notice_file.parent.mkdir(exist_ok=True)
    with notice_file.open("wb") as stream:
        stream.truncate(2**31)
    with pytest.raises(BadBulletin):
        read(notice_file)


def test_real_ones_stand_before_drills_and_the_worst_first() -> None:
    from_bad_to_worse = bulletin(
        public("dddddddddd", is_drill=True),
        public("cccccccccc", message(sent_at=NOW - timedelta(hours=1))),
        public("bbbbbbbbbb", message()),
    )
    assert [each.id[0] for each in from_bad_to_worse.live(NOW)] == ["b", "c", "d"]


def test_a_moment_without_the_means_to_read_is_made_up_for(
    board: Board, notice_file: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    board.stamp()
    write(notice_file, bulletin(public()))

    def no_handle_left(*_args: object) -> None:
        raise OSError(24, "Too many open files")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", no_handle_left)
        assert board.bulletin.notices == ()
    clock.now += 1
    assert len(board.bulletin.live(NOW)) == 1
    assert board.standing.state == "current"


def test_a_broken_file_does_not_throw_away_all_pages_again_and_again(
    board: Board, notice_file: Path, clock: Clock
) -> None:
    write(notice_file, bulletin(public()))
    board.stamp()
    notice_file.write_bytes(b"{")
    before = board.stamp()
    clock.now += 60
    assert board.stamp() == before


def test_a_clock_that_was_wrong_for_a_moment_brings_no_page_without_the_banner(
    board: Board, notice_file: Path, clock: Clock
) -> None:
    write(notice_file, bulletin(public()))
    board.stamp()
    clock.now = UNTIL.timestamp() + 3600
    without = board.stamp()
    clock.now = NOW.timestamp() + 60
    assert board.stamp() != without
