from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.letters.documents import Announcement, Clause, Signatory, Table
from prongsai.letters.tables import column_align, column_width
from prongsai.letters.wording import LONGEST_TITLE, ClausesTooDeep, official, wording

BLANK = Announcement("", "", None, Signatory("", ""))


def clauses_of(*clauses: Clause) -> list[dict[str, object]]:
    words = wording(Announcement("", "", None, Signatory("", ""), clauses=clauses))["clauses"]
    assert isinstance(words, list)
    return words


@pytest.mark.parametrize(
    ("text", "set_as"),
    [
        ("พ.ศ. 2564", "พ.ศ. ๒๕๖๔"),
        ("ITA O42 ปี 2569", "ITA O42 ปี ๒๕๖๙"),
        ("https://example.go.th/2564", "https://example.go.th/2564"),
        ("kong24@example.go.th", "kong24@example.go.th"),
        (" น\u0e4d\u0e49\u0e32\u200b ", "น้ำ"),
    ],
)
def test_digits_become_thai_but_for_what_is_typed_again(text: str, set_as: str) -> None:
    assert official(text) == set_as


def test_a_long_run_may_break() -> None:
    assert official("a" * 65) == "\u200b".join(["a" * 30, "a" * 30, "a" * 5])


@given(st.text())
def test_setting_a_text_twice_changes_nothing_more(text: str) -> None:
    assert official(official(text)) == official(text)


def test_clauses_are_numbered_three_deep() -> None:
    words = clauses_of(
        Clause(clauses=(Clause(), Clause(clauses=(Clause(),)))), Clause(clauses=(Clause(),))
    )

    assert [clause["label"] for clause in words] == ["๑.", "๑.๑", "๑.๒", "๑.๒.๑", "๒.", "๒.๑"]
    assert [clause["depth"] for clause in words] == [1, 2, 2, 3, 1, 2]


def test_a_fourth_level_is_refused_by_its_number() -> None:
    four = Clause(clauses=(Clause(clauses=(Clause(clauses=(Clause(),)),)),))

    with pytest.raises(ClausesTooDeep, match=r"1\.1\.1\.1"):
        clauses_of(four)


def test_heading_levels_have_no_gap_when_a_clause_has_no_heading() -> None:
    words = clauses_of(
        Clause(clauses=(Clause(heading="ก", clauses=(Clause(heading="ข"),)),)), Clause(heading="ค")
    )

    assert [(c["heading"], c["level"]) for c in words if c["heading"]] == [
        ("ก", 2),
        ("ข", 3),
        ("ค", 2),
    ]


def test_a_line_break_begins_a_paragraph() -> None:
    letter = Announcement("", "", None, Signatory("", ""), paragraphs=("หนึ่ง\r\n\n สอง ", ""))

    assert wording(letter)["paragraphs"] == ["หนึ่ง", "สอง"]


def test_the_day_of_an_announcement_is_written_in_full() -> None:
    letter = Announcement("", "", date(2021, 4, 26), Signatory("", ""))

    assert wording(letter)["announced_on"] == "๒๖ เมษายน พ.ศ. ๒๕๖๔"


def test_a_missing_day_leaves_its_place_empty() -> None:
    assert wording(BLANK)["announced_on"] == ""


def test_a_title_is_cut_between_clusters() -> None:
    letter = Announcement("", "น้ำ" * 1_000, None, Signatory("", ""))

    title = str(wording(letter)["title"])

    assert LONGEST_TITLE <= len(title) <= LONGEST_TITLE + 3
    assert title.endswith("น้ำ")


def test_a_table_without_a_header_is_refused() -> None:
    with pytest.raises(ValueError, match="header"):
        Table(header=(), rows=())


def test_a_table_with_a_short_row_is_refused() -> None:
    with pytest.raises(ValueError, match="cells"):
        Table(header=("ก", "ข"), rows=(("1",),))


@pytest.mark.parametrize(
    ("cells", "align"),
    [
        (["๑", "๒", "๑๐"], "center"),
        (["๑,๐๐๐.๕๐", "-", "2"], "right"),
        (["-๕๐๐๐", "12%"], "right"),
        (["๑", "หนึ่ง"], "left"),
        (["", ""], "left"),
        ([], "left"),
    ],
)
def test_numbers_stand_apart_from_words(cells: list[str], align: str) -> None:
    assert column_align(cells) == align


def test_a_column_is_as_wide_as_its_longest_cell_within_limits() -> None:
    assert [column_width([cell]) for cell in ("ก", "น้ำ" * 12, "ก" * 500)] == [5, 12, 40]
