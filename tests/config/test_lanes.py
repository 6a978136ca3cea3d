"""A redaction that takes long holds up nobody's page; only where memory is short do pages wait for it."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from prongsai.config.lanes import Lanes
from prongsai.disclosures.actions import set_table
from prongsai.disclosures.tables import making
from prongsai.disclosures.tables.isolated import TableMaker
from prongsai.files.actions import receive
from prongsai.files.models import PageReading
from prongsai.files.recognition.isolated import IsolatedReader
from prongsai.files.redaction.isolated import RedactionMaker
from prongsai.files.states import ReadingState
from prongsai.screening.models import Redaction
from prongsai.screening.states import RedactionState
from tests.disclosures.factories import disclosure
from tests.disclosures.test_tables import skr1
from tests.factories import NOW, actor
from tests.files.samples import upload
from tests.files.scans import scan
from tests.screening.redacting.conftest import shelf  # noqa: F401 -- used by every test
from tests.screening.redacting.factories import asked, drawn, with_pdf

pytestmark = pytest.mark.django_db
PATIENT = 60.0


def sleeping(folder: Path) -> RedactionMaker:
    """Its process sleeps until somebody says that it may fail."""
    program = (
        "import pathlib, sys, time\n"
        f"while not pathlib.Path({str(folder / 'enough')!r}).exists(): time.sleep(0.05)\n"
    )
    return RedactionMaker(command=(sys.executable, "-c", program))


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as opened:
        yield opened


@pytest.fixture
def waiting() -> None:
    """A redaction that was asked for, and a page that is to be read."""
    officer = actor()
    row, _stored = with_pdf(officer)
    drawn(row, officer)
    asked(row, officer)
    receive(upload=upload("scan.pdf", scan("ตลาดสด")), by=officer, at=NOW)


def turn_until(lanes: Lanes, is_enough: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENT
    while not is_enough():
        assert time.monotonic() < deadline
        lanes.turn(at=NOW)
        time.sleep(0.02)


def is_read() -> bool:
    return PageReading.objects.get().state == ReadingState.READ


def is_made() -> bool:
    return Redaction.objects.get().state == RedactionState.FAILED


@pytest.mark.usefixtures("waiting")
def test_a_page_is_read_while_a_redaction_takes_long(
    reader: IsolatedReader, tmp_path: Path
) -> None:
    lanes = Lanes(reader, sleeping(tmp_path), TableMaker())

    turn_until(lanes, is_read)

    assert (Redaction.objects.get().state, lanes.is_busy) == (RedactionState.MAKING, True)
    lanes.stop()


@pytest.mark.usefixtures("waiting")
def test_where_memory_is_short_a_page_waits_until_the_redaction_is_made(
    reader: IsolatedReader, tmp_path: Path
) -> None:
    maker = sleeping(tmp_path)
    lanes = Lanes(reader, maker, TableMaker(), memory=1)
    turn_until(lanes, lambda: maker.resident > 0)
    for _turn in range(20):
        lanes.turn(at=NOW)
    assert not is_read()

    (tmp_path / "enough").touch()
    turn_until(lanes, lambda: is_made() and is_read())

    # Giving way is none of its attempts.
    assert PageReading.objects.get().attempts == 1
    lanes.stop()


@pytest.mark.usefixtures("waiting")
def test_without_a_reader_redactions_are_made_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "enough").touch()
    lanes = Lanes(None, sleeping(tmp_path), TableMaker())

    turn_until(lanes, is_made)

    assert not is_read()
    lanes.stop()


@pytest.mark.usefixtures("waiting")
def test_a_table_has_its_turn_before_a_redaction_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "LETTERS_AT_ONCE", 0)
    work, by = disclosure("procurement"), actor()
    set_table(disclosure=work, table=skr1(), base_sequence=2, by=by, at=NOW)
    (tmp_path / "enough").touch()
    lanes = Lanes(None, sleeping(tmp_path), TableMaker())

    turn_until(lanes, lambda: work.attachments.count() == 3)

    assert Redaction.objects.get().state == RedactionState.MAKING
    lanes.stop()
