"""Sara am whose first half a PDF writer has left without a letter, and with it the tone that is drawn in one glyph.

Such a writer (WeasyPrint) gives the glyph of sara aa whatever it first stood for, be it น้ำ or นา, in all of a document:
read as written, ปา may be ป้ำ. The glyphs themselves are told apart, and words tell what they mean.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import product

from prongsai.thai.words import known_words, segment

# Stand for glyphs while a text is mended, and are never part of one.
AA, LOST = "\ue000-\ue3ff", "\ue400-\ue7ff"
# Sara am has no other tones in any word of the list.
_TONES = ("", "่", "้")
_AM = re.compile(f"([{LOST}])([่-๋]?)([{AA}])")
_GLYPH = re.compile(f"[{AA}{LOST}]")
_BEFORE, _AFTER = re.compile(r"[\u0e01-\u0e4e]{0,12}$"), re.compile(r"[\u0e01-\u0e4e]{0,12}")
# So many places tell as much as all of them.
_ENOUGH = 40
_UNKNOWN = 2


def mend_lost_marks(
    text: str, said: Mapping[str, str], fonts: Mapping[str, int]
) -> tuple[str, bool]:
    """The text with letters for glyphs, and whether it is sure what all of them are.

    `said` has what the file claims of each glyph of sara aa, `fonts` in which font each lost one is.
    """
    vowels = {found[3] for found in _AM.finditer(text)}
    plain = {aa: "า" if aa in vowels else own for aa, own in said.items()}
    # A sara aa that follows no lost mark is one.
    text = re.sub(
        f"(?<![{LOST}])(?<![{LOST}][่-๋])[{AA}]", lambda found: plain.get(found[0], ""), text
    )
    tones, is_sure = _tones_of(text, fonts)
    mended = _AM.sub(lambda found: f"{found[2]}{tones[found[1]]}ำ", text)
    return _GLYPH.sub("", mended), is_sure


def _tones_of(text: str, fonts: Mapping[str, int]) -> tuple[dict[str, str], bool]:
    """The tone in each lost glyph. No two of a font have the same, and what is surest is decided first."""
    strange = {glyph: _strange(text, glyph) for glyph in {found[1] for found in _AM.finditer(text)}}
    tones: dict[str, str] = {}
    free = {font: list(_TONES) for font in fonts.values()}
    is_sure = True
    while strange:
        margins = {one: _margin(strange[one], free[fonts[one]]) for one in strange}
        glyph = max(margins, key=lambda one: margins[one])
        is_sure &= margins[glyph] > 0
        ways, left = strange.pop(glyph), free[fonts[glyph]] or list(_TONES)
        tones[glyph] = min(left, key=lambda tone: ways[tone])
        free[fonts[glyph]] = [tone for tone in left if tone != tones[glyph]]
    return tones, is_sure


def _margin(strange: Mapping[str, int], free: Sequence[str]) -> int:
    """How much less strange the best tone is than the one after it."""
    ranked = sorted(strange[tone] for tone in free)
    # One that is left is taken; more glyphs than tones cannot be right.
    return ranked[1] - ranked[0] if len(ranked) > 1 else len(ranked)


def _strange(text: str, glyph: str) -> dict[str, int]:
    """How strange the surroundings of a glyph are, by the tone that it may have."""
    found = [one for one in _AM.finditer(text) if one[1] == glyph]
    # Beside a tone of its own the glyph has none.
    bare = [tone for tone in _TONES if not tone or not any(one[2] for one in found)]
    strange = dict.fromkeys(_TONES, 9 * len(text))
    around = {_around(text, one) for one in found[:_ENOUGH]}
    strange |= dict.fromkeys(bare, 0)
    for tone, (before, after) in product(bare, sorted(around)):
        strange[tone] += _strangeness(f"{before}{tone}ำ{after}")
    return strange


def _strangeness(letters: str) -> int:
    """Few words are less strange than many, and no words at all most."""
    known = known_words()
    return sum(1 if word in known else 1 + _UNKNOWN for word in segment(letters))


def _around(text: str, found: re.Match[str]) -> tuple[str, str]:
    before, after = _BEFORE.search(text[: found.start()][-12:]), _AFTER.match(text, found.end())
    return (before[0] if before else "") + found[2], after[0] if after else ""
