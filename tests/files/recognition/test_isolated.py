"""A page that hangs, crashes or is too large costs that page: the next one is read."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from prongsai.files import rules
from prongsai.files.recognition.isolated import IsolatedReader, PageFailed
from tests.files.killing import killing
from tests.files.recognition.printed import picture, saved
from tests.files.samples import typst_pdf

SAID = "หน้าที่สอง"


@pytest.fixture(scope="module")
def reader() -> Iterator[IsolatedReader]:
    with IsolatedReader() as opened:
        yield opened


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return saved(picture(SAID), tmp_path / "good.png")


def test_a_page_is_read_as_it_is_here(reader: IsolatedReader, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    path.write_bytes(typst_pdf("หน้าที่หนึ่ง", SAID))

    assert reader.page(path, rules.PDF, 2).text == SAID
    assert reader.page(good, rules.PNG, 1).words[0].start == 0


@pytest.mark.parametrize(
    ("content", "media_type", "number"),
    [
        (b"", rules.PNG, 1),
        (b"%PDF-1.7 nothing", rules.PDF, 1),
        (b"\x89PNG\r\n\x1a\n nothing", rules.PNG, 1),
        (typst_pdf(SAID), rules.PDF, 2),
        (typst_pdf(SAID), rules.PDF, 0),
    ],
)
def test_a_broken_page_is_said_to_be_broken(
    reader: IsolatedReader, tmp_path: Path, good: Path, content: bytes, media_type: str, number: int
) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(content)

    with pytest.raises(PageFailed) as failed:
        reader.page(broken, media_type, number)

    assert failed.value.reason == "broken"
    assert reader.page(good, rules.PNG, 1).text == SAID


def test_a_page_that_hangs_is_given_up(reader: IsolatedReader, good: Path) -> None:
    assert reader.page(good, rules.PNG, 1).text == SAID

    hanging = IsolatedReader(seconds=0.3)
    with hanging, pytest.raises(PageFailed) as failed:
        hanging.page(good, rules.PNG, 1)

    assert failed.value.reason == "time"


def stopped(reader: IsolatedReader, good: Path) -> int:
    """The number of the reading process, which does nothing until it is woken."""
    reader.page(good, rules.PNG, 1)
    process = reader.process_id
    assert process is not None
    os.kill(process, signal.SIGSTOP)
    return process


def test_a_crash_costs_one_page(reader: IsolatedReader, good: Path) -> None:
    with (
        killing(lambda: [reader.process_id] if reader.process_id else []),
        pytest.raises(PageFailed) as failed,
    ):
        reader.page(good, rules.PNG, 1)

    assert failed.value.reason == "ended"
    assert reader.page(good, rules.PNG, 1).text == SAID


def test_a_process_that_died_between_pages_costs_none(reader: IsolatedReader, good: Path) -> None:
    os.kill(stopped(reader, good), signal.SIGKILL)
    time.sleep(0.2)

    assert reader.page(good, rules.PNG, 1).text == SAID


def test_a_page_that_takes_too_much_memory_costs_one_page(good: Path, tmp_path: Path) -> None:
    huge = saved(Image.new("RGB", (9_900, 9_900), "white"), tmp_path / "huge.png")

    with IsolatedReader(memory=512 * 1024 * 1024) as reader:
        with pytest.raises(PageFailed) as failed:
            reader.page(huge, rules.PNG, 1)

        assert failed.value.reason == "memory"
        assert reader.page(good, rules.PNG, 1).text == SAID


ORPHAN = """
import os, sys, time
from pathlib import Path
from prongsai.files.recognition.isolated import IsolatedReader
from tests.files.killing import killing
reader = IsolatedReader()
reader.page(Path(sys.argv[1]), "image/png", 1)
print(reader.process_id, flush=True)
os._exit(1)
"""


def test_the_reading_process_ends_with_whoever_asked(good: Path) -> None:
    parent = subprocess.run(
        [sys.executable, "-c", ORPHAN, str(good)], capture_output=True, text=True
    )

    orphan = Path("/proc") / parent.stdout.strip()
    deadline = time.monotonic() + 60
    while orphan.exists() and time.monotonic() < deadline:
        time.sleep(0.1)

    assert parent.stdout.strip().isdigit()
    assert not orphan.exists()
