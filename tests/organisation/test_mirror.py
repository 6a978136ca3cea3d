"""The trail's second copy in files: it follows the table, and shows what somebody did to the table alone."""

import json
import socket
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction

from prongsai.config.environment import whole_number
from prongsai.organisation import actions, mirror
from prongsai.organisation.actors import Actor
from prongsai.organisation.append_only import missing
from prongsai.organisation.comparing import mirror_problems
from prongsai.organisation.models import Act
from prongsai.organisation.queries import act_fields
from prongsai.organisation.rules import GENESIS
from tests.factories import NOW

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def folder(settings: Any) -> Path:
    return Path(settings.TRAIL_FOLDER)


def record(verb: str, **given: Any) -> Act:
    wishes = {"by": Actor.system("worker"), "at": NOW}
    return actions.record_act(verb=verb, **(wishes | given))


def three_acts() -> list[Act]:
    return [record(f"act-{number}") for number in range(3)]


def change_table(sql: str) -> None:
    """As somebody would who owns the database: past the triggers."""
    with connection.cursor() as cursor:
        for name in missing_when_dropped():
            cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(sql)


def missing_when_dropped() -> list[str]:
    assert missing(connection, ["organisation_act"]) == []
    return [f"organisation_act_refuses_{event}" for event in ("insert", "update", "delete")]


def test_a_committed_act_is_a_line_with_its_hash_for_this_user_only(folder: Path) -> None:
    act = record("decide", reason="เหตุผล")

    path = folder / "acts-2026-11-23.jsonl"
    line = json.loads(path.read_text(encoding="utf-8"))
    assert (line["id"], line["verb"], line["reason"]) == (act.pk, "decide", "เหตุผล")
    assert (line["previous_hash"], line["hash"]) == (GENESIS, act.hash)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_an_act_that_was_undone_is_in_neither(folder: Path) -> None:
    with transaction.atomic():
        record("undone")
        transaction.set_rollback(True)
    record("done")

    assert [line.fields["verb"] for line in mirror.lines(folder)] == ["done"]
    assert mirror_problems(folder, at=LATER) == []


def test_a_day_has_a_file_of_its_own_and_the_chain_goes_through(folder: Path) -> None:
    first, second = record("one"), record("two", at=NOW + timedelta(days=1))

    assert [path.name for path in mirror.files(folder)] == [
        "acts-2026-11-23.jsonl",
        "acts-2026-11-24.jsonl",
    ]
    assert [line.hash for line in mirror.lines(folder)] == [first.hash, second.hash]


def test_what_a_crash_left_out_follows_with_the_next_act(folder: Path) -> None:
    acts = three_acts()
    path = mirror.files(folder)[0]
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(rows[0] + rows[1][:40], encoding="utf-8")

    acts.append(record("next"))

    assert [line.hash for line in mirror.lines(folder)] == [act.hash for act in acts]
    assert mirror_problems(folder, at=LATER) == []


def test_a_tail_that_was_cut_off_the_table_is_noticed(folder: Path) -> None:
    last = three_acts()[-1]
    change_table(f"DELETE FROM organisation_act WHERE id = {last.pk}")

    assert mirror_problems(folder, at=LATER) == [
        f"act {last.pk} is in the mirror of the trail but no longer in the table: acts were cut off"
    ]


def test_acts_in_place_of_those_that_were_cut_off_are_noticed_and_written(folder: Path) -> None:
    last = three_acts()[-1]
    change_table(f"DELETE FROM organisation_act WHERE id = {last.pk}")
    new = record("in its place")

    assert [line.hash for line in mirror.lines(folder)][-1] == new.hash
    assert len(mirror_problems(folder, at=LATER)) == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("act-1", "act-9", "in the mirror of the trail was changed"),
        ('{"id"', '{"di"', "has a line that is no act"),
    ],
)
def test_a_changed_line_is_noticed(folder: Path, old: str, new: str, sentence: str) -> None:
    three_acts()
    path = mirror.files(folder)[0]
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")

    assert [sentence in problem for problem in mirror_problems(folder, at=LATER)] == [True]


def test_a_spoiled_line_keeps_no_later_act_out_of_the_files(folder: Path) -> None:
    three_acts()
    path = mirror.files(folder)[0]
    spoiled = path.read_text(encoding="utf-8").replace('{"id"', '{"di"', 1)
    path.write_text(spoiled, encoding="utf-8")

    later = record("later")

    assert mirror.last(folder) == mirror.Line(
        later.pk, act_fields(later), later.previous_hash, later.hash
    )
    assert "has a line that is no act" in mirror_problems(folder, at=LATER)[0]


def test_a_line_that_was_taken_away_is_noticed(folder: Path) -> None:
    three_acts()
    path = mirror.files(folder)[0]
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(rows[0] + rows[2], encoding="utf-8")

    assert "does not follow the one before" in mirror_problems(folder, at=LATER)[0]


def test_acts_that_are_in_no_file_are_noticed(folder: Path) -> None:
    three_acts()
    mirror.files(folder)[0].unlink()

    assert mirror_problems(folder, at=LATER) == [
        "3 acts are not in the mirror of the trail; is there room on the disk?"
    ]


def test_a_full_disk_undoes_no_act(settings: Any, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings.TRAIL_FOLDER = tmp_path / "file"

    assert record("done").pk


def test_files_are_kept_for_as_long_as_is_set_and_the_newest_always(
    settings: Any, folder: Path
) -> None:
    settings.TRAIL_DAYS = 90
    record("old", at=NOW - timedelta(days=120))
    record("new", at=NOW - timedelta(days=95))

    assert actions.drop_old_mirrors(at=NOW) == 1
    assert [path.name for path in mirror.files(folder)] == ["acts-2026-08-20.jsonl"]
    assert mirror_problems(folder, at=NOW) == []


def test_less_than_the_law_asks_for_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRONGSAI_TRAIL_DAYS", "89")
    with pytest.raises(ImproperlyConfigured, match="must be at least 90"):
        whole_number("PRONGSAI_TRAIL_DAYS", 365, least=90)
    monkeypatch.setenv("PRONGSAI_TRAIL_DAYS", "730")
    assert whole_number("PRONGSAI_TRAIL_DAYS", 365, least=90) == 730


def test_another_machine_is_told_the_hash(settings: Any) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(10)
        settings.TRAIL_SYSLOG = f"127.0.0.1:{listener.getsockname()[1]}"
        act = record("decide", subject="submission:1")
        told = listener.recv(4096).decode()

    assert act.hash in told
    assert '"verb": "decide"' in told


def ids_in(folder: Path) -> list[int]:
    return [line.id for line in mirror.lines(folder)]


@pytest.mark.parametrize("sign", ["\u2028", "\u2029", "\x85", "\x1c", "\n"])
def test_no_sign_that_a_stranger_types_at_the_sign_in_stops_the_files(
    folder: Path, sign: str
) -> None:
    record("office.sign_in", details={"typed": f"root{sign}admin"})
    record("decide")
    assert ids_in(folder) == list(Act.objects.order_by("id").values_list("pk", flat=True))
    assert mirror_problems(folder, at=LATER) == []


def test_an_act_longer_than_what_is_read_of_a_file_is_written_once(folder: Path) -> None:
    record("first")
    record("decide", details={"rows": "ก" * mirror.TAIL})
    record("last")
    assert ids_in(folder) == list(Act.objects.order_by("id").values_list("pk", flat=True))
    assert mirror_problems(folder, at=LATER) == []
