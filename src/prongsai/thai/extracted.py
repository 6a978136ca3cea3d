"""Thai as it comes out of PDF files whose writers have broken it.

Several writers split sara am into nikhahit and sara aa and give the first no letter: a reader then finds a
letter of another script in its place. Others move a tone mark by a space of its own. Measured on files of
WeasyPrint, Chromium, LibreOffice and Typst.
"""

import re

from prongsai.thai.words import segment

_CONSONANT, _TONE, _BELOW_OR_ABOVE = "ก-ฮ", "่-๋", "ัิ-ฺ็-๎"
# What stands between a consonant and its sara aa, and is neither Thai nor a space, can only be the lost nikhahit.
_LOST_NIKHAHIT = re.compile(
    rf"(?<=[{_CONSONANT}])([{_TONE}]?)[^\s\u0e00-\u0e7f]([{_TONE}]?)า", re.ASCII
)
# Others leave a space there, and others again put one before a sara aa that is whole.
_SPACED_AA = re.compile(rf"(?<=[{_CONSONANT}{_TONE}]) า")
# No word begins with a following vowel or a mark.
_STRAY_SPACE = re.compile(rf"(?<=[{_CONSONANT}{_TONE}]) (?=[ะำๅ{_BELOW_OR_ABOVE}])")
_LOST_BEFORE_AM = re.compile(rf"(?<=[{_CONSONANT}{_TONE}])[^\s\u0e00-\u0e7f]ำ")
# Stands for a sara am that is certain; never part of a text.
_SURE = "\ue000"
_LETTERS_BEFORE = re.compile(r"[\u0e01-\u0e4e]{0,12}$")
_LETTERS_AFTER = re.compile(r"[\u0e01-\u0e4e]{0,12}")


def mend_extracted(text: str) -> str:
    """The text with sara am and marks where they belong; text that is whole comes back as it was."""
    mended = _STRAY_SPACE.sub("", _LOST_NIKHAHIT.sub(r"\1\2ำ", text))
    if _LOST_BEFORE_AM.search(mended):
        # This writer's letter for sara aa says am: only where the nikhahit is lost beside it, that is right.
        mended = _LOST_BEFORE_AM.sub(_SURE, mended)
        mended = _decided(mended, re.compile("ำ")).replace(_SURE, "ำ")
    return _decided(mended, _SPACED_AA)


def _decided(text: str, doubtful: re.Pattern[str]) -> str:
    """One after the other: what is decided for one tells what stands before the next."""
    whole, *others = doubtful.split(text)
    for following in others:
        whole += _vowel_between(whole, following) + following
    return whole


def _vowel_between(before: str, following: str) -> str:
    """Sara aa or sara am, whichever makes the words longer; aa, which is more common, when both do alike."""
    # น้า is a word, too, and น้ำ a hundred times as common in official papers.
    if before.endswith("น้"):
        return "ำ"
    start = _LETTERS_BEFORE.search(before[-12:])
    end = _LETTERS_AFTER.match(following)
    letters = (start[0] if start else "", end[0] if end else "")
    return min("าำ", key=lambda vowel: len(segment(vowel.join(letters))))
