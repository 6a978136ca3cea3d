"""A redaction is drawn, made by the worker, checked, and put in the place of the original; or it goes nowhere."""

import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from prongsai.disclosures.models import Disclosure
from prongsai.files.models import PageReading, StoredFile
from prongsai.files.queries import open_bytes, path_of, text_pages
from prongsai.files.redaction.isolated import RedactionMaker
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.screening.models import Redaction
from prongsai.screening.redacting import actions, making, queries
from prongsai.screening.redacting.refusals import CannotRedactFile, sentence
from prongsai.screening.redacting.tasks import redaction_making, step_path
from prongsai.screening.states import RedactionState
from prongsai.thai.dates import BANGKOK
from tests.factories import NOW, actor
from tests.screening.redacting import factories
from tests.screening.redacting.factories import (
    LINE,
    NUMBER,
    OTHER,
    PERSON,
    a_box,
    asked,
    drawn,
    made,
    marks_over,
    target,
    with_pdf,
    with_upload,
    work_off,
)

pytestmark = pytest.mark.django_db(databases=["default"])


@pytest.fixture
def officer() -> Actor:
    return actor("officer")


@pytest.fixture
def row(officer: Actor) -> Disclosure:
    return with_pdf(officer)[0]


def lying(row: Disclosure) -> StoredFile:
    found = queries.attachment_in(row, "main")
    assert found
    return found.file


def text_of(stored: StoredFile) -> str:
    return "\n".join(page.text for page in text_pages(stored))


def test_a_verified_result_lies_in_the_slot_in_the_name_of_who_asked(
    officer: Actor, row: Disclosure
) -> None:
    original = lying(row)
    before = row.revisions.count()

    redaction = made(row, officer, NUMBER, PERSON)

    result = lying(row)
    assert redaction.state == RedactionState.VERIFIED
    assert (redaction.result, redaction.asked_by_id) == (result, officer.person_id)
    assert (result.derived_from, result.derivation) == (original, "redacted")
    assert result.name == "บัญชี (ปิดทับ).pdf"
    assert row.revisions.count() == before + 1
    assert row.attachments.present().get().label == "บัญชีรายชื่อ"
    assert NUMBER not in text_of(result)
    assert "เลขที่ ๙๙" in text_of(result)


def test_no_row_and_no_act_says_what_was_covered(officer: Actor, row: Disclosure) -> None:
    made(row, officer, NUMBER, PERSON)

    rows = [str(vars(each)) for each in (*Redaction.objects.all(), *Act.objects.all())]
    assert not [each for each in rows if NUMBER in each or PERSON in each or "1234567890" in each]


def test_the_original_is_kept_for_ten_years(officer: Actor, row: Disclosure) -> None:
    original = lying(row)

    redaction = made(row, officer, NUMBER)

    today = NOW.astimezone(BANGKOK).date()
    assert redaction.keep_original_until_date == today.replace(year=today.year + 10)
    with open_bytes(original) as stream:
        assert stream.read(4) == b"%PDF"


def test_a_covered_number_on_another_page_stops_the_result(officer: Actor) -> None:
    row, original = with_pdf(officer, LINE, f"อีกหน้า {NUMBER}")
    first = [one for one in marks_over(row, NUMBER) if one.page == 1]
    drawn(row, officer, *first)

    redaction = asked(row, officer)
    work_off()

    redaction.refresh_from_db()
    assert redaction.state == RedactionState.FAILED
    assert {(one["kind"], one["page"]) for one in redaction.problems} >= {("still_there", 2)}
    assert lying(row) == original
    said = " ".join(sentence(one) for one in redaction.problems)
    assert "ในหน้า 2" in said
    assert NUMBER not in said
    assert not StoredFile.objects.filter(derivation="redacted").exists()


def test_a_failed_attempt_stays_and_the_next_begins_where_it_ended(officer: Actor) -> None:
    row, _original = with_pdf(officer, LINE, f"อีกหน้า {NUMBER}")
    drawn(row, officer, *(one for one in marks_over(row, NUMBER) if one.page == 1))
    failed = asked(row, officer)
    work_off()

    actions.add_marks(target=target(row), marks=marks_over(row, NUMBER), by=officer, at=NOW)
    second = asked(row, officer)
    work_off()

    failed.refresh_from_db()
    second.refresh_from_db()
    assert failed.pk != second.pk
    assert (failed.state, second.state) == (RedactionState.FAILED, RedactionState.VERIFIED)
    assert len(second.covers) == len(failed.covers) + 1


def test_a_short_number_elsewhere_is_let_stand_by_who_has_looked(officer: Actor) -> None:
    row, _original = with_pdf(officer, "ผู้รับเงินลำดับ 48213 รายแรก", "โครงการรหัส 48213 ของกองช่าง")
    drawn(row, officer, *(one for one in marks_over(row, "48213") if one.page == 1))
    first = asked(row, officer)
    work_off()
    first.refresh_from_db()
    assert {one["kind"] for one in first.problems} == {"short_still_there"}

    second = asked(row, officer, accepts_problems=True)
    work_off()

    second.refresh_from_db()
    assert second.state == RedactionState.VERIFIED
    assert second.accepted == first.problems


def test_a_table_comes_out_without_covered_and_hidden_cells_and_with_its_twin(
    officer: Actor,
) -> None:
    row, _original = with_upload(officer, "เบี้ย.xlsx", factories.welfare_book())

    redaction = made(row, officer, NUMBER, PERSON)

    files = {one.slot: one.file for one in row.attachments.present()}
    assert redaction.state == RedactionState.VERIFIED
    assert [files[slot].name for slot in files] == ["เบี้ย (ปิดทับ).xlsx", "เบี้ย (ปิดทับ).csv"]
    assert files["main"].derivation == "redacted"
    twin = next(file for slot, file in files.items() if slot != "main")
    assert (twin.derivation, twin.derived_from) == ("twin", files["main"])
    said = text_of(files["main"]) + text_of(twin)
    assert "มาลี" in said
    for secret in (NUMBER, PERSON, "ซ่อน", "ลับ"):
        assert secret not in said


def test_a_worker_that_dies_half_way_is_followed_by_one_that_makes_it(
    officer: Actor, row: Disclosure
) -> None:
    drawn(row, officer, *marks_over(row, NUMBER))
    redaction = asked(row, officer)
    abandoned = redaction_making(RedactionMaker())
    assert abandoned

    work_off()

    redaction.refresh_from_db()
    assert (redaction.state, redaction.attempts) == (RedactionState.VERIFIED, 2)
    assert row.attachments.present().count() == 1


def test_a_worker_that_dies_after_attaching_leaves_one_result(
    officer: Actor, row: Disclosure
) -> None:
    redaction = made(row, officer, NUMBER)
    revisions = row.revisions.count()
    Redaction.objects.filter(pk=redaction.pk).update(state=RedactionState.MAKING, result=None)

    work_off()

    redaction.refresh_from_db()
    assert redaction.state == RedactionState.VERIFIED
    assert redaction.result == lying(row)
    assert row.revisions.count() == revisions


def test_what_kills_its_maker_three_times_is_given_up(officer: Actor, row: Disclosure) -> None:
    drawn(row, officer)
    redaction = asked(row, officer)
    dying = RedactionMaker(command=(sys.executable, "-c", "import os; os.abort()"))

    work_off(dying)

    redaction.refresh_from_db()
    assert (redaction.state, redaction.attempts) == (RedactionState.FAILED, making.MOST_ATTEMPTS)
    assert [one["kind"] for one in redaction.problems] == ["ended"]


def test_what_takes_too_long_is_ended_and_says_so(officer: Actor, row: Disclosure) -> None:
    drawn(row, officer)
    redaction = asked(row, officer)
    command = (sys.executable, "-c", "import time; time.sleep(600)")

    work_off(RedactionMaker(command=command, seconds=-59.5))

    redaction.refresh_from_db()
    assert [one["kind"] for one in redaction.problems] == ["time"]


def test_what_needs_too_much_memory_says_so(officer: Actor, row: Disclosure) -> None:
    drawn(row, officer)
    redaction = asked(row, officer)

    work_off(RedactionMaker(memory=180 * 1024 * 1024))

    redaction.refresh_from_db()
    assert redaction.state == RedactionState.FAILED
    assert {one["kind"] for one in redaction.problems} <= {"memory", "ended"}


def test_a_file_that_was_replaced_meanwhile_stays(officer: Actor, row: Disclosure) -> None:
    drawn(row, officer)
    redaction = asked(row, officer)
    _row, other = with_upload(officer, "อื่น.txt", b"another", row)

    work_off()

    redaction.refresh_from_db()
    assert [one["kind"] for one in redaction.problems] == ["replaced"]
    assert lying(row) == other


def test_nothing_is_left_in_the_folder_of_what_is_under_way(
    officer: Actor, row: Disclosure
) -> None:
    redaction = made(row, officer, NUMBER)

    folder: Path = step_path(redaction).parent
    assert list(folder.glob(f"redaction-{redaction.pk}*")) == []


def test_asking_twice_makes_one_file(officer: Actor, row: Disclosure) -> None:
    drawn(row, officer)

    assert asked(row, officer).pk == asked(row, officer).pk
    assert Redaction.objects.count() == 1


def test_undoing_puts_the_original_back_and_takes_the_twin_out(officer: Actor) -> None:
    row, original = with_upload(officer, "เบี้ย.xlsx", factories.welfare_book())
    redaction = made(row, officer, NUMBER)

    actions.undo(disclosure=row, slot="main", by=officer, at=NOW)

    redaction.refresh_from_db()
    assert row.attachments.present().get().file == original
    assert (redaction.undone_at, redaction.undone_by_id) == (NOW, officer.person_id)
    assert queries.in_force(row) == {}
    with pytest.raises(CannotRedactFile):
        actions.undo(disclosure=row, slot="main", by=officer, at=NOW)


def test_a_picture_is_redacted_too(officer: Actor) -> None:
    picture = BytesIO()
    Image.new("RGB", (800, 600), "white").save(picture, "PNG")
    row, original = with_upload(officer, "บัตร.png", picture.getvalue())
    PageReading.objects.filter(sha256=original.sha256).update(state="read")
    drawn(row, officer, a_box())

    redaction = asked(row, officer)
    work_off()

    redaction.refresh_from_db()
    assert redaction.state == RedactionState.VERIFIED, redaction.problems
    with Image.open(path_of(lying(row))) as made_picture:
        assert made_picture.convert("RGB").getpixel((200, 90)) == (0, 0, 0)


def test_a_page_without_number_stays_as_it_is(officer: Actor, row: Disclosure) -> None:
    made(row, officer, NUMBER)

    assert OTHER[:20] in text_of(lying(row))
