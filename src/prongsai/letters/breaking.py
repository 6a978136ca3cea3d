"""Where a line may break between Thai words: the typesetter's own model breaks “เทศบาลนคร” before “คร”.

A zero-width space stands at each place; templates take it out again, so that no reader of the file meets it.
"""

import re
from typing import Any

from prongsai.thai.words import segment

BREAK = "\u200b"
# Texts that are not set as words: addresses, codes, names of styles, the file's title.
NOT_WORDS = frozenset({"title", "address", "code", "align", "label"})
LONGEST_RUN = 60
# What never ends a line, and what never begins one.
LEANS_FORWARD = frozenset({"การ", "ความ", "ผู้", "นัก", "รอง", "ฉบับ", "กอง", "สำนัก", "ฝ่าย", "งาน"})
LEANS_BACK = frozenset({("ชำนาญ", "การ"), ("ปฏิบัติ", "การ"), ("ประจำ", "ปี"), ("วัน", "ที่")})

_THAI_LETTER = re.compile("[ก-ฮ]")
_OPENS = re.compile(r"[(\[{“‘\"']+")
_SIGNS = re.compile(r"[\W_ๆฯ]+")


def parted(words: Any) -> Any:
    """The same document with a break between any two words of its texts."""
    if isinstance(words, str):
        return between_words(words)
    if isinstance(words, list):
        return [parted(each) for each in words]
    if isinstance(words, dict):
        return {key: each if key in NOT_WORDS else parted(each) for key, each in words.items()}
    return words


def between_words(text: str) -> str:
    """Taking the breaks out again gives the text."""
    if not _THAI_LETTER.search(text):
        return text
    # Zero-width spaces of ours: a long run that may break where they are.
    return BREAK.join(_between_words(piece) for piece in text.split(BREAK))


def _between_words(text: str) -> str:
    pieces: list[str] = []
    before, run = "", 0
    for word in segment(text):
        # What has no break at all for so long is no writing, and the typesetter cannot take it in one piece.
        is_end = run >= LONGEST_RUN or (before and _may_break(before, word))
        run = len(word) if is_end or word.isspace() else run + len(word)
        pieces.append(BREAK + word if is_end else word)
        before = word
    return "".join(pieces)


def _may_break(before: str, word: str) -> bool:
    if before.isspace() or word.isspace():
        return False
    if _SIGNS.fullmatch(word) and not _OPENS.fullmatch(word):
        return False
    if _OPENS.fullmatch(before) or (before, word) in LEANS_BACK:
        return False
    # Latin and numbers break where the typesetter lets them.
    if not _THAI_LETTER.search(before + word):
        return False
    return before not in LEANS_FORWARD
