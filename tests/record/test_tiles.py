import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.record.tiles import (
    MAXIMUM_BUNDLE,
    BadBundle,
    Tile,
    bundle,
    is_in_log,
    parse_path,
    tiles_of,
    unbundle,
)

LEAVES = st.lists(st.binary(max_size=300), max_size=20)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "0/000"),
        (Tile(0, 5, 70), "0/005.p/70"),
        (Tile(1, 1000), "1/x001/000"),
        # The example of c2sp.org/tlog-tiles.
        (Tile(0, 1234067), "0/x001/x234/067"),
        (Tile(None, 1234067, 8), "entries/x001/x234/067.p/8"),
        (Tile(None, 0, 1), "entries/000.p/1"),
    ],
)
def test_a_tile_has_the_path_of_the_specification(tile: Tile, path: str) -> None:
    assert tile.path == path
    assert parse_path(path) == tile


@given(st.none() | st.integers(0, 6), st.integers(0, 10**12), st.integers(1, 256))
def test_every_path_leads_back_to_its_tile(level: int | None, position: int, width: int) -> None:
    tile = Tile(level, position, width)

    assert parse_path(tile.path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0",
        "0/0",
        "0/0000",
        "0/x000/001",
        "0/001/002",
        "0/x001",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/257",
        "0/000.p/007",
        "00/000",
        "7/000",
        "99/000",
        "entries/../000",
        "0/๐๐๐",
        "0/000\n",
        "data/000",
    ],
)
def test_any_other_spelling_is_no_tile(path: str) -> None:
    assert parse_path(path) is None


@pytest.mark.parametrize(
    ("tile", "size", "there"),
    [
        (Tile(0, 0, 1), 0, False),
        (Tile(0, 0, 1), 1, True),
        (Tile(None, 0, 2), 1, False),
        (Tile(0, 0), 255, False),
        (Tile(0, 0), 256, True),
        (Tile(0, 0, 3), 256, True),
        (Tile(1, 0, 1), 255, False),
        (Tile(1, 0, 1), 256, True),
        (Tile(1, 0, 2), 511, False),
        (Tile(0, 1, 1), 256, False),
    ],
)
def test_a_tile_is_there_when_the_log_is_long_enough(tile: Tile, size: int, there: bool) -> None:
    assert is_in_log(tile, size) is there


@pytest.mark.parametrize(
    ("size", "paths"),
    [
        (0, []),
        (1, ["entries/000.p/1", "0/000.p/1"]),
        (256, ["entries/000", "0/000", "1/000.p/1"]),
        (
            300,
            ["entries/000", "entries/001.p/44", "0/000", "0/001.p/44", "1/000.p/1"],
        ),
    ],
)
def test_a_log_is_cut_into_these_tiles(size: int, paths: list[str]) -> None:
    assert [tile.path for tile in tiles_of(size)] == paths


def test_a_large_log_has_tiles_over_tiles() -> None:
    paths = [tile.path for tile in tiles_of(70_000)]

    assert paths[-3:] == ["1/000", "1/001.p/17", "2/000.p/1"]
    assert len(paths) == 2 * 274 + 3


@given(LEAVES)
def test_a_bundle_gives_its_leaves_back(leaves: list[bytes]) -> None:
    assert unbundle(bundle(leaves)) == leaves


def test_a_bundle_counts_in_two_bytes_big_end_first() -> None:
    assert bundle([b"a" * 258, b""]) == b"\x01\x02" + b"a" * 258 + b"\x00\x00"


def test_the_longest_bundle_is_known_in_advance() -> None:
    assert len(bundle([bytes(0xFFFF)] * 256)) == MAXIMUM_BUNDLE


@pytest.mark.parametrize("raw", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_bundle_that_is_cut_off_is_refused(raw: bytes) -> None:
    with pytest.raises(BadBundle):
        unbundle(raw)
