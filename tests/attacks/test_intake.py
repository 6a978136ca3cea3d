"""Manifests that somebody made to break something, and what arrivals keep of the texts that came in."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import Workbook

from prongsai.intake.manifests.columns import COLUMNS
from prongsai.organisation.actors import Actor
from prongsai.publication.actions import publish
from prongsai.record.states import Action
from tests.disclosures.factories import save_changes
from tests.intake.factories import ANNOUNCEMENT, batch, proposed
from tests.office.conftest import SignIn
from tests.publication import factories as gate
from tests.publication.factories import LATER

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("files"),
]
People = dict[str, Actor]
HEADINGS = [column.heading for column in COLUMNS]
FORMULAS = ("=1+1", "+1", "-1", "@a", "\t=1", "=HYPERLINK(1)")


def looked_at(client: Any, people: People, name: str, sent: bytes) -> tuple[int, str]:
    """Keeps the manifest in a new batch: the status of its page, and its report."""
    made = batch(people["officer"])
    stream = BytesIO(sent)
    stream.name = name
    where = {"ref": made.ref}
    client.post(reverse("manifest", kwargs=where), {"manifest": stream})
    page = client.get(reverse("manifest", kwargs=where))
    report = client.get(reverse("manifest_report", kwargs=where))
    return page.status_code, report.content.decode("utf-8-sig")


def book(*rows: list[str]) -> bytes:
    workbook, stream = Workbook(), BytesIO()
    for row in rows:
        workbook.active.append(row)
    workbook.save(stream)
    return stream.getvalue()


def test_a_book_is_a_manifest_in_the_office_too(people: People, sit: SignIn) -> None:
    status, report = looked_at(
        sit("officer"), people, "a.xlsx", book(HEADINGS, ["ไม่มี.pdf", "ข่าว", "news", "news"])
    )
    assert status == 200
    assert "ไม่มี.pdf" in report


def test_a_book_without_sheets_is_told_and_breaks_no_page(people: People, sit: SignIn) -> None:
    workbook, stream = Workbook(), BytesIO()
    workbook.create_chartsheet("ผัง")
    workbook.remove(workbook.worksheets[0])
    workbook.save(stream)
    assert looked_at(sit("officer"), people, "a.xlsx", stream.getvalue())[0] == 200


def test_no_cell_of_a_report_is_a_formula(people: People, sit: SignIn) -> None:
    lines = StringIO()
    writer = csv.writer(lines)
    writer.writerows([HEADINGS, *([each] * len(HEADINGS) for each in FORMULAS)])
    _status, report = looked_at(sit("officer"), people, "a.csv", lines.getvalue().encode())
    rows = list(csv.reader(StringIO(report)))
    assert len(rows) > len(FORMULAS)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("number", ["1-1037-00012-34-1", "๑๑๐๓๗๐๐๐๑๒๓๔๑", "081-234-5678"])
def test_an_arrival_keeps_no_number_that_stands_beside_what_is_proposed(
    people: People, number: str
) -> None:
    text = ANNOUNCEMENT.replace("ประกาศ ณ", f"เลขประจำตัว {number} ประกาศ ณ")
    came = proposed(people["officer"], data=text)
    assert any(note["field"] == "signed_date" for note in came.proposals["notes"])
    assert number[-6:] not in str(came.proposals)


def seen_by_the_neighbour(people: People, sit: SignIn) -> str:
    """The table of a batch of another unit with the same bytes as the public file."""
    came = proposed(people["neighbour"], name="หลักเกณฑ์.txt", data=ANNOUNCEMENT)
    page = sit("neighbour").get(reverse("batch", kwargs={"ref": came.batch.ref}))
    return str(page.content.decode())


def test_the_same_bytes_open_no_title_of_another_unit_s_draft(people: People, sit: SignIn) -> None:
    made, entry = gate.published(people, annex=ANNOUNCEMENT, title="ชื่อที่ประชาชนเห็น")
    officer = people["officer"]
    gate.begin_correction(disclosure=made, by=officer, at=LATER)
    save_changes(made, by=officer, at=LATER, title="ชื่อลับของฉบับร่าง")
    page = seen_by_the_neighbour(people, sit)
    assert f"{entry.number} ชื่อที่ประชาชนเห็น" in page
    assert "ชื่อลับของฉบับร่าง" not in page


def test_nor_the_title_of_what_was_recalled(people: People, sit: SignIn) -> None:
    made, entry = gate.published(people, annex=ANNOUNCEMENT, title="ชื่อที่ประชาชนเห็น")
    wish = gate.act(people, made, Action.RECALLED, recall_reason="personal_data")
    publish(submission_ref=wish.ref, at=LATER)
    page = seen_by_the_neighbour(people, sit)
    assert entry.number in page
    assert "ชื่อที่ประชาชนเห็น" not in page
