"""Files that are in already are looked into behind the same wall: what they do there harms nobody."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prongsai.files import letter_places, rules
from prongsai.files.examination import accepted
from prongsai.files.examination.accepted import SENTENCES, CannotLook
from prongsai.files.examination.isolated import EXAMINER
from prongsai.files.pdf_pages import read_pages
from prongsai.files.recognition import pages
from prongsai.files.redaction import sheet_reading
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.refusals import Refused
from prongsai.files.rules import PageText, Word
from prongsai.files.table_rows import UnreadableTable
from tests.files import samples
from tests.files.killing import killing

Look = Callable[[Path], object]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    path = tmp_path / "accepted"
    path.write_bytes(samples.typst_pdf(samples.THAI, "สอง"))
    return path


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book"
    path.write_bytes(samples.workbook())
    return path


@pytest.fixture
def alone() -> int:
    """The process that is asked next: there is no other, and it does nothing until it is woken."""
    EXAMINER.close()
    EXAMINER.start()
    [process] = EXAMINER.process_ids
    os.kill(process, signal.SIGSTOP)
    return process


def rows(path: Path) -> list[list[str]]:
    with accepted.table_rows(path, "a.xlsx") as found:
        return list(found)


def test_a_page_is_drawn_there_as_here(pdf: Path) -> None:
    assert accepted.page_picture(pdf, rules.PDF, 2, 300) == pages.page_picture(
        pdf, rules.PDF, 2, 300
    )


def test_letters_stand_there_where_they_stand_here(pdf: Path) -> None:
    [page, _second] = read_pages(pdf)

    assert accepted.locate(pdf, rules.PDF, page) == letter_places.locate(pdf, rules.PDF, page)


def test_sheets_show_there_what_they_show_here(book: Path) -> None:
    there, here = (
        accepted.read_sheets(book, rules.XLSX),
        sheet_reading.read_sheets(book, rules.XLSX),
    )

    assert [sheet.text() for sheet in there] == [sheet.text() for sheet in here]
    assert [vars(sheet) | {"cells": 0} for sheet in there] == [
        vars(sheet) | {"cells": 0} for sheet in here
    ]


def test_words_are_laid_over_a_scan(pdf: Path, tmp_path: Path) -> None:
    page = PageText(1, "คำ", "ocr", 0.9, words=(Word(0, 2, 0.1, 0.9, 0.2, 0.95),))

    accepted.searchable_pdf(pdf, tmp_path / "made", [page])

    assert "คำ" in read_pages(tmp_path / "made")[0].text


def test_what_is_no_pdf_any_more_gets_no_words(book: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="PDF"):
        accepted.searchable_pdf(book, tmp_path / "made", [])


@pytest.mark.parametrize(
    "look",
    [
        lambda path: accepted.page_picture(path, rules.PDF, 1, 300),
        lambda path: accepted.page_picture(path, rules.JPEG, 1, 300),
        lambda path: accepted.locate(path, rules.PDF, PageText(1, "ก")),
    ],
)
def test_a_broken_file_is_told_to_be_broken(tmp_path: Path, look: Look) -> None:
    path = tmp_path / "broken"
    path.write_bytes(b"%PDF-1.7 nothing")

    with pytest.raises(CannotLook) as why:
        look(path)

    assert why.value.reason == "broken"


def test_tables_that_cannot_be_read_say_why(pdf: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotRedact, match="โปรดเปิดด้วยโปรแกรมตาราง"):
        accepted.read_sheets(pdf, rules.XLSX)
    with pytest.raises(Refused), accepted.table_rows(pdf, "a.xlsx"):
        pass
    with pytest.raises(UnreadableTable, match="no_table"), accepted.table_rows(pdf, "a.pdf"):
        pass


LOOKS: dict[str, Look] = {
    "picture": lambda path: accepted.page_picture(path, rules.PDF, 1, 300),
    "letters": lambda path: accepted.locate(path, rules.PDF, PageText(1, "ก")),
    "sheets": lambda path: accepted.read_sheets(path, rules.XLSX),
    "searchable": lambda path: accepted.searchable_pdf(path, path.with_name("made"), []),
    "rows": rows,
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_what_kills_its_process_is_told_in_a_sentence_and_the_next_is_seen(
    pdf: Path, look: Look
) -> None:
    with (
        killing(lambda: EXAMINER.process_ids),
        pytest.raises(CannotLook, match="หยุดกลางคัน"),
    ):
        look(pdf)

    assert accepted.page_picture(pdf, rules.PDF, 1, 300)


def test_what_hangs_is_told_in_a_sentence_and_the_next_is_seen(
    alone: int, pdf: Path, settings: Any
) -> None:
    settings.EXAMINATION_SECONDS = 0.3
    with pytest.raises(CannotLook) as why:
        accepted.page_picture(pdf, rules.PDF, 1, 300)
    settings.EXAMINATION_SECONDS = 60

    assert str(why.value) == str(SENTENCES["time"])
    assert alone not in EXAMINER.process_ids
    assert accepted.page_picture(pdf, rules.PDF, 1, 300)
