"""How the log is cut into files that never change: C2SP tlog-tiles (c2sp.org/tlog-tiles)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

# c2sp.org/tlog-tiles: a tile is eight levels high, and level 6 is enough for 2**56 entries.
HEIGHT = 8
WIDTH = 1 << HEIGHT
MAXIMUM_LEVEL = 6
# An entry's length stands in two bytes.
MAXIMUM_LEAF = 0xFFFF
MAXIMUM_BUNDLE = WIDTH * (2 + MAXIMUM_LEAF)

_NAME = re.compile(
    r"(?P<level>[0-9]{1,2}|entries)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)


class BadBundle(ValueError):
    """These bytes are not an entry bundle."""


class Tile(NamedTuple):
    """A tile of hashes at a level (0 stands over the leaves), or with level None a bundle of entries."""

    level: int | None
    position: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Below `/log/tile/`: `0/x001/x234/067`, with `.p/<width>` while it is still growing."""
        level = "entries" if self.level is None else self.level
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"{level}/{_index_path(self.position)}{partial}"

    @property
    def begin(self) -> int:
        """The first node (or entry) in this tile, counted at its own level."""
        return self.position * WIDTH


def _index_path(index: int) -> str:
    groups = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        groups.insert(0, f"x{index % 1000:03d}")
    return "/".join(groups)


def parse_path(path: str) -> Tile | None:
    """The tile that a path below `/log/tile/` names. Any other spelling of it is not one."""
    match = _NAME.fullmatch(path)
    if match is None:
        return None
    level = None if match["level"] == "entries" else int(match["level"])
    index = int(match["index"].replace("x", "").replace("/", ""))
    # Written again and compared: leading zeros and empty groups are other spellings.
    tile = Tile(level, index, int(match["width"] or WIDTH))
    is_in_range = 1 <= tile.width <= WIDTH and (level is None or level <= MAXIMUM_LEVEL)
    return tile if is_in_range and tile.path == path else None


def is_in_log(tile: Tile, size: int) -> bool:
    """Whether a log of that size has all the hashes or entries of the tile."""
    nodes = size >> HEIGHT * (tile.level or 0)
    return tile.begin + tile.width <= nodes


def tiles_of(size: int) -> Iterator[Tile]:
    """All the tiles and bundles of a log of that size, bundles first."""
    yield from _row(None, size)
    level = 0
    while size:
        yield from _row(level, size)
        level, size = level + 1, size >> HEIGHT


def _row(level: int | None, nodes: int) -> Iterator[Tile]:
    for index in range(nodes // WIDTH):
        yield Tile(level, index)
    if nodes % WIDTH:
        yield Tile(level, nodes // WIDTH, nodes % WIDTH)


def bundle(leaves: Iterable[bytes]) -> bytes:
    """Leaves one after the other, each behind its length in two bytes, big end first."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def unbundle(raw: bytes) -> list[bytes]:
    """The leaves of a bundle. Raises BadBundle when a byte is missing or left over."""
    leaves, position = [], 0
    while position < len(raw):
        begin = position + 2
        position = begin + int.from_bytes(raw[position:begin], "big")
        leaves.append(raw[begin:position])
    if position != len(raw):
        raise BadBundle("The last entry of the bundle is cut off.")
    return leaves
