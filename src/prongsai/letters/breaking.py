"""Where a line may break between Thai words: the typesetter's own model breaks “เทศบาลนคร” before “คร”.

Two signs that no reader of the file meets, for templates take them out again: `BREAK` between two words, and
`GLUE` in place of a space at which no line may end.
"""

import re
from typing import Any

from prongsai.thai.dates import MONTHS
from prongsai.thai.words import segment

BREAK, GLUE = "\u200b", "\u2060"
# Texts that are not set as words: addresses, codes, names of styles, the file's title.
NOT_WORDS = frozenset({"title", "address", "code", "align", "label", "file", "alt"})
LONGEST_RUN = 60
# What never ends a line; “สำ” is what segmentation leaves of “สำนัก”.
LEANS_FORWARD = frozenset({"การ", "ความ", "ผู้", "นัก", "ฉบับ", "สำ"})
# What never begins one after the other.
LEANS_BACK = frozenset(
    {("ชำนาญ", "การ"), ("ปฏิบัติ", "การ"), ("อำนวย", "การ"), ("ประจำ", "ปี"), ("วัน", "ที่")}
)

_THAI_LETTER = re.compile("[ก-ฮ]")
_OPENS = re.compile(r"[(\[{“‘\"']+")
_SIGNS = re.compile(r"[\W_ๆฯ]+")
# A name breaks between given name and surname.
_NAME = re.compile(r"(?:นาย|นาง|ว่าที่|ดร\.)\S+(?: \S+){1,2}(?: \(.+\))?")
_ABBREVIATION = re.compile(r"\(?(?:[ก-ฮ]{1,5}\.)+\)?")
_MONTH = "|".join(MONTHS)
_GLUED = re.compile(
    rf"(?:[พค]\.ศ\.|มาตรา|โทร\.|ที่|ข้อ|เวลา) (?=[๐-๙])|[๐-๙] (?=(?:{_MONTH}) |น\.)|(?:{_MONTH}) (?=[๐-๙]{{4}})| (?=ๆ)"
)


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
    """Taking the breaks out and spaces for glue gives the text again."""
    if not _THAI_LETTER.search(text):
        return text
    if _NAME.fullmatch(text):
        return text
    parted_text = " ".join(_run(run) for run in text.split(" "))
    return _GLUED.sub(lambda found: found[0][:-1] + GLUE, parted_text)


def _run(run: str) -> str:
    """What stands between two spaces; it may have breaks of ours already, in a long run of one script."""
    if _ABBREVIATION.fullmatch(run):
        return run
    return BREAK.join(_between_words(piece) for piece in run.split(BREAK))


def _between_words(text: str) -> str:
    pieces: list[str] = []
    before, run = "", 0
    for word in segment(text):
        # What has no break at all for so long is no writing, and the typesetter cannot take it in one piece.
        is_end = run >= LONGEST_RUN or (bool(before) and _may_break(before, word))
        run = len(word) if is_end else run + len(word)
        pieces.append(BREAK + word if is_end else word)
        before = word
    return "".join(pieces)


def _may_break(before: str, word: str) -> bool:
    if before.isspace() or word.isspace() or before in LEANS_FORWARD:
        return False
    if _SIGNS.fullmatch(word) and not _OPENS.fullmatch(word):
        return False
    if _OPENS.fullmatch(before) or (before, word) in LEANS_BACK:
        return False
    # Latin and numbers break where the typesetter lets them.
    return bool(_THAI_LETTER.search(before + word))
