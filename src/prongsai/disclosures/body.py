"""The little HTML that a body may hold, and the text in it.

Everything else goes, at each save and again at each edition. The table is also the editor's
configuration (`editor.py`), so that what can be written is what is kept.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

import nh3

from prongsai.thai.normalise import display_text

# Stands before a question that somebody must answer in its place; nothing that holds one is sent on.
PROMPT = "[เขียนแทนข้อความนี้]"
ALLOWED: dict[str, set[str]] = {
    "*": set(),
    **{tag: set() for tag in ("h2", "h3", "p", "ul", "li", "strong", "em", "br", "hr")},
    **{tag: set() for tag in ("blockquote", "aside", "figure", "figcaption")},
    **{tag: set() for tag in ("table", "thead", "tbody", "tr")},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "a": {"href"},
    "img": {"src", "alt"},
}
SCHEMES = {"http", "https", "mailto", "tel"}
# Their content is not text that somebody wrote for readers.
_DROPPED_WHOLE = {
    "script",
    "style",
    "iframe",
    "object",
    "template",
    "noscript",
    "svg",
    "math",
    "title",
}
# What pasted documents use for the same things; headings are levelled below.
_SPELLINGS = {"b": "strong", "i": "em", "div": "p", "section": "p", "article": "p"}
_HEADINGS = {"h1", "h4", "h5", "h6"}
_TAGS = set(ALLOWED) - {"*"} | _HEADINGS

# Only for nh3's own output, where values are always in double quotes and well escaped.
_ATTRIBUTES = r'(?:[^>"]|"[^"]*")*'
# An address without a scheme must be of this site: "//host" and "/\\host" lead to another one.
_LINK = re.compile(
    r"(?:https?://[^\s/]|mailto:[^\s@]+@|tel:\+?[0-9*#]|/(?![/\\])|#)[^\s\x00-\x1f]*", re.IGNORECASE
)
_IMAGE = re.compile(r"/files/([0-9a-f]{64})/[^/\s]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_HEADING = re.compile(r"<(/?)h([1-6])(?=[\s>])")
_SPELLING = re.compile(rf"<(/?)({'|'.join(_SPELLINGS)})(?=[\s>])")
# Elements that end by themselves when the next begins, or have no end, do not nest.
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|tr|td|th|br|hr|img|input|meta|link|col|wbr)[\s/>])[a-z]", re.IGNORECASE
)
_TAG = re.compile(r"<[^>]*>?")
DEEPEST = 200
_PIECE = re.compile(rf"<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<given>{_ATTRIBUTES})>|[^<]+|<")
_VOID = {"img", "br", "hr"}
# A cell or an item may be empty; these say something only by what is in them.
_HOLLOW = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "aside",
    "figcaption",
    "strong",
    "em",
}
_WORDLESS = re.compile(rf'<img(?!{_ATTRIBUTES}\salt="[^"]*[^"\s][^"]*"){_ATTRIBUTES}>')


def clean_body(html: str, *, images: Collection[str] | None = ()) -> str:
    """The allowed part of `html`; `images` are the SHA-256 of files that may be shown, None any. Idempotent."""
    foreign = nh3.clean(
        display_text(_flattened(html)),
        tags=_TAGS | set(_SPELLINGS),
        clean_content_tags=_DROPPED_WHOLE,
        attributes=ALLOWED,
        url_schemes=SCHEMES,
        # The second cleaning sets it; two would differ.
        link_rel=None,
    )
    ours = _SPELLING.sub(_respelled, foreign)
    # Entities are characters by now, so an invisible one can no longer hide what a second look refuses.
    kept = _strictly(display_text(ours), images)
    return _levelled(_pruned(kept)).strip()


def _flattened(html: str) -> str:
    """Text alone, when elements nest as deep as no person nests them."""
    # The parser's time grows with the square of the depth: 20,000 levels kept it busy for seconds.
    depth = 0
    for tag in _NESTING.finditer(html):
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        if depth > DEEPEST:
            return _TAG.sub(" ", html)
    return html


def _respelled(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{_SPELLINGS[tag[2]]}"


def _strictly(html: str, images: Collection[str] | None) -> str:
    def kept(tag: str, name: str, value: str) -> str | None:
        return value if _may_stay(tag, name, value, images) else None

    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=ALLOWED,
        attribute_filter=kept,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        set_tag_attribute_values={"aside": {"class": "callout"}},
    )


def _may_stay(tag: str, name: str, value: str, images: Collection[str] | None) -> bool:
    if name == "href":
        return _LINK.fullmatch(value) is not None
    if name == "src":
        source = _IMAGE.fullmatch(value)
        return source is not None and (images is None or source[1] in images)
    if name in ("colspan", "rowspan", "start"):
        return _NUMBER.fullmatch(value) is not None
    return name != "scope" or value in ("col", "row", "colgroup", "rowgroup")


def _levelled(html: str) -> str:
    """Headings in order below the page's own: the first is h2, and h3 stands under an h2."""
    tags = list(_HEADING.finditer(html))
    # Pasted documents often begin at h1, which is the page's own; all of them step down together.
    shift = 1 if any(tag[2] == "1" for tag in tags) else 0
    level = 1

    def levelled(tag: re.Match[str]) -> str:
        nonlocal level
        if not tag[1]:
            level = min(max(int(tag[2]) + shift, 2), level + 1, 3)
        return f"<{tag[1]}h{max(level, 2)}"

    return _HEADING.sub(levelled, html)


@dataclass
class _Open:
    """An element that is being read: where it begins among the kept pieces, and what was in it so far."""

    tag: str
    start: int
    has_content: bool = False
    has_image: bool = False

    @property
    def is_hollow(self) -> bool:
        if self.tag == "figure":
            return not self.has_image
        return self.tag in _HOLLOW and not self.has_content


def _pruned(html: str) -> str:
    """Without images that lost their source, figures without an image, and elements without content.

    One pass over well-formed HTML: a document of a hundred thousand nested elements takes no longer than a flat one.
    """
    kept: list[str] = []
    stack = [_Open("", 0)]
    for piece in _PIECE.finditer(html):
        kept.append(piece[0])
        if piece["tag"] and piece["end"]:
            _close(stack, kept)
        elif piece["tag"] and piece["tag"] not in _VOID:
            stack.append(_Open(piece["tag"], len(kept) - 1))
        elif piece["tag"] == "img" and " src=" not in piece["given"]:
            kept.pop()
        else:
            stack[-1].has_image |= piece["tag"] == "img"
            stack[-1].has_content |= bool(piece["tag"] or piece[0].strip())
    return "".join(kept)


def _close(stack: list[_Open], kept: list[str]) -> None:
    """The innermost element goes with its pieces, or its content becomes that of the one around it."""
    closed = stack.pop()
    if closed.is_hollow:
        del kept[closed.start :]
        return
    stack[-1].has_content = True
    stack[-1].has_image |= closed.has_image


def images_in(html: str) -> set[str]:
    """The SHA-256 of the images that a clean body shows."""
    return set(_IMAGE.findall(html))


def has_wordless_image(html: str) -> bool:
    """Whether a clean body shows an image without a text alternative."""
    return _WORDLESS.search(html) is not None


_BLOCKS = {"h2", "h3", "p", "li", "tr", "blockquote", "aside", "figure", "figcaption", "hr", "br"}
_CELLS = {"td", "th"}


class _Reader(HTMLParser):
    """Collects text; ends a line at each block and tabs between cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _BLOCKS:
            self.pieces.append("\n")
        if tag == "img":
            self.pieces.append(f"\n[{given.get('alt') or ''}]\n")
        if tag == "a":
            self.links.append(given.get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.links:
            target = self.links.pop()
            self.pieces.append(f" ({target})" if target else "")
        elif tag in _CELLS:
            self.pieces.append("\t")
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def body_text(html: str) -> str:
    """One line a paragraph, cells parted by tabs, `[words]` for an image, `text (address)` for a link.

    What a reader could reach without seeing it (addresses, text alternatives) is in it, so that
    screening and comparison see it too.
    """
    return "\n".join(_lines(html))


def _lines(html: str) -> Iterator[str]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for part in "".join(reader.pieces).split("\n"):
        text = part.strip()
        if text:
            yield text
