"""The index of what anybody may inspect: complete, as of any day, and without what was recalled."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

from prongsai.record.states import Action
from tests.portal.visitor import Visitor
from tests.record.factories import act, content, correction, do, observed, part, recalled, reviewed

FIRST, DAY = datetime(2026, 1, 10, 3, 0, tzinfo=UTC), timedelta(days=1)
INDEX, FOLDER, CSV = (
    "/transparency/oia/index/",
    "/transparency/oia/index/7-1/",
    "/transparency/oia/index.csv",
)
TITLE = "โครงสร้างเทศบาล"


def bound(title: str = TITLE, *keys: str) -> str:
    """Published in January 2026."""
    document = content(title=title, obligations=list(keys or ["oia-7-1"]))
    return do(Action.PUBLISHED, None, document, at=FIRST).number


def rows(citizen: Visitor, query: str = "") -> list[list[str]]:
    answer = citizen.get(f"{CSV}{query}")
    assert answer.status == 200
    return list(csv.reader(StringIO(answer.text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))))


def test_each_document_says_where_since_when_and_who_holds_it(citizen: Visitor) -> None:
    number = bound()
    for path in (INDEX, FOLDER):
        text = citizen.get(path).text
        assert f'<a href="/p/{number}/" lang="th">{TITLE}</a>' in text
        assert "10 มกราคม 2569" in text
        assert "สำนักปลัด" in text
    (row,) = (each for each in rows(citizen) if each[2] == TITLE)
    assert row[0] == "มาตรา 7 (1)"
    assert row[3:8] == [
        number,
        f"https://www.tangjai.example/p/{number}/",
        "2026-01-10",
        "2026-01-10",
        "สำนักปลัด",
    ]


def test_an_empty_folder_says_so_and_none_is_left_out(citizen: Visitor) -> None:
    found = rows(citizen)[1:]
    assert {each[2] for each in found} == {"ยังไม่มีเอกสาร"}
    assert {each[0].partition("(")[0] for each in found} == {"มาตรา 7 ", "มาตรา 9 "}
    assert "ยังไม่มีเอกสารในแฟ้มนี้" in citizen.get(FOLDER).text
    assert citizen.get("/transparency/oia/index/7-99/").status == 404


def test_what_answers_the_same_topic_of_a_yearly_list_is_in_the_folder(citizen: Visitor) -> None:
    bound("ผังองค์กร", "ita-oit-2569-o1")
    assert "ผังองค์กร" in citizen.get(FOLDER).text


def test_what_is_recalled_is_gone_at_once_from_every_day(citizen: Visitor) -> None:
    number = bound("ข้อมูลที่ต้องลบ")
    assert "ข้อมูลที่ต้องลบ" in citizen.get(FOLDER).text
    observed("oia-7-1", "met", part(evidence=[{"number": number, "version": 1}]))
    recalled(number)
    for path in (INDEX, FOLDER, CSV):
        for query in ("", "?on=2026-01-10"):
            assert "ข้อมูลที่ต้องลบ" not in citizen.get(path + query).text


def test_a_day_shows_the_edition_that_stood_then(citizen: Visitor) -> None:
    kept, gone = bound("ชื่อเดิม"), bound("ยกเลิกแล้ว")
    observed("oia-7-1", "met", part(evidence=[{"number": gone, "version": 1}]), at=FIRST)
    do(Action.WITHDRAWN, gone, act(), at=FIRST + 2 * DAY)
    change = correction(title="ชื่อใหม่", obligations=["oia-7-1"])
    do(Action.CORRECTED, kept, change, at=FIRST + 2 * DAY)
    shown = {
        day: [each[2] for each in rows(citizen, f"?on={day}") if each[0] == "มาตรา 7 (1)"]
        for day in ("2026-01-09", "2026-01-11", "2026-01-12", "")
    }
    assert shown == {
        "2026-01-09": ["ยังไม่มีเอกสาร"],
        "2026-01-11": ["ยกเลิกแล้ว", "ชื่อเดิม"],
        "2026-01-12": ["ชื่อใหม่"],
        "": ["ชื่อใหม่"],
    }
    assert "ณ สิ้นวันที่ 11 มกราคม 2569" in citizen.get(f"{FOLDER}?on=2026-01-11").text


def test_a_review_is_no_document_and_a_formula_stays_a_text(citizen: Visitor) -> None:
    number = bound('=HYPERLINK("x")')
    do("statement", None, reviewed(number) | {"title": "ตรวจทานแล้ว", "obligations": ["oia-7-1"]})
    found = [each[2] for each in rows(citizen) if each[0] == "มาตรา 7 (1)"]
    assert found == ['\'=HYPERLINK("x")']


def test_it_is_told_in_english(citizen: Visitor) -> None:
    bound()
    text = citizen.get(f"/en{INDEX}").text
    assert "Index of official information" in text
    assert "1 document in" in text
