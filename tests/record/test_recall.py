"""After a recall the bytes are nowhere: not in tables, not in free pages, not in the write-ahead log."""

import sqlite3
from pathlib import Path

import pytest
from django.db import connections, transaction

from prongsai.record import blobs, queries
from prongsai.record.actions import appending, finish_erasures, sweep
from prongsai.record.models import (
    Binding,
    Edition,
    Entry,
    Erasure,
    FileText,
    Item,
    PublishedFile,
    Version,
)
from prongsai.record.states import Action, ItemState
from prongsai.record.verifier import verify_folder
from tests.record.factories import act, corrected, do, file, later, published, recalled, withdrawn

PLANTED = "เลขบัตร1909800123451ของนางทดสอบ"
TEXT = [{"number": 1, "text": PLANTED, "source": "text"}]


def planted_files(folder: Path) -> list[str]:
    """Every file below the folder that holds the planted words, however they are encoded."""
    written = [PLANTED.encode("utf-8"), PLANTED.encode("unicode_escape"), b"1909800123451"]
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path.name for path in files if any(each in path.read_bytes() for each in written)]


def planted_item() -> Entry:
    """An item with the words in every place that a document has."""
    main = file(PLANTED.encode(), name=f"{PLANTED}.pdf")
    entry = published(
        title=PLANTED,
        summary=PLANTED,
        body=f"<p>{PLANTED}</p>" * 200,
        files=[main],
        obligations=["oit-o1"],
        texts={main["sha256"]: TEXT},
    )
    corrected(entry.number, title=PLANTED, change={"significance": "minor", "note": PLANTED})
    withdrawn(entry.number, explanation=PLANTED)
    return entry


def test_a_recall_leaves_no_byte_anywhere_in_the_record(data: Path) -> None:
    number = planted_item().number
    assert planted_files(data / "record")

    recalled(number)

    assert planted_files(data) == []
    assert not Erasure.objects.exists()
    assert verify_folder(data).ok


def test_no_byte_survives_between_many_others(data: Path) -> None:
    """Rows of every size around it, so that pages split, overflow and are balanced."""
    for size in (10, 900, 5_000, 40_000, 1_500, 3_000):
        published(body="x" * size)
    numbers = [planted_item().number for _ in range(3)]
    for size in (10, 900, 5_000, 2_000, 1_000, 4_000):
        published(summary="y" * size)

    for number in numbers:
        recalled(number)

    assert planted_files(data) == []
    assert verify_folder(data).ok


def test_only_the_tombstone_is_left_of_a_recalled_item(data: Path) -> None:
    number = planted_item().number
    tomb = recalled(number, explanation="มีข้อมูลส่วนบุคคล")

    item = Item.objects.get()
    assert (item.state, item.title, item.summary, item.file_count) == (
        ItemState.RECALLED,
        "",
        "",
        0,
    )
    assert (item.section, item.unit_name_th, item.edition_hash) == ("", "", tomb.edition_id)
    for model in (PublishedFile, FileText, Binding, Version):
        assert not model.objects.exists()
    assert Edition.objects.exclude(canonical=None).get().hash == tomb.edition_id
    assert queries.page(number) is None
    assert queries.page(number, 1) is None
    assert list(blobs.stored()) == []


def test_bytes_that_another_item_shows_stay(data: Path) -> None:
    shared, own = file(b"shared"), file(b"own", slot="own")
    texts = {each["sha256"]: TEXT for each in (shared, own)}
    first = published(files=[shared, own], texts=texts).number
    second = published(files=[shared]).number

    recalled(first)

    assert blobs.size(shared["sha256"]) is not None
    assert blobs.size(own["sha256"]) is None
    assert FileText.objects.get().sha256 == shared["sha256"]
    recalled(second)
    assert list(blobs.stored()) == []
    assert not FileText.objects.exists()


def test_files_of_earlier_versions_go_as_well(data: Path) -> None:
    number = published(files=[file(b"old")]).number
    corrected(number, files=[file(b"new")])
    assert len(list(blobs.stored())) == 2

    recalled(number)

    assert list(blobs.stored()) == []


def test_a_crash_after_the_commit_is_finished_by_the_next_sweep(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = planted_item().number
    monkeypatch.setattr(appending, "finish_erasures", lambda: 0)
    recalled(number)
    assert planted_files(data)
    with pytest.raises(blobs.NotPublic):
        blobs.open_blob(Erasure.objects.get().files[0])
    monkeypatch.undo()

    assert sweep(at=later()).recalls == 1

    assert planted_files(data) == []
    assert not Erasure.objects.exists()


def test_a_failure_after_the_commit_does_not_undo_the_recall(
    data: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    number = published(files=[file()]).number

    def fail(sha256: str) -> None:
        raise OSError("disk")

    monkeypatch.setattr(blobs, "remove", fail)
    recalled(number)
    assert "disk" in caplog.text
    monkeypatch.undo()

    assert Item.objects.get().state == ItemState.RECALLED
    assert sweep(at=later()).recalls == 1
    assert list(blobs.stored()) == []


def test_a_reader_with_an_old_page_delays_the_end_not_the_recall(data: Path) -> None:
    number = planted_item().number
    reader = sqlite3.connect(data / "record" / "record.sqlite3", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM record_item").fetchall()
    connections["record"].cursor().execute("PRAGMA busy_timeout = 50")

    recalled(number)
    assert (Erasure.objects.count(), queries.page(number)) == (1, None)
    reader.close()

    assert finish_erasures() == 1
    assert planted_files(data) == []


def test_inside_another_transaction_the_end_is_left_to_the_sweep(data: Path) -> None:
    Erasure.objects.create(number="2569-00009", files=[])

    with transaction.atomic(using="record"):
        assert finish_erasures() == 0
    assert finish_erasures() == 1


def test_a_new_item_may_show_the_same_file_again(data: Path) -> None:
    recalled(published(files=[file(b"again")]).number)

    entry = published(files=[file(b"again")])

    assert PublishedFile.objects.get().number == entry.number
    assert verify_folder(data).ok


@pytest.mark.parametrize("way", [Action.WITHDRAWN, Action.EXPIRED, Action.CONSOLIDATED])
def test_whatever_state_an_item_is_in_it_can_be_recalled(data: Path, way: Action) -> None:
    other = published().number
    number = published(title=PLANTED).number
    do(way, number, act(redirect_number=other if way == Action.CONSOLIDATED else ""))

    recalled(number)

    assert planted_files(data) == []
    assert queries.tombstone(number) is not None
