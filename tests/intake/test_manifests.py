"""Bulk import: looked at first, resumable, a sentence for each mistake, nothing half-done."""

import csv
import io
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from prongsai.config.cli import import_
from prongsai.config.cli.main import Parser
from prongsai.config.cli.problems import CommandProblem
from prongsai.disclosures.models import Disclosure
from prongsai.files.models import StoredFile
from prongsai.intake.manifests.checking import Checker
from prongsai.intake.manifests.columns import COLUMNS, column_of
from prongsai.intake.manifests.folders import Folder, NoSuchFile
from prongsai.intake.manifests.reporting import report_rows
from prongsai.intake.manifests.running import FolderFiles, Outcome, Run
from prongsai.intake.manifests.tables import Line, opened
from prongsai.intake.models import Arrival, Batch
from prongsai.intake.refusals import CannotImport
from prongsai.intake.states import Source
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from tests.factories import NOW
from tests.intake.factories import ANNOUNCEMENT

pytestmark = pytest.mark.django_db
HEADINGS = ["ไฟล์", "ชื่อเรื่อง", "ประเภท", "หมวด", "วันที่ลงนาม", "ปีงบประมาณ"]
GOOD = ["ก.txt", "รับสมัครพนักงาน", "ข่าวประชาสัมพันธ์", "รับสมัครงาน", "๒๓ พ.ย. ๒๕๖๙", "๒๕๗๐"]
Make = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Make:
    """A manifest with these rows, and the files that it names."""

    def make(*rows: list[str], headings: list[str] = HEADINGS, encoding: str = "utf-8") -> Path:
        for row in rows:
            if row[0] and "/" not in row[0]:
                (tmp_path / row[0]).write_text(f"{ANNOUNCEMENT}\n{row[0]}", encoding="utf-8")
        text = io.StringIO()
        csv.writer(text).writerows([headings, *rows])
        path = tmp_path / "บัญชี.csv"
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return make


def run_of(path: Path, by: Actor, *, is_dry: bool = False) -> Run:
    units = {"plan": "ฝ่ายแผน"}
    files = FolderFiles(Folder(path.parent))
    return Run(Checker(units, "plan"), files, by, NOW, is_dry=is_dry, name=path.name)


def outcomes(path: Path, by: Actor, *, is_dry: bool = False) -> list[Outcome]:
    with opened(path, path.name) as lines:
        return list(run_of(path, by, is_dry=is_dry).outcomes(lines))


def lines_of(path: Path) -> list[Line]:
    with opened(path, path.name) as lines:
        return list(lines)


def test_a_row_becomes_a_draft_with_its_file(officer: Actor, table: Make) -> None:
    [outcome] = outcomes(table(GOOD), officer)
    draft = outcome.disclosure
    assert outcome.status == "made"
    assert draft is not None
    content = draft.latest.content
    assert (content["title"], content["section"], content["fiscal_year"]) == (
        "รับสมัครพนักงาน",
        "jobs",
        2570,
    )
    assert content["official"]["signed_date"] == "2026-11-23"
    assert [file["name"] for file in content["files"]] == ["ก.txt"]
    assert Batch.objects.get().source == Source.MANIFEST
    assert Arrival.objects.get().manifest_row == 2


def test_a_dry_run_writes_nothing(officer: Actor, table: Make) -> None:
    [outcome] = outcomes(table(GOOD), officer, is_dry=True)
    assert outcome.status == "ready"
    assert (Disclosure.objects.count(), StoredFile.objects.count(), Batch.objects.count()) == (
        0,
        0,
        0,
    )


def test_a_second_run_goes_on_where_the_first_one_stopped(officer: Actor, table: Make) -> None:
    second = ["ข.txt", "เรื่องที่สอง", "news", "", "", ""]
    [first] = outcomes(table(GOOD), officer)
    again = outcomes(table(GOOD, second), officer)
    assert [each.status for each in again] == ["there", "made"]
    assert again[0].disclosure == first.disclosure
    assert Disclosure.objects.count() == 2


def test_a_run_that_died_in_the_middle_loses_and_doubles_nothing(
    officer: Actor, table: Make
) -> None:
    rows = [[f"{n}.txt", f"เรื่อง {n}", "news", "", "", ""] for n in range(4)]
    path = table(*rows)
    with opened(path, path.name) as lines:
        started = run_of(path, officer).outcomes(lines)
        next(started)
        next(started)
    assert [each.status for each in outcomes(path, officer)] == ["there", "there", "made", "made"]
    assert sorted(Disclosure.objects.values_list("title", flat=True)) == [row[1] for row in rows]


WRONG: dict[str, tuple[list[str], str, str]] = {
    "no title": (["ก.txt", "", "news", "", "", ""], "ชื่อเรื่อง", "โปรดกรอก"),
    "no file": (["", "เรื่อง", "news", "", "", ""], "ไฟล์", "โปรดกรอก"),
    "unknown kind": (["ก.txt", "เรื่อง", "ข่าวลือ", "", "", ""], "ประเภท", "ข่าวลือ"),
    "unknown section": (["ก.txt", "เรื่อง", "news", "ไม่มี", "", ""], "หมวด", "ไม่มี"),
    "no such day": (["ก.txt", "เรื่อง", "news", "", "31 ก.พ. 2569", ""], "วันที่ลงนาม", "31"),
    "common year": (["ก.txt", "เรื่อง", "news", "", "", "2026"], "ปีงบประมาณ", "2569"),
    "outside": (["../ลับ.txt", "เรื่อง", "news", "", "", ""], "ไฟล์", "ออกนอกโฟลเดอร์"),
    "absolute": (["/etc/hostname", "เรื่อง", "news", "", "", ""], "ไฟล์", "ออกนอกโฟลเดอร์"),
    "missing": (["ข้าง/ไม่มี.txt", "เรื่อง", "news", "", "", ""], "ไฟล์", "ไม่พบไฟล์"),
}


@pytest.mark.parametrize(("row", "heading", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_row_says_where_and_how_and_the_others_go_on(
    officer: Actor, table: Make, row: list[str], heading: str, words: str
) -> None:
    found = outcomes(table(row, ["ข.txt", *GOOD[1:]]), officer)
    assert [each.status for each in found] == ["wrong", "made"]
    [problem] = found[0].problems
    assert problem.heading == heading
    assert words in problem.sentence
    assert Disclosure.objects.count() == 1


def test_every_problem_of_a_row_is_told_at_once(officer: Actor, table: Make) -> None:
    [found] = outcomes(table(["ก.txt", "", "ข่าวลือ", "", "เมื่อวาน", "69"]), officer)
    assert {each.heading for each in found.problems} == {
        "ชื่อเรื่อง",
        "ประเภท",
        "วันที่ลงนาม",
        "ปีงบประมาณ",
    }


def test_a_refused_file_makes_no_draft(officer: Actor, table: Make, tmp_path: Path) -> None:
    path = table(GOOD)
    (tmp_path / "ก.txt").write_bytes(b"MZ\x90\x00" + bytes(300))
    [found] = outcomes(path, officer)
    assert found.status == "wrong"
    assert Disclosure.objects.count() == 0


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(NoSuchFile, match="ออกนอกโฟลเดอร์"):
        Folder(folder).find("link.txt")


@pytest.mark.parametrize(
    "name", ["a\u202etxt.exe", "a\x00.txt", "C:\\boot.ini", "~/x", "..", "a/../../b"]
)
def test_a_strange_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSuchFile):
        Folder(tmp_path).find(name)


def test_a_file_is_found_whatever_spelling_of_sara_am_the_disk_uses(tmp_path: Path) -> None:
    (tmp_path / "นํ้าประปา.txt").write_text("x")
    assert Folder(tmp_path).find("น้ำประปา.txt").name == "นํ้าประปา.txt"


def test_two_rows_may_not_share_a_file(officer: Actor, table: Make) -> None:
    found = outcomes(table(GOOD, ["ก.txt", "อีกเรื่อง", "news", "", "", ""]), officer)
    assert [each.status for each in found] == ["made", "wrong"]
    assert "แถวที่ 2" in found[1].problems[0].sentence


def test_a_file_that_is_there_already_is_pointed_out_unless_it_is_wanted_twice(
    officer: Actor, table: Make
) -> None:
    headings = [*HEADINGS, "ถ้าซ้ำ"]
    outcomes(table(GOOD), officer)
    Arrival.objects.update(manifest_row=None)
    [found] = outcomes(table([*GOOD, ""], headings=headings), officer)
    assert (found.status, "รับสมัครพนักงาน" in found.problems[0].sentence) == ("wrong", True)
    [again] = outcomes(table([*GOOD, "new"], headings=headings), officer)
    assert again.status == "made"


def test_another_units_column_is_refused(officer: Actor, neighbour: Actor, table: Make) -> None:
    path = table([*GOOD, "กองคลัง"], headings=[*HEADINGS, "หน่วยงาน"])
    [found] = outcomes(path, officer)
    assert [each.heading for each in found.problems] == ["หน่วยงาน"]


def test_windows_874_and_semicolons_are_read(officer: Actor, table: Make) -> None:
    plain = lines_of(table(GOOD))
    path = table(GOOD, encoding="cp874")
    assert lines_of(path) == plain
    path.write_bytes(path.read_bytes().replace(b",", b";"))
    assert lines_of(path) == plain


def test_a_spreadsheet_is_read_like_a_csv(officer: Actor, table: Make, tmp_path: Path) -> None:
    plain = lines_of(table(GOOD))
    workbook = Workbook()
    assert workbook.active is not None
    for row in (HEADINGS, GOOD):
        workbook.active.append(row)
    workbook.save(tmp_path / "บัญชี.xlsx")
    assert lines_of(tmp_path / "บัญชี.xlsx") == plain


HEADS: dict[str, tuple[list[str], str]] = {
    "unknown": ([*HEADINGS[:5], "สีโปรด"], "สีโปรด"),
    "twice": ([*HEADINGS[:5], "title"], "มากกว่าหนึ่งครั้ง"),
    "lacking": (["ไฟล์", "เลขที่", "งวด", "หมวด", "วันที่", "ปี"], "ชื่อเรื่อง"),
}


@pytest.mark.parametrize(("headings", "words"), HEADS.values(), ids=HEADS)
def test_headings_that_cannot_be_used_are_named(
    table: Make, headings: list[str], words: str
) -> None:
    with pytest.raises(CannotImport, match=words):
        lines_of(table(GOOD, headings=headings))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"\x00\x01\x02" * 50])
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(CannotImport):
        lines_of(path)


def test_every_heading_of_the_template_and_every_english_one_is_known() -> None:
    for column in COLUMNS:
        for heading in (column.heading, column.key, *column.known_as):
            assert column_of(f" {heading.upper()} ") == column.key


def test_two_thousand_rows_are_read_within_four_megabytes(table: Make, tmp_path: Path) -> None:
    path = tmp_path / "ยาว.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADINGS)
        writer.writerows([f"{n}.txt", "เรื่อง" * 10, "news", "", "", ""] for n in range(2_000))
    tracemalloc.start()
    with opened(path, path.name) as lines:
        count = sum(1 for _line in lines)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_000
    assert peak < 4_000_000


def test_a_report_runs_no_formula_in_a_spreadsheet(officer: Actor, table: Make) -> None:
    [found] = outcomes(table(["=cmd()", "เรื่อง", "news", "", "", ""]), officer)
    [row] = report_rows(found) if found.status != "wrong" else [next(report_rows(found))]
    assert row[1] == "'=cmd()"


def command(*words: str) -> tuple[int, Any]:
    parser = Parser()
    import_.add_arguments(parser)
    return import_.run(parser.parse_args(words)), None


def test_the_command_tells_what_it_did_as_json(
    officer: Actor, table: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    user = Person.objects.get(pk=officer.person_id).username
    path = table(GOOD, ["ข.txt", "", "news", "", "", ""])
    status, _none = command(str(path), "--as", user, "--json")
    report = json.loads(capsys.readouterr().out)
    assert status == 1
    assert report["counts"] == {"made": 1, "wrong": 1}
    assert [(row["row"], row["status"]) for row in report["rows"]] == [(2, "made"), (3, "wrong")]
    assert report["rows"][1]["problems"][0]["heading"] == "ชื่อเรื่อง"


def test_the_command_writes_a_report_and_a_line_for_each_problem(
    officer: Actor, table: Make, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    user = Person.objects.get(pk=officer.person_id).username
    path = table(["ก.txt", "", "news", "", "", ""])
    report = tmp_path / "report.csv"
    command(str(path), "--as", user, "--dry-run", "--report", str(report))
    out = capsys.readouterr().out
    assert out.startswith("row 2: ชื่อเรื่อง: ")
    assert out.endswith("wrong 1\n")
    assert "ชื่อเรื่อง" in report.read_text(encoding="utf-8-sig").splitlines()[1]


@pytest.mark.parametrize("words", [["--as", "nobody"], []])
def test_the_command_asks_who_imports(table: Make, words: list[str], officer: Actor) -> None:
    with pytest.raises(CommandProblem, match="--as USER"):
        command(str(table(GOOD)), *words)


def test_the_command_holds_to_the_posts_of_the_person(
    officer: Actor, neighbour: Actor, table: Make
) -> None:
    user = Person.objects.get(pk=officer.person_id).username
    for words in (["--post", "neighbour"], ["--unit", "treasury"]):
        with pytest.raises(CommandProblem):
            command(str(table(GOOD)), "--as", user, *words)
    assert Disclosure.objects.count() == 0


@pytest.mark.parametrize(
    ("named", "key"),
    [
        ("oia-9-8-research", "oia-9-8-research"),
        ("พ.ร.บ. ข้อมูลข่าวสาร มาตรา 7 (1)", "oia-7-1"),
        ("พ.ร.บ. ข้อมูลข่าวสาร มาตรา 9 (8) งานวิจัยที่ใช้เงินงบประมาณ", "oia-9-8-research"),
        ("ITA 2567 (OIT) O1", "ita-oit-2567-o1"),
        # Of several clauses that are called the same, none is guessed.
        ("พ.ร.บ. ข้อมูลข่าวสาร มาตรา 9 (8)", None),
    ],
)
def test_a_duty_is_named_by_its_key_or_by_words_that_no_other_has(
    table: Make, officer: Actor, named: str, key: str | None
) -> None:
    path = table([*GOOD, named], headings=[*HEADINGS, "เผยแพร่ตามข้อกำหนดใด"])

    (found,) = outcomes(path, officer)

    assert bool(found.problems) is (key is None)
    if key:
        assert Disclosure.objects.get().latest.content["obligations"] == [key]
