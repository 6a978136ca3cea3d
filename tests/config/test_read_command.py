"""`prongsai read`: outside checks rely on what it prints (DESIGN, section 5)."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from prongsai.config.cli import main
from prongsai.organisation.models import Unit
from tests.files import samples as files
from tests.intake.proposals import samples

PROPOSALS = {
    "document_type", "number", "subject", "unit", "dates", "signatories", "fiscal_year", "period",
    "urgency", "secrecy", "obligations", "kind", "section", "papers",
}  # fmt: skip
PROPOSAL = {"value", "confidence", "page", "start", "end", "written", "doubts"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def settings_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command names its settings in the environment, where tests after these would find them."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", os.environ["DJANGO_SETTINGS_MODULE"])


@pytest.fixture
def order(tmp_path: Path) -> Path:
    path = tmp_path / "คำสั่ง.txt"
    path.write_text(samples.ORDER, encoding="utf-8")
    return path


def read(capsys: pytest.CaptureFixture[str], path: Path) -> dict[str, Any]:
    assert main.main(["read", str(path), "--json"]) == 0
    report: dict[str, Any] = json.loads(capsys.readouterr().out)
    return report


def test_the_report_has_the_promised_fields(
    order: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = read(capsys, order)

    assert set(report) == {"file", "media_type", "sha256", "pages", "proposals", "warnings"}
    assert (report["file"], report["media_type"]) == ("คำสั่ง.txt", "text/plain")
    assert report["sha256"] == hashlib.sha256(order.read_bytes()).hexdigest()
    assert report["pages"] == [
        {"number": 1, "text": samples.ORDER, "source": "text", "confidence": 1.0}
    ]
    proposals = report["proposals"]
    assert set(proposals) == PROPOSALS
    assert set(proposals["dates"]) == {"typed", "signed", "in_force", "published"}
    single = [
        proposals[name] for name in PROPOSALS - {"dates", "signatories", "obligations", "papers"}
    ]
    for each in [*single, *proposals["dates"].values(), *proposals["obligations"]]:
        assert set(each) >= PROPOSAL
        assert 0 <= each["confidence"] <= 1


def test_dates_are_iso_years_buddhist_and_what_is_not_there_null(
    order: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proposals = read(capsys, order)["proposals"]

    assert {role: each["value"] for role, each in proposals["dates"].items()} == {
        "typed": None,
        "signed": "2026-03-02",
        "in_force": "2026-03-02",
        "published": None,
    }
    assert proposals["fiscal_year"]["value"] == 2569
    assert proposals["number"]["value"] == "๗๔๕/๒๕๖๙"
    assert (proposals["urgency"]["value"], proposals["urgency"]["page"]) == (None, None)
    [signer] = proposals["signatories"]
    assert {key: signer[key] for key in ("name", "post", "acting", "page")} == {
        "name": "นายธวัชชัย จันทร์ส่อง",
        "post": "ปลัดเทศบาล",
        "acting": "ปฏิบัติหน้าที่ นายกเทศมนตรีเมืองนาป่า",
        "page": 1,
    }


def test_start_and_end_count_the_letters_of_the_printed_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "order.pdf"
    path.write_bytes(files.typst_pdf("หน้าแรก", samples.ORDER.replace("-", "")))

    report = read(capsys, path)

    number = report["proposals"]["number"]
    assert (number["value"], number["page"]) == ("๗๔๕/๒๕๖๙", 2)
    assert report["pages"][1]["text"][number["start"] : number["end"]] == "๗๔๕/๒๕๖๙"


def test_a_scan_is_read_by_machine_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(files.scanned_pdf())

    [page] = read(capsys, path)["pages"]

    assert page["source"] == "ocr"
    assert 0 <= page["confidence"] < 1


def test_without_what_reads_pictures_a_scan_is_said_to_be_unread(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRONGSAI_TESSDATA", str(tmp_path / "nowhere"))
    path = tmp_path / "scan.pdf"
    path.write_bytes(files.scanned_pdf())

    report = read(capsys, path)

    assert [(page["source"], page["confidence"]) for page in report["pages"]] == [("none", 0.0)]
    assert any("หน้า 1 เป็นภาพที่ยังไม่ได้อ่าน" in warning for warning in report["warnings"])


def test_a_unit_that_the_office_knows_has_its_code(
    order: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Unit.objects.create(code="napa", name_th="เทศบาลเมืองนาป่า", level="municipality")

    unit = read(capsys, order)["proposals"]["unit"]

    assert (unit["value"], unit["code"]) == ("เทศบาลเมืองนาป่า", "napa")


def test_for_people_it_is_a_thai_summary_with_confidence_place_and_doubts(
    order: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.main(["read", str(order)]) == 0

    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "คำสั่ง.txt (1 หน้า)"
    assert "เลขที่: ๗๔๕/๒๕๖๙ [ค่อนข้างแน่, หน้า 1]" in printed
    assert "วันที่ลงนาม: 2 มีนาคม 2569 [ค่อนข้างแน่, หน้า 1]" in printed
    assert any(line.startswith("    – เอกสารเขียนว่า “ตั้งแต่บัดนี้เป็นต้นไป”") for line in printed)


@pytest.mark.parametrize(
    ("content", "word"), [(b"", "0"), (b"\x00\x01", ""), (b"%PDF-1.7", ".pdf")]
)
def test_a_file_that_cannot_come_in_is_said_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, word: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    assert main.main(["read", str(path), "--json"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert captured.err.startswith("prongsai read: a.txt cannot be taken in: ")
    assert word in captured.err


def test_looking_at_a_picture_leaves_it_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(files.photograph())

    assert read(capsys, path)["media_type"] == "image/jpeg"

    assert path.read_bytes() == files.photograph()


def test_a_missing_file_is_bad_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["read", str(tmp_path / "none.pdf")]) == 2
    assert "is not a file" in capsys.readouterr().err
