from pathlib import Path

from prongsai.record.mirror import write_mirror
from prongsai.record.verifier import verify_folder
from tests.record.factories import corrected, file, published, recalled


def paths(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_a_mirror_of_an_empty_record_is_right_as_well(data: Path, tmp_path: Path) -> None:
    assert write_mirror(tmp_path / "mirror") == 0

    assert paths(tmp_path / "mirror") == {"log/key"}
    report = verify_folder(tmp_path / "mirror")
    assert report.first_problem == "The log's public key: This is not an Ed25519 key of a log."


def test_a_mirror_has_the_paths_of_the_portal(data: Path, tmp_path: Path) -> None:
    main = file(name="ประกาศ ก.pdf")
    entry = published(files=[main])

    assert write_mirror(tmp_path / "mirror") == 1

    assert paths(tmp_path / "mirror") == {
        "log/key",
        "log/checkpoint",
        "log/tile/entries/000.p/1",
        "log/tile/0/000.p/1",
        f"log/editions/{entry.edition_id}",
        f"files/{main['sha256']}/ประกาศ ก.pdf",
    }
    assert verify_folder(tmp_path / "mirror").ok


def test_a_mirror_is_brought_up_to_date(data: Path, tmp_path: Path) -> None:
    number = published(files=[file(b"one")]).number
    write_mirror(tmp_path / "mirror")
    corrected(number, files=[file(b"two")])

    assert write_mirror(tmp_path / "mirror") == 2
    assert verify_folder(tmp_path / "mirror").blobs == 2


def test_what_was_recalled_leaves_the_mirror(data: Path, tmp_path: Path) -> None:
    entry = published(files=[file(b"one")], title="ความลับ")
    write_mirror(tmp_path / "mirror")

    recalled(entry.number)
    write_mirror(tmp_path / "mirror")

    found = paths(tmp_path / "mirror")
    assert not [path for path in found if path.startswith("files/") or entry.edition_id in path]
    report = verify_folder(tmp_path / "mirror")
    assert (report.ok, report.entries, report.editions, report.recalled) == (True, 2, 1, 1)


def test_a_log_longer_than_a_tile_is_mirrored_whole(data: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    for _ in range(256):
        published()
    assert write_mirror(mirror) == 256
    assert verify_folder(mirror, state=tmp_path / "state").ok
    for _ in range(3):
        published()

    assert write_mirror(mirror) == 259
    assert {"log/tile/0/000", "log/tile/0/001.p/3", "log/tile/1/000.p/1"} <= paths(mirror)
    assert verify_folder(mirror, state=tmp_path / "state").ok
    assert verify_folder(data).ok
