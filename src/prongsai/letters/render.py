"""From a letter to the bytes of its PDF file."""

import json
import re
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import cast

import typst

from prongsai.letters.breaking import parted
from prongsai.letters.documents import (
    Announcement,
    Certificate,
    Form,
    Letter,
    Memorandum,
    Order,
    Sheet,
)
from prongsai.letters.fonts import font_directory
from prongsai.letters.textlayer import keep_spaces
from prongsai.letters.wording import wording
from prongsai.thai.dates import BANGKOK

TEMPLATES = Path(__file__).parent / "templates" / "letters"

_UNDATED = date(2000, 1, 1)
_NAMED = re.compile(r'(?:the text|the codepoint) `"(.*?)"`', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")


class CannotSet(ValueError):
    """The letter has characters that no font has, or a text too long for a PDF file."""

    def __init__(self, characters: str, detail: str) -> None:
        self.characters = characters
        self.detail = detail
        shown = " ".join(_legible(character) for character in characters)
        super().__init__(
            f"จัดทำหนังสือไม่ได้ เพราะแบบอักษรราชการไม่มีตัวอักษร {shown} โปรดลบหรือพิมพ์เป็นคำแทน"
            if characters
            else "จัดทำหนังสือไม่ได้ เพราะมีข้อความยาวเกินกว่าที่ไฟล์ PDF รับได้ โปรดแบ่งเป็นย่อหน้า"
        )


def _legible(character: str) -> str:
    return character if character.isprintable() else f"U+{ord(character):04X}"


def render(letter: Letter) -> bytes:
    """The same letter gives the same bytes. Raises `CannotSet`, `ClausesTooDeep`, `MissingFonts`."""
    template, day = _template_and_day(letter)
    compiler = typst.Compiler(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=_fonts(font_directory()),
        ignore_system_fonts=True,
        sys_inputs={"letter": json.dumps(parted(wording(letter)), ensure_ascii=False)},
    )
    try:
        pdf = compiler.compile(
            format="pdf",
            # To be kept for good, and to be read aloud.
            pdf_standards=["a-2a", "ua-1"],
            timestamp=datetime.combine(day or _UNDATED, time(), BANGKOK),
        )
    except typst.TypstError as error:
        raise CannotSet(_unknown_characters(error.diagnostic), error.message) from error
    return keep_spaces(cast(bytes, pdf))


def _template_and_day(letter: Letter) -> tuple[str, date | None]:
    match letter:
        case Announcement():
            return "announcement.typ", letter.announced_on
        case Order():
            return "announcement.typ", letter.ordered_on
        case Form():
            return "form.typ", letter.filled_on
        case Certificate():
            return "certificate.typ", letter.given_on
        case Memorandum():
            return "memorandum.typ", letter.written_on
        case Sheet():
            return "sheet.typ", letter.made_on


def _unknown_characters(diagnostic: str) -> str:
    """The characters that Typst names in its messages, written out or as escapes."""
    found = _NAMED.findall(diagnostic)
    return "".join(dict.fromkeys(_ESCAPE.sub(lambda code: chr(int(code[1], 16)), "".join(found))))


@cache
def _fonts(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])
