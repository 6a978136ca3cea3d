"""A form of a table is data; a cell is read as Thai officers type it; the rules say what stops and what is odd."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from prongsai.disclosures.content import ContentFile
from prongsai.disclosures.kinds import kinds, missing_fields
from prongsai.disclosures.tables.catalogue import Choice, TableColumn, table_form, table_forms
from prongsai.disclosures.tables.cells import UnreadableCell, cell_words, read_cell
from prongsai.disclosures.tables.checks import RULES, Weight, remarks
from prongsai.disclosures.tables.public import table_document, table_text
from prongsai.disclosures.tables.slots import MADE_SLOTS
from prongsai.disclosures.tables.table import Row, Table
from prongsai.disclosures.tables.words import cell_sentence, placed_sentence
from prongsai.obligations.queries import obligations
from prongsai.record.sections import sections
from prongsai.record.tables import malformations
from tests.disclosures.factories import content

FORMS = table_forms()
MADE = tuple(ContentFile(slot, "", slot, "", 1, None, "", "") for slot in sorted(MADE_SLOTS))
# Numbers that pass the checksum and belong to nobody.
PERSON, JURISTIC = "1234567890121", "0123456789016"


def column(kind: str, **changes: Any) -> TableColumn:
    return TableColumn("a", kind, "ช่อง", "Cell", **changes)


def example(key: str) -> Row:
    form = table_form(key)
    assert form
    return {each.key: read_cell(each, each.example) for each in form.columns if each.example}


def skr1(*rows: Row, **changes: Any) -> Table:
    plain = Table("skr1", rows or (example("skr1"),), False, 2569, "ตุลาคม 2568", date(2025, 11, 5))
    return replace(plain, **changes)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_a_form_speaks_of_kinds_sections_duties_and_rules_that_there_are(form: Any) -> None:
    topics = {topic for each in obligations() for topic in (each.topic, *each.also_topics)}

    assert form.kind in {kind.code for kind in kinds()}
    assert form.section in {section.slug for section in sections()}
    assert set(form.topics) <= topics
    assert {check.rule for check in form.checks} <= set(RULES)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_the_example_of_a_form_is_a_row_that_an_edition_may_have(form: Any) -> None:
    # Of the months, quarters and years that a form may be about, one each.
    period = {"month": "ตุลาคม 2568", "quarter": "ไตรมาสที่ 1", "half": "6 เดือนแรก"}
    table = Table(form.key, (example(form.key),), False, 2569, period.get(form.span, ""))

    assert [each for each in remarks(form, table) if each.weight == Weight.STOPS] == []
    assert list(malformations(table_document(table))) == []


@pytest.mark.parametrize(
    ("kind", "typed", "kept"),
    [
        ("money", "๑,๒๕๐,๐๐๐.๕ บาท", "1250000.50"),
        ("int", "๑,๒๐๐", "1200"),
        ("date", "๑๕ ต.ค. ๒๕๖๘", "2025-10-15"),
        ("date", "15/10/2568", "2025-10-15"),
        ("text", "  =SUM(A1)  x ", "=SUM(A1) x"),
        ("text", "'=SUM(A1)", "=SUM(A1)"),
        ("tax_id", JURISTIC, JURISTIC),
        ("tax_id", "0994000158378", "0994000158378"),
        # Of somebody without civil registration, which begins as a firm's.
        ("tax_id", "0-8099-89000-01-1", "x-xxxx-xxxxx-01-1"),
        ("tax_id", "1-2345-67890-12-1", "x-xxxx-xxxxx-12-1"),
        ("tax_id", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "x-xxxx-xxxxx-12-1"),
        ("tax_id", "X-XXXX-XXXXX-12-1", "x-xxxx-xxxxx-12-1"),
        ("url", "https://www.example.go.th/a", "https://www.example.go.th/a"),
        ("money", " ", ""),
    ],
)
def test_a_cell_is_read_as_officers_type_it(kind: str, typed: str, kept: str) -> None:
    assert read_cell(column(kind), typed) == kept


def test_a_choice_is_known_by_its_words_in_both_languages() -> None:
    methods = column("choice", choices=(Choice("specific", "เฉพาะเจาะจง", "Specific method"),))

    assert [
        read_cell(methods, each) for each in ("เฉพาะเจาะจง", "SPECIFIC method", "specific")
    ] == ["specific"] * 3


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        ("money", "1,23", "เป็นตัวเลขไม่ได้"),
        ("money", "-5", "ติดลบ"),
        ("money", "1.234", "ทศนิยมเกิน"),
        ("money", "1" * 16, "เกิน 12 หลัก"),
        ("money", "1234567890121", "เกิน 12 หลัก"),
        ("int", "๑๒๓๔๕๖๗๘๙๐๑๒๑", "เกิน 12 หลัก"),
        ("int", "1.5", "ไม่ใช่จำนวนเต็ม"),
        ("date", "30 ก.พ. 2569", "ไม่มีวันที่ 30"),
        ("date", "เร็ว ๆ นี้", "เป็นวันที่ไม่ได้"),
        ("tax_id", "1234567890123", "เลขประจำตัวไม่ถูกต้อง"),
        ("url", "javascript:alert(1)", "ไม่ใช่ที่อยู่เว็บ"),
        ("text", "ก" * 2_001, "รับได้ไม่เกิน"),
        ("choice", "อะไรก็ได้", "ไม่รู้จัก"),
    ],
)
def test_a_cell_that_cannot_be_read_says_why(kind: str, typed: str, said: str) -> None:
    with pytest.raises(UnreadableCell) as refused:
        read_cell(column(kind), typed)

    assert said in cell_sentence(refused.value)


def test_what_is_wrong_with_a_number_of_a_person_is_told_without_the_number() -> None:
    with pytest.raises(UnreadableCell) as refused:
        read_cell(column("tax_id"), "1234567890123")

    assert "1234" not in cell_sentence(refused.value)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"period": "ไตรมาสที่ 1"}, [("period", 0)]),
        ({"period": ""}, [("period", 0)]),
        ({"period": "ตุลาคม 2569"}, [("period_of_other_year", 0), ("in_period", 1)]),
        ({"fiscal_year": None}, [("fiscal_year", 0)]),
        ({"rows": ()}, [("empty", 0)]),
        ({"rows": (), "nothing": True}, []),
    ],
)
def test_the_heading_says_which_year_and_month(changes: dict[str, Any], found: Any) -> None:
    form = table_form("skr1")
    assert form

    assert [(each.rule, each.row) for each in remarks(form, skr1(**changes))] == found


@pytest.mark.parametrize(
    ("changes", "rule", "weight"),
    [
        ({"agreed_price": "476500.01"}, "not_above", Weight.ADVISES),
        ({"contract_date": "2026-10-01"}, "in_fiscal_year", Weight.STOPS),
        ({"contract_date": "2025-11-02"}, "in_period", Weight.ADVISES),
        ({"winner": ""}, "required", Weight.STOPS),
    ],
)
def test_a_row_that_is_wrong_stops_and_one_that_is_odd_advises(
    changes: dict[str, str], rule: str, weight: Weight
) -> None:
    form = table_form("skr1")
    assert form
    found = remarks(form, skr1({**example("skr1"), **changes}))

    assert (rule, weight, 1) in [(each.rule, each.weight, each.row) for each in found]


def test_the_same_contract_twice_stops_at_the_second_row() -> None:
    form = table_form("skr1")
    assert form
    found = remarks(form, skr1(example("skr1"), example("skr1")))

    assert [placed_sentence(form, each) for each in found] == [
        "แถวที่ 2 ช่อง “เลขที่สัญญาหรือข้อตกลง”: “ตัวอย่าง 12/2569” ซ้ำกับแถวที่ 1 โปรดตรวจเลขที่ หรือลบแถวที่ซ้ำ"
    ]


@pytest.mark.parametrize(
    ("changes", "stops"),
    [
        ({}, []),
        ({"period": "พฤศจิกายน 2568"}, ["ปีหรืองวดของเรื่องไม่ตรงกับตาราง"]),
        ({"table": skr1(rows=())}, ["ตารางยังไม่มีแถว"]),
        ({"table": skr1(form="gone")}, ["ไม่มีแบบของตารางนี้แล้ว"]),
        ({"files": MADE[1:]}, ["ของตารางยังทำไม่เสร็จ"]),
    ],
)
def test_what_stops_a_table_stops_its_work(changes: dict[str, Any], stops: list[str]) -> None:
    whole = content("procurement", period="ตุลาคม 2568", table=skr1(), files=MADE)
    missing = missing_fields(replace(whole, **changes).to_json())

    assert [any(said in sentence for sentence in missing) for said in stops] == [True] * len(stops)
    assert len(missing) == len(stops)


def test_a_content_without_a_table_has_the_hash_that_it_always_had() -> None:
    assert "table" not in content("procurement").to_json()


def test_a_table_in_words_has_a_line_for_each_row() -> None:
    lines = table_text(skr1()).split("\n")

    assert len(lines) == 2
    assert "ราคากลาง: 476,500.00" in lines[1]
    assert "ไม่มีการจัดซื้อจัดจ้าง" in table_text(skr1(rows=(), nothing=True))


def test_a_cell_is_shown_as_it_may_be_typed_again() -> None:
    form = table_form("skr1")
    assert form
    row = example("skr1")

    assert {
        each.key: read_cell(each, cell_words(each, row[each.key])) for each in form.columns
    } == row


MALFORMED: list[tuple[dict[str, Any], str]] = [
    ({"form": "no such/key"}, "table.form"),
    ({"fiscal_year": "2569"}, "table.fiscal_year"),
    ({"made_date": "2025-02-30"}, "table.made_date"),
    ({"nothing": True}, "table.nothing"),
    ({"columns": []}, "table.columns"),
    ({"rows": {}}, "table.rows"),
    ({"rows": [{"budget": "12"}]}, "table.rows.1.budget"),
    ({"rows": [{"budget": 12.5}]}, "table.rows.1.budget"),
    ({"rows": [{"method": "by_friends"}]}, "table.rows.1.method"),
    ({"rows": [{"contract_date": "15/10/2568"}]}, "table.rows.1.contract_date"),
    ({"rows": [{"secret": "x"}]}, "table.rows.1.secret"),
]


@pytest.mark.parametrize(("changes", "path"), MALFORMED)
def test_the_record_refuses_a_table_of_another_shape(changes: dict[str, Any], path: str) -> None:
    assert list(malformations(table_document(skr1()) | changes)) == [path]


def test_the_record_takes_no_whole_number_of_a_person() -> None:
    head = {"key": "id", "type": "tax_id", "label_th": "เลข", "label_en": "Number"}
    document = table_document(skr1()) | {"columns": [head]}

    assert list(malformations(document | {"rows": [{"id": PERSON}]})) == ["table.rows.1.id"]
    assert list(malformations(document | {"rows": [{"id": JURISTIC}]})) == []
