import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from prongsai.record import blobs, queries
from prongsai.record.actions import GRACE, Swept, erasing, rebuild, sweep
from prongsai.record.models import Binding, FileText, Item, PublishedFile, Version
from prongsai.record.states import Action
from prongsai.record.verifier import verify_folder
from tests.record.factories import act, content, corrected, do, file, published, recalled, withdrawn


def now() -> datetime:
    """The clock that files on the disk go by."""
    return datetime.now(tz=UTC)


def later() -> datetime:
    return now() + GRACE + timedelta(minutes=5)


def test_a_file_that_nobody_refers_to_goes_after_a_day(data: Path) -> None:
    file(b"left behind by a crash before the entry")

    assert sweep(at=now()) == Swept(recalls=0, files=0)
    assert sweep(at=later()) == Swept(recalls=0, files=1)
    assert list(blobs.stored()) == []


def test_half_a_file_goes_after_a_day(data: Path) -> None:
    folder = data / "record" / "blobs" / "ab"
    folder.mkdir()
    (folder / ".abcd.1234.part").write_bytes(b"half")

    assert sweep(at=now()).files == 0
    assert sweep(at=later()).files == 1


def test_public_files_stay_however_old(data: Path) -> None:
    withdrawn(published(files=[file(b"withdrawn")]).number)
    number = published(files=[file(b"old version")]).number
    corrected(number, files=[])

    assert sweep(at=later()).files == 0
    assert len(list(blobs.stored())) == 2


def test_storing_again_makes_a_file_young_again(data: Path) -> None:
    sha256 = file(b"twice")["sha256"]
    path = data / "record" / "blobs" / sha256[:2] / sha256
    os.utime(path, (0, 0))

    file(b"twice")

    assert sweep(at=now() + timedelta(minutes=5)).files == 0


@pytest.mark.parametrize("meanwhile", ["published", "stored again", "removed"])
def test_what_happens_between_looking_and_removing_is_looked_at_again(
    data: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    sha256 = file(b"raced")["sha256"]
    path = data / "record" / "blobs" / sha256[:2] / sha256
    os.utime(path, (0, 0))
    real = erasing._remove_orphan

    def late(stored: blobs.Stored, *, at: datetime) -> bool:
        if meanwhile == "removed":
            path.unlink()
        else:
            document = file(b"raced")
            if meanwhile == "published":
                published(files=[document])
                os.utime(path, (0, 0))
        return real(stored, at=at)

    monkeypatch.setattr(erasing, "_remove_orphan", late)

    assert sweep(at=now()).files == 0
    assert path.exists() is (meanwhile != "removed")


def test_a_rebuild_makes_the_same_rows_again(data: Path) -> None:
    life()
    before = rows()

    assert rebuild() == 5
    assert rows() == before
    assert verify_folder(data).ok


def test_a_rebuild_repairs_what_was_changed_or_smuggled_in(data: Path) -> None:
    life()
    before = rows()
    Item.objects.filter(number="2569-00001").update(title="อื่น", state="withdrawn")
    Binding.objects.all().delete()
    Version.objects.filter(version=1).delete()
    smuggled = file(b"private")
    PublishedFile.objects.create(
        number="2569-99999", version=1, slot="x", sha256=smuggled["sha256"], name="x", size=7
    )
    Item.objects.create(**Item.objects.filter(number="2569-00002").values()[0] | {"number": "x"})
    FileText.objects.create(sha256=smuggled["sha256"], pages=[])
    assert not verify_folder(data).ok

    rebuild()

    assert rows() == before
    assert verify_folder(data).ok
    with pytest.raises(blobs.NotPublic):
        blobs.open_blob(smuggled["sha256"])
    assert not FileText.objects.filter(sha256=smuggled["sha256"]).exists()


def life() -> None:
    """One item for each thing that can happen."""
    text = file(b"text")
    pages = [{"number": 1, "text": "ข้อความ", "source": "text"}]
    first = published(files=[text], obligations=["oit-o1"], texts={text["sha256"]: pages}).number
    corrected(first, files=[text, file(b"b", slot="b")], obligations=["oit-o2", "oit-o1"])
    withdrawn(published().number)
    do(Action.CONSOLIDATED, published().number, act(redirect_number=first))
    recalled(published(title="หายไป").number)
    restored = published(obligations=["oit-o3"]).number
    do(Action.EXPIRED, restored, act(explanation=""))
    do(Action.RESTORED, restored, act())


def rows() -> list[list[dict[str, Any]]]:
    """All projections, without the keys that the database gives out."""
    models = (Item, Version, PublishedFile, Binding, FileText)
    found = [list(model.objects.order_by("pk").values()) for model in models]
    return [[{k: v for k, v in row.items() if k != "id"} for row in part] for part in found]


def test_an_empty_record_is_rebuilt_to_an_empty_one(data: Path) -> None:
    assert rebuild() == 0
    assert queries.numbers() == []
    assert content()["title"]
