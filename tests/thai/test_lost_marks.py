"""Sara am that a PDF writer drew in two glyphs is told by the words around it, or said to be unsure."""

import pytest

from prongsai.thai.lost_marks import mend_lost_marks

AA, PLAIN, LOW, HIGH, BOLD = "\ue000", "\ue400", "\ue401", "\ue402", "\ue403"
FONTS = {PLAIN: 1, LOW: 1, HIGH: 1, BOLD: 2}


def mended(text: str, claimed: str = "้ำ") -> tuple[str, bool]:
    return mend_lost_marks(text, {AA: claimed}, FONTS)


@pytest.mark.parametrize("claimed", ["า", "ำ", "้ำ"])
def test_what_the_file_claims_of_sara_aa_decides_nothing(claimed: str) -> None:
    drawn = f"ก{PLAIN}{AA}หนดค่าน{HIGH}{AA}ประป{AA} ถ{HIGH}{AA} ยามค{LOW}{AA}คืน"

    assert mended(drawn, claimed) == ("กำหนดค่าน้ำประปา ถ้ำ ยามค่ำคืน", True)


def test_one_word_that_may_be_two_is_unsure() -> None:
    assert mended(f"น{HIGH}{AA}")[1] is False


def test_the_glyphs_of_a_font_have_different_tones_and_those_of_two_fonts_need_not() -> None:
    drawn = f"จ{PLAIN}{AA}นวน น{HIGH}{AA} ถ{HIGH}{AA} จ{BOLD}{AA}นวน"

    assert mended(drawn) == ("จำนวน น้ำ ถ้ำ จำนวน", True)


def test_a_tone_of_its_own_comes_before_the_vowel() -> None:
    drawn = f"น{PLAIN}้{AA}ประป{AA} จ{PLAIN}{AA}นวน"

    assert mended(drawn) == ("น้ำประปา จำนวน", True)


def test_more_glyphs_than_there_are_tones_are_unsure() -> None:
    fonts = dict.fromkeys((PLAIN, LOW, HIGH, BOLD), 1)
    drawn = " ".join(f"จ{glyph}{AA}นวน" for glyph in fonts)

    assert mend_lost_marks(drawn, {AA: "า"}, fonts)[1] is False


def test_where_nothing_follows_a_lost_mark_the_file_is_believed() -> None:
    assert mended(f"น{AA}{HIGH}", "ำ") == ("นำ", True)
