"""An index that followed act by act answers as one that is made from the record as it stands."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prongsai.discovery.index import Indexer
from prongsai.record.models import Entry
from prongsai.record.states import Action
from tests.discovery.conftest import all_terms, numbers
from tests.record.factories import act, corrected, do, file, published, recalled, withdrawn

FIRST, SECOND, THIRD = "2569-00001", "2569-00002", "2569-00003"
ANNEX = b"annex"
ACTS: list[Callable[[], Entry]] = [
    lambda: published(title="แผนจัดเก็บขยะมูลฝอย", summary="รถเก็บขยะ"),
    lambda: published(title="ประกาศขายทอดตลาดรถเก่า", body="<p>รถดับเพลิงเก่า</p>"),
    lambda: published(
        title="รายงานน้ำเสีย",
        files=[file(ANNEX)],
        texts={file(ANNEX)["sha256"]: [{"number": 1, "text": "ค่าคลอรีนในคลอง", "source": "text"}]},
    ),
    lambda: corrected(FIRST, title="แผนจัดเก็บขยะอันตราย"),
    lambda: withdrawn(SECOND),
    lambda: do(Action.RESTORED, SECOND, act()),
    lambda: do(Action.CONSOLIDATED, SECOND, act(redirect_number=FIRST)),
    lambda: do(Action.EXPIRED, FIRST, act()),
    lambda: corrected(FIRST, title="แผนจัดเก็บขยะรีไซเคิล"),
    lambda: recalled(THIRD),
    lambda: do(Action.RESTORED, SECOND, act()),
    lambda: recalled(FIRST),
]
QUERIES = (
    *("ขยะ", "ขยะมูลฝอย", "ขยะอันตราย", "ขยะรีไซเคิล", "รถ", "รถดับเพลิง", "ขายทอดตลาด"),
    *("น้ำเสีย", "นำเสีย", "คลอรีน", "แผน ขยะ", FIRST, "๒๕๖๙-๐๐๐๐๒", "ไม่มีคำนี้", "ประกาศ -รถ"),
)


def answers(indexer: Indexer) -> dict[str, list[str]]:
    view = indexer.reader.view()
    assert view is not None
    return {query: sorted(numbers(view, query)) for query in QUERIES}


@pytest.mark.parametrize("done", range(1, len(ACTS) + 1))
def test_an_index_that_followed_equals_one_made_anew(
    indexer: Indexer, settings: Any, tmp_path: Path, done: int
) -> None:
    for each in ACTS[:done]:
        each()
        while indexer.follow():
            pass

    settings.SEARCH_ROOT = tmp_path / "anew"
    anew = Indexer()
    anew.rebuild()

    assert answers(indexer) == answers(anew)
    assert any(answers(anew).values())


@pytest.mark.parametrize("pause", [1, 2, 3, 5, len(ACTS)])
def test_how_often_the_index_looks_makes_no_difference(
    indexer: Indexer, settings: Any, tmp_path: Path, pause: int
) -> None:
    for place, each in enumerate(ACTS, start=1):
        each()
        if place % pause == 0:
            indexer.follow()
    while indexer.follow():
        pass

    settings.SEARCH_ROOT = tmp_path / "anew"
    anew = Indexer()
    anew.rebuild()

    assert answers(indexer) == answers(anew)
    followed, made = indexer.reader.view(), anew.reader.view()
    assert followed is not None
    assert made is not None
    # The last act is a recall: after its purge not even a term of what went is on the disk.
    assert all_terms(followed) == all_terms(made)
