"""Where to read what first: the cells of ruled tables row by row, columns of text one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from prongsai.files.recognition.printed import BLOCK_BREAK, LINE_BREAK
from prongsai.files.recognition.ruled_tables import Table, cells_of, tables_of
from prongsai.files.recognition.ruling import Ruling
from prongsai.files.recognition.text_columns import Place, text_places


@dataclass(frozen=True)
class Region:
    """A part of the picture that is read by itself. The lines of a `cell` belong together; `ends` follows its last."""

    place: Place
    ends: str = BLOCK_BREAK
    is_cell: bool = False


def regions_of(ruling: Ruling) -> list[Region]:
    """The whole page in reading order; nothing on it is in no region."""
    width, height = ruling.image.size
    regions: list[Region] = []
    done = 0
    for table in tables_of(ruling):
        left, upper, right, lower = table.place
        regions += _text(ruling.image, (0, done, width, upper))
        regions += [Region((0, upper, left, lower))]
        regions += _cells(table)
        regions += [Region((right, upper, width, lower))]
        done = lower
    return [*regions, *_text(ruling.image, (0, done, width, height))]


def _text(image: Image.Image, place: Place) -> list[Region]:
    return [Region(part) for part in text_places(image, place)]


def _cells(table: Table) -> Iterator[Region]:
    for row in cells_of(table):
        for index, place in enumerate(row):
            yield Region(place, " " if index < len(row) - 1 else LINE_BREAK, is_cell=True)
