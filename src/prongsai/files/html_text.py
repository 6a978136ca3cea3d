"""A web page as a file: nothing in it may run or ask for anything, and all that it says is read.

Whatever is not certainly at rest is refused: allow-lists for elements and attributes, no list of dangers. What
browsers could take apart otherwise than we do was refused before by `html_signs`.
"""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

from prongsai.files.html_signs import charsets_named, refuse_ambiguous, refuse_other_encoding
from prongsai.files.refusals import Refused


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _names(
    "address article aside blockquote br caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 "
    "header hr li main nav ol p pre section summary table tbody tfoot thead title tr ul"
)
_CELLS = frozenset(("td", "th"))
_INLINE = _names(
    "a abbr b bdi bdo cite code col colgroup data del dfn em font i ins kbd mark q rp rt ruby s samp small span "
    "strong sub sup time tt u var wbr center"
)
_FRAME = frozenset(("html", "head", "body", "meta", "style"))
_ALLOWED = _BLOCKS | _CELLS | _INLINE | _FRAME
_ATTRIBUTES = _names(
    "abbr align bgcolor border cellpadding cellspacing charset cite class color colspan content datetime dir face "
    "headers height href id lang name nowrap open rel rowspan scope size span start style summary title type "
    "valign value width"
)
# Such as 100%, #ffffff and xl65; of all other values somebody may come to read what they say.
_SAYS_NOTHING = re.compile(r"[a-z#_-]{0,12}\d{0,6}(?:\.\d{1,4})?[a-z%]{0,12}", re.IGNORECASE)
_ADDRESSES = re.compile(r"\s*(?:https?:|mailto:|tel:|#|[^:]*$)", re.IGNORECASE)
# Functions that ask for something, and the sign by which any name can be written in disguise.
_LOADS = re.compile(
    r"(?:url|src|image|image-set|cross-fade|element|expression)\s*\(|@import|-moz-binding|\\",
    re.IGNORECASE,
)


def read_html(text: str, encoding: str = "utf-8") -> tuple[str, str]:
    """What the page shows, line by line with tabs between cells, and what it says besides. Raises `Refused`.

    `encoding` is the one by which its bytes became this text.
    """
    refuse_ambiguous(text)
    page = _Page()
    page.feed(text)
    page.close()
    refuse_other_encoding(page.charsets, text, encoding)
    shown = "".join(page.shown)
    lines = (re.sub(r"[ \r\f\v]+", " ", line).strip() for line in shown.split("\n"))
    besides = dict.fromkeys(map(str.strip, page.besides))
    return "\n".join(filter(None, lines)), "\n".join(filter(None, besides))


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.besides: list[str] = []
        self.charsets: set[str] = set()
        self._style = False

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        if tag not in _ALLOWED:
            raise Refused("html_active", {"name": tag[:40]})
        for name, value in attrs:
            self._look_at(tag, name, value or "")
        self._style = tag == "style"
        # An end of a cell may be missing, its beginning never is.
        self.shown.append("\t" if tag in _CELLS else "\n" if tag in _BLOCKS else "")

    def handle_endtag(self, tag: str) -> None:
        self._style = False
        if tag in _BLOCKS:
            self.shown.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._style:
            # A line's end in the source is a space; only elements end lines.
            self.shown.append(data.replace("\n", " ").replace("\t", " "))
        elif _LOADS.search(data):
            raise Refused("external", {"name": "style"})
        else:
            self.besides.append(data)

    def handle_comment(self, data: str) -> None:
        # Some browsers obey these.
        if data.lstrip().lower().startswith("[if"):
            raise Refused("html_active", {"name": "comment"})
        self.besides.append(data)

    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            self.besides.append(decl)

    def handle_pi(self, data: str) -> None:
        raise Refused("html_active", {"name": data[:20]})

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if tag == "meta":
            self.charsets |= charsets_named(name, value)
        if not _SAYS_NOTHING.fullmatch(value):
            self.besides.append(value)
        if not name.startswith(("data-", "aria-")):
            _refuse_attribute(tag, name, value)


def _refuse_attribute(tag: str, name: str, value: str) -> None:
    is_known = name in _ATTRIBUTES or (tag == "meta" and name in ("http-equiv", "property"))
    is_refresh = name == "http-equiv" and "refresh" in value.lower()
    if not is_known or is_refresh or (name == "href" and not _ADDRESSES.match(value)):
        raise Refused("html_active", {"name": name[:40]})
    if name == "style" and _LOADS.search(value):
        raise Refused("external", {"name": name})
