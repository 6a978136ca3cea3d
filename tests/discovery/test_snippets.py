import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.discovery.analysis import folded_terms, query_terms
from prongsai.discovery.snippets import LENGTH, Finder, Piece, Text, _merged
from prongsai.thai.words import clusters

TEXTS = st.text(st.sampled_from("กนมสเแไะัาำิี่้๊์ํ ๑1aA\n\u0301\U0001f600<&"), max_size=600)
FILLER = "ข้อความอื่นที่ไม่เกี่ยวข้องเลยแม้แต่น้อย "


def marked(text: str, query: str) -> list[str]:
    return [piece.text for piece in Finder(query_terms(query)).pieces(Text(text)) if piece.is_match]


def snippet(text: str, query: str) -> tuple[Piece, ...]:
    finder = Finder(query_terms(query))
    whole = Text(text)
    return finder.snippet(whole, finder.passage(whole))


def plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "matches"),
    [
        ("แจ้งน้ำท่วมขังริมถนน", "น้ำท่วม", ["น้ำท่วม"]),
        ("แจ้งนํ้าท่วมขัง", "น้ำท่วม", ["นํ้าท่วม"]),
        ("เลขที่ ๑๒๓๔/๒๕๖๙", "1234/2569", ["๑๒๓๔/๒๕๖๙"]),
        ("ระบบ ITA ประจำปี", "ita", ["ITA"]),
        ("ปิด จราจร ชั่วคราว", "ปิดจราจรชั่วคราว", ["ปิด จราจร ชั่วคราว"]),
        ("น้ำ\u200bท่วม", "น้ำท่วม", ["น้ำ\u200bท่วม"]),
        ("ค่าธรรมเนียมขยะ", "ค้าธรรมเนียม", ["ค่าธรรมเนียม"]),
        ("ขยะเปียก ขยะแห้ง", "ขยะแห้ง", ["ขยะ", "ขยะแห้ง"]),
        ("แผนงานเก็บขยะ", "แผน ขยะ", ["แผน", "ขยะ"]),
        ("การเก็บขยะ", "การรับฟังความคิดเห็นต่อร่างผังเมือง", []),
        ("กองช่าง IT", "IT", ["IT"]),
        ("ไม่มีอะไรเหมือน", "ฝุ่นละออง", []),
    ],
)
def test_what_matches_is_marked_as_it_is_written(text: str, query: str, matches: list[str]) -> None:
    assert marked(text, query) == matches


def test_marks_of_the_second_chance_leave_tone_marks_out_of_account() -> None:
    finder = Finder(folded_terms("คาธรรมเนี่ยมเก็บขน"), is_folded=True)

    pieces = finder.pieces(Text("อัตราค่าธรรมเนียมเก็บขนขยะ"))

    assert [piece.text for piece in pieces if piece.is_match] == ["ค่าธรรมเนียมเก็บขน"]


def test_a_snippet_stands_around_the_best_match() -> None:
    text = FILLER * 30 + "แจ้งปิดสะพานข้ามแม่น้ำตรังชั่วคราว " + FILLER * 30
    pieces = snippet(text, "สะพานข้ามแม่น้ำตรัง")

    assert Piece("สะพานข้ามแม่น้ำตรัง", is_match=True) in pieces
    assert pieces[0] == pieces[-1] == Piece("…", is_match=False)


def test_a_snippet_finds_thai_digits_far_down() -> None:
    text = FILLER * 30 + "โทรศัพท์ ๐๗๕-๒๑๘๐๑๗ " + FILLER * 30

    assert "๐๗๕-๒๑๘๐๑๗" in plain(snippet(text, "075-218017"))


def test_a_short_text_is_shown_whole_in_one_line() -> None:
    assert plain(snippet("บรรทัดหนึ่ง\nบรรทัดสอง", "บรรทัดสอง")) == "บรรทัดหนึ่ง บรรทัดสอง"


def test_markup_in_a_text_is_text_like_any_other() -> None:
    text = "ราคา <b>กลาง</b> & ปริมาณ"

    assert plain(snippet(text, "ราคากลาง")) == text


@given(TEXTS, TEXTS.map(lambda text: text[:30]))
def test_a_snippet_cuts_no_cluster_and_is_never_too_long(text: str, query: str) -> None:
    pieces = snippet(text, query)
    shown = plain(pieces).strip("…")
    whole = "".join(text.split())

    assert len(plain(pieces)) <= LENGTH
    assert "".join(shown.split()) in whole or "…" in shown
    for piece in pieces:
        assert piece.text == "" or "".join(clusters(piece.text)) == piece.text


@given(TEXTS, st.integers(0, 500))
def test_whatever_matches_the_pieces_together_are_the_text(text: str, start: int) -> None:
    pieces = Finder(query_terms(text[start : start + 12])).pieces(Text(text))

    assert "".join(plain(pieces).split()) == "".join(text.split())


@given(TEXTS, st.integers(0, 500))
def test_no_mark_begins_inside_a_cluster(text: str, start: int) -> None:
    borders, place = {0}, 0
    for cluster in clusters(text):
        place += len(cluster)
        borders.add(place)
    finder = Finder(query_terms(text[start : start + 12]))

    assert all({a, b} <= borders for a, b in finder._spans(text))


def test_a_match_beyond_the_snippet_is_not_shown() -> None:
    text = "สะพานข้ามแม่น้ำตรัง " + FILLER * 6 + " สะพานข้ามแม่น้ำ"

    assert [piece.text for piece in snippet(text, "สะพานข้ามแม่น้ำตรัง") if piece.is_match] == [
        "สะพานข้ามแม่น้ำตรัง"
    ]


def test_marks_that_meet_in_a_cluster_become_one() -> None:
    assert _merged(iter([(0, 3), (2, 5), (5, 6), (8, 9)])) == [(0, 6), (8, 9)]


@pytest.mark.parametrize("query", ["ก", "กก", "กกก"])
def test_letters_that_overlap_themselves_are_marked_throughout(query: str) -> None:
    assert marked("ขกกกกกข", query) == ["กกกกก"]
