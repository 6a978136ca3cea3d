"""`prongsai screen`: outside checks rely on what it prints (DESIGN, section 5)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from prongsai.config.cli import main
from tests.files import samples
from tests.files.scans import scan

LABELS = {
    "", "THAI_ID", "PHONE", "EMAIL", "BANK", "PASSPORT", "PLATE", "ADDRESS", "DOB", "NAME", "HEALTH",
    "DISABILITY", "POVERTY", "CRIME", "RELIGION",
}  # fmt: skip
TYPES = {
    "detector": str, "label": str, "family": str, "severity": str, "page": int, "start": int, "end": int,
    "excerpt": str,
}  # fmt: skip
TEXT = """บันทึก
ข้าพเจ้า นางสาวกัลยา ทองแท้ เลขประจำตัวประชาชน ๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑ เกิดวันที่ 5 มกราคม 2520
อยู่บ้านเลขที่ 12/3 หมู่ที่ 4 ตำบลบ้านควน อำเภอเมือง มือถือ 081-234-5678 อีเมล k.t@gmail.com
โอนเข้าบัญชี 123-4-56789-0 หนังสือเดินทาง AA1234567 รถยนต์ทะเบียน 1กข 1234
นางสาวกัลยา ทองแท้ ป่วยเป็นโรคหัวใจ
"""


@pytest.fixture(autouse=True)
def settings_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command names its settings in the environment, where tests after these would find them."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])


def screen(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, list[Any]]:
    """The exit status, and what was printed, a JSON report a line."""
    code = main.main(["screen", *map(str, arguments), "--json"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "คำขอ.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_each_finding_has_the_promised_fields_of_the_promised_types(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, [report] = screen(capsys, paper)

    assert set(report) == {"file", "findings"}
    assert report["file"] == "คำขอ.txt"
    for finding in report["findings"]:
        assert {key: type(value) for key, value in finding.items()} == TYPES
        assert finding["label"] in LABELS
        assert finding["severity"] in {"block", "decide", "advise"}


@pytest.mark.parametrize(
    ("label", "datum"),
    [
        ("THAI_ID", "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑"),
        ("DOB", "5 มกราคม 2520"),
        ("PHONE", "081-234-5678"),
        ("EMAIL", "k.t@gmail.com"),
        ("BANK", "123-4-56789-0"),
        ("PASSPORT", "AA1234567"),
        ("PLATE", "1กข 1234"),
        ("NAME", "นางสาวกัลยา ทองแท้"),
    ],
)
def test_start_and_end_count_the_letters_of_the_text_as_it_was_sent(
    paper: Path, capsys: pytest.CaptureFixture[str], label: str, datum: str
) -> None:
    _code, [report] = screen(capsys, paper)

    spans = [TEXT[f["start"] : f["end"]] for f in report["findings"] if f["label"] == label]
    assert datum in [span.strip() for span in spans]


def test_nothing_that_is_printed_gives_a_datum_away(
    paper: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _code, [report] = screen(capsys, paper)

    printed = json.dumps(report["findings"], ensure_ascii=False)
    for datum in ("๖๗๘๙๐", "5678", "k.t@", "56789", "1234567", "ทองแท้"):
        assert datum not in printed


def test_a_block_makes_the_command_fail_and_advice_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    advice = tmp_path / "a.txt"
    advice.write_text("นายสมชาย ใจดี", encoding="utf-8")
    block = tmp_path / "b.txt"
    block.write_text("เลขบัตร 1-2345-67890-12-1", encoding="utf-8")

    assert screen(capsys, advice)[0] == 0
    assert screen(capsys, block)[0] == 1


def test_the_page_of_a_finding_is_counted_from_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.typst_pdf("หน้าแรก", "เลขบัตร 1-2345-67890-12-1"))

    _code, [report] = screen(capsys, path)

    assert [(f["page"], f["label"]) for f in report["findings"]] == [(2, "THAI_ID")]


def test_a_scanned_page_is_a_finding_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(samples.scanned_pdf())

    code, [report] = screen(capsys, path)

    assert (code, [f["detector"] for f in report["findings"]]) == (0, ["unsure_page"])


def test_each_line_of_a_collection_is_answered_in_its_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lines.jsonl"
    lines = [{"id": "ก", "text": "มือถือ 081-234-5678"}, {"id": 2, "text": "ไม่มีอะไร"}]
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")

    code, reports = screen(capsys, "--lines", path)

    assert code == 0
    assert [report["id"] for report in reports] == ["ก", 2]
    assert [len(report["findings"]) for report in reports] == [1, 0]
    assert all(set(report) == {"id", "findings"} for report in reports)


@pytest.mark.parametrize(
    "line", ["", "{", "[]", '{"id": 1}', '{"text": "x"}', '{"id": 1, "text": 7}']
)
def test_a_line_that_is_no_snippet_is_bad_usage_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_text(f'{{"id": 1, "text": "ดี"}}\n{line}\n', encoding="utf-8")

    assert main.main(["screen", "--lines", str(path), "--json"]) == 2
    assert "lines.jsonl line 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "code"), [(b"", 1), (b"\x00\x01\x02", 1), (b"PK\x03\x04", 1), (b"%PDF-1.7", 1)]
)
def test_a_file_that_cannot_come_in_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, code: int
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    assert main.main(["screen", str(path), "--json"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_what_a_scan_shows_is_found_as_what_a_text_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan("สำเนาบัตรประชาชน\nเลขประจำตัวประชาชน 9-9999-99999-99-4"))

    code, [report] = screen(capsys, path)

    assert code == 1
    assert "THAI_ID" in {f["label"] for f in report["findings"]}


@pytest.mark.parametrize(
    ("content", "said"), [("marks = [", "is not TOML"), ('marks = "ลับ"', "must be a list")]
)
def test_a_bad_list_of_the_municipality_is_one_line_at_the_start(
    content: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "secrecy.toml").write_text(content, encoding="utf-8")
    environment = {**os.environ, "PRONGSAI_SCREENING_DATA": str(tmp_path)}
    environment.pop("DJANGO_SETTINGS_MODULE", None)

    run = subprocess.run(
        [sys.executable, "-m", "prongsai.config.cli.main", "check"],
        capture_output=True, check=False, env=environment, text=True,
    )  # fmt: skip

    assert run.returncode == 2
    [line] = run.stderr.splitlines()
    assert said in line
    assert "secrecy.toml" in line
