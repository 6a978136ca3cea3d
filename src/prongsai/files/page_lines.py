"""The lines of a page's text, and the cells of those that tabs or wide gaps part."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from prongsai.files.rules import PageText, Word

Row = tuple[str, ...]
# In parts of the page's width: what parts columns.
_COLUMN_GAP = 0.014
_NEARLY_ALL = 0.9


@dataclass(frozen=True)
class PageLine:
    """`cells` are several where tabs or wide gaps part it.

    Their `edges`, its `height`, its `bottom` and the size `em` of its letters are in parts of the page, and known only
    where words have places.
    """

    text: str
    cells: Row
    edges: tuple[tuple[float, float], ...] = ()
    height: float = 0.0
    bottom: float = 0.0
    em: float = 0.0
    is_bold: bool = False

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1

    @property
    def said(self) -> Row:
        """The cells in which something stands."""
        return tuple(filter(None, self.cells))


def lines_of_page(page: PageText) -> list[PageLine]:
    words = sorted(page.words, key=lambda word: word.start)
    lines, start, place = [], 0, 0
    for text in page.text.split("\n"):
        end = start + len(text)
        inside = []
        while place < len(words) and words[place].start < end:
            inside.append(words[place])
            place += 1
        lines.append(_line(page.text, text, inside))
        start = end + 1
    return lines


def _line(whole: str, text: str, words: Sequence[Word]) -> PageLine:
    stripped = " ".join(text.split())
    if "\t" in text.rstrip():
        return PageLine(stripped, tuple(cell.strip() for cell in text.rstrip().split("\t")))
    return _line_of(whole, text, words) if words else PageLine(stripped, (stripped,))


def _line_of(whole: str, text: str, words: Sequence[Word]) -> PageLine:
    stripped = " ".join(text.split())
    height = median([word.bottom - word.top for word in words])
    bottom = median([word.bottom for word in words])
    em, is_bold = median([word.em for word in words]), _is_bold(words)
    parts = list(_parted(words))
    cells = tuple(whole[part[0].start : part[-1].end].strip() for part in parts)
    # Every letter must be in a cell: words that stand nowhere would be lost.
    if len(parts) < 2 or _letters(*cells) != _letters(text):
        return PageLine(stripped, (stripped,), (), height, bottom, em, is_bold)
    edges = tuple((part[0].left, part[-1].right) for part in parts)
    return PageLine(stripped, cells, edges, height, bottom, em, is_bold)


def _is_bold(words: Sequence[Word]) -> bool:
    """But for a mark or a word that a program took from another font."""
    bold = sum(word.end - word.start for word in words if word.is_bold)
    return bold >= _NEARLY_ALL * sum(word.end - word.start for word in words)


def _letters(*texts: str) -> str:
    return "".join(piece for text in texts for piece in text.split())


def _parted(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words between wide gaps."""
    part: list[Word] = []
    for word in words:
        if part and word.left - part[-1].right >= _COLUMN_GAP:
            yield part
            part = []
        part.append(word)
    if part:
        yield part
