"""What the HTML of a body holds beside its letters: links and pictures."""

from html.parser import HTMLParser

from prongsai.screening.located import Link, Seen


def seen_in(html: str) -> Seen:
    """The links with what a reader sees of them, and the alternative texts of the pictures."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Seen(links=tuple(reader.links), pictures=tuple(reader.pictures))


class _Reader(HTMLParser):
    """A picture with words is something to see of a link."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self.pictures: list[str] = []
        self._href: str | None = None
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "a":
            self._end_link()
            self._href, self._text = given.get("href") or "", []
        elif tag == "img":
            alt = given.get("alt") or ""
            self.pictures.append(alt)
            self._text.append(alt)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()

    def close(self) -> None:
        super().close()
        self._end_link()

    def _end_link(self) -> None:
        if self._href is not None:
            self.links.append(Link(self._href, " ".join("".join(self._text).split())))
        self._href, self._text = None, []
