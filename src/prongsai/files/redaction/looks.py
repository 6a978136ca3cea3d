"""How the cells of a table look: lines, grounds, places and forms. Nothing of it can hold a text."""

import re
from dataclasses import dataclass
from functools import lru_cache

_COLOUR = re.compile(r"[0-9A-F]{6}")
# Letters come out black: on a darker ground nobody could read them.
_LIGHT = 0.6
GENERAL = "General"
# Excel writes none that is longer.
_LONGEST_FORM = 255
# What a form of numbers writes beside them: quoted, escaped, as wide as a letter, as the name of a currency.
_WRITTEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*](?P<wide>.)'
    r"|\[\$(?P<currency>[^\]-]*)(?P<place>-[0-9A-Fa-f]{1,8})?\]"
)
_FORM = re.compile(
    r"(?:General|AM/PM|A/P|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|h+|m+|s+)\]"
    r"|[0#?.,%/:;@+()$ ymdhsbge-])+",
    re.IGNORECASE,
)
_UNITS = frozenset(
    ("บาท", "สตางค์", "คน", "ราย", "ครั้ง", "แห่ง", "ปี", "เดือน", "วัน", "พ.ศ.", "THB", "Baht", "USD")
)


@dataclass(frozen=True)
class Look:
    """In Excel's words. `lines` are sides with their styles, `ground` six hexadecimal figures, or empty."""

    lines: tuple[tuple[str, str], ...] = ()
    horizontal: str | None = None
    vertical: str | None = None
    ground: str = ""
    is_bold: bool = False
    wraps: bool = False


PLAIN = Look()


def light(colour: str) -> str:
    """The colour when it is not white and black letters can be read on it, else nothing."""
    written = colour.upper()
    if not _COLOUR.fullmatch(written) or written == "FFFFFF":
        return ""
    red, green, blue = (int(written[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return written if 0.299 * red + 0.587 * green + 0.114 * blue >= _LIGHT else ""


@lru_cache(maxsize=1_000)
def wordless(form: str) -> str:
    """A form of numbers without what it says in words; of one with conditions nothing is left.

    A form may show a name where the value is 1, and stands in the styles of the whole book.
    """
    if len(form) > _LONGEST_FORM:
        return GENERAL
    kept = _WRITTEN.sub(_unless_words, form)
    return kept if _FORM.fullmatch(_WRITTEN.sub("", kept) or kept) else GENERAL


def _unless_words(match: re.Match[str]) -> str:
    said = "".join(match[name] or "" for name in ("quoted", "escaped", "wide", "currency")).strip()
    if said in _UNITS or not any(letter.isalnum() for letter in said):
        return match[0]
    return f"[${match['place']}]" if match["place"] else ""
