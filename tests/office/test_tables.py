"""The screen of a table: rows typed and taken from a file, and what is said when one cannot be read."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure, TableMaking
from prongsai.disclosures.states import MakingProblem
from prongsai.disclosures.tables import making
from prongsai.disclosures.tables.catalogue import TableForm, table_form
from prongsai.disclosures.tables.importing import CannotReadTable, read_rows
from prongsai.disclosures.tables.table import Table
from prongsai.files.models import StoredFile
from prongsai.office.actions import beat
from prongsai.office.health import WORKER
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.disclosures.test_tables import example
from tests.office.conftest import SignIn
from tests.office.factories import upload

pytestmark = pytest.mark.django_db(databases=["default", "record"])
HEAD = {"fiscal_year": "2569", "period": "ตุลาคม 2568", "page": "1"}


def form() -> TableForm:
    found = table_form("skr1")
    assert found
    return found


TYPED = {each.key: each.example for each in form().columns}
HEADINGS = [each.label_th for each in form().columns]
ROW = [each.example for each in form().columns]


def place(name: str, work: Disclosure, query: str = "?form=skr1") -> str:
    return reverse(name, kwargs={"ref": work.ref}) + query


def posted(work: Disclosure, *rows: dict[str, str], **changes: str) -> dict[str, str]:
    work.refresh_from_db()
    assert work.latest
    cells = {f"r{at}-{key}": cell for at, row in enumerate(rows) for key, cell in row.items()}
    base = {"rows": str(len(rows)), "base_sequence": str(work.latest.sequence)}
    return HEAD | base | cells | changes


def table_of(work: Disclosure) -> Table | None:
    work.refresh_from_db()
    assert work.latest
    return Content.from_json(work.latest.content).table


@pytest.fixture
def work(people: dict[str, Actor]) -> Disclosure:
    return draft(people["officer"])


def test_the_forms_are_offered_first(work: Disclosure, sit: SignIn) -> None:
    page = sit("officer").get(place("table", work, "")).content.decode()

    assert form().title_th in page
    assert reverse("table_template", kwargs={"form": "skr1"}) in page


def test_rows_are_typed_changed_and_removed(work: Disclosure, sit: SignIn) -> None:
    client, address = sit("officer"), place("table", work)
    second = TYPED | {"work": "งานที่สอง", "contract_number": "13/2569"}
    client.post(address, posted(work, TYPED, second, {}))
    first = table_of(work)
    client.post(address, posted(work, TYPED, second | {"work": "แก้แล้ว"}, **{"r0-remove": "yes"}))
    then = table_of(work)

    assert first
    assert then
    assert [row["work"] for row in first.rows] == [TYPED["work"], "งานที่สอง"]
    assert [row["work"] for row in then.rows] == ["แก้แล้ว"]


def test_nothing_is_kept_while_a_cell_cannot_be_read(work: Disclosure, sit: SignIn) -> None:
    wrong = TYPED | {"budget": "สี่แสน", "contract_date": "31 ก.พ. 2569"}
    answer = sit("officer").post(place("table", work), posted(work, wrong))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert page.count("ds-validation-message") == 2
    assert 'value="สี่แสน"' in page
    assert table_of(work) is None


def test_a_month_with_nothing_is_saved_by_a_tick(work: Disclosure, sit: SignIn) -> None:
    sit("officer").post(place("table", work), posted(work, {}, nothing="on"))
    table = table_of(work)

    assert table
    assert (table.nothing, table.rows) == (True, ())


def test_what_is_odd_is_said_on_the_page(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(
        place("table", work), posted(work, TYPED | {"agreed_price": "999999", "winner": ""})
    )
    page = client.get(place("table", work)).content.decode()

    assert "ต้องแก้ก่อนส่งเข้าพิจารณา" in page
    assert "สูงกว่า “ราคากลาง” (476,500.00)" in page


def test_the_third_page_replaces_only_its_own_rows(work: Disclosure, sit: SignIn) -> None:
    client, address = sit("officer"), place("table", work)
    rows = [TYPED | {"contract_number": str(each)} for each in range(41)]
    pasted = "\n".join("\t".join([*ROW[:8], row["contract_number"], ROW[9]]) for row in rows)
    looked = client.post(place("send_table", work, ""), {"form": "skr1", "pasted": pasted})
    client.post(looked.url.split("?")[0], posted(work) | HEAD | _asked(looked.url))
    client.post(address, posted(work, TYPED | {"contract_number": "ใหม่"}, page="3"))
    table = table_of(work)

    assert table
    assert [row["contract_number"] for row in table.rows[38:]] == ["38", "39", "ใหม่"]


def _asked(address: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in address.split("?")[1].split("&"))


def test_a_filled_in_template_comes_in_after_a_look(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    template = client.get(reverse("table_template", kwargs={"form": "skr1"}))
    book = load_workbook(BytesIO(template.content))
    for place_, cell in enumerate(ROW, start=1):
        book["ข้อมูล"].cell(2, place_, cell)
    filled = BytesIO()
    book.save(filled)
    sent = {"form": "skr1", "file": upload("สขร.xlsx", filled.getvalue())}
    looked = client.post(place("send_table", work, ""), sent)
    shown = client.get(looked.url).content.decode()
    before = table_of(work)
    client.post(looked.url.split("?")[0], posted(work) | _asked(looked.url))
    table = table_of(work)

    assert "1 แถวจากไฟล์" in shown
    assert before is None
    assert table
    assert table.rows == (example("skr1"),)


def test_every_mistake_of_a_file_is_told_and_nothing_is_offered(
    work: Disclosure, sit: SignIn
) -> None:
    client = sit("officer")
    wrong = ",".join(HEADINGS) + "\nงาน,หก,เจ็ด,เฉพาะเจาะจง,ก,ข,1,ค,ง,วันนี้\n"
    sent = {"form": "skr1", "file": upload("สขร.csv", wrong.encode("cp874"))}
    looked = client.post(place("send_table", work, ""), sent)
    page = client.get(looked.url).content.decode()
    answer = client.post(looked.url.split("?")[0], posted(work) | _asked(looked.url))

    assert "มี 3 ช่องที่อ่านไม่ได้" in page
    assert "ใช้แถวเหล่านี้" not in page
    assert answer.status_code == 422
    assert table_of(work) is None


def test_the_file_of_somebody_else_is_not_opened(
    work: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    client = sit("officer")
    looked = client.post(place("send_table", work, ""), {"form": "skr1", "pasted": "\t".join(ROW)})
    StoredFile.objects.update(received_by=people["screener"].person_id)

    assert client.get(looked.url).status_code == 404
    assert client.get(looked.url.split("file=")[0] + "file=1").status_code == 404


def test_a_table_is_taken_out_with_its_files(work: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(place("table", work), posted(work, TYPED))
    shown = client.get(reverse("write", kwargs={"ref": work.ref})).content.decode()
    client.post(place("drop_table", work, ""))

    assert shown.count("ระบบทำจากตาราง") == 3
    assert table_of(work) is None


def test_a_long_table_is_answered_at_once_and_says_how_far_its_files_are(
    work: Disclosure, sit: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LETTERS_AT_ONCE", 9)
    client, pages = sit("officer"), ("write", "table", "preview", "submit")
    saved = client.post(place("table", work), posted(work, TYPED), follow=True).content.decode()
    waiting = {name: client.get(place(name, work, "")).content.decode() for name in pages}
    state = client.get(place("files_progress", work, "")).json()
    beat(name=WORKER, at=datetime.now(UTC))
    awake = client.get(place("write", work, "")).content.decode()

    assert "ระบบกำลังทำไฟล์" in saved
    assert all("รอคิวทำไฟล์ PDF XLSX และ CSV" in waiting[name] for name in ("write", "table"))
    assert "ตัวทำงานเบื้องหลังไม่ตอบ" in waiting["write"]
    assert "ตัวทำงานเบื้องหลังไม่ตอบ" not in awake
    assert "ของตาราง ซึ่งยังทำไม่เสร็จ" in waiting["preview"]
    assert "ของตารางยังทำไม่เสร็จ" in waiting["submit"]
    assert state["is_busy"]


def test_files_that_could_not_be_made_are_asked_for_again_with_a_button(
    work: Disclosure, sit: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LETTERS_AT_ONCE", 9)
    client = sit("officer")
    client.post(place("table", work), posted(work, TYPED))
    TableMaking.objects.update(problem=MakingProblem.CANNOT_SET, detail="ไม่มีตัวอักษร ☃")
    failed = client.get(place("write", work, "")).content.decode()
    waiting = client.get(reverse("inbox")).content.decode()
    again = client.post(place("make_table_files", work, ""), follow=True).content.decode()

    assert "ไม่มีตัวอักษร ☃" in failed
    assert "ทำไฟล์ PDF ของตารางไม่ได้" in waiting
    assert place("make_table_files", work, "") in failed
    assert "รอคิวทำไฟล์ PDF XLSX และ CSV" in again


READ: list[tuple[list[list[str]], Any]] = [
    ([["ลำดับ", *HEADINGS], ["1", *ROW], ["รวม", "", "480,000"]], (1, 0, False)),
    ([["", ""], HEADINGS, ["", *[""] * 9], ROW, ROW], (2, 0, False)),
    ([HEADINGS, ["ไม่มีการจัดซื้อจัดจ้างในเดือนนี้"]], (0, 0, True)),
    ([ROW], (1, 0, False)),
    ([["1", *ROW]], (1, 0, False)),
    # A sheet's rows go on with empty cells.
    ([[*ROW, *[""] * 50]], (1, 0, False)),
    ([["1", *ROW, *[""] * 49]], (1, 0, False)),
    ([HEADINGS, ["", "x", "y"]], (0, 2, False)),
]


@pytest.mark.parametrize(("rows", "found"), READ)
def test_rows_are_found_as_people_write_sheets(rows: list[list[str]], found: Any) -> None:
    imported = read_rows(form(), rows)

    assert (len(imported.rows), len(imported.mistakes), imported.nothing) == found


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "ไม่มีแถวใต้หัวคอลัมน์"),
        ([HEADINGS], "ไม่มีแถวใต้หัวคอลัมน์"),
        ([[*HEADINGS, "สีรถ"], ROW], "ไม่รู้จักหัวคอลัมน์ “สีรถ”"),
        ([[*HEADINGS, HEADINGS[0]], ROW], "มากกว่าหนึ่งครั้ง"),
        ([HEADINGS[:3], ROW[:3]], "ไม่มีคอลัมน์ “วิธีซื้อหรือจ้าง”"),
        ([["a", "b"]], "จำนวนช่อง (2) ไม่ตรงกับแบบ (10)"),
        ([HEADINGS, *[ROW] * 2_001], "ยาวเกิน 2000 แถว"),
    ],
)
def test_a_sheet_that_is_no_such_table_says_why(rows: list[list[str]], said: str) -> None:
    with pytest.raises(CannotReadTable, match=said.replace("(", r"\(").replace(")", r"\)")):
        read_rows(form(), rows)
