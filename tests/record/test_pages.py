from datetime import UTC, date, datetime
from typing import Any

import pytest

from prongsai.record.pages import (
    Decision,
    Detail,
    EditionPage,
    OfficialDocument,
    PageFile,
    Place,
    SectionName,
    Signatory,
    UnitContact,
    UpdateNote,
    edition_page,
    safe_body,
)
from prongsai.record.states import ItemState
from prongsai.record.templatetags.editions import scrolling_tables
from tests.record.factories import BEGIN, content

NOTE = UpdateNote(seq=1, at=BEGIN, action="withdrawn", version=1, significance="", note="เลิกใช้")


def page(**changes: Any) -> EditionPage:
    return edition_page(content(**changes))


def test_a_preview_needs_nothing_but_the_content() -> None:
    shown = page()

    assert shown.place == Place()
    assert (shown.number, shown.version, shown.history) == ("", 1, ())
    assert shown.is_in_use
    assert shown.is_latest_version
    assert shown.notice is None
    assert shown.published_at is None


def test_an_empty_document_is_an_empty_page_not_an_error() -> None:
    shown = edition_page({})

    assert (shown.title, shown.body, shown.files, shown.decided) == ("", "", (), ())
    assert (shown.language, shown.significance) == ("th", "major")
    assert not shown.official


def test_names_come_in_both_languages() -> None:
    shown = page()

    assert shown.section == SectionName("news", "jobs", "รับสมัครงาน", "Vacancies")
    assert shown.unit == UnitContact("clerk", "สำนักปลัด", "Clerk", "", "")


def test_the_official_document_has_dates_and_signatories() -> None:
    official = {
        "number": "ตจ 52001/12",
        "typed_date": "2026-11-19",
        "signed_date": "2026-11-20",
        "in_force_date": "ไม่ทราบ",
        "signatories": [{"name": "นายตั้งใจ ดีงาม", "post": "นายกเทศมนตรี", "acting": ""}],
    }

    assert page(official=official).official == OfficialDocument(
        number="ตจ 52001/12",
        typed_date=date(2026, 11, 19),
        signed_date=date(2026, 11, 20),
        in_force_date=None,
        signatories=(Signatory("นายตั้งใจ ดีงาม", "นายกเทศมนตรี", ""),),
    )
    assert page().official


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ({"type": "date", "value": "2026-11-20"}, date(2026, 11, 20)),
        ({"type": "date", "value": "ปลายปี"}, "ปลายปี"),
        ({"type": "money", "value": "1500.00"}, "1500.00"),
        ({"type": "int", "value": 3}, 3),
        ({"value": "2026-11-20"}, "2026-11-20"),
    ],
)
def test_a_detail_has_the_value_of_its_type(written: dict[str, Any], shown: object) -> None:
    detail = {"key": "closes", "label_th": "ปิดรับ", "label_en": "Closes", **written}

    assert page(details=[detail]).details == (
        Detail("closes", "ปิดรับ", "Closes", written.get("type", "text"), shown, ""),
    )


def test_a_file_has_an_address_for_ever() -> None:
    file = {"slot": "main", "label": "ประกาศ", "name": "a b.pdf", "size": 10, "sha256": "ab"}
    (shown,) = page(files=[file]).files

    assert shown == PageFile("main", "ประกาศ", "a b.pdf", "", 10, None, "ab", "")
    assert shown.path == "/files/ab/a%20b.pdf"


def test_who_decided_is_told_by_post_never_by_name() -> None:
    decided = [
        {"post": "ปลัดเทศบาล", "acting": "745/2569", "at": "2026-11-23T02:00:00Z", "name": "x"}
    ]

    assert page(decided=decided).decided == (
        Decision("ปลัดเทศบาล", "745/2569", datetime(2026, 11, 23, 2, tzinfo=UTC)),
    )
    assert page(decided=[{"post": "ปลัดเทศบาล", "at": "?"}]).decided[0].at is None


def test_dates_of_the_content_are_dates() -> None:
    shown = page(review_date="2027-11-23", expires_date="", as_of_date=None, published_at="?")

    assert shown.review_date == date(2027, 11, 23)
    assert (shown.expires_date, shown.as_of_date, shown.published_at) == (None, None, None)


def test_an_item_out_of_use_shows_the_act_that_took_it_out() -> None:
    place = Place(state=ItemState.WITHDRAWN, version=1, current_version=2, history=(NOTE,))
    shown = edition_page(content(), place)

    assert shown.notice == NOTE
    assert shown.state == ItemState.WITHDRAWN
    assert not shown.is_in_use
    assert not shown.is_latest_version
    assert NOTE.action_label == "ยกเลิกการใช้งาน"


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">x</p>',
        '<a href="javascript:alert(1)">x</a>',
        '<img src=x onerror="alert(1)">',
        "<style>p{display:none}</style>",
        '<p style="position:fixed">x</p>',
        '<iframe src="https://evil.example"></iframe>',
        '<form action="https://evil.example"><input></form>',
        "<svg><script>alert(1)</script></svg>",
        '<a href="data:text/html,x">x</a>',
        '<p class="onclick" id="form" data-script="evil">x</p>',
    ],
)
def test_nothing_that_acts_is_shown_whatever_an_edition_holds(evil: str) -> None:
    shown = str(safe_body(f"<p>ก่อน</p>{evil}<p>หลัง</p>")).lower()

    forbidden = ("script", "onclick", "onerror", "style", "iframe", "form", "data:", "evil")
    assert not [word for word in forbidden if word in shown]
    assert "<p>ก่อน</p>" in shown
    assert "<p>หลัง</p>" in shown


def test_what_an_editor_may_write_is_shown_as_it_was_written() -> None:
    body = (
        '<h2>หัวข้อ</h2><ul><li>หนึ่ง</li></ul><aside><p>ข้อควรรู้</p></aside><ol start="2"><li>สอง</li></ol>'
        '<table><thead><tr><th scope="col">ก</th></tr></thead><tbody><tr><td colspan="2">ข</td></tr></tbody></table>'
        '<p lang="en"><a href="/p/2569-00001/">ดู</a> <a href="tel:075000100">โทร</a></p>'
    )

    assert safe_body(body) == body


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<p>ไม่มีตาราง</p>", 0),
        ("<table><tr><td>1</td></tr></table><p>x</p><table><tr><td>2</td></tr></table>", 2),
        ('<p title="<table onclick=x> &quot;">คำ</p>', 0),
        ("<p>1 &lt;table&gt; 2</p>", 0),
    ],
)
def test_each_table_scrolls_in_a_place_of_its_own(body: str, count: int) -> None:
    shown = scrolling_tables(safe_body(body))
    assert shown.count('<div class="scroll-x"') == shown.count("</div>") == count
    assert shown.count("<table><") == count
