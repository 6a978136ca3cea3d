"""Somebody who holds the file changes history; whoever verifies is told the first bad entry."""

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from prongsai.record.canonical import canonical_json
from prongsai.record.keys import log_key, log_signer
from prongsai.record.mirror import write_mirror
from prongsai.record.models import Checkpoint, Edition, Entry
from prongsai.record.notes import SignedHead, Signer
from prongsai.record.sources import Database, sqlite_source
from prongsai.record.states import Action
from prongsai.record.verifier import Report, verify_folder, verify_record
from tests.record.conftest import open_record
from tests.record.factories import act, content, do, published, recalled, stated

Tamper = Callable[[str], None]


def problem(folder: Path, **options: Any) -> str:
    report = verify_folder(folder, **options)
    assert report.ok is (report.first_problem is None)
    assert "\n" not in (report.first_problem or "")
    return report.first_problem or ""


def test_a_log_that_nobody_touched_is_right_everywhere(log: Path, tmp_path: Path) -> None:
    write_mirror(tmp_path / "mirror")
    expected = Report(
        ok=True,
        log="tangjai.example/log",
        entries=7,
        editions=6,
        recalled=1,
        blobs=2,
        root_hash=Checkpoint.objects.get(size=7).root_hash,
        first_problem=None,
    )

    assert verify_folder(log) == expected
    assert verify_folder(tmp_path / "mirror") == expected
    assert verify_record() == expected


def test_an_empty_record_is_right(data: Path) -> None:
    assert verify_folder(data) == Report(
        True, "", 0, 0, 0, 0, hashlib.sha256(b"").hexdigest(), None
    )


def test_a_folder_with_neither_is_said_to_be_so(tmp_path: Path) -> None:
    assert problem(tmp_path) == f"{tmp_path} is neither a mirror nor a data folder."


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE record_entry SET action = 'notice' WHERE seq = 2", "Entry 2 "),
        ("UPDATE record_entry SET action = 'deleted' WHERE seq = 2", "Entry 2 is not the leaf"),
        ("UPDATE record_entry SET number = '2569-00009' WHERE seq = 2", "Entry 2 "),
        ("UPDATE record_entry SET version = 3 WHERE seq = 1", "Entry 1 "),
        ("UPDATE record_entry SET version = 2 WHERE seq = 0", "a first edition has version 1"),
        ("UPDATE record_entry SET number = '2569-1' WHERE seq = 0", "Entry 0 is not the leaf"),
        ("UPDATE record_entry SET at = '2026-11-23 04:00:00' WHERE seq = 0", "Entry 0 "),
        ("UPDATE record_entry SET at = '2026-11-22 04:00:00' WHERE seq = 2", "Entry 2 .* is older"),
        ("UPDATE record_entry SET leaf_hash = 'x' WHERE seq = 6", "Entry 6: its leaf hash"),
        ("DELETE FROM record_entry WHERE seq = 2", "Entry 2 stands where entry 3"),
        ("DELETE FROM record_entry WHERE seq = 6", "Entry 6: the log has 6 entries, 7 are signed"),
        ("DELETE FROM record_entry WHERE seq = 0", "Entry 0 stands where entry 1"),
        (
            (
                "UPDATE record_entry SET seq = seq + 100 WHERE seq IN (1, 2);"
                "UPDATE record_entry SET seq = 203 - seq - 100 WHERE seq > 100"
            ),
            "Entry 1 ",
        ),
        (
            (
                "INSERT INTO record_entry SELECT 7, at, 'corrected', number, 3, 'x', 'k', 'x'"
                " FROM record_entry WHERE seq = 1"
            ),
            "Entry 7",
        ),
        ("UPDATE record_entry SET number = '2569-00009' WHERE seq = 3", "no such number before"),
        ("UPDATE record_entry SET action = 'restored' WHERE seq = 5", "may not follow"),
    ],
)
def test_a_changed_entry_is_named(log: Path, tamper: Tamper, statement: str, said: str) -> None:
    tamper(statement)

    assert said.partition(".*")[0] in problem(log)
    assert said.rpartition(".*")[2] in problem(log)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE record_edition SET canonical = '{}' WHERE {1}", "its edition was changed"),
        ("UPDATE record_edition SET canonical = NULL WHERE {1}", "its edition is missing, and no"),
        ("DELETE FROM record_edition WHERE {1}", "its edition is missing, and no later"),
        ("UPDATE record_edition SET canonical = '{}' WHERE {4}", "its edition was changed"),
    ],
)
def test_a_changed_edition_is_named(log: Path, tamper: Tamper, statement: str, said: str) -> None:
    seq = 4 if "{4}" in statement else 1
    where = f"hash = '{Entry.objects.get(seq=seq).edition_id}'"
    tamper(statement.replace("{4}", where).replace("{1}", where))

    assert problem(log).startswith(f"Entry {seq} (")
    assert said in problem(log)


def test_a_recalled_text_that_came_back_is_named(data: Path, tamper: Tamper) -> None:
    entry = published()
    text = Edition.objects.get(pk=entry.edition_id).canonical
    recalled(entry.number)
    tamper(f"UPDATE record_edition SET canonical = '{text}' WHERE hash = '{entry.edition_id}'")

    assert problem(data) == (
        "Entry 0 (published 2569-00001 version 1) was recalled by entry 1, but its text is still there."
    )


@pytest.mark.parametrize(
    "change", [{"title": "อื่น"}, {"number": "2569-00009"}, {"version": 7}, {"published_at": "x"}]
)
def test_an_edition_with_a_new_hash_speaks_of_another_entry_or_breaks_the_tree(
    log: Path, tamper: Tamper, change: dict[str, Any]
) -> None:
    """Even who writes the new hash into the entry as well is found out."""
    entry = Entry.objects.get(seq=1)
    document = json.loads(Edition.objects.get(pk=entry.edition_id).canonical or "")
    text = canonical_json(document | change)
    forged = hashlib.sha256(text.encode()).hexdigest()
    tamper(
        f"UPDATE record_edition SET canonical = '{text}', hash = '{forged}'"
        f" WHERE hash = '{entry.edition_id}';"
        f"UPDATE record_entry SET edition_hash = '{forged}' WHERE seq = 1"
    )

    assert "Entry 1" in problem(log)


def test_an_edition_in_another_spelling_is_not_the_same_edition(log: Path, tamper: Tamper) -> None:
    entry = Entry.objects.get(seq=1)
    text = json.dumps(json.loads(Edition.objects.get(pk=entry.edition_id).canonical or ""))
    forged = hashlib.sha256(text.encode()).hexdigest()
    tamper(
        f"UPDATE record_edition SET canonical = '{text}', hash = '{forged}'"
        f" WHERE hash = '{entry.edition_id}';"
        f"UPDATE record_entry SET edition_hash = '{forged}' WHERE seq = 1"
    )

    assert "its edition is not canonical JSON" in problem(log)


@pytest.mark.parametrize("what", ["changed", "missing"])
def test_a_changed_or_lost_file_is_named(log: Path, what: str) -> None:
    sha256 = hashlib.sha256(b"two").hexdigest()
    path = log / "record" / "blobs" / sha256[:2] / sha256
    if what == "changed":
        path.write_bytes(b"tww")
    else:
        path.unlink()

    assert problem(log) == "Entry 1 (corrected 2569-00001 version 2): its file main.pdf " + (
        "was changed." if what == "changed" else "is missing."
    )


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ('DELETE FROM record_node WHERE level = 0 AND "index" = 3', "hashes from entry 0 on"),
        ("UPDATE record_node SET hash = '00' WHERE level = 0", "hashes from entry 0 on"),
        (
            "UPDATE record_node SET hash = '00' WHERE level = 1 AND \"index\" = 2",
            "Entry 4: node 1/2",
        ),
        ("DELETE FROM record_node WHERE level = 2", "the tree has 10 nodes"),
        ("DELETE FROM record_checkpoint WHERE size = 3", "Entry 2: the head that was signed"),
        ("DELETE FROM record_checkpoint WHERE size = 7", "Entry 6: the log has 7 entries, 6 are"),
        ("DELETE FROM record_checkpoint", "Entry 0: the log has 7 entries, 0 are signed"),
        ("UPDATE record_checkpoint SET note = 'x' WHERE size = 3", "not a signed note"),
        (
            "UPDATE record_item SET title = 'x' WHERE number = '2569-00001'",
            "Entry 1: what is shown",
        ),
        (
            "UPDATE record_item SET state = 'current' WHERE number = '2569-00002'",
            "Entry 3: what is",
        ),
        ("DELETE FROM record_item WHERE number = '2569-00001'", "Entry 1: what is shown"),
        ("DELETE FROM record_version WHERE version = 1", "Entry 1: what is shown"),
        ("DELETE FROM record_publishedfile", "Entry 1: what is shown"),
        ("UPDATE record_publishedfile SET media_type = 'text/html'", "Entry 1: what is shown"),
        ("DELETE FROM record_binding", "what is shown of 2569-00001"),
        ("INSERT INTO record_binding (number, obligation_key) VALUES ('x', 'x')", "speaks of x"),
        (
            (
                "INSERT INTO record_publishedfile (number, version, slot, position, sha256, name, label,"
                " media_type, size) VALUES ('2569-00003', 1, 's', 0, 'x', 'x', '', 'x', 1)"
            ),
            "what is shown of 2569-00003",
        ),
    ],
)
def test_tables_that_do_not_follow_from_the_entries_are_named(
    log: Path, tamper: Tamper, statement: str, said: str
) -> None:
    tamper(statement)

    assert said in problem(log)


def test_a_key_from_elsewhere_is_held_against_the_log(log: Path) -> None:
    assert verify_folder(log, key=log_key()).ok
    other = Signer.generate("tangjai.example/log").verifier
    stranger = Signer.generate("other.example/log").verifier

    assert "not signed by tangjai.example/log" in problem(log, key=str(other))
    assert "not signed by other.example/log" in problem(log, key=str(stranger))


def test_a_head_forged_with_another_key_is_refused(log: Path, tamper: Tamper) -> None:
    """The log is cut off, and whoever cut it signs the shorter one with a key of their own."""
    head = Checkpoint.objects.get(size=5)
    forger = Signer.generate("tangjai.example/log")
    note = forger.sign(SignedHead(forger.name, 5, bytes.fromhex(head.root_hash)).text())
    tamper(cut_to(5) + f"UPDATE record_checkpoint SET note = '{note}' WHERE size = 5")

    assert "not signed by tangjai.example/log" in problem(log)


def cut_to(size: int) -> str:
    """Everything behind these entries goes, as if it had never been."""
    return (
        f"DELETE FROM record_entry WHERE seq >= {size};"
        f"DELETE FROM record_checkpoint WHERE size > {size};"
        f'DELETE FROM record_node WHERE ("index" + 1) * (1 << level) > {size};'
        "DELETE FROM record_edition WHERE hash NOT IN (SELECT edition_hash FROM record_entry);"
        "DELETE FROM record_item WHERE number NOT IN (SELECT number FROM record_entry);"
        "DELETE FROM record_version WHERE number NOT IN (SELECT number FROM record_entry);"
    )


def test_a_log_that_was_cut_off_is_noticed_by_who_saw_more(
    log: Path, tamper: Tamper, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    assert verify_folder(log, state=state).ok
    tamper(cut_to(6))

    assert verify_folder(log).ok
    assert "only 6 entries are signed, but 7 were seen before" in problem(log, state=state)


def test_a_history_rewritten_with_the_right_key_is_noticed_by_who_saw_the_first(
    log: Path, tmp_path: Path
) -> None:
    """The worst case: the operator writes another log with the same name and key."""
    state = tmp_path / "state"
    assert verify_folder(log, state=state).ok
    for _ in range(7):
        published()
    assert verify_folder(log, state=state).ok
    rewrite(log)

    assert verify_folder(log).ok
    assert "does not fit the signed head of 14 entries that was seen before" in problem(
        log, state=state
    )


def rewrite(log: Path) -> None:
    """Begin anew with the same key, and append as many entries."""
    connections["record"].close()
    database = log / "record" / "record.sqlite3"
    shutil.copy(database, log / "old.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'record_%'"
        ).fetchall():
            for (trigger,) in connection.execute(
                f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{name}'"
            ).fetchall():
                connection.execute(f'DROP TRIGGER "{trigger}"')
            connection.execute(f"DELETE FROM {name}")
        connection.commit()
    for _ in range(14):
        published()


def test_a_log_with_a_new_key_is_noticed_by_who_knew_the_old_one(log: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    assert verify_folder(log, state=state).ok
    (log / "secrets" / "log-key").unlink()
    (log / "record" / "log.vkey").unlink()
    log_signer()

    assert "another key than last time" in problem(log, state=state)


def test_what_was_seen_is_remembered_only_when_all_was_well(
    log: Path, tamper: Tamper, tmp_path: Path
) -> None:
    state = tmp_path / "state"
    tamper("UPDATE record_item SET title = 'x'")
    assert problem(log, state=state)
    assert not state.exists()


def test_a_mirror_and_the_record_are_remembered_as_the_same_log(log: Path, tmp_path: Path) -> None:
    state = tmp_path / "state"
    write_mirror(tmp_path / "mirror")
    published()
    assert verify_folder(log, state=state).ok

    assert "only 7 entries are signed, but 8 were seen before" in problem(
        tmp_path / "mirror", state=state
    )


def test_every_action_is_followed_by_the_verifier(data: Path) -> None:
    target = published().number
    number = published().number
    do(Action.EXPIRED, number, act(explanation=""))
    do(Action.RESTORED, number, act())
    do(Action.CONSOLIDATED, number, act(redirect_number=target))
    do(Action.NOTICE, None, content())
    do(Action.STATEMENT, None, stated())

    assert verify_folder(data).ok


def test_a_record_without_its_public_key_cannot_be_checked(log: Path) -> None:
    (log / "record" / "log.vkey").unlink()

    assert problem(log) == "The log's public key: This is not an Ed25519 key of a log."


def test_a_question_to_the_database_is_never_made_of_anything_but_a_hash(log: Path) -> None:
    with sqlite_source(log / "record") as source:
        assert source.edition("' OR 1=1 --") is None


def test_an_append_meanwhile_is_not_taken_for_a_fault(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker goes on publishing while somebody verifies; both see what they should."""
    worker = open_record(log / "record" / "record.sqlite3")
    real = Database.leaves

    def leaves(self: Database, size: int) -> Iterator[bytes]:
        ours = connections["record"]
        connections["record"] = worker
        published()
        connections["record"] = ours
        return real(self, size)

    monkeypatch.setattr(Database, "leaves", leaves)

    assert [verify_folder(log).entries, verify_record().entries] == [7, 8]
    worker.close()
    assert verify_record().ok


@pytest.mark.parametrize("verify", [verify_folder, lambda _log: verify_record()])
def test_a_recall_meanwhile_is_not_taken_for_a_lost_file(
    log: Path, monkeypatch: pytest.MonkeyPatch, verify: Callable[[Path], Report]
) -> None:
    """Files stand outside the database's view: they are gone while their rows still show."""
    worker = open_record(log / "record" / "record.sqlite3")
    # A recall tidies up the write-ahead log, and waits for readers as long as this says.
    worker.cursor().execute("PRAGMA busy_timeout = 50")
    real = Database.leaves

    def leaves(self: Database, size: int) -> Iterator[bytes]:
        monkeypatch.setattr(Database, "leaves", real)
        ours, connections["record"] = connections["record"], worker
        recalled("2569-00001")
        connections["record"] = ours
        return real(self, size)

    monkeypatch.setattr(Database, "leaves", leaves)

    report = verify(log)
    worker.close()

    assert report.first_problem is None
    assert (report.entries, report.recalled, report.blobs) == (8, 2, 0)


def test_inside_a_transaction_the_record_is_verified_as_that_sees_it(log: Path) -> None:
    with transaction.atomic(using="record"):
        assert verify_record().entries == 7
    assert published().seq == 7
