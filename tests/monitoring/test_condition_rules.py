"""What is found wrong with content, and when a link counts as broken: tables over plain values."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from prongsai.files.pdf_marks import PdfMarks
from prongsai.monitoring.condition.answers import (
    LONGEST_WAIT,
    Answer,
    Standing,
    answered_by_us,
    standing_after,
    wait_of,
)
from prongsai.monitoring.condition.outline import Link, Outline, outline_of
from prongsai.monitoring.condition.rules import CHECKS, Content, FileOf, flaws, is_inside
from prongsai.monitoring.condition.states import WORDS, Flaw, Outcome

AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)
DAY = date(2026, 3, 16)
GOOD = PdfMarks(is_tagged=True, has_title=True, has_language=True)
BARE = PdfMarks(is_tagged=False, has_title=False, has_language=False)
UNTAGGED = [Flaw.PDF_WITHOUT_TAGS, Flaw.PDF_WITHOUT_TITLE, Flaw.PDF_WITHOUT_LANGUAGE]


def found(body: str = "", **changes: Any) -> list[tuple[Flaw, int]]:
    return flaws(Content(outline=outline_of({"body": body}), **changes))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<p><a href="https://a.example/">แผนพัฒนา ปี 2569</a></p>', []),
        ('<p><a href="https://a.example/">คลิกที่นี่</a></p>', [(Flaw.LINK_SAYS_NOTHING, 0)]),
        ('<p><a href="https://a.example/"> อ่าน ต่อ… »</a></p>', [(Flaw.LINK_SAYS_NOTHING, 0)]),
        ('<p><a href="https://a.example/">Click here</a></p>', [(Flaw.LINK_SAYS_NOTHING, 0)]),
        ('<p><a href="/p/2569-00001/">ก</a> <a href="/q">ดูเพิ่มเติม</a></p>', [(Flaw.LINK_SAYS_NOTHING, 1)]),
        ('<p><a href="https://a.example/x">https://a.example/x</a></p>', [(Flaw.LINK_IS_ADDRESS, 0)]),
        ('<p><a href="https://a.example/x">www.a.example</a></p>', [(Flaw.LINK_IS_ADDRESS, 0)]),
        ('<p><a href="#ข้อ3">ข้อ 3</a></p>', [(Flaw.LINK_TO_NO_PLACE, 0)]),
        ('<p><a href="http://192.168.1.9/a.pdf">แผน</a></p>', [(Flaw.LINK_INSIDE, 0)]),
        ('<p><a href="http://intranet/a.pdf">แผน</a></p>', [(Flaw.LINK_INSIDE, 0)]),
        ('<p><a href="mailto:a@b.example">ส่งจดหมายถึงสำนักปลัด</a></p>', []),
        ('<figure><img src="/files/x/a.png" alt="ผังเทศบาล"></figure>', []),
        ('<figure><img src="/files/x/a.png" alt=" "></figure>', [(Flaw.PICTURE_WITHOUT_WORDS, 0)]),
        ('<img src="/files/x/a.png" alt="ผัง"><img src="/files/x/b.png" alt="IMG_2041.JPG">',
         [(Flaw.PICTURE_NAMED_BY_FILE, 1)]),
        ('<img src="/files/x/b.png" alt="DSC 0042">', [(Flaw.PICTURE_NAMED_BY_FILE, 0)]),
        ('<a href="/p/1/"><img src="/files/x/b.png" alt="คลิกที่นี่"></a>', [(Flaw.LINK_SAYS_NOTHING, 0)]),
        ("<table><tbody><tr><td>ก</td></tr></tbody></table>", [(Flaw.TABLE_WITHOUT_HEADER, 0)]),
        ("<table><thead><tr><th>ปี</th></tr></thead></table><table><tr><td>ก</td></tr></table>",
         [(Flaw.TABLE_WITHOUT_HEADER, 1)]),
        ("<p>THIS NOTICE IS VERY IMPORTANT</p>", [(Flaw.ALL_CAPITALS, 1)]),
        ("<p>ประกาศ THIS NOTICE IS VERY IMPORTANT</p><p>ITA OIT UNESCO</p>", []),
    ],
)  # fmt: skip
def test_a_body_is_looked_through(body: str, expected: list[tuple[Flaw, int]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (FileOf("a.pdf", ("text", "text"), marks=GOOD), []),
        (FileOf("a.pdf", ("text",), marks=BARE), UNTAGGED),
        (FileOf("a.pdf", ("text",), marks=None), []),
        (FileOf("a.pdf", ("text", "ocr"), marks=BARE), [Flaw.TEXT_NOT_VERIFIED]),
        (FileOf("a.pdf", ("ocr",), is_verified=True, marks=BARE), []),
        (FileOf("a.pdf", ("none", "none"), marks=BARE), [Flaw.FILE_WITHOUT_TEXT]),
        (FileOf("a.xlsx", ("text",)), []),
        (FileOf("a.zip"), []),
    ],
)
def test_a_file_is_looked_through(file: FileOf, expected: list[Flaw]) -> None:
    assert found(files=(FileOf("plain.csv"), file)) == [(flaw, 2) for flaw in expected]


def test_an_english_title_in_capitals_is_found() -> None:
    assert found(title_en="ANNUAL PROCUREMENT PLAN 2026") == [(Flaw.ALL_CAPITALS, 0)]


def test_addresses_outside_the_body_are_links_but_need_no_words() -> None:
    document = {
        "body": '<p><a href="/p/2569-00001/">แผน</a></p>',
        "summary": "ดูที่ https://a.example/หน้า และ (https://b.example/x).",
        "source": "กรมส่งเสริม https://c.example",
        "details": [{"type": "url", "value": "https://d.example/"}, {"type": "text", "value": "1"}],
        "table": {
            "columns": [{"key": "where", "type": "url"}, {"key": "what", "type": "text"}],
            "rows": [{"where": "https://e.example/1", "what": "https://no.example"}, {"what": "2"}],
        },
    }
    outline = outline_of(document)
    assert [link.address for link in outline.links] == [
        *("/p/2569-00001/", "https://a.example/", "https://b.example/x", "https://c.example"),
        *("https://d.example/", "https://e.example/1"),
    ]
    assert flaws(Content(outline)) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://127.0.0.1/", True), ("http://10.1.2.3:8080/x", True), ("http://[::1]/", True),
        ("http://nas/", True), ("http://printer.local/", True), ("https://www.tangjai.example/", False),
        ("https://8.8.8.8/", False), ("mailto:a@b.example", False), ("/p/1/", False), ("http://[bad/", False),
    ],
)  # fmt: skip
def test_an_address_within_the_house_is_known(address: str, expected: bool) -> None:
    assert is_inside(address) is expected


def test_each_flaw_has_its_words() -> None:
    assert set(WORDS) == set(Flaw)


def fresh(**changes: Any) -> Standing:
    return Standing(
        **({"outcome": "", "failures": 0, "failed_date": None, "next_try_at": AT} | changes)
    )


def after(outcome: Outcome, before: Standing, *, days: int = 0, **changes: Any) -> Standing:
    is_own = changes.pop("is_own", False)
    passed = timedelta(days=days)
    answer = Answer(outcome, **changes)
    return standing_after(answer, before, is_own=is_own, at=AT + passed, on=DAY + passed)


@pytest.mark.parametrize("outcome", [Outcome.GONE, Outcome.FAILED, Outcome.SILENT])
def test_a_link_is_broken_after_two_failures_on_different_days(outcome: Outcome) -> None:
    once = after(outcome, fresh())
    again_today = after(outcome, once)
    tomorrow = after(outcome, again_today, days=1)
    assert [each.is_broken for each in (once, again_today, tomorrow)] == [False, False, True]
    assert once.next_try_at == AT + timedelta(days=1)


def test_a_link_that_opens_again_is_whole_and_rests_for_a_week() -> None:
    mended = after(Outcome.WELL, fresh(failures=3, failed_date=DAY))
    assert (mended.is_broken, mended.failures, mended.next_try_at) == (
        False,
        0,
        AT + timedelta(days=7),
    )


def test_what_cannot_be_told_changes_nothing_and_patience_is_kept() -> None:
    before = fresh(failures=1, failed_date=DAY)
    unsure = after(Outcome.UNSURE, before, days=1, wait=timedelta(days=9))
    assert (unsure.failures, unsure.failed_date) == (1, DAY)
    assert unsure.next_try_at == AT + timedelta(days=10)


def test_what_our_own_portal_says_is_gone_is_broken_at_once() -> None:
    gone = answered_by_us(404)
    assert gone is not None
    assert standing_after(gone, fresh(), is_own=True, at=AT, on=DAY).is_broken
    assert answered_by_us(0) is None
    moved = answered_by_us(301)
    assert moved is not None
    assert moved.outcome == Outcome.WELL


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", None), ("120", timedelta(minutes=2)), ("99999999999", LONGEST_WAIT),
        ("Fri, 31 Dec 1999 23:59:59 GMT", timedelta(days=1)), ("-5", timedelta(days=1)),
    ],
)  # fmt: skip
def test_patience_is_asked_for_in_seconds_or_by_date(
    header: str, expected: timedelta | None
) -> None:
    assert wait_of(header) == expected


def test_an_outline_of_nothing_is_empty() -> None:
    assert outline_of({}) == Outline()
    assert outline_of({"body": '<p><a href="/a">ก <strong>ข</strong></a></p>'}).links == (
        Link("/a", "ก ข"),
    )


@pytest.mark.parametrize("flaw", sorted(set(Flaw) - {Flaw.LINK_BROKEN}))
def test_every_flaw_but_what_others_answer_is_looked_for(flaw: Flaw) -> None:
    assert flaw in CHECKS
