import json
import subprocess
import sys
from pathlib import Path

import pytest

from prongsai.files.rules import Hidden, PageText
from prongsai.screening.report import has_block, report_on_line, report_on_pages

BENCH = Path(__file__).parents[2] / "bench" / "screening"
KEYS = {"detector", "label", "family", "severity", "page", "start", "end", "excerpt"}


def test_a_document_is_reported_page_by_page() -> None:
    pages = [PageText(1, "ไม่มีอะไร"), PageText(2, "บัตร 1-2345-67890-12-1")]
    report = report_on_pages("a.pdf", pages)
    [finding] = report["findings"]
    assert report["file"] == "a.pdf"
    assert finding.keys() == KEYS
    assert (finding["page"], finding["label"], finding["start"], finding["end"]) == (
        2,
        "THAI_ID",
        5,
        22,
    )
    assert has_block(report)


def test_a_page_that_was_not_read_is_reported() -> None:
    report = report_on_pages("a.pdf", [PageText(1, "", "none")])
    [finding] = report["findings"]
    assert (finding["detector"], finding["severity"], finding["page"]) == (
        "unread_page",
        "decide",
        1,
    )
    assert not has_block(report)


def test_a_badly_read_page_and_its_numbers_are_reported() -> None:
    text = "รายการ ๕๕๓๕๕๕๕ฒ๓๕๓๒๑ ท้าย"
    pages = [PageText(1, text, "ocr", confidence=0.5), PageText(2, text)]

    found = [
        (each["detector"], each["page"]) for each in report_on_pages("a.pdf", pages)["findings"]
    ]

    assert found == [("unsure_page", 1), ("unsure_number", 1)]


@pytest.mark.parametrize(("end", "expected"), [(28, []), (31, ["hidden_covered"])])
def test_the_mark_of_a_redaction_under_a_drawn_bar_is_no_hidden_text(
    end: int, expected: list[str]
) -> None:
    text = "ผู้รับเงิน [ปิดทับ]\n[ปิดทับ] จบ"
    # Of the first mark the bar leaves a letter free.
    page = PageText(1, text, hidden=(Hidden("covered", 12, end),))

    found = [each["detector"] for each in report_on_pages("a.pdf", [page])["findings"]]

    assert found == expected


def test_hidden_text_is_reported_with_what_is_personal_in_it() -> None:
    text = "ที่เห็น\nนางมาลี มีสุข 1-2345-67890-12-1"
    page = PageText(1, text, hidden=(Hidden("covered", 8, len(text)),))

    found = {each["detector"]: each for each in report_on_pages("a.pdf", [page])["findings"]}

    assert found.keys() == {"hidden_covered", "private_name", "national_id"}
    covered = found["hidden_covered"]
    assert (covered["start"], covered["end"], covered["severity"]) == (8, len(text), "block")
    assert "มาลี" not in covered["excerpt"]


def test_a_line_of_a_collection_is_reported_under_its_id() -> None:
    report = report_on_line({"id": "s1", "text": "มือถือ 081-234-5678"})
    assert report["id"] == "s1"
    assert [finding["label"] for finding in report["findings"]] == ["PHONE"]
    assert "5678" not in json.dumps(report)


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    lines = [
        {
            "id": "1",
            "text": "มือถือ 081-234-5678",
            "spans": [{"start": 7, "end": 19, "label": "PHONE"}],
        },
        {"id": "2", "text": "ไม่พบ", "spans": [{"start": 0, "end": 2, "label": "PHONE"}]},
        {"id": "3", "text": "บัตร 1-2345-67890-12-1", "spans": []},
        {"id": "4", "text": "ไม่มีอะไร", "spans": []},
    ]
    path = tmp_path / "lines.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return path


def test_the_benchmark_counts_overlaps_and_false_blocks(collection: Path) -> None:
    run = subprocess.run(
        [sys.executable, BENCH, collection, "--json"], capture_output=True, check=True, text=True
    )
    result = json.loads(run.stdout)
    assert result["labels"] == {
        "PHONE": {"spans": 2, "found": 1, "precision": 1.0, "recall": 0.5, "noticed": 0.5},
        "THAI_ID": {"spans": 0, "found": 1, "precision": 0.0, "recall": None, "noticed": None},
    }
    assert (result["snippets"], result["clean_snippets"], result["clean_with_block"]) == (4, 2, 0.5)
