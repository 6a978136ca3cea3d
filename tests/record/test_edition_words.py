from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils.translation import override

from prongsai.obligations.queries import obligations
from prongsai.record.models import Item
from prongsai.record.pages import Detail, UnitContact, UpdateNote, edition_page
from prongsai.record.templatetags.editions import (
    action_label,
    day,
    detail_label,
    detail_value,
    digits,
    file_size,
    file_type,
    icon,
    is_edition,
    iso_day,
    iso_moment,
    kind_label,
    moment,
    obligation,
    own_title,
    problem_link,
    title_language,
    unit_name,
    unit_of_row,
)
from tests.record.factories import content

LATE = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)


def detail(kind: str, value: Any) -> Detail:
    return Detail("key", "ป้าย", "Label", kind, value)


@pytest.mark.parametrize(
    ("language", "shown", "hour"),
    [
        ("th", "24 พฤศจิกายน 2569", "24 พฤศจิกายน 2569 01.05 น."),
        ("en", "24 November 2026", "24 November 2026 01:05"),
    ],
)
def test_a_moment_is_told_as_it_is_in_thailand(language: str, shown: str, hour: str) -> None:
    with override(language):
        assert (day(LATE), moment(LATE)) == (shown, hour)


def test_nothing_is_said_of_no_day() -> None:
    assert (day(None), moment(None)) == ("", "")


def test_machines_get_iso_dates_of_thailand() -> None:
    assert (iso_day(LATE), iso_day(date(2026, 11, 23))) == ("2026-11-24", "2026-11-23")
    assert iso_moment(LATE) == "2026-11-24T01:05:00+07:00"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (1023, "1023 B"),
        (1024, "1.0 KB"),
        (840 * 1024, "840 KB"),
        (int(2.4 * 1024**2), "2.4 MB"),
        (5 * 1024**4, "5120 GB"),
    ],
)
def test_a_size_has_at_most_one_decimal(size: int, words: str) -> None:
    assert file_size(size) == words


@pytest.mark.parametrize(
    ("media_type", "name"),
    [("application/pdf", "PDF"), ("text/csv", "CSV"), ("application/vnd.ms-excel", "EXCEL")],
)
def test_a_type_of_file_has_a_short_name(media_type: str, name: str) -> None:
    assert file_type(media_type) == name


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("text", "ก่อสร้าง <b>", "ก่อสร้าง <b>"),
        ("date", date(2026, 5, 1), "1 พฤษภาคม 2569"),
        ("money", "1250000", "1,250,000.00 บาท"),
        ("money", "ตามจริง", "ตามจริง"),
        ("int", 12, "12"),
        ("int", "หลายคน", "หลายคน"),
        ("url", "javascript:x()", "javascript:x()"),
        (
            "url",
            "https://a.example/?b=1&c",
            '<a href="https://a.example/?b=1&amp;c">https://a.example/?b=1&amp;c</a>',
        ),
    ],
)
def test_a_detail_is_told_by_its_type(kind: str, value: Any, words: str) -> None:
    assert detail_value(detail(kind, value)) == words


def test_english_is_shown_where_it_was_written() -> None:
    with_english = edition_page(content(title_en="Vacancies"))
    unit = UnitContact("a", "สำนักปลัด", "", "", "")
    row = Item(title="ข่าว", unit_name_th="สำนักปลัด", unit_name_en="Clerk")
    with override("en"):
        assert (own_title(with_english), title_language(with_english)) == ("Vacancies", "en")
        assert (own_title(row), title_language(row), unit_of_row(row)) == ("ข่าว", "th", "Clerk")
        assert (unit_name(unit), detail_label(detail("text", ""))) == ("สำนักปลัด", "Label")


def test_thai_pages_are_thai() -> None:
    page = edition_page(content(title_en="Vacancies"))

    assert (own_title(page), title_language(page)) == ("ประกาศรับสมัครงาน", "th")
    assert (unit_name(page.unit), detail_label(detail("text", ""))) == ("สำนักปลัด", "ป้าย")
    assert unit_of_row(Item(unit_name_th="สำนักปลัด", unit_name_en="Clerk")) == "สำนักปลัด"


def test_codes_have_words_and_unknown_ones_speak_for_themselves() -> None:
    assert (kind_label("law"), kind_label("new-kind")) == ("กฎหมาย ระเบียบ ข้อบังคับ", "new-kind")
    assert action_label("recalled") == "เรียกคืน"
    assert obligation("no-such-key") == {"label": "no-such-key", "source": "", "path": ""}


def test_a_known_obligation_names_its_law() -> None:
    from_law = obligation(next(iter(known_keys())))
    with override("en"):
        in_english = obligation(next(iter(known_keys())))

    assert all(from_law.values())
    assert in_english != from_law


def known_keys() -> list[str]:
    return [each.key for each in obligations()]


@pytest.mark.parametrize(("action", "made"), [("published", True), ("withdrawn", False)])
def test_only_content_makes_a_version(action: str, made: bool) -> None:
    assert is_edition(UpdateNote(1, LATE, action, 1, "", "")) is made


def test_a_sign_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("search")
    assert '#search"' in icon("search")


def test_a_mail_about_a_page_says_which() -> None:
    link = problem_link("info@tangjai.example", edition_page(content()), "https://a.example/p/1/")

    assert link.startswith("mailto:info@tangjai.example?subject=%E0%B9%81")
    assert "https%3A//a.example/p/1/" in link
    assert digits("0 7500 0100 ต่อ 2") == "0750001002"
