"""What an edition has that may lead nowhere or be hard to read: links, pictures, tables, headings. Plain values."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

Document = Mapping[str, Any]
# As people write them in running text; what ends a sentence is not part of one.
_ADDRESS = re.compile(r"https?://[^\s<>\"'“”()\[\]{}ก-๛]+", re.IGNORECASE)
_TRAILING = ".,;:!?"
_BLOCKS = frozenset({"p", "h2", "h3", "li", "td", "th", "blockquote", "aside", "figcaption"})


@dataclass(frozen=True)
class Link:
    """`words` is what a reader sees of it, with the words of a picture in it.

    `is_field`: it stands in a field of its own or in plain text, where nobody can give it other words.
    """

    address: str
    words: str
    is_field: bool = False


@dataclass(frozen=True)
class Outline:
    """In the order in which a reader meets them. `pictures` are their words, `tables` whether they have header cells.

    `passages` are the paragraphs, cells and headings of the body.
    """

    links: tuple[Link, ...] = ()
    pictures: tuple[str, ...] = ()
    tables: tuple[bool, ...] = ()
    passages: tuple[str, ...] = ()


def outline_of(document: Document) -> Outline:
    """The same for the same edition, always: places in it are kept."""
    reader = _Reader()
    reader.feed(str(document.get("body") or ""))
    reader.close()
    return Outline(
        links=(*reader.links, *map(_bare, _addresses(document))),
        pictures=tuple(reader.pictures),
        tables=tuple(reader.tables),
        passages=tuple(text for text in reader.passages if text),
    )


def _bare(address: str) -> Link:
    return Link(address, address, is_field=True)


def _addresses(document: Document) -> Iterator[str]:
    """Those that stand outside the body: in the summary, the source, in fields of their own and in cells."""
    for name in ("summary", "source"):
        yield from _in_text(str(document.get(name) or ""))
    for detail in document.get("details") or ():
        if detail.get("type") == "url":
            yield str(detail.get("value") or "")
    yield from _in_cells(document.get("table") or {})


def _in_cells(table: Document) -> Iterator[str]:
    columns = [each["key"] for each in table.get("columns", ()) if each.get("type") == "url"]
    for row in table.get("rows", ()):
        yield from (str(row[key]) for key in columns if row.get(key))


def _in_text(text: str) -> Iterator[str]:
    return (found[0].rstrip(_TRAILING) for found in _ADDRESS.finditer(text))


class _Reader(HTMLParser):
    """Over the body of an edition, which is clean and well-formed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.pictures: list[str] = []
        self.tables: list[bool] = []
        self.passages: list[str] = []
        self._address: str | None = None
        self._seen: list[str] = []
        self._passage: list[str] = []

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self._end_passage()
        if tag == "a":
            self._address, self._seen = given.get("href") or "", []
        elif tag == "img":
            self.pictures.append((given.get("alt") or "").strip())
            self._seen.append(self.pictures[-1])
        elif tag == "table":
            self.tables.append(False)
        elif tag == "th" and self.tables:
            self.tables[-1] = True

    def handle_data(self, data: str) -> None:
        self._seen.append(data)
        self._passage.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address is not None:
            self.links.append(Link(self._address, " ".join("".join(self._seen).split())))
            self._address = None
        elif tag in _BLOCKS:
            self._end_passage()

    def close(self) -> None:
        super().close()
        self._end_passage()

    def _end_passage(self) -> None:
        self.passages.append(" ".join("".join(self._passage).split()))
        self._passage = []
