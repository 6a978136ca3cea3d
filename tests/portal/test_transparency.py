"""The public board: what is owed, what is there, how late it is, and how all of it stood on an earlier day."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from prongsai.portal.calendars import DueDay, calendar
from prongsai.record.actions.observing import UptimeSum, keep_uptime
from tests.portal.visitor import Visitor
from tests.record.factories import BEGIN, corrected, file, observed, part, published, recalled

O1, O11 = "ita-oit-2569-o1", "ita-oit-2569-o11"
BOARD, LIST, ITEM = (
    "/transparency/",
    "/transparency/ita-oit-2569/",
    "/transparency/ita-oit-2569/o1/",
)
MET, MISSING = "ครบถ้วน", "ยังไม่มี"


def shown(citizen: Visitor, path: str) -> str:
    answer = citizen.get(path)
    assert answer.status == 200
    return answer.text


def test_before_the_first_look_the_board_says_so(citizen: Visitor) -> None:
    assert "ยังไม่มีผลตรวจ" in shown(citizen, BOARD)
    assert citizen.get(LIST).status == 404
    assert "ข้อนี้ไม่มีผลตรวจ" in shown(citizen, ITEM)


def test_the_board_counts_what_is_met_and_tells_what_is_late(citizen: Visitor) -> None:
    observed(O1)
    observed(O11, "missing", due_date=localdate() - timedelta(days=12))
    text = shown(citizen, BOARD)
    assert "ครบแล้ว <strong>1</strong> จาก 2 ข้อที่ถึงกำหนด" in text
    assert "เลยกำหนด 12 วัน" in text
    assert "สรุปผลการจัดซื้อจัดจ้างรายเดือน" in text
    assert "โครงสร้าง หน้าที่และอำนาจ" not in text
    assert "โครงสร้าง หน้าที่และอำนาจ" in shown(citizen, LIST)


def test_a_page_that_was_kept_goes_when_something_else_is_seen(citizen: Visitor) -> None:
    observed(O1, "missing")
    assert MISSING in shown(citizen, ITEM)
    observed(O1, at=BEGIN + timedelta(hours=1))
    text = shown(citizen, ITEM)
    assert MET in text.partition("<h1")[2].partition("</p>")[0]
    # How it came to that stays readable.
    assert MISSING in text.partition('id="history-title"')[2]


def test_it_is_shown_as_it_stood_on_a_day(citizen: Visitor) -> None:
    observed(O1, "missing", at=BEGIN - timedelta(days=3))
    observed(O1, at=BEGIN)
    asked = ("2026-11-21", "21 พฤศจิกายน 2569", "21/11/2569")
    for path, day in zip((BOARD, LIST, ITEM), asked, strict=True):
        text = shown(citizen, f"{path}?on={day}")
        assert "ตามที่เป็นอยู่ ณ สิ้นวันที่ 21 พฤศจิกายน 2569" in text
        assert MISSING in text
    assert MET in shown(citizen, ITEM).partition("<h1")[2].partition("</p>")[0]


@pytest.mark.parametrize("on", ["x", "2026-02-31", "9999-12-31", "๒๕๖๙"])
@pytest.mark.parametrize("path", [BOARD, LIST, ITEM, "/transparency/oia/index/"])
def test_a_day_that_is_none_shows_the_present_and_says_so(
    citizen: Visitor, path: str, on: str
) -> None:
    observed(O1)
    text = shown(citizen, f"{path}?on={on}")
    assert "ณ สิ้นวันที่" not in text
    assert f"อ่าน “{on}” เป็นวันที่ไม่ได้" in text
    # What was typed stands in the form, to be mended.
    assert f'value="{on}"' in text


def test_a_day_to_come_is_told_and_no_day_is_no_mistake(citizen: Visitor) -> None:
    observed(O1)
    tomorrow = localdate() + timedelta(days=1)
    assert "ยังมาไม่ถึง" in shown(citizen, f"{ITEM}?on={tomorrow:%Y-%m-%d}")
    assert "แก้วันที่" not in shown(citizen, f"{ITEM}?on=")


@pytest.mark.parametrize("year", [2569, 2026])
def test_a_day_is_read_in_either_calendar(citizen: Visitor, year: int) -> None:
    observed(O1, "missing", at=BEGIN - timedelta(days=3))
    text = shown(citizen, f"{ITEM}?on={year}-11-21")
    assert "ณ สิ้นวันที่ 21 พฤศจิกายน 2569" in text


def test_before_the_first_look_every_page_leads_on(citizen: Visitor) -> None:
    observed(O1)
    for path in (BOARD, LIST):
        text = shown(citizen, f"{path}?on=2020-01-01")
        assert "วันนั้นยังไม่มีผลตรวจ" in text
        assert "กลับมาที่ปัจจุบัน" in text
    assert "กลับมาที่ปัจจุบัน" in shown(citizen, f"{ITEM}?on=2020-01-01")


def test_it_stands_so_since_its_result_changed_and_not_since_its_evidence_did(
    citizen: Visitor,
) -> None:
    observed(O1, "missing", at=BEGIN - timedelta(days=9))
    # Another post answers for it since.
    observed(O1, "missing", at=BEGIN, post_code="head")
    assert "เป็นเช่นนี้ตั้งแต่ 14 พฤศจิกายน 2569" in shown(citizen, ITEM)
    # Nobody knows until when it was due.
    assert "ตั้งแต่ 14 พฤศจิกายน 2569" in shown(citizen, BOARD)
    (row,) = citizen.get("/api/v1/coverage").json["coverage"]
    assert row["since"].startswith("2026-11-14")


def test_another_day_is_asked_of_the_same_year(citizen: Visitor) -> None:
    observed(O1, year=2569)
    observed(O1, "missing", year=2570)
    text = shown(citizen, f"{ITEM}?year=2569")
    assert '<input type="hidden" name="year" value="2569">' in text


def test_evidence_is_told_with_its_address_its_way_and_its_files(citizen: Visitor) -> None:
    kept = file(b"%PDF-1.7 chart", name="ผังโครงสร้าง.pdf")
    number = published(title="โครงสร้างเทศบาล", files=[kept]).number
    observed(O1, "met", part(evidence=[{"number": number, "version": 1}]))
    text = shown(citizen, ITEM)
    assert f"https://www.tangjai.example/p/{number}/" in text
    assert "ทางเข้าจากหน้าแรก" in text
    assert '<a href="/sections/news/">' in text
    assert kept["sha256"] in text
    assert '<a href="/log/entries/0/">' in text


def test_evidence_stays_the_version_that_was_seen(citizen: Visitor) -> None:
    number = published(title="โครงสร้างเทศบาล ฉบับแรก").number
    observed(O1, "met", part(evidence=[{"number": number, "version": 1}]))
    corrected(number, title="โครงสร้างเทศบาล ฉบับใหม่")
    text = shown(citizen, ITEM)
    assert f"/p/{number}/v/1/" in text
    assert "ฉบับใหม่" not in text


def test_what_was_recalled_leaves_no_word_on_the_board(citizen: Visitor) -> None:
    number = published(title="รายชื่อผู้ป่วย นางสาวลับ").number
    observed(O1, "met", part(evidence=[{"number": number, "version": 1}]))
    assert "นางสาวลับ" in shown(citizen, ITEM)
    recalled(number)
    day = BEGIN.date().isoformat()
    for path in (BOARD, LIST, ITEM, f"{ITEM}?on={day}", f"/en{ITEM}"):
        assert "นางสาวลับ" not in shown(citizen, path)
    assert "ถูกเรียกคืนแล้ว" in shown(citizen, ITEM)


def test_what_fails_is_told_in_words_of_the_reader_s_language(citizen: Visitor) -> None:
    failed = [{"check": "year", "number": "", "about": "2568"}]
    observed(O1, "missing", part("missing", failed=failed, passed=[]))
    assert "รายการที่มีเป็นของปีงบประมาณ 2568" in shown(citizen, ITEM)
    english = shown(citizen, f"/en{ITEM}")
    assert "What is there is of fiscal year 2025" in english
    assert "Municipal Clerk" in english


def test_months_are_named_and_each_has_its_result(citizen: Visitor) -> None:
    october = part("met", key="m10", first="2025-10-01", last="2025-10-31", due="2025-11-15")
    november = part("missing", key="m11", first="2025-11-01", last="2025-11-30", due="2025-12-15")
    observed(O11, "missing", october, november)
    text = shown(citizen, "/transparency/ita-oit-2569/o11/")
    assert "ตุลาคม 2568" in text
    assert "กำหนด 15 ธันวาคม 2568" in text
    assert "November 2025" in shown(citizen, "/en/transparency/ita-oit-2569/o11/")


def test_the_board_is_narrowed_by_status_and_post(citizen: Visitor) -> None:
    observed(O1, "stale", post_code="head", post_th="หัวหน้าฝ่าย")
    observed(O11, "missing")
    by_status, by_post = f"{LIST}?result=stale", f"{LIST}?post=clerk"
    assert "สรุปผลการจัดซื้อจัดจ้างรายเดือน" not in shown(citizen, by_status)
    assert "โครงสร้าง หน้าที่และอำนาจ" not in shown(citizen, by_post)
    assert "พบ 0 ข้อ" in shown(citizen, f"{LIST}?post=nobody")


def test_an_item_leads_to_the_duties_that_it_answers(citizen: Visitor) -> None:
    number = published(obligations=[O1, "list-1999-o1"]).number
    text = shown(citizen, f"/p/{number}/")
    assert f'<a href="{ITEM}">' in text
    assert "list-1999-o1" in text


@pytest.mark.parametrize(
    "path", ["/transparency/nothing/", "/transparency/oia/o1/", "/transparency/ita-oit-2569/o99/"]
)
def test_an_unknown_law_or_duty_is_not_found(citizen: Visitor, path: str) -> None:
    observed(O1)
    assert citizen.get(path).status == 404


def test_what_falls_due_is_a_calendar(citizen: Visitor) -> None:
    met = part("met", key="m10", first="2025-10-01", last="2025-10-31", due="2025-11-15")
    owed = part("missing", key="m11", first="2025-11-01", last="2025-11-30", due="2025-12-15")
    observed(O11, "missing", met, owed)
    answer = citizen.get("/transparency/due.ics")
    assert answer["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    assert [line for line in lines if line.startswith("DTSTART")] == ["DTSTART;VALUE=DATE:20251215"]
    assert "UID:ita-oit-2569-o11-2569-m11@prongsai" in lines
    assert "SUMMARY:O11 สรุปผลการจัดซื้อจัดจ้างรายเดือน พฤศจิกายน 2568" in lines
    assert max(len(line.encode()) for line in answer.text.split("\r\n")) <= 75


def test_a_list_is_shown_in_its_own_order(citizen: Visitor) -> None:
    for place in (11, 2, 10, 1):
        observed(f"ita-oit-2569-o{place}")
    text = shown(citizen, LIST)
    places = [text.index(f"/transparency/ita-oit-2569/o{place}/") for place in (1, 2, 10, 11)]
    assert places == sorted(places)


def test_a_board_says_of_which_day_it_is_and_leads_to_its_data(citizen: Visitor) -> None:
    observed(O1)
    observed("proc-monthly")
    assert "ข้อมูล ณ วันที่" in shown(citizen, ITEM)
    assert 'href="/api/v1/coverage"' in shown(citizen, BOARD)
    day = BEGIN.date().isoformat()
    then = shown(citizen, f"{LIST}?on={day}")
    assert f'href="/api/v1/coverage?instrument=ita-oit-2569&amp;on={day}"' in then
    assert "ข้อมูล ณ วันที่" not in then
    assert "/open-data/procurement/ocds.json" in shown(citizen, "/transparency/procurement/")


def test_the_calendar_leads_to_the_year_that_is_owed(citizen: Visitor) -> None:
    owed = part("missing", key="m9", first="2026-09-01", last="2026-09-30", due="2026-10-15")
    observed("proc-monthly", "missing", owed)
    observed("proc-monthly", year=2570)
    lines = citizen.get("/transparency/due.ics").text.replace("\r\n ", "").split("\r\n")
    (address,) = (line for line in lines if line.startswith("URL:"))
    assert address.endswith("/transparency/procurement/proc-monthly/?year=2569")
    assert any(line.startswith("X-WR-CALNAME:") and "วันครบกำหนด" in line for line in lines)


def test_a_unit_has_a_calendar_of_its_own(citizen: Visitor) -> None:
    owed = part("missing", key="m11", first="2025-11-01", last="2025-11-30", due="2025-12-15")
    observed(O11, "missing", owed, unit_code="supplies")
    assert "BEGIN:VEVENT" in citizen.get("/transparency/due.ics?unit=supplies").text
    assert "X-WR-CALNAME" in citizen.get("/transparency/due.ics?unit=works").text
    assert "BEGIN:VEVENT" not in citizen.get("/transparency/due.ics?unit=works").text


def test_no_word_of_a_duty_begins_a_line_of_the_calendar() -> None:
    due = DueDay("a@b", localdate(), "ก\rBEGIN:VALARM\u2028ข\u202e", "ค\r\nง", "https://a.example/")
    text = calendar([due], name="เทศบาล\r", at=BEGIN)
    assert "SUMMARY:ก\\nBEGIN:VALARM\\nข\r\nDESCRIPTION:ค\\nง\r\n" in text
    assert "\r" not in text.replace("\r\n", "")


def test_the_board_says_how_often_the_site_answered_by_day_that_is_over(citizen: Visitor) -> None:
    assert "ครั้งที่ตรวจ" not in shown(citizen, BOARD)
    yesterday = localdate() - timedelta(days=1)
    keep_uptime([UptimeSum(yesterday, 288, 287)])
    # Pages follow the record's head and the day; another published item moves the head.
    published()
    assert "<strong>99.6%</strong> ของ 288 ครั้งที่ตรวจ" in shown(citizen, BOARD)
