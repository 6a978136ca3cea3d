"""A table is saved with the files that are made of it; all of them say the same rows."""

import csv
from dataclasses import replace
from datetime import timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.tables.catalogue import TableForm, table_form
from prongsai.disclosures.tables.making import file_name
from prongsai.disclosures.tables.table import Table
from prongsai.disclosures.tables.twins import csv_bytes, printed, template_bytes, xlsx_bytes
from prongsai.files.models import StoredFile
from prongsai.files.queries import path_of
from prongsai.letters.render import render
from prongsai.screening.texts import placed_texts
from tests.disclosures.factories import disclosure, stored_file
from tests.disclosures.test_tables import PERSON, example, skr1
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db
BODY = "เทศบาลนครตั้งใจ"


def form() -> TableForm:
    found = table_form("skr1")
    assert found
    return found


def saved(table: Table, work: Disclosure | None = None, *, base: int = 2) -> Disclosure:
    work = work or disclosure("procurement")
    actions.set_table(disclosure=work, table=table, base_sequence=base, by=actor(), at=NOW)
    work.refresh_from_db()
    return work


def content_of(work: Disclosure) -> Content:
    assert work.latest
    return Content.from_json(work.latest.content)


@pytest.mark.parametrize(
    ("key", "period", "name"),
    [
        ("skr1", "ตุลาคม ๒๕๖๘", "สขร.1 ตุลาคม ๒๕๖๘.csv"),
        ("quarterly-winners", "ไตรมาสที่ 1", "ผู้ชนะรายไตรมาส ไตรมาสที่ 1 ปีงบประมาณ 2569.csv"),
        ("procurement-plan", "", "แผนการจัดซื้อจัดจ้าง ปีงบประมาณ 2569.csv"),
    ],
)
def test_a_file_is_called_by_what_it_is_and_its_year_once(key: str, period: str, name: str) -> None:
    found = table_form(key)
    assert found
    assert file_name(found, Table(key, (), True, 2569, period, None), "table-csv") == name


def test_a_table_comes_with_its_three_files_and_gives_the_work_its_period() -> None:
    content = content_of(saved(skr1()))

    assert [(file.slot, file.name) for file in content.files] == [
        ("table-pdf", "สขร.1 ตุลาคม 2568.pdf"),
        ("table-xlsx", "สขร.1 ตุลาคม 2568.xlsx"),
        ("table-csv", "สขร.1 ตุลาคม 2568.csv"),
    ]
    assert (content.fiscal_year, content.period) == (2569, "ตุลาคม 2568")
    assert content.table
    assert content.table.rows == skr1().rows


def test_what_is_kept_are_the_very_bytes_that_were_made() -> None:
    content = content_of(saved(skr1()))
    table = content.table
    assert table
    kept = {
        file.slot: path_of(StoredFile.objects.get(pk=file.file_id)).read_bytes()
        for file in content.files
    }

    assert kept == {
        "table-pdf": render(printed(form(), table, body=BODY)),
        "table-xlsx": xlsx_bytes(form(), table, body=BODY),
        "table-csv": csv_bytes(form(), table),
    }


def test_the_same_rows_again_make_no_revision_even_on_another_day() -> None:
    work = saved(skr1())
    before = work.latest
    actions.set_table(
        disclosure=work, table=skr1(), base_sequence=3, by=actor(), at=NOW + timedelta(days=2)
    )
    work.refresh_from_db()

    assert work.latest == before


def test_other_rows_take_the_place_of_the_files_of_the_first() -> None:
    work = saved(skr1())
    first = {file.sha256 for file in content_of(work).files}
    saved(skr1({**example("skr1"), "work": "งานอื่น"}), work, base=3)
    second = {file.sha256 for file in content_of(work).files}

    assert (len(second), first & second) == (3, set())


def test_nothing_in_a_month_is_a_table_too() -> None:
    content = content_of(saved(skr1(rows=(), nothing=True)))

    assert content.table
    assert content.table.nothing
    assert len(content.files) == 3


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (skr1(nothing=True), "ยังมีแถวอยู่"),
        (skr1(rows=(example("skr1"),) * 2_001), "ไม่เกิน 2000 แถว"),
        (skr1(form="gone"), "ไม่มีแบบของตารางนี้"),
        (skr1(period="ก" * 101), "งวดยาวเกิน"),
        (skr1({**example("skr1"), "work": "\U0001f600"}), "จัดทำหนังสือไม่ได้"),
    ],
)
def test_a_table_that_cannot_be_kept_leaves_everything_as_it_was(table: Table, said: str) -> None:
    work = disclosure("procurement")

    with pytest.raises(CannotSave, match=said):
        saved(table, work)
    assert content_of(work).table is None


def test_who_has_not_seen_the_newest_table_does_not_overwrite_it() -> None:
    work = saved(skr1())

    with pytest.raises(CannotSave, match="บันทึกตารางนี้ไปก่อนแล้ว"):
        saved(skr1(period="พฤศจิกายน 2568"), work, base=2)


def test_the_writing_form_neither_changes_nor_loses_the_table() -> None:
    work = saved(skr1())
    typed = replace(content_of(work), title="ชื่อใหม่", table=None)
    actions.save(disclosure=work, content=typed, base_sequence=3, by=actor(), at=NOW)
    content = content_of(work)

    assert (content.title, content.table and content.table.rows) == ("ชื่อใหม่", skr1().rows)


def test_a_table_that_came_while_the_form_was_open_is_no_conflict() -> None:
    work = disclosure("procurement")
    typed = replace(content_of(work), title="ชื่อใหม่")
    saved(skr1(), work)
    content = replace(typed, fiscal_year=2569, period="ตุลาคม 2568")
    revision = actions.save(disclosure=work, content=content, base_sequence=3, by=actor(), at=NOW)

    assert revision.content["table"]["form"] == "skr1"


def test_nobody_changes_the_files_of_a_table_but_with_the_table() -> None:
    work = saved(skr1())
    by = actor()
    stored = stored_file()

    for change in (
        lambda: actions.attach(disclosure=work, file=stored, slot="table-csv", by=by, at=NOW),
        lambda: actions.detach(disclosure=work, slot="table-csv", by=by, at=NOW),
        lambda: actions.rename(disclosure=work, slot="table-csv", name="a.csv", by=by, at=NOW),
    ):
        with pytest.raises(CannotSave, match="ระบบทำจากตาราง"):
            change()


def test_a_table_goes_with_its_files() -> None:
    work = saved(skr1())
    actions.drop_table(disclosure=work, by=actor(), at=NOW)
    actions.drop_table(disclosure=work, by=actor(), at=NOW)
    content = content_of(work)

    assert (content.table, content.files) == (None, ())


def test_screening_reads_each_row_once_with_its_headings() -> None:
    work = saved(skr1({**example("skr1"), "winner": f"นายตัวอย่าง {PERSON}"}))
    assert work.latest
    texts = {each.place: each.text for each in placed_texts(work.latest)}

    assert f"ผู้ได้รับการคัดเลือก: นายตัวอย่าง {PERSON}" in texts["table:1"]
    assert [place for place in texts if place.startswith("file")] == []


def test_no_cell_of_a_spreadsheet_is_a_formula() -> None:
    table = skr1(
        {**example("skr1"), "work": "=1+1", "reason": "@x", "winner": "+66", "bidders": "-1"}
    )
    rows = list(csv.reader(StringIO(csv_bytes(form(), table).decode("utf-8-sig"))))
    book = load_workbook(BytesIO(xlsx_bytes(form(), table, body=BODY)))

    assert [rows[1][at] for at in (0, 4, 5, 7)] == ["'=1+1", "'-1", "'+66", "'@x"]
    assert {cell.data_type for cell in next(book["ข้อมูล"].iter_rows(min_row=2))} == {"s", "n", "d"}


def test_a_template_has_the_headings_an_example_and_the_choices() -> None:
    book = load_workbook(BytesIO(template_bytes(form())))

    assert book.sheetnames == ["ข้อมูล", "ตัวอย่าง", "ตัวเลือก D"]
    assert [cell.value for cell in book["ข้อมูล"][1]] == [each.label_th for each in form().columns]
    assert book["ตัวอย่าง"]["B2"].value == "480,000.00"
    assert [rule.formula1 for rule in book["ข้อมูล"].data_validations.dataValidation] == [
        "'ตัวเลือก D'!$A$1:$A$5"
    ]
