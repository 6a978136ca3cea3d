"""What an open document's program writes by itself before the points of lists and before headings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from prongsai.files.hidden_marks import free_of_marks
from prongsai.files.list_numbers import LEVELS, Counter, Level

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_FORMATS = {
    "1": "decimal",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    # LibreOffice names a counting by its first members.
    "๑": "thaiNumbers",
    "ก": "thaiLetters",
}
_LEVEL_TAGS = frozenset(
    f"{TEXT}{name}"
    for name in (
        *("list-level-style-number", "list-level-style-bullet", "list-level-style-image"),
        "outline-level-style",
    )
)

_Levels = Mapping[int, Level]


def written_numbers(roots: Iterable[Element]) -> dict[Element, str]:
    """For paragraphs and headings of an open document's parts the number before them."""
    roots = list(roots)
    styles = {
        style.get(f"{_STYLE}name", ""): _levels(style)
        for root in roots
        for style in root.iter(f"{TEXT}list-style")
    }
    outline = next(
        (_levels(one) for root in roots for one in root.iter(f"{TEXT}outline-style")), {}
    )
    writer = _Writer(styles, outline)
    for root in roots:
        writer.walk(root)
    return writer.said


def level_texts(root: Element) -> Iterator[str]:
    """What levels of lists write, used or not."""
    for one in root.iter():
        if one.tag in _LEVEL_TAGS:
            yield from (one.get(f"{_STYLE}num-{side}", "") for side in ("prefix", "suffix"))


def _levels(style: Element) -> _Levels:
    found = {_whole(one.get(f"{TEXT}level")) - 1: one for one in style if one.tag in _LEVEL_TAGS}
    return {depth: _level(one, depth) for depth, one in found.items() if 0 <= depth < LEVELS}


def _level(one: Element, depth: int) -> Level:
    if not one.tag.endswith(("number", "outline-level-style")):
        return Level("bullet", one.get(f"{TEXT}bullet-char", "•"))
    number_format = _FORMATS.get(one.get(f"{_STYLE}num-format", "")[:1], "none")
    if number_format == "none":
        return Level("none")
    shown = min(_whole(one.get(f"{TEXT}display-levels")), depth + 1)
    places = ".".join(f"%{place}" for place in range(depth + 2 - shown, depth + 2))
    before, after = (one.get(f"{_STYLE}num-{side}", "") for side in ("prefix", "suffix"))
    text = free_of_marks(f"{before}{places}{after}")[:60]
    return Level(number_format, text, _whole(one.get(f"{TEXT}start-value")))


@dataclass
class _Writer:
    """Goes through a document; `last` are the counters by which lists go on that say so."""

    styles: Mapping[str, _Levels]
    outline: _Levels
    said: dict[Element, str] = field(default_factory=dict)
    chapters: Counter = field(default_factory=Counter)
    last: dict[str, Counter] = field(default_factory=dict)

    def walk(self, element: Element) -> None:
        for child in element:
            if child.tag == f"{TEXT}list":
                self._list(child, child.get(f"{TEXT}style-name", ""))
            else:
                if child.tag == f"{TEXT}h":
                    self._heading(child)
                self.walk(child)

    def _heading(self, heading: Element) -> None:
        if heading.get(f"{TEXT}is-list-header") == "true":
            return
        depth = _whole(heading.get(f"{TEXT}outline-level")) - 1
        if number := self.chapters.next(depth, self.outline):
            self.said[heading] = number

    def _list(self, found: Element, style: str) -> None:
        counter = self._counter(found, style)
        self._points(found, style, 0, counter)
        self.last[style] = counter
        if name := found.get(_ID):
            self.last[f"#{name}"] = counter

    def _counter(self, found: Element, style: str) -> Counter:
        if before := found.get(f"{TEXT}continue-list"):
            return self.last.get(f"#{before}", Counter())
        goes_on = found.get(f"{TEXT}continue-numbering") == "true"
        return self.last.get(style, Counter()) if goes_on else Counter()

    def _points(self, found: Element, style: str, depth: int, counter: Counter) -> None:
        for point in found:
            if point.tag == f"{TEXT}list-item" and (start := point.get(f"{TEXT}start-value")):
                counter.restart(depth, _whole(start))
            is_numbered = point.tag == f"{TEXT}list-item"
            for place, child in enumerate(point):
                if child.tag == f"{TEXT}list":
                    own = child.get(f"{TEXT}style-name", style)
                    self._points(child, own, depth + 1, counter)
                    continue
                if place == 0 and is_numbered and child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    self._number(child, style, depth, counter)
                self.walk(child)

    def _number(self, paragraph: Element, style: str, depth: int, counter: Counter) -> None:
        levels = self.styles.get(style, {})
        if depth in levels and (number := counter.next(depth, levels)):
            self.said[paragraph] = number


def _whole(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else 1
