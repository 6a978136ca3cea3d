"""Pages without a text layer are read by the machine, one after the other, and nothing about them is lost."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.files import queries
from prongsai.files.actions import (
    MOST_ATTEMPTS,
    begin_reading,
    fail_reading,
    finish_reading,
    receive,
)
from prongsai.files.models import PageReading, StoredFile
from prongsai.files.queries import Progress
from prongsai.files.rules import PageText, Word
from prongsai.files.states import ReadingState
from tests.factories import NOW, actor
from tests.files import samples

pytestmark = pytest.mark.django_db
WORD = Word(0, 6, 0.1, 0.2, 0.3, 0.25, 0.9)


@pytest.fixture(autouse=True)
def shelf(tmp_path: Any, settings: Any) -> None:
    backend = "django.core.files.storage.FileSystemStorage"
    options = {"location": str(tmp_path / "files")}
    settings.STORAGES = settings.STORAGES | {"files": {"BACKEND": backend, "OPTIONS": options}}


def take(name: str, content: bytes, *, later: int = 0) -> StoredFile:
    at = NOW + timedelta(seconds=later)
    return receive(upload=samples.upload(name, content), by=actor(), at=at)


def read(page: PageReading, text: str = "ประกาศ") -> None:
    begin_reading(page=page)
    finish_reading(page=page, text=text, confidence=0.81234, words=[WORD], at=NOW)


def test_only_pages_without_text_are_read() -> None:
    take("a.pdf", samples.pdf())
    take("b.txt", b"text")
    assert queries.next_to_read() is None
    scan = take("c.pdf", samples.scanned_pdf())
    waiting = queries.next_to_read()
    assert waiting is not None
    assert (waiting.sha256, waiting.number) == (scan.sha256, 1)


def test_what_was_read_stands_where_there_was_nothing() -> None:
    stored = take("a.pdf", samples.scanned_pdf())
    [page] = PageReading.objects.all()
    read(page)
    assert queries.text_pages(stored) == [
        PageText(1, "ประกาศ", "ocr", confidence=0.812, words=(WORD,))
    ]
    assert queries.reading_progress(stored) == Progress(asked=1, read=1, failed=0)


def test_what_the_page_itself_tells_follows_what_was_read() -> None:
    stored = take("a.pdf", samples.scanned_pdf("page 12"))
    [page] = PageReading.objects.all()
    read(page)
    [shown] = queries.text_pages(stored)
    assert shown.text == "ประกาศ\npage 12"


def test_the_same_bytes_are_read_once() -> None:
    # Made once: a PDF that is made twice may have two names.
    content = samples.scanned_pdf()
    first, second = (take(name, content) for name in ("a.pdf", "b.pdf"))
    [page] = PageReading.objects.all()
    read(page)
    assert queries.text_pages(first) == queries.text_pages(second)


def test_a_long_scan_does_not_keep_a_single_page_waiting() -> None:
    take("long.pdf", samples.blank_pdf(5))
    first = queries.next_to_read()
    assert first is not None
    read(first)
    short = take("short.pdf", samples.scanned_pdf(), later=60)
    following = queries.next_to_read()
    assert following is not None
    assert following.sha256 == short.sha256


def test_somebody_with_many_scans_keeps_only_themselves_waiting() -> None:
    by = actor()
    for number in range(4):
        scan = samples.upload("scan.pdf", samples.scanned_pdf(f"page {number}"))
        receive(upload=scan, by=by, at=NOW)
    first = queries.next_to_read()
    assert first is not None
    read(first)
    stream = samples.upload("other.pdf", samples.scanned_pdf("other"))
    other = receive(upload=stream, by=actor("other"), at=NOW + timedelta(seconds=60))
    following = queries.next_to_read()
    assert following is not None
    assert following.sha256 == other.sha256


def test_a_broken_page_is_tried_again_after_the_others_and_then_left_unread() -> None:
    stored = take("a.pdf", samples.blank_pdf(2))
    broken = queries.next_to_read()
    assert broken is not None
    for _attempt in range(MOST_ATTEMPTS):
        begin_reading(page=broken)
        fail_reading(page=broken, problem="timeout", at=NOW)
    other = queries.next_to_read()
    assert other is not None
    assert other.number == 2
    read(other)
    broken.refresh_from_db()
    assert (broken.state, broken.problem) == (ReadingState.FAILED, "timeout")
    assert [page.source for page in queries.text_pages(stored)] == ["none", "ocr"]
    assert queries.reading_progress(stored) == Progress(asked=2, read=1, failed=1)


def test_between_two_attempts_another_page_has_its_turn() -> None:
    take("a.pdf", samples.blank_pdf(2))
    first = queries.next_to_read()
    assert first is not None
    begin_reading(page=first)
    fail_reading(page=first, problem="crash", at=NOW)
    following = queries.next_to_read()
    assert following is not None
    assert following.number == 2


def test_a_late_answer_about_a_read_page_is_dropped() -> None:
    stored = take("a.pdf", samples.scanned_pdf())
    [page] = PageReading.objects.all()
    read(page)
    read(page, text="อื่น")
    fail_reading(page=page, problem="late", at=NOW)
    assert queries.text_pages(stored)[0].text == "ประกาศ"


def test_a_text_that_nobody_checked_cannot_be_asked_for() -> None:
    stored = take("a.txt", b"text")
    with pytest.raises(LookupError):
        queries.text_pages(stored, text_sha256="0" * 64)
