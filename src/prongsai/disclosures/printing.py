"""A body as an official paper: its headings, paragraphs, lists and tables in the order of reading."""

from html.parser import HTMLParser

from prongsai.disclosures.content import Content
from prongsai.letters.documents import Block, Report, Table

_HEADINGS = {"h2": "heading", "h3": "subheading"}
_TEXTS = {"p", "li", "blockquote", "figcaption", "aside"}
_BLOCKS = _TEXTS | _HEADINGS.keys()


class _Blocks(HTMLParser):
    """Reads clean HTML only. Pictures stand as their words in brackets, links with their addresses behind them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._kind = "paragraph"
        self._links: list[str] = []
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in _BLOCKS:
            self._begin(tag)
        else:
            self._inline(tag, dict(attrs))

    def _inline(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "br":
            self._words.append("\n")
        elif tag == "img":
            self._words.append(f"[{given.get('alt') or ''}]")
        elif tag == "a":
            self._links.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._end_table()
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append(self._taken())
        elif tag in _BLOCKS:
            self._end()
        elif tag == "a" and self._links:
            self._link(self._links.pop())

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def _begin(self, tag: str) -> None:
        # In a cell a paragraph is a line of it.
        if self._rows is not None:
            return
        self._end()
        self._kind = _HEADINGS.get(tag, "bullet" if tag == "li" else "paragraph")

    def _end(self) -> None:
        if self._rows is not None:
            self._words.append("\n")
            return
        text = self._taken()
        if text:
            self.blocks.append(Block(self._kind, text))  # type: ignore[arg-type]  # one of the kinds above
        self._kind = "paragraph"

    def _end_table(self) -> None:
        rows, self._rows = [each for each in self._rows or [] if each], None
        self._words.clear()
        if not rows:
            return
        width = max(map(len, rows))
        header, *others = (tuple(each + [""] * (width - len(each))) for each in rows)
        self.blocks.append(Block("table", table=Table(header, tuple(others))))

    def _link(self, target: str) -> None:
        if target.startswith("http") and target not in "".join(self._words):
            self._words.append(f" ({target})")

    def _taken(self) -> str:
        text = "".join(self._words).strip()
        self._words.clear()
        return text

    def close(self) -> None:
        super().close()
        self._end()


def body_blocks(html: str) -> tuple[Block, ...]:
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    return tuple(reader.blocks)


def printed_body(content: Content, *, body: str) -> Report:
    """`body` is whose paper it is."""
    return Report(
        heading=content.title,
        issuing_body=body,
        made_on=content.as_of_date,
        blocks=body_blocks(content.body),
    )
