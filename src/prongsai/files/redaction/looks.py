"""How the cells of a table look: lines, grounds, places of their text. Nothing of it can hold a text."""

import re
from dataclasses import dataclass

_COLOUR = re.compile(r"[0-9A-F]{6}")
# Letters come out black: on a darker ground nobody could read them.
_LIGHT = 0.6


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
