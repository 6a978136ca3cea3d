"""The index follows the record, survives being killed, and forgets what is recalled."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from prongsai.discovery.folders import CannotIndex, current, signature, writer_lock
from prongsai.discovery.index import Indexer
from prongsai.discovery.queries import search
from prongsai.discovery.reader import Mark, Reader
from prongsai.discovery.writing import set_mark, writer_in
from prongsai.record.models import Entry
from prongsai.record.states import Action
from tests.discovery.conftest import all_terms
from tests.record.factories import act, corrected, do, file, published, recalled, withdrawn

RARE = "zqxjkvb"
THAI_RARE = "ฌฆณฎฑพิลึก"


def found(text: str) -> list[str]:
    return [hit.item.number for hit in search(text).hits]


def bytes_on_disk(root: Path) -> Iterator[bytes]:
    for path in root.rglob("*"):
        if path.is_file():
            yield path.read_bytes()


def test_an_empty_record_has_an_empty_index(indexer: Indexer) -> None:
    indexer.follow()

    assert indexer.follow() == 0
    assert search("ขยะ").total == 0


def test_what_is_appended_is_found_after_the_next_turn(indexer: Indexer) -> None:
    published(title="แผนจัดเก็บขยะมูลฝอย")
    published(title="แผนพัฒนาท้องถิ่น")

    indexer.follow()

    assert indexer.reader.indexed_seq() == 1
    assert found("ขยะมูลฝอย") == ["2569-00001"]


def test_a_second_turn_has_nothing_to_do(indexer: Indexer) -> None:
    published()
    indexer.follow()
    before = signature(indexer.root)

    assert indexer.follow() == 0
    assert signature(indexer.root) == before


def test_each_entry_is_indexed_once(indexer: Indexer) -> None:
    indexer.follow()
    for _ in range(3):
        published(title="ประกาศขายทอดตลาด")

    assert indexer.follow() == 3
    view = indexer.reader.view()
    assert view is not None
    assert view.searcher.num_docs == 4


def test_a_correction_takes_the_place_of_the_text_before(indexer: Indexer) -> None:
    published(title="ประกาศจัดซื้อรถดับเพลิง")
    indexer.follow()
    corrected("2569-00001", title="ประกาศจัดซื้อเรือท้องแบน")
    indexer.follow()

    assert found("รถดับเพลิง") == []
    assert found("เรือท้องแบน") == ["2569-00001"]


@pytest.mark.parametrize("action", [Action.WITHDRAWN, Action.EXPIRED, Action.RECALLED])
def test_what_is_not_in_use_is_not_found(indexer: Indexer, action: Action) -> None:
    published(title="ประกาศจัดซื้อรถดับเพลิง")
    published(title="ประกาศจัดซื้อรถพยาบาล")
    indexer.follow()
    do(action, "2569-00001", act())

    indexer.follow()

    assert found("ประกาศจัดซื้อรถ") == ["2569-00002"]


def test_what_is_restored_is_found_again(indexer: Indexer) -> None:
    published(title="ประกาศจัดซื้อรถดับเพลิง")
    withdrawn("2569-00001")
    indexer.follow()
    do(Action.RESTORED, "2569-00001", act())

    indexer.follow()

    assert found("รถดับเพลิง") == ["2569-00001"]


@pytest.mark.parametrize("action", [Action.WITHDRAWN, Action.RECALLED])
def test_an_index_that_lags_behind_shows_nothing_that_is_gone(
    indexer: Indexer, action: Action
) -> None:
    published(title="ประกาศจัดซื้อรถดับเพลิง")
    published(title="ประกาศจัดซื้อรถพยาบาล")
    indexer.follow()

    do(action, "2569-00001", act())
    answer = search("ประกาศจัดซื้อรถ")

    assert (answer.total, [hit.item.number for hit in answer.hits]) == (1, ["2569-00002"])


def test_no_word_of_a_recalled_item_stays_on_the_disk(indexer: Indexer) -> None:
    attachment = file()
    pages = [{"number": 1, "text": f"บันทึกของ {THAI_RARE}", "source": "text"}]
    published(title=f"รายชื่อ {RARE}", files=[attachment], texts={attachment["sha256"]: pages})
    published(title="ประกาศจัดซื้อรถพยาบาล")
    indexer.follow()
    view = indexer.reader.view()
    assert view is not None
    assert {RARE, RARE[:3], THAI_RARE[:3]} <= all_terms(view)

    recalled("2569-00001")
    indexer.follow()

    view = indexer.reader.view()
    assert view is not None
    assert not {term for term in all_terms(view) if term in RARE or term in THAI_RARE[:5]}
    assert not any(
        word.encode() in content or word.encode()[::-1] in content
        for content in bytes_on_disk(indexer.root)
        for word in (RARE, THAI_RARE, "2569-00001")
    )
    assert list(indexer.root.glob("generation-*")) == [current(indexer.root)]


def test_a_purge_that_was_cut_short_is_done_at_the_next_turn(
    indexer: Indexer, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(title=f"รายชื่อ {RARE}")
    indexer.follow()
    recalled("2569-00001")
    with monkeypatch.context() as broken:
        broken.setattr("prongsai.discovery.purge.use", _fails)
        with pytest.raises(OSError, match="disk"):
            indexer.follow()
    assert found(RARE) == []

    Indexer().follow()

    view = Reader(indexer.root).view()
    assert view is not None
    assert RARE not in all_terms(view)
    assert not view.mark.is_purge_due


def _fails(*_arguments: object) -> None:
    raise OSError("disk full")


def test_words_on_disk_leave_readers_that_are_open(indexer: Indexer) -> None:
    published(title=f"รายชื่อ {RARE}")
    indexer.follow()
    reader = Reader(indexer.root)
    assert reader.indexed_seq() == 0
    recalled("2569-00001")
    indexer.follow()

    assert reader.indexed_seq() == 1


def test_a_rebuild_answers_the_same(indexer: Indexer) -> None:
    for title in ("แผนจัดเก็บขยะ", "แผนอัตรากำลัง", "ผลการจัดเก็บขยะ"):
        published(title=title)
    indexer.follow()
    before = found("จัดเก็บขยะ")

    assert indexer.rebuild() == 3
    assert found("จัดเก็บขยะ") == before
    assert len(list(indexer.root.glob("generation-*"))) == 1


def test_an_index_of_another_record_is_made_again(indexer: Indexer) -> None:
    published(title="แผนจัดเก็บขยะ")
    indexer.follow()
    _set_mark(indexer, leaf_hash="00" * 32)

    indexer.follow()

    assert indexer.reader.view() is not None
    assert _mark(indexer).leaf_hash == Entry.objects.get(seq=0).leaf_hash
    assert found("จัดเก็บขยะ") == ["2569-00001"]


def test_an_index_that_is_ahead_of_a_restored_record_is_made_again(indexer: Indexer) -> None:
    published(title="แผนจัดเก็บขยะ")
    indexer.follow()
    _set_mark(indexer, seq=7)

    indexer.follow()

    assert _mark(indexer).seq == 0


def test_an_index_of_other_words_is_made_again(indexer: Indexer) -> None:
    published()
    indexer.follow()
    _set_mark(indexer, format="0-before")

    indexer.follow()

    assert _mark(indexer).format != "0-before"


def test_an_index_that_cannot_be_read_is_made_again(indexer: Indexer) -> None:
    published(title="แผนจัดเก็บขยะ")
    indexer.follow()
    (indexer.root / "current" / "meta.json").write_text("{", encoding="ascii")

    assert search("ขยะ").indexed_seq == -1
    Indexer().follow()

    assert found("จัดเก็บขยะ") == ["2569-00001"]


def test_a_second_writer_is_told_that_there_is_one(indexer: Indexer) -> None:
    with writer_lock(indexer.root):
        began = time.monotonic()
        with (
            pytest.raises(CannotIndex, match="another process"),
            writer_lock(indexer.root, patience=0.2),
        ):
            pass
    assert time.monotonic() - began < 20
    with writer_lock(indexer.root, patience=0):
        pass


def test_an_indexer_that_is_killed_at_any_moment_loses_nothing(
    indexer: Indexer, data: Path
) -> None:
    for number in range(30):
        published(title=f"ประกาศขายทอดตลาด ครั้งที่ {number}")
    chance = Random(2569)  # noqa: S311 -- the same moments every time
    for _ in range(3):
        _kill_after(chance.uniform(0.0, 0.25), data)

    indexer.rebuild()
    published(title="ประกาศขายทอดตลาด ครั้งสุดท้าย")
    indexer.follow()

    assert search("ขายทอดตลาด").total == 31
    assert len(list(indexer.root.glob("generation-*"))) == 1


def _kill_after(seconds: float, data: Path) -> None:
    environment = os.environ | {
        "PRONGSAI_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "tests.discovery.process_settings",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.discovery.endless_indexer"],
        env=environment,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"began\n"
    time.sleep(seconds)
    process.kill()
    process.communicate()


def _mark(indexer: Indexer) -> Mark:
    view = indexer.reader.view()
    assert view is not None
    return view.mark


def _set_mark(indexer: Indexer, **changes: object) -> None:
    """As another record or another release would have left it."""
    folder = current(indexer.root)
    assert folder is not None
    with writer_in(folder) as writer:
        set_mark(writer, replace(_mark(indexer), **changes))
