"""The English side of the texts, read from the catalogues as the translators wrote them."""

import string
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import prongsai

ROOT = Path(prongsai.__file__).parent
CATALOGUES = {path.parents[3].name: path for path in sorted(ROOT.glob("*/locale/en/*/django.po"))}


@cache
def catalogue(app: str) -> Catalog:
    """The file itself, not what was last compiled from it."""
    with CATALOGUES[app].open("rb") as stream:
        return read_po(stream, locale="en")


def english(app: str, thai: str) -> str:
    """Empty when there is none."""
    message = catalogue(app).get(thai)
    return str(message.string) if message else ""


def places(text: str) -> set[str]:
    """The names between braces, which a sentence is completed with."""
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
