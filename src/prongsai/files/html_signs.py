"""Whether a web page is written so that every reader takes it apart in the same way.

Browsers mend what is broken, each parser in its own manner: what one takes for a comment, another runs. Therefore
only the plain part of the grammar of https://html.spec.whatwg.org/#tokenization comes in.
"""

import re
from collections.abc import Set as AbstractSet

from prongsai.files.refusals import Refused

_SPACE = r"[ \t\n\f\r]"
_NAME = r"""[^\s"'<>/=]+"""
_QUOTED = r""""[^"]*"|'[^']*'"""
_BARE = r"""[^\s"'<>`=][^\s"'<>`]*"""
# Without “/”, which before “>” ends some elements for some readers.
_BARE_IN_RAW = r"""[^\s"'<>`=/]+"""


def _attributes(value: str) -> str:
    return rf"(?:{_SPACE}+{_NAME}(?:{_SPACE}*={_SPACE}*(?:{value}))?)*+{_SPACE}*"


# In these two, browsers take tags and comments for text.
_RAW_START = _attributes(f"{_QUOTED}|{_BARE_IN_RAW}")
_RAW = (
    rf"<title{_RAW_START}>[^<]*+</title{_SPACE}*>",
    rf"<style{_RAW_START}>(?:[^<]|<!--)*+</style{_SPACE}*>",
)
_TAG = rf"<(?!(?:title|style)[\s/>])[a-z][a-z0-9:-]*+{_attributes(f'{_QUOTED}|{_BARE}')}/?>"
_END = rf"</[a-z][a-z0-9:-]*+{_SPACE}*>"
_COMMENT = r"<!--(?!-?>)(?:(?!--).)*+-->"
_DECLARATION = r"<!doctype[^<>\[\]]*>"
_INSTRUCTION = r"<\?[^<>]*>"
# Before anything else a browser takes this sign for the text that it is.
_LONELY = r"<(?=[ \t\n\f\r0-9=]|[^\x00-\x7f])"
_SIGNS = "|".join(("[^<]++", *_RAW, _TAG, _END, _COMMENT, _DECLARATION, _INSTRUCTION, _LONELY))
_PLAIN = re.compile(f"(?:{_SIGNS})*+", re.IGNORECASE | re.DOTALL)
# NUL is dropped or exchanged, and an escape sign can change what the bytes after it mean.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")

_THAI = frozenset(("windows-874", "tis-620", "iso-8859-11", "cp874", "x-windows-874", "dos-874"))
_NAMES = {
    "utf-8": frozenset(("utf-8", "utf8")),
    "utf-16": frozenset(("utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "unicode")),
    "windows-874": _THAI,
}
# All of them say the same where only ASCII is written.
_OF_ASCII = _THAI | {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)


def refuse_ambiguous(text: str) -> None:
    """Raises `Refused` for a page that browsers might take apart otherwise than a simple reader."""
    if _CONTROL.search(text) or not _PLAIN.fullmatch(text):
        raise Refused("html_broken")


def charsets_named(attribute: str, value: str) -> set[str]:
    """The encodings that an attribute of a `meta` element names."""
    named = [value.strip()] if attribute == "charset" else _CHARSET.findall(value)
    return {name.lower() for name in named}


def refuse_other_encoding(named: AbstractSet[str], text: str, encoding: str) -> None:
    """Raises `Refused` for a page that names another encoding: a browser would show another text."""
    known = _OF_ASCII if text.isascii() and encoding == "utf-8" else _NAMES[encoding]
    if not named <= known:
        raise Refused("html_encoding", {"name": min(named - known)[:40]})
