"""The files of a long table: made by the worker of the rows as they are, laid in whole or not at all."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from prongsai.disclosures import actions
from prongsai.disclosures.actions.table_files import MOST_ATTEMPTS
from prongsai.disclosures.kinds import missing_fields
from prongsai.disclosures.models import Disclosure, TableMaking
from prongsai.disclosures.states import MakingProblem, Stage
from prongsai.disclosures.tables import making
from prongsai.disclosures.tables.catalogue import table_form
from prongsai.disclosures.tables.isolated import TableMaker
from prongsai.disclosures.tables.making import files_of, is_quick
from prongsai.disclosures.tables.table import Table
from prongsai.disclosures.tasks import TableFiles, step_of
from prongsai.files import places
from prongsai.files.actions.receiving import CannotReceive
from prongsai.files.models import StoredFile
from prongsai.files.queries import path_of
from prongsai.files.tasks import SlowTask
from prongsai.organisation.models import Act
from prongsai.screening.actions import submit_for_screening
from prongsai.screening.refusals import CannotScreen
from tests.disclosures.factories import disclosure
from tests.disclosures.test_tables import example, skr1
from tests.disclosures.test_tabling import BODY, content_of, form, saved
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db
NO_FONT = skr1({**example("skr1"), "work": "\U0001f600"})
OTHER = skr1({**example("skr1"), "work": "งานอื่น"})


@pytest.fixture(autouse=True)
def every_table_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the worker has one row to make files of, not hundreds."""
    monkeypatch.setattr(making, "LETTERS_AT_ONCE", 0)


# Stands in for the typesetter where it does not matter what is in the files: it takes a twentieth of the time.
QUICK = """
import json, pathlib
target = json.loads(input())["question"]["target"]
print('{"begun": true}\\n{"step": "checking"}', flush=True)
read = {}
for ending in ("pdf", "xlsx", "csv"):
    pathlib.Path(f"{target}.{ending}").write_text(ending)
    read[f"table-{ending}"] = {"media_type": ending, "texts": [], "pages": 1, "notes": []}
print(json.dumps({"read": read}))
"""


def quick() -> TableMaker:
    return TableMaker(command=(sys.executable, "-c", QUICK))


def begun(maker: TableMaker | None = None) -> SlowTask:
    task = TableFiles(maker or quick())()
    assert task
    return task


def turned(maker: TableMaker | None = None) -> None:
    """As the worker does it, in this very thread."""
    task = begun(maker)
    try:
        made = task.run()
    except Exception as error:  # noqa: BLE001 -- as the lane does
        task.failed(error, NOW)
    else:
        task.done(made, NOW)


def answering(*answers: Any) -> TableMaker:
    """Its process says this to whatever it is asked, and ends."""
    lines = "".join(f"{json.dumps(each)}\n" for each in ({"begun": True}, *answers))
    return TableMaker(command=(sys.executable, "-c", f"input(); print({lines!r})"))


def slots(work: Disclosure) -> list[str]:
    work.refresh_from_db()
    return [file.slot for file in content_of(work).files]


def problem(work: Disclosure) -> str | None:
    return TableMaking.objects.values_list("problem", flat=True).filter(pk=work.pk).first()


def leftovers() -> list[Path]:
    return list(places.work_path("any").parent.glob("table-*"))


def test_a_table_is_long_by_its_rows_or_by_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "LETTERS_AT_ONCE", 30_000)
    row = example("skr1")
    wordy = {**row, "work": "ก" * 2_000}

    assert is_quick(form(), Table("skr1", (row,) * 90))
    assert not is_quick(form(), Table("skr1", (row,) * 110))
    assert not is_quick(form(), Table("skr1", (wordy,) * 14))


def test_the_rows_are_kept_at_once_and_the_work_is_not_sent_before_its_files_are_there() -> None:
    work = saved(skr1())

    assert (content_of(work).table, slots(work)) == (skr1(made_date=NOW.date()), [])
    assert work.latest
    assert any("ยังทำไม่เสร็จ" in sentence for sentence in missing_fields(work.latest.content))
    with pytest.raises(CannotScreen, match="ยังทำไม่เสร็จ"):
        submit_for_screening(disclosure=work, by=actor(), at=NOW)


def test_the_worker_makes_the_bytes_that_a_request_would_make_in_the_name_of_who_asked() -> None:
    work = saved(skr1())
    turned(TableMaker())
    work.refresh_from_db()
    content = content_of(work)
    found = table_form("skr1")
    assert found
    assert content.table
    kept = {
        each.slot: path_of(StoredFile.objects.get(pk=each.file_id)).read_bytes()
        for each in content.files
    }

    assert kept == files_of(found, content.table, body=BODY)
    assert work.latest
    assert not any("ยังทำไม่เสร็จ" in each for each in missing_fields(work.latest.content))
    asked, laid = work.revisions.filter(sequence__gte=3).values_list("author", flat=True)
    assert asked == laid
    assert (problem(work), leftovers()) == (None, [])


def test_a_file_that_is_made_late_has_the_text_that_one_made_at_once_has() -> None:
    late, at_once = saved(skr1()), disclosure("procurement")
    turned(TableMaker())
    actions.set_table(
        disclosure=at_once, table=skr1(), base_sequence=2, by=actor(), at=NOW, at_once=True
    )
    texts = [
        [StoredFile.objects.get(pk=each.file_id).text for each in content_of(work).files]
        for work in (late, at_once)
        if work.refresh_from_db() is None
    ]

    assert texts[0] == texts[1]
    assert len(texts[0]) == 3


def test_rows_that_were_saved_meanwhile_get_no_files_of_those_before() -> None:
    work = saved(skr1())
    task = begun()
    made = task.run()
    saved(OTHER, work, base=3)
    task.done(made, NOW)

    assert (slots(work), problem(work), leftovers()) == ([], "", [])
    turned()
    assert slots(work) == ["table-pdf", "table-xlsx", "table-csv"]


def emptied(work: Disclosure) -> None:
    actions.drop_table(disclosure=work, by=actor(), at=NOW)


def discarded(work: Disclosure) -> None:
    actions.discard(disclosure=work, by=actor(), at=NOW)


@pytest.mark.parametrize(("change", "left"), [(emptied, None), (discarded, "")])
def test_files_come_into_nothing_that_was_emptied_or_given_up(
    change: Callable[[Disclosure], None], left: str | None
) -> None:
    work = saved(skr1())
    task = begun()
    made = task.run()
    change(work)
    task.done(made, NOW)

    assert (slots(work), problem(work), leftovers()) == ([], left, [])
    assert TableFiles(TableMaker())() is None


def test_what_is_taken_up_again_gets_its_files() -> None:
    work = saved(skr1())
    discarded(work)
    actions.resume(disclosure=work, by=actor(), at=NOW)
    turned()

    assert len(slots(work)) == 3


def test_a_correction_that_is_given_up_has_the_files_that_are_public() -> None:
    work = saved(skr1())
    turned()
    work.refresh_from_db()
    public = content_of(work).files
    work.published_revision, work.stage = work.latest, Stage.RESTING
    work.save()
    actions.begin_correction(disclosure=work, by=actor(), at=NOW)
    saved(OTHER, work, base=4)
    discarded(work)
    actions.begin_correction(disclosure=work, by=actor(), at=NOW)

    assert content_of(work).files == public
    assert TableFiles(TableMaker())() is None
    assert problem(work) is None


def test_what_a_killed_worker_left_is_made_by_the_next_once() -> None:
    work = saved(skr1())
    # Killed after everything was made, before any of it was laid in.
    first = begun()
    lost = first.run()
    turned()
    there = slots(work)
    # And were it not dead but late:
    first.done(lost, NOW)

    assert slots(work) == there
    assert work.revisions.count() == 4
    assert work.attachments.count() == 3


def test_a_table_that_kills_its_maker_is_left_after_three_times_and_tried_anew_when_asked() -> None:
    work = saved(skr1())
    for _ in range(MOST_ATTEMPTS):
        turned(answering())

    assert TableFiles(TableMaker())() is None
    assert problem(work) == MakingProblem.ENDED
    actions.ask_for_files(disclosure=work, by=actor(), at=NOW + timedelta(hours=1))
    turned()
    assert len(slots(work)) == 3
    assert Act.objects.filter(verb="ask_for_table_files").count() == 1


def test_the_same_rows_saved_again_after_a_failure_ask_again() -> None:
    work = saved(skr1())
    TableMaking.objects.update(problem=MakingProblem.ENDED)
    saved(skr1(), work, base=3)

    assert problem(work) == ""


def test_a_sign_that_no_typeface_has_is_told_with_what_to_do() -> None:
    work = saved(NO_FONT)
    turned(TableMaker())

    making = TableMaking.objects.get(pk=work.pk)
    assert making.problem == MakingProblem.CANNOT_SET
    assert "โปรดลบหรือพิมพ์เป็นคำแทน" in making.detail
    saved(skr1(), work, base=3)
    assert problem(work) == ""


def test_what_may_not_come_in_is_told_with_its_reason() -> None:
    work = saved(skr1())
    turned(answering({"refused": "รับ PDF นี้ไม่ได้ เพราะมี 1101 หน้า"}))

    making = TableMaking.objects.get(pk=work.pk)
    assert making.problem == MakingProblem.REFUSED
    assert making.detail == "รับ PDF นี้ไม่ได้ เพราะมี 1101 หน้า"


def test_a_full_disk_leaves_nothing_half_made(monkeypatch: pytest.MonkeyPatch) -> None:
    work = saved(skr1())
    task = begun()
    made = task.run()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(places, "put", full)
        with pytest.raises(CannotReceive):
            task.done(made, NOW)

    assert (slots(work), problem(work), leftovers()) == ([], "", [])
    assert StoredFile.objects.count() == 0
    turned()
    assert len(slots(work)) == 3


def test_without_the_scanner_s_word_nothing_is_laid_and_no_attempt_is_counted(
    settings: Any, tmp_path: Path
) -> None:
    work = saved(skr1())
    settings.VIRUS_SCANNER = str(tmp_path / "socket")
    for _ in range(MOST_ATTEMPTS + 1):
        turned()

    making = TableMaking.objects.get(pk=work.pk)
    assert (slots(work), making.problem, making.attempts) == ([], "", 0)
    assert step_of(making) == "scanning"
    settings.VIRUS_SCANNER = ""
    turned()
    assert len(slots(work)) == 3


def test_how_far_it_is_can_be_seen() -> None:
    work = saved(skr1())
    making = TableMaking.objects.get(pk=work.pk)
    before = step_of(making)
    task = begun()
    made = task.run()
    during = step_of(making)
    task.done(made, NOW)

    assert (before, during, step_of(making)) == ("", "checking", "")
