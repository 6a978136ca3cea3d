"""A comparison shows what changed and nothing else, in words that people read."""

import time
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.disclosures import queries
from prongsai.disclosures.compare import Change, changes
from prongsai.disclosures.content import ContentFile, Official, Signatory
from prongsai.obligations.queries import obligations
from prongsai.organisation.models import Unit
from prongsai.thai.differences import Part, paragraphs, words
from tests.disclosures.factories import content, disclosure, save_changes, section
from tests.effort import is_done_within
from tests.factories import actor, unit

FILE = ContentFile("main", "", "a.pdf", "application/pdf", 10, 2, "0" * 64, "id-1")
BASE = content("procurement", files=(FILE,))


def changed(**given: Any) -> list[Change]:
    return changes(BASE.to_json(), replace(BASE, **given).to_json(), {})


def told(change: Change) -> list[str]:
    signs = {"equal": "{}", "insert": "+{}", "delete": "-{}", "gap": "{}"}
    return [
        "|".join(signs[part.operation].format(part.text) for part in each)
        for each in change.paragraphs
    ]


def test_the_same_content_has_no_changes() -> None:
    assert changed() == []


def test_a_text_is_compared_by_thai_words() -> None:
    (change,) = changed(title="ประกาศเทศบาล")
    assert (change.field, change.label, change.what) == ("title", "ชื่อเรื่อง", "changed")
    assert told(change) == ["ประกาศ|-ทดสอบ|+เทศบาล"]


@pytest.mark.parametrize(
    ("given", "field", "what", "text"),
    [
        ({"title_en": "Notice"}, "title_en", "added", ["+Notice"]),
        ({"summary": ""}, "summary", "removed", ["-สรุปเรื่องสั้น ๆ"]),
        ({"as_of_date": date(2026, 10, 1)}, "as_of_date", "changed", None),
        ({"expires_date": date(2026, 10, 1)}, "expires_date", "added", ["+1 ตุลาคม 2569"]),
        ({"fiscal_year": None}, "fiscal_year", "removed", ["-2569"]),
        ({"details": {"stage": "winner"}}, "details.stage", "changed", None),
        (
            {"details": {"stage": "plan", "budget": "1250000.50"}},
            "details.budget",
            "added",
            ["+1,250,000.50"],
        ),
        (
            {"details": {"stage": "plan", "closing_date": "2026-10-01"}},
            "details.closing_date",
            "added",
            ["+1 ตุลาคม 2569"],
        ),
        ({"official": Official(number="1/2569")}, "official.number", "added", ["+1/2569"]),
        (
            {"official": Official(signatories=(Signatory("นาย ก", "ปลัด"),))},
            "official.signatories",
            "added",
            ["+นาย ก ปลัด"],
        ),
    ],
)
def test_each_field_is_shown_in_words(
    given: dict[str, Any], field: str, what: str, text: list[str] | None
) -> None:
    (change,) = changed(**given)
    assert (change.field, change.what) == (field, what)
    assert text is None or told(change) == text


def test_a_changed_link_target_is_seen() -> None:
    old = replace(BASE, body='<p><a href="https://a.go.th/">เปิด</a></p>')
    new = replace(BASE, body='<p><a href="https://b.go.th/">เปิด</a></p>')
    (change,) = changes(old.to_json(), new.to_json(), {})
    assert "b.go.th" in "".join(told(change))


def test_a_body_is_compared_by_paragraph_with_little_around() -> None:
    texts = [f"ย่อหน้า {number}" for number in range(9)]
    new = [*texts[:4], "เรื่องใหม่ทั้งหมด", *texts[5:]]
    shown = paragraphs("\n".join(texts), "\n".join(new))
    assert [part.operation for each in shown for part in each] == [
        *("gap", "equal", "delete", "insert", "equal", "gap"),
    ]


@pytest.mark.parametrize(
    ("files", "what", "text"),
    [
        ((), "removed", ["-a.pdf (SHA-256 000000000000…)"]),
        ((replace(FILE, sha256="1" * 64),), "changed", None),
        ((replace(FILE, label="ประกาศ"),), "changed", None),
        (
            (FILE, replace(FILE, slot="tor", name="b.pdf")),
            "added",
            ["+b.pdf (SHA-256 000000000000…)"],
        ),
    ],
)
def test_files_are_compared_by_slot_and_hash(
    files: tuple[ContentFile, ...], what: str, text: list[str] | None
) -> None:
    (change,) = changed(files=files)
    assert change.what == what
    assert change.field.startswith("files.")
    assert text is None or told(change) == text


LINES = st.lists(st.sampled_from(["เทศบาล", "ประกาศ", "น้ำท่วม ถนน", "a b", ""]), max_size=8).map(
    "\n".join
)


@settings(max_examples=150, deadline=None)
@given(LINES, LINES)
def test_deletions_and_insertions_account_for_every_word(old: str, new: str) -> None:
    parts = words(old, new)
    assert "".join(part.text for part in parts if part.operation != "insert") == old
    assert "".join(part.text for part in parts if part.operation != "delete") == new


def test_long_texts_are_compared_quickly() -> None:
    old, new = "น้ำท่วมถนน" * 3_000, "ถนนน้ำท่วม" * 3_000
    assert words(old, new) == (Part("delete", old), Part("insert", new))
    assert is_done_within(3, lambda: words(old, new))


@pytest.mark.django_db
def test_revisions_are_compared_with_the_names_of_today() -> None:
    by = actor()
    work = disclosure("news", by=by)
    section("jobs", title_th="รับสมัครงาน", parent=section("news"))
    unit("clerk", name_th="สำนักปลัด")
    Unit.objects.filter(code="plan").update(name_th="กองแผน")
    bound = obligations()[0]
    save_changes(work, by=by, section="jobs", unit="clerk", obligations=(bound.key,))
    old, new = work.revisions.get(sequence=2), work.revisions.get(sequence=3)
    shown = {change.field: "".join(told(change)) for change in queries.compare(old, new)}
    assert set(shown) == {"section", "unit", "obligations"}
    assert "รับสมัครงาน" in shown["section"]
    assert "กองแผน" in shown["unit"]
    assert bound.label_th in shown["obligations"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("title", "ก", "ก"),
        ("section", "gone", "gone"),
        ("details.budget", "5000.00", "5,000.00"),
        ("details.stage", "winner", "ประกาศผู้ชนะการเสนอราคา"),
        ("details.winner", "บริษัท ก จำกัด", "บริษัท ก จำกัด"),
        ("official.signed_date", "2026-11-23", "23 พฤศจิกายน 2569"),
        ("obligations", ["gone-1"], "gone-1"),
        ("obligations", None, ""),
        ("details.unknown", "x", "x"),
    ],
)
def test_one_field_of_a_conflict_is_shown_in_words(name: str, value: Any, text: str) -> None:
    assert queries.field_words("procurement", name, value) == text


def test_fields_are_called_as_in_the_form() -> None:
    assert queries.field_label("procurement", "details.budget") == "วงเงินงบประมาณ"
    assert queries.field_label("procurement", "title") == "ชื่อเรื่อง"
    assert queries.field_label("procurement", "details.unknown") == "details.unknown"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ก\n" * 40_000, "ก\n" * 39_999 + "ข"),
        ("ก ข\n" * 20_000, "ก ค\n" * 20_000),
        ("ก " * 100_000, "ข " + "ก " * 99_999),
    ],
    ids=["equal paragraphs", "other paragraphs", "one long paragraph"],
)
def test_a_hostile_text_keeps_no_reader_waiting(old: str, new: str) -> None:
    begun = time.process_time()
    assert paragraphs(old, new)
    assert time.process_time() - begun < 8


def test_what_is_too_much_to_compare_is_shown_whole() -> None:
    shown = paragraphs("ก\n" * 3_000, "ก\n" * 3_000 + "ข")
    operations = [part.operation for each in shown for part in each]
    assert operations == ["delete"] * 3_000 + ["insert"] * 3_001


def test_a_long_text_with_few_repetitions_is_still_compared_by_words() -> None:
    old = " ".join(f"ข้อ{number}" for number in range(900))
    assert Part("insert", "ใหม่") in words(old, old + "ใหม่")


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "ก", ["+ก"]),
        ("ก", "", ["-ก"]),
        ("ก\nข\nค", "ก\nค", ["ก", "-ข", "ค"]),
        ("ก\nค", "ก\nข\nค", ["ก", "+ข", "ค"]),
        ("ก\nข", "ข\nก", ["+ข", "ก", "-ข"]),
        ("ก\nข\nค\nง", "ก\nข\nค\nจ", ["…", "ค", "-ง|+จ"]),
        ("ง\nข\nค\nก", "จ\nข\nค\nก", ["-ง|+จ", "ข", "…"]),
        ("๑\nก\nข\n๒", "๓\nก\nข\n๔", ["-๑|+๓", "ก", "ข", "-๒|+๔"]),
        ("๑\nก\nข\nค\n๒", "๓\nก\nข\nค\n๔", ["-๑|+๓", "ก", "…", "ค", "-๒|+๔"]),
    ],
)
def test_a_comparison_reads_like_this(old: str, new: str, shown: list[str]) -> None:
    assert told(Change("body", "", "changed", paragraphs(old, new))) == shown


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("โทร 075-218017", "โทร 075-218018", "โทร 075- -218017 +218018"),
        ("ดู https://a.go.th/x", "ดู https://a.go.th/y", "ดู -https://a.go.th/x +https://a.go.th/y"),
        ("สวัสดี", "ลาก่อน", "-สวัสดี +ลาก่อน"),
    ],
)
def test_a_change_of_one_word_leaves_the_rest(old: str, new: str, parts: str) -> None:
    shown = words(old, new)
    signs = {"equal": "", "insert": "+", "delete": "-", "gap": ""}
    assert " ".join(signs[each.operation] + each.text.strip() for each in shown) == parts
