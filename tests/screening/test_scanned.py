"""Numbers that a machine has read: none passes for nobody's. The readings are Tesseract's; persons are invented."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prongsai.files.rules import Word
from prongsai.screening.located import Located, Seen
from prongsai.screening.rules import findings_in

BENCH = Path(__file__).parents[2] / "bench"
SCAN = Seen(source="ocr")


def detectors(text: str, seen: Seen = SCAN) -> set[str]:
    return {each.detector for each in findings_in(text, seen=seen)}


@pytest.mark.parametrize(
    "text",
    [
        "เลขประจําตัวประชาชน ๓๐๓๕๑๕๕๕๕๒๓๓๑๑๐",
        "บัตรประชาชนเลขที่ ๕๕๓๕๕๕ ๕ฒ๓๕๓๒ ๑๕ ๐ ออกให้",
        "ผู้รับเบี้ยยังชีพ นางมาลี มีสุข ๓ ๕๐๑๕ ๕๕๕๕๓ ๑๕ ญ จํานวน ๒๐๐ บาท",
        "ผู้รับเบี้ยยังชีพ นางมาลี มีสุข ๑๐๕๕๓๕๕๕๕๐๐ จํานวน ๒๐๐ บาท",
        "บัตรประชาชนเลขที่ ๒๕๑๓๕-๕๑๒-๐๓-๕ ออกให้",
        "ถือบัตรประจําตัวประชาชนหมายเลข ๓-๕๓๒๒-ฒ๒๐๕๒-๕๒-๓ ซึ่งต่อไปนี้เรียกว่า",
        "เลขประจําตัวประชาชน ๒ ๓๕๑๒๕ ๕ส๕๕๑๕ ฒ๒๐ ๐",
    ],
)
def test_an_id_that_was_misread_blocks_on_a_scan(text: str) -> None:
    found = [(each.label, each.severity) for each in findings_in(text, seen=SCAN)]
    assert ("THAI_ID", "block") in found


@pytest.mark.parametrize(
    "text",
    [
        "รายการ ๕๕๓๕๕๕๕ฒ๓๕๓๒๑",
        "ที่ ๕๕๓๕๕๕๕๕๓๕๓",
        "เลขที่โครงการ ๕๕๑๗ฒ๔๒๖๕๒๑",
    ],
)
def test_a_number_that_may_be_an_id_waits_for_a_decision(text: str) -> None:
    found = findings_in(text, seen=SCAN)
    assert "decide" in {each.severity for each in found}
    assert all(_digits(text)[-6:] not in _digits(each.excerpt) for each in found)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@pytest.mark.parametrize(
    "text",
    [
        "เลขที่โครงการ 66917443039",
        "บริษัท ตัวอย่าง จำกัด เลขประจำตัวผู้เสียภาษี ๐๓๑๕๐๓๙๓๓๒๐๕๘๐",
        "งบประมาณ ๒๐,๖๓๘,๒๙๓.๐๐ บาท",
        "โทร. 0 7521 8017 ต่อ 120",
        "กองคลัง โทร ๐ ๗๕๒๑ ๒๔๒๐๑ ต่อ ๒๔๓",
        "เลขประจำตัวประชาชน 9-6116-XXXXX-XX-9",
        "รหัสบัญชี ๒๐๖๒๐๒๕๒๒๕๘",
        "ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๘ ถึง ๓๐ กันยายน ๒๕๖๙",
    ],
)
def test_what_is_certainly_something_else_waits_for_nobody(text: str) -> None:
    assert [each for each in findings_in(text, seen=SCAN) if each.severity != "advise"] == []


@pytest.mark.parametrize(("confidence", "is_found"), [(0.4, True), (0.59, True), (0.9, False)])
def test_a_badly_read_number_beside_a_persons_words_is_found(
    confidence: float, *, is_found: bool
) -> None:
    text = "โทร 081-2๕4"
    word = Word(4, len(text), 0, 0, 0, 0, confidence)

    assert ("unsure_number" in detectors(text, Seen("ocr", words=(word,)))) is is_found


def test_a_certain_number_of_something_else_is_unsure_where_its_word_was_badly_read() -> None:
    text = "เลขที่โครงการ 66917443039"
    word = Word(14, len(text), 0, 0, 0, 0, 0.3)

    assert "unsure_number" in detectors(text, Seen("ocr", words=(word,)))


@pytest.mark.parametrize(
    ("seen", "is_found"),
    [
        (Seen("ocr", confidence=0.74), True),
        (Seen("ocr", confidence=0.76), False),
        (Seen("ocr"), False),
        (Seen(), False),
    ],
)
def test_a_page_of_low_confidence_waits_once(seen: Seen, *, is_found: bool) -> None:
    text = "ประกาศ\n" * 9_000
    found: list[Located] = findings_in(text, seen=seen)
    assert len([each for each in found if each.detector == "unsure_page"]) == is_found


@pytest.fixture(scope="module")
def collection() -> list[dict[str, Any]]:
    command = [sys.executable, BENCH / "screening_set.py", "--count", "600", "--noise", "tesseract"]
    made = subprocess.run(command, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in made.stdout.splitlines()]


def test_nearly_every_id_of_a_scanned_collection_is_found(
    collection: list[dict[str, Any]],
) -> None:
    scanned = [
        (line, span) for line in collection for span in line["spans"] if span["label"] == "THAI_ID"
    ]
    missed = [
        line["text"]
        for line, span in scanned
        if not any(
            each.label == "THAI_ID" and each.start < span["end"] and span["start"] < each.end
            for each in findings_in(line["text"], seen=SCAN)
        )
    ]
    assert len(scanned) > 50
    assert len(missed) <= 0.03 * len(scanned), missed


def test_hardly_anything_harmless_in_a_scanned_collection_blocks(
    collection: list[dict[str, Any]],
) -> None:
    clean = [line["text"] for line in collection if not line["spans"]]
    blocked = [
        text
        for text in clean
        if any(each.severity == "block" for each in findings_in(text, seen=SCAN))
    ]
    assert len(blocked) <= 0.01 * len(clean), blocked


def test_whole_clean_papers_do_not_block() -> None:
    command = [sys.executable, BENCH / "screening_set.py", "--count", "40", "--documents"]
    made = subprocess.run(command, capture_output=True, check=True, text=True)
    papers = [json.loads(line)["text"] for line in made.stdout.splitlines()]

    assert [text for text in papers if any(f.severity == "block" for f in findings_in(text))] == []
