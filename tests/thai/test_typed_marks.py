"""Thai as it is typed, pasted and scanned: the order of marks, sara am and its halves, and what must stay apart."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.normalise import display_text, normalise, normalise_with_offsets
from prongsai.thai.words import clusters

NIKHAHIT, SARA_AA, SARA_AM = "\u0e4d", "\u0e32", "\u0e33"
TONES = "่้๊๋"
UPPER, LOWER = "ัิีึื", "ุู"
CONSONANTS = "กขคงจชญฎฐดตทนบปผฝพฟมยรลวศสหฬอฮ"


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("vowel", UPPER + LOWER)
def test_a_tone_typed_before_its_vowel_is_put_after_it(vowel: str, tone: str) -> None:
    assert normalise(f"น{tone}{vowel}น") == f"น{vowel}{tone}น"


@pytest.mark.parametrize("tone", TONES)
def test_sara_am_is_the_same_in_every_order_of_its_parts(tone: str) -> None:
    orders = {"".join(order) for order in permutations((NIKHAHIT, tone, SARA_AA))}
    orders |= {"".join(order) for order in permutations((tone, SARA_AM))}

    assert len(orders) == 8
    assert {normalise(f"น{order}") for order in orders} == {f"น{tone}{SARA_AM}"}


def test_sara_am_without_a_tone_is_joined_and_never_split() -> None:
    assert normalise(f"ก{NIKHAHIT}{SARA_AA}") == normalise(f"ก{SARA_AM}") == f"ก{SARA_AM}"


@pytest.mark.parametrize("between", [" ", "ก", "1", "\n"])
def test_nikhahit_and_sara_aa_of_two_letters_are_not_joined(between: str) -> None:
    text = f"ก{NIKHAHIT}{between}ข{SARA_AA}"

    assert normalise(text) == text


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ufeff", "\u2060", "\x00"])
def test_the_halves_of_sara_am_meet_over_what_is_invisible(hidden: str) -> None:
    assert normalise(f"น{NIKHAHIT}{hidden}{SARA_AA}") == f"น{SARA_AM}"


@pytest.mark.parametrize("letter", CONSONANTS)
def test_every_consonant_keeps_its_own_marks(letter: str) -> None:
    written = f"{letter}{TONES[0]}ี {letter}{TONES[1]}ู {letter}{NIKHAHIT}{TONES[1]}{SARA_AA}"
    tidy = f"{letter}ี{TONES[0]} {letter}ู{TONES[1]} {letter}{TONES[1]}{SARA_AM}"

    assert (normalise(written), display_text(written)) == (tidy, tidy)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(CONSONANTS),
            st.sampled_from(UPPER + LOWER),
            st.sampled_from(TONES),
        ),
        max_size=20,
    )
)
def test_a_text_typed_tone_first_is_found_by_the_text_typed_well(
    syllables: list[tuple[str, str, str]],
) -> None:
    tidy = "".join(letter + vowel + tone for letter, vowel, tone in syllables)
    untidy = "".join(letter + tone + vowel for letter, vowel, tone in syllables)

    assert normalise(untidy) == normalise(tidy) == tidy
    assert clusters(normalise(untidy)) == ["".join(syllable) for syllable in syllables]


def test_what_is_found_behind_a_repaired_word_leads_back_to_all_its_letters() -> None:
    text = f"ดื่ม น{NIKHAHIT}้{SARA_AA} เย็น"
    traced = normalise_with_offsets(text)
    start = traced.text.index("น้ำ")

    begin, end = traced.span(start, start + len("น้ำ"))

    assert text[begin:end] == f"น{NIKHAHIT}้{SARA_AA}"
