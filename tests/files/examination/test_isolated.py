"""A file that hangs, crashes or fills whatever looks at it is refused, and the next one is read."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from pathlib import Path

import pytest
from PIL import Image

from prongsai.files import reading
from prongsai.files.examination.isolated import MOST_WAITING, AllBusy, Examiner
from prongsai.files.refusals import Refused
from tests.files import samples
from tests.files.killing import killing

# Far beyond what a busy machine needs for the small files of these tests.
PATIENT = 60.0


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    opened = Examiner(processes=1)
    yield opened
    opened.close()


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "text"
    path.write_text("ข้อความ", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def largest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("largest") / "picture"
    Image.new("P", (10_000, 10_000), 3).save(path, "PNG", compress_level=1)
    return path


def said(examiner: Examiner, path: Path) -> str:
    return examiner.read(path, "a.txt", seconds=PATIENT).texts[0].text


def stopped(examiner: Examiner) -> int:
    """The examining process, which does nothing until it is woken."""
    examiner.start()
    [process] = examiner.process_ids
    os.kill(process, signal.SIGSTOP)
    return process


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENT
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def refusal(
    examiner: Examiner, path: Path, *, name: str = "a.txt", seconds: float = PATIENT
) -> str:
    with pytest.raises(Refused) as refused:
        examiner.read(path, name, seconds=seconds)
    return refused.value.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", samples.typst_pdf(samples.THAI, "สอง")),
        ("a.xlsx", samples.workbook()),
        ("a.jpg", samples.photograph()),
        ("a.txt", "ข้อความ".encode("cp874")),
    ],
)
def test_a_file_says_there_what_it_says_here(
    examiner: Examiner, tmp_path: Path, name: str, content: bytes
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    here.write_bytes(content)
    there.write_bytes(content)

    assert examiner.read(there, name, seconds=PATIENT) == reading.read(here, name)
    assert there.read_bytes() == here.read_bytes()


def test_a_refusal_brings_its_reason_and_what_it_names(examiner: Examiner, tmp_path: Path) -> None:
    path = tmp_path / "draft"
    path.write_bytes(samples.pdf())

    with pytest.raises(Refused, match=r"\.docx ไม่ตรงกับเนื้อหาจริงซึ่งเป็น \.pdf"):
        examiner.read(path, "a.docx", seconds=PATIENT)


def test_a_copy_whose_words_are_known_is_only_looked_at(examiner: Examiner, tmp_path: Path) -> None:
    path = tmp_path / "draft"
    path.write_bytes(samples.pdf())

    read = examiner.look_only(path, "a.pdf", seconds=PATIENT)

    assert (read.pages, read.texts) == (1, ())


def test_a_file_that_kills_its_process_is_refused_and_the_next_is_read(
    examiner: Examiner, text: Path
) -> None:
    examiner.start()
    with killing(lambda: examiner.process_ids):
        assert refusal(examiner, text) == "examination_ended"

    assert said(examiner, text) == "ข้อความ"


def test_a_process_that_dies_before_it_looks_costs_no_file(examiner: Examiner, text: Path) -> None:
    threading.Timer(0.3, os.kill, (stopped(examiner), signal.SIGKILL)).start()

    assert said(examiner, text) == "ข้อความ"


def test_a_file_that_hangs_is_refused_and_the_next_is_read(examiner: Examiner, text: Path) -> None:
    process = stopped(examiner)

    assert refusal(examiner, text, seconds=0.3) == "examination_time"
    assert said(examiner, text) == "ข้อความ"
    assert process not in examiner.process_ids


def test_a_file_that_eats_memory_is_refused_and_the_next_is_read(largest: Path, text: Path) -> None:
    examiner = Examiner(memory=400 * 1024 * 1024, processes=1)

    assert refusal(examiner, largest, name="a.png") == "examination_memory"
    assert said(examiner, text) == "ข้อความ"
    examiner.close()


def test_the_largest_picture_that_may_come_in_has_enough_memory(
    examiner: Examiner, largest: Path, tmp_path: Path
) -> None:
    draft = shutil.copyfile(largest, tmp_path / "draft")

    assert examiner.read(draft, "a.png", seconds=PATIENT).media_type == "image/png"


def test_a_process_that_died_between_two_files_costs_none(examiner: Examiner, text: Path) -> None:
    process = stopped(examiner)
    os.kill(process, signal.SIGKILL)
    # Its parent has not taken note of its end yet; that it has ended, the system says.
    ended = os.WEXITED | os.WNOWAIT | os.WNOHANG
    until(lambda: os.waitid(os.P_PID, process, ended) is not None)

    assert said(examiner, text) == "ข้อความ"


def test_a_process_is_replaced_after_many_files(text: Path) -> None:
    examiner = Examiner(processes=1, files_per_process=3)
    processes = []
    for _ in range(4):
        examiner.start()
        processes += examiner.process_ids
        said(examiner, text)

    assert processes[0] == processes[2] != processes[3]
    examiner.close()


def test_each_of_many_threads_gets_its_own_answer(tmp_path: Path) -> None:
    examiner = Examiner()
    paths = [tmp_path / str(number) for number in range(20)]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")

    with ThreadPoolExecutor(2 + MOST_WAITING) as pool:
        answers = list(pool.map(lambda path: said(examiner, path), paths))

    assert answers == [path.name for path in paths]
    assert len(examiner.process_ids) == 2
    examiner.close()
    assert examiner.process_ids == []


def is_busy(examiner: Examiner) -> bool:
    try:
        examiner.start()
    except AllBusy:
        return True
    return False


def test_who_waits_longer_than_a_file_may_take_is_told_so(examiner: Examiner, text: Path) -> None:
    process = stopped(examiner)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(said, examiner, text)
        until(lambda: is_busy(examiner))

        with pytest.raises(AllBusy):
            examiner.read(text, "a.txt", seconds=0.05)

        os.kill(process, signal.SIGCONT)
        assert first.result() == "ข้อความ"


def test_only_a_few_wait_so_that_the_office_keeps_threads_for_others(
    examiner: Examiner, text: Path
) -> None:
    process = stopped(examiner)
    asked = 1 + MOST_WAITING + 1
    with ThreadPoolExecutor(asked) as pool:
        answers = [pool.submit(said, examiner, text) for _ in range(asked)]
        wait(answers, return_when=FIRST_EXCEPTION)
        os.kill(process, signal.SIGCONT)

    assert [type(one.exception()) for one in answers].count(AllBusy) == 1
    assert [one.result() for one in answers if not one.exception()] == ["ข้อความ"] * (asked - 1)


ORPHAN = """
import os, sys
from pathlib import Path
from prongsai.files.examination.isolated import EXAMINER
EXAMINER.start()
print(*EXAMINER.process_ids, flush=True)
os._exit(1)
"""


def test_the_process_ends_with_whoever_asked() -> None:
    parent = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True)

    [orphan] = [Path("/proc") / process for process in parent.stdout.split()]
    until(lambda: not orphan.exists())
