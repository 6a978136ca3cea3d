import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai import words
from prongsai.thai.words import WORD_LIST, clusters, cut, segment
from tests.effort import is_done_within

THAI_TEXTS = st.text(st.sampled_from("กนมสเแไะัาำิี่้๊์็ๅฤ ab\n1\u0301")) | st.text()
WORDS_OF_THE_ANNOUNCEMENT = ["ประกาศ", "มาตรการ", "เผยแพร่", "ข้อมูล", "ต่อ", "สาธารณะ"]


def test_a_sentence_falls_into_words() -> None:
    assert segment("".join(WORDS_OF_THE_ANNOUNCEMENT)) == WORDS_OF_THE_ANNOUNCEMENT


def test_spaces_and_latin_words_are_pieces_of_their_own() -> None:
    assert segment("ข้อมูล ITA 2569") == ["ข้อมูล", " ", "ITA", " ", "2569"]


def test_nothing_has_no_words() -> None:
    assert segment("") == []


@given(THAI_TEXTS)
def test_the_words_together_are_the_text(text: str) -> None:
    assert "".join(segment(text)) == text


def test_a_long_text_falls_into_the_same_words_as_its_sentence() -> None:
    assert segment("".join(WORDS_OF_THE_ANNOUNCEMENT) * 50) == WORDS_OF_THE_ANNOUNCEMENT * 50


def test_text_full_of_ambiguous_borders_takes_less_than_two_seconds() -> None:
    assert is_done_within(2, lambda: segment("ตากลม" * 4_000))


def test_the_word_list_has_its_source_beside_it() -> None:
    assert WORD_LIST.name in (WORD_LIST.parent / "SOURCES.md").read_text("utf-8")


def test_a_consonant_keeps_its_marks_and_vowels() -> None:
    assert clusters("เกาะน้ำแก้ว") == ["เกาะ", "น้ำ", "แก้", "ว"]


@given(THAI_TEXTS)
def test_the_clusters_together_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text


def test_a_span_is_widened_to_whole_clusters() -> None:
    text = "ใบน้ำตก"
    middle_of_nam = text.index("ำ")

    start, end = cut(text, middle_of_nam, middle_of_nam + 1)

    assert text[start:end] == "น้ำ"


def test_a_span_of_whole_clusters_stays() -> None:
    assert cut("ก ข", 1, 2) == (1, 2)
    assert cut("ก้ข", 0, 0) == (0, 0)
    assert cut("ก้ข", 3, 3) == (3, 3)


@given(THAI_TEXTS, st.data())
def test_a_widened_span_begins_and_ends_where_clusters_do(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    borders = {0}
    for cluster in clusters(text):
        borders.add(max(borders) + len(cluster))

    begin, finish = cut(text, start, end)

    assert begin <= start <= end <= finish
    assert {begin, finish} <= borders


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ขออนุมัติงบประมาณ", ["ขออนุมัติ", "งบประมาณ"]),
        ("น้ำประปาไม่ไหล", ["น้ำประปา", "ไม่", "ไหล"]),
        ("ติดต่อศูนย์ดำรงธรรม", ["ติดต่อ", "ศูนย์", "ดำรง", "ธรรม"]),
        ("ๆ", ["ๆ"]),
        ("12,500.00บาท", ["12,500.00", "บาท"]),
    ],
)
def test_everyday_phrases_fall_into_words(text: str, words: list[str]) -> None:
    assert segment(text) == words


def test_many_threads_get_the_same_words() -> None:
    text = "".join(WORDS_OF_THE_ANNOUNCEMENT)
    words._load_dictionary.cache_clear()

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(segment, [text] * 40))

    assert answers == [WORDS_OF_THE_ANNOUNCEMENT] * 40


def test_a_fresh_process_has_its_first_answer_within_half_a_second() -> None:
    program = (
        "import time; from prongsai.thai.words import segment; began = time.process_time();"
        "segment('ประกาศ'); print(time.process_time() - began)"
    )

    finished = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)

    assert float(finished.stdout) < 0.5


def test_a_word_list_that_cannot_be_read_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(words, "WORD_LIST", tmp_path / "missing.txt")
    words._load_dictionary.cache_clear()

    with pytest.raises(FileNotFoundError, match=r"missing\.txt"):
        segment("ประกาศ")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("เก้าอี้", ["เก้า", "อี้"]),
        ("ใจ ไป", ["ใจ", " ", "ไป"]),
        ("ฤๅษี", ["ฤๅ", "ษี"]),
        ("เ ก", ["เ", " ", "ก"]),
        ("e\u0301a", ["e\u0301", "a"]),
        ("สิทธิ์", ["สิ", "ท", "ธิ์"]),
        ("", []),
    ],
)
def test_clusters_hold_what_is_written_as_one(text: str, pieces: list[str]) -> None:
    assert clusters(text) == pieces


def test_a_span_at_the_end_of_a_long_text_is_widened_at_once() -> None:
    text = "น้ำ " * 500_000
    last = len(text) - 2

    assert cut(text, last, last) == (len(text) - 4, len(text) - 1)
    assert is_done_within(0.1, lambda: cut(text, last, last))


def test_nothing_has_no_words_and_asks_for_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "WORD_LIST", words.WORD_LIST / "missing")
    words._load_dictionary.cache_clear()

    assert words.segment("") == []
    with pytest.raises(FileNotFoundError):
        words.segment("ตรัง")


@pytest.mark.parametrize(
    ("text", "start", "end", "cut_out"),
    [
        ("น้ำท่วม", 1, 2, "น้ำ"),
        ("น้ำท่วม", 0, 1, "น้ำ"),
        ("น้ำท่วม", 3, 4, "ท่"),
        ("น้ำ\nท่วม", 4, 5, "ท่"),
        ("ก น้ำ ข", 3, 4, "น้ำ"),
        ("เก้าอี้", 1, 2, "เก้า"),
        ("น้ำ", 0, 0, ""),
        ("", 0, 0, ""),
    ],
)
def test_what_is_cut_out_is_never_half_a_letter(
    text: str, start: int, end: int, cut_out: str
) -> None:
    begin, stop = words.cut(text, start, end)

    assert text[begin:stop] == cut_out
