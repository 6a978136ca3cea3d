from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.screening import words
from prongsai.screening.rules import (
    decision_blockers,
    findings_in,
    fingerprint,
    mask,
    rules_version,
)

SECRETS = (
    "1-2345-67890-12-1",
    "081-234-5678",
    "somchai@gmail.com",
    "สมหญิง",
    "123-4-56789-0",
    "12/3",
)
CROWDED = (
    "ผู้ร้อง นางสมหญิง รักไทย บัตร 1-2345-67890-12-1 โทร 081-234-5678 somchai@gmail.com "
    "บัญชี 123-4-56789-0 อยู่บ้านเลขที่ 12/3 หมู่ 4 ต.บางรัก อ.เมือง ป่วยเป็นโรคไต"
)


def test_no_excerpt_shows_any_datum_of_its_neighbourhood() -> None:
    found = findings_in(CROWDED)
    assert {each.label for each in found} >= {
        "NAME",
        "THAI_ID",
        "PHONE",
        "EMAIL",
        "BANK",
        "ADDRESS",
        "HEALTH",
    }
    for each in found:
        assert not [secret for secret in SECRETS if secret in each.excerpt]


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    before, after = "คณะกรรมการตรวจรับพัสดุประกาศ", "รายละเอียดตามเอกสารแนบท้าย"

    [found] = findings_in(f"{before}ของ 1-2345-67890-12-1 {after}")

    said = found.excerpt.split(" ")
    assert [said[0], said[-1]] == ["ตรวจรับพัสดุประกาศของ", "รายละเอียดตามเอกสาร"]


def test_a_finding_printed_or_logged_keeps_its_datum_to_itself() -> None:
    [found] = findings_in("บัตร 1-2345-67890-12-1")
    assert "1234567890121" not in repr(found)
    assert found.datum == "1234567890121"


def test_offsets_lead_back_to_the_original_letters() -> None:
    text = "น\u0e4d\u0e49า\u200b บัตรประชาชน ๑-๒๓๔๕-\u200b๖๗๘๙๐-๑๒-๑ จบ"
    [found] = findings_in(text)
    assert text[found.start : found.end] == "๑-๒๓๔๕-\u200b๖๗๘๙๐-๑๒-๑"


def test_the_same_number_in_any_writing_has_one_fingerprint() -> None:
    writings = ("บัตร 1-2345-67890-12-1", "บัตร ๑๒๓๔๕๖๗๘๙๐๑๒๑", "บัตร l 2345 67890 12 1")
    assert len({fingerprint("key", found) for text in writings for found in findings_in(text)}) == 1


def test_a_fingerprint_depends_on_the_key_and_the_datum() -> None:
    [one], [other] = findings_in("บัตร 1-2345-67890-12-1"), findings_in("บัตร 1-0101-01110-11-0")
    prints = {fingerprint("a", one), fingerprint("b", one), fingerprint("a", other)}
    assert len(prints) == 3
    assert all("1234567890121" not in each and len(each) == 64 for each in prints)


@given(
    st.text(alphabet="0123456789๐๑๒-– .\nนาย ณสมชกขใจดี@a.com/หมู่ลับ\u200b\u0e4d\u0e32", max_size=120)
)
def test_every_finding_lies_in_the_text_and_masks_itself(text: str) -> None:
    for found in findings_in(text):
        assert 0 <= found.start <= found.end <= len(text)
        assert len(found.excerpt) <= 300
        if found.family == "personal":
            assert found.datum not in found.excerpt


def test_a_mask_keeps_the_length_and_the_separators() -> None:
    assert mask("1-2345-6 ก@b.c") == "x-xxxx-x x@x.x"


def test_overlapping_numbers_are_one_finding() -> None:
    found = findings_in("โอนเข้าบัญชี 0812345678")
    assert [each.label for each in found] == ["BANK"]


@pytest.fixture
def added(tmp_path: Path) -> Iterator[Path]:
    """A municipality's own folder of words, empty at first."""
    yield tmp_path
    words.add_words_of(None)


def test_the_rules_version_names_the_added_words(added: Path) -> None:
    before = rules_version()
    (added / "secrecy.toml").write_text('marks = ["ปิดผนึก"]', encoding="utf-8")

    words.add_words_of(added)

    assert len(before) == 64
    assert rules_version() != before


def test_added_words_are_searched_beside_the_built_in_ones(added: Path) -> None:
    (added / "secrecy.toml").write_text('marks = ["ปิดผนึก"]', encoding="utf-8")
    assert findings_in("ปิดผนึก\nบันทึกข้อความ") == []

    words.add_words_of(added)

    for mark in ("ปิดผนึก", "ลับ"):
        assert [each.family for each in findings_in(f"{mark}\nบันทึกข้อความ")] == ["secrecy"]


def test_an_added_threshold_takes_the_place_of_the_built_in_one(added: Path) -> None:
    rows = "ผู้รับเบี้ยยังชีพ\n1 นางมาลี มีสุข\n2 นางสมศรี ทองแท้"
    assert "beneficiary_list" not in {each.detector for each in findings_in(rows)}
    (added / "lists.toml").write_text("least = 2", encoding="utf-8")

    words.add_words_of(added)

    assert "beneficiary_list" in {each.detector for each in findings_in(rows)}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("secrecy.toml", "marks = [", "is not TOML in UTF-8"),
        ("secrets.toml", "", "adds to no word list"),
        ("secrecy.toml", 'marks = "ลับ"', "marks must be a list"),
        ("names.toml", 'window = ["ก"]', "window must be a dict"),
    ],
)
def test_a_bad_added_list_is_one_clear_error(
    added: Path, name: str, content: str, said: str
) -> None:
    (added / name).write_text(content, encoding="utf-8")

    with pytest.raises(words.BadWordList, match=said) as raised:
        words.add_words_of(added)

    assert str(added / name) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_day_within_an_election_has_rules_of_its_own(added: Path) -> None:
    window = '[[windows]]\nkey = "invented"\nfrom = 2570-01-01\nto = 2570-06-30'
    (added / "elections.toml").write_text(window, encoding="utf-8")
    words.add_words_of(added)

    assert rules_version(date(2570, 3, 1)) != rules_version()
    assert rules_version(date(2570, 7, 1)) == rules_version()


def test_an_empty_word_list_matches_nothing() -> None:
    assert words.any_of(()).search("ข้อความ") is None


PLAIN = {
    "has_person": True,
    "is_screener": True,
    "is_current": True,
    "is_screening": True,
    "has_contributed": False,
    "verdict": "not_applicable",
    "reason": "เป็นเลขที่โครงการ",
    "legal_ground": "",
}


SECRET = {"is_secret": True, "verdict": "legal_ground", "legal_ground": "ระเบียบฯ 2544"}


@pytest.mark.parametrize(
    ("changes", "blockers"),
    [
        ({}, []),
        ({"has_person": False}, ["no_person"]),
        ({"is_screener": False}, ["no_role"]),
        ({"is_current": False}, ["not_current"]),
        ({"is_screening": False}, ["not_screening"]),
        ({"has_contributed": True}, ["own_work"]),
        ({"verdict": ""}, ["unknown_verdict"]),
        ({"reason": ""}, ["no_reason"]),
        ({"verdict": "legal_ground"}, ["no_ground"]),
        ({"verdict": "legal_ground", "legal_ground": "มาตรา 9"}, []),
        (SECRET, ["no_declassification"]),
        (SECRET | {"reason": "เลขที่เอกสาร 12/69"}, ["no_declassification"]),
        (SECRET | {"reason": "คำสั่งที่ ๑๒/๒๕๖๙ ลงวันที่ ๕ มกราคม ๒๕๖๙"}, []),
        (SECRET | {"verdict": "not_applicable", "legal_ground": ""}, []),
        (SECRET | {"verdict": "remove", "legal_ground": ""}, []),
        ({"legal_ground": "ก" * 301}, ["too_long"]),
        ({"is_screener": False, "reason": ""}, ["no_role", "no_reason"]),
    ],
)
def test_every_reason_against_a_decision_is_given_at_once(
    changes: dict[str, Any], blockers: list[str]
) -> None:
    assert decision_blockers(**(PLAIN | changes)) == blockers


def test_a_long_text_is_read_in_parts_and_nothing_is_found_twice_or_lost() -> None:
    line = "ลำดับ ๑ ไม่มีอะไรในบรรทัดนี้เลย\n"
    parts = [line * 601, "บัตร 1-2345-\n67890-12-1\n", line * 900, "โทร 081-234-5678\n", line * 700]
    text = "".join(parts)
    found = findings_in(text)
    assert [each.label for each in found] == ["THAI_ID", "PHONE"]
    assert text[found[0].start : found[0].end] == "1-2345-\n67890-12-1"
    assert text[found[1].start : found[1].end] == "081-234-5678"


def test_a_number_across_the_edge_of_a_part_is_found() -> None:
    for shift in range(0, 60, 7):
        text = "ก" * (19_950 + shift) + " บัตร 1-2345-67890-12-1 " + "ก" * 100
        assert [each.label for each in findings_in(text)] == ["THAI_ID"]


def test_the_same_religion_of_two_people_is_two_questions() -> None:
    text = "ชื่อ มาลี สกุล มีสุข\nศาสนา : พุทธ\n{}\nชื่อ วิชัย สกุล แก้วใส\nศาสนา : พุทธ"
    found = [
        each for each in findings_in(text.format("ข้อความคั่น " * 30)) if each.detector == "form_field"
    ]
    assert len({fingerprint("key", each) for each in found}) == 2
