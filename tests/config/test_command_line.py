"""What each subcommand answers: its status, its words, and one clear line about what went wrong."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest
from django.test.utils import override_settings

from prongsai.config.cli.main import COMMANDS
from prongsai.organisation.actors import Actor
from prongsai.record.models import Entry
from tests.config.conftest import Command
from tests.files import samples
from tests.publication import factories

pytestmark = pytest.mark.django_db(databases=["default", "record"])
FINDING = {"detector", "label", "family", "severity", "page", "start", "end", "excerpt"}
NATIONAL_ID = "1234567890121"
WRONG_WORDS = {
    (): "prongsai: the following arguments are required: COMMAND",
    ("nonsense",): "prongsai: argument COMMAND: invalid choice: 'nonsense'",
    ("--json",): "prongsai: the following arguments are required: COMMAND",
    ("screen",): "prongsai screen: the following arguments are required: FILE",
    ("screen", "a", "b"): "prongsai: unrecognized arguments: b",
    ("publish",): "prongsai publish: the following arguments are required: NUMBER|REF",
    ("export",): "prongsai export: the following arguments are required: DIR",
    ("verify", "--dir"): "prongsai verify: argument --dir: expected one argument",
    ("verify", "--dir", "a", "--url", "b"): "prongsai verify: argument --url: not allowed with",
    ("check", "--loud"): "prongsai: unrecognized arguments: --loud",
    ("work", "--until-idle=5"): "prongsai work: argument --until-idle: ignored explicit",
    ("migrate", "record"): "prongsai: unrecognized arguments: record",
}
BAD_LINES = {
    "not JSON": b"{",
    "nothing": b"\n",
    "a list": b"[1]",
    "null": b"null",
    "no text": b'{"id": 1}',
    "no id": '{"text": "ก"}'.encode(),
    "a number for a text": b'{"id": 1, "text": 5}',
    "nothing for a text": b'{"id": 1, "text": null}',
    "a list for a text": b'{"id": 1, "text": ["a"]}',
    "UTF-16": '{"id": 1, "text": "ก"}'.encode("utf-16"),
    "TIS-620": '{"id": 1, "text": "ก"}'.encode("cp874"),
}
CLEAN = {
    "ถนน.txt": "ประกาศปิดถนน".encode(),
    "ถนน.csv": "ถนน,เมตร\nตรัง,5\n".encode("utf-8-sig"),
    "ถนน.pdf": samples.typst_pdf("ประกาศปิดถนน"),
    "ถนน.docx": samples.word("ประกาศปิดถนน"),
    "ถนน.xlsx": samples.workbook(),
    "ถนน.odt": samples.odt(),
    "ถนน.ods": samples.ods(),
}
UNFIT = {
    "ว่าง.txt": b"",
    "ปลอม.pdf": b"MZ\x90\x00",
    "ปลอม.docx": "ข้อความ".encode(),
    "โปรแกรม.exe": b"MZ\x90\x00",
    "เสีย.pdf": b"%PDF-1.7 nothing",
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_explains_itself(prongsai: Command, name: str) -> None:
    ended = prongsai(name, "--help")

    assert ended.status == 0
    assert ended.out.startswith(f"usage: prongsai {name} [-h]")
    assert len(ended.out.split("\n\n")[1]) > 40


def test_all_commands_are_listed_with_what_they_are_for(prongsai: Command) -> None:
    said = " ".join(prongsai("--help").out.split())

    assert [name for name, row in COMMANDS.items() if f"{name} {row.help}" not in said] == []


@pytest.mark.parametrize("words", WRONG_WORDS, ids=" ".join)
def test_wrong_words_end_with_one_line_and_status_2(
    prongsai: Command, words: tuple[str, ...]
) -> None:
    ended = prongsai(*words)

    assert (ended.status, ended.out) == (2, "")
    assert ended.line.startswith(WRONG_WORDS[words])
    assert ended.line.endswith("--help`")


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_after_the_good_ones_were_answered(
    prongsai: Command, tmp_path: Path, line: bytes
) -> None:
    path = tmp_path / "lines.jsonl"
    path.write_bytes(b'{"id": 7, "text": "a"}\n' + line)

    ended = prongsai("screen", "--lines", path, "--json")

    assert ended.status == 2
    assert json.loads(ended.out) == {"id": 7, "findings": []}
    assert ended.line == 'prongsai screen: lines.jsonl line 2 is not {"id", "text"} in JSON'


@pytest.mark.parametrize("words", [[], ["--lines"], ["--json"]], ids=str)
@pytest.mark.parametrize("name", ["missing.pdf", "."])
def test_what_is_no_file_cannot_be_screened(
    prongsai: Command, tmp_path: Path, name: str, words: list[str]
) -> None:
    ended = prongsai("screen", tmp_path / name, *words)

    assert (ended.status, ended.out) == (2, "")
    assert ended.line.endswith(f"{tmp_path / name} is not a file; name a document")


@pytest.mark.parametrize("name", CLEAN)
def test_a_document_of_each_kind_is_screened(prongsai: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(CLEAN[name])

    ended = prongsai("screen", tmp_path / name, "--json")

    assert (ended.status, ended.err) == (0, "")
    assert json.loads(ended.out)["file"] == name
    assert (tmp_path / name).read_bytes() == CLEAN[name]


@pytest.mark.parametrize("name", UNFIT)
def test_a_document_that_cannot_be_taken_in_is_a_problem(
    prongsai: Command, tmp_path: Path, name: str
) -> None:
    (tmp_path / name).write_bytes(UNFIT[name])

    ended = prongsai("screen", tmp_path / name, "--json")

    assert (ended.status, ended.out) == (1, "")
    assert ended.line.startswith(f"prongsai screen: {name} cannot be taken in: ")


def test_a_finding_has_the_promised_shape_and_is_masked(prongsai: Command, tmp_path: Path) -> None:
    path = tmp_path / "ราย.txt"
    text = f"เลขประจำตัวประชาชน {NATIONAL_ID}"
    path.write_text(text, encoding="utf-8")

    ended = prongsai("screen", path, "--json")
    report = json.loads(ended.out)

    assert (ended.status, set(report)) == (1, {"file", "findings"})
    assert [(set(each), each["label"], each["page"]) for each in report["findings"]] == [
        (FINDING, "THAI_ID", 1)
    ]
    found = report["findings"][0]
    assert text[found["start"] : found["end"]] == NATIONAL_ID
    assert NATIONAL_ID not in ended.out + prongsai("screen", path).out


def test_each_line_has_its_own_report(prongsai: Command, tmp_path: Path) -> None:
    path = tmp_path / "lines.jsonl"
    rows = [{"id": "ก", "text": "ถนน"}, {"id": 2, "text": f"บัตร {NATIONAL_ID}"}]
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")

    ended = prongsai("screen", path, "--lines", "--json")
    reports = [json.loads(line) for line in ended.out.splitlines()]

    assert ended.status == 1
    assert [(each["id"], len(each["findings"])) for each in reports] == [("ก", 0), (2, 1)]
    assert {each["page"] for each in reports[1]["findings"]} == {1}


@pytest.mark.parametrize(
    "name", ["2569-00009", "", "๒๕๖๙", "0f1b7dd6-4e6b-40ee-9cc4-57e9c71e7cbd", "'; DROP TABLE"]
)
def test_nothing_unknown_is_published(prongsai: Command, name: str) -> None:
    ended = prongsai("publish", name)

    assert ended.status == 1
    assert ended.line.startswith(f"prongsai publish: there is no submission for {name!r}; ")


@pytest.mark.parametrize("by", ["submission", "disclosure"])
def test_publishing_again_answers_the_same_entry(
    prongsai: Command, people: dict[str, Actor], by: str
) -> None:
    submission = factories.ready(people)
    ref = submission.ref if by == "submission" else submission.disclosure.ref

    shown = [prongsai("publish", ref, "--json") for _ in range(2)]
    number = Entry.objects.get().number

    assert [each.status for each in shown] == [0, 0]
    expected = {"number": number, "version": 1, "seq": 0, "action": "published"}
    assert [json.loads(each.out) for each in shown] == [expected] * 2
    assert prongsai("publish", number).out == f"published {number} version 1 (#0)\n"


def test_the_gate_s_reasons_are_said_in_one_line(
    prongsai: Command, people: dict[str, Actor]
) -> None:
    submission = factories.forged(people, factories.drafted(people), by=())

    ended = prongsai("publish", submission.ref)

    assert (ended.status, ended.out) == (1, "")
    assert ended.line == (
        f"prongsai publish: {submission.ref} was refused by the gate: "
        "Step 1 does not have enough endorsements yet."
        " Have that step decide, or submit again if this has come back. "
        "Step 2 does not have enough endorsements yet."
        " Have that step decide, or submit again if this has come back."
    )
    assert not Entry.objects.exists()


def test_in_json_the_gate_s_reasons_carry_their_codes(
    prongsai: Command, people: dict[str, Actor]
) -> None:
    submission = factories.forged(people, factories.drafted(people), by=("head",))

    ended = prongsai("publish", submission.ref, "--json")

    assert (ended.status, ended.err) == (1, "")
    assert json.loads(ended.out) == {
        "reasons": [
            {
                "code": "step_incomplete",
                "about": "2",
                "sentence": "Step 2 does not have enough endorsements yet."
                " Have that step decide, or submit again if this has come back.",
            }
        ]
    }


def test_the_author_is_still_told_in_thai(prongsai: Command, people: dict[str, Actor]) -> None:
    submission = factories.forged(people, factories.drafted(people), by=("head",))

    prongsai("publish", submission.ref)

    submission.refresh_from_db()
    assert submission.refusal.startswith("ขั้นที่ 2 ยังมีผู้เห็นชอบไม่ครบ ให้ขั้นนั้นพิจารณาให้ครบ")


def test_an_export_overwrites_nothing_else(prongsai: Command, tmp_path: Path) -> None:
    (tmp_path / "letter").touch()

    onto_a_file = prongsai("export", tmp_path / "letter", "--json")
    among_others = prongsai("export", tmp_path, "--json")

    assert [each.status for each in (onto_a_file, among_others)] == [2, 2]
    assert onto_a_file.line.endswith("letter is a file; name a folder")
    assert among_others.line.endswith(
        "holds something else; name an empty folder or an earlier mirror"
    )


@pytest.mark.parametrize("words", [[], ["--json"]], ids=str)
def test_an_export_says_how_much_it_mirrored(
    prongsai: Command, people: dict[str, Actor], tmp_path: Path, words: list[str]
) -> None:
    factories.published(people)
    mirror = tmp_path / "mirror"

    ended = prongsai("export", mirror, *words)

    assert (ended.status, ended.err) == (0, "")
    if words:
        assert json.loads(ended.out) == {"entries": 1, "folder": str(mirror)}
    else:
        assert ended.out == f"1 entries mirrored in {mirror}\n"


def test_a_lost_key_is_said_in_one_line(
    prongsai: Command, people: dict[str, Actor], shelves: Path
) -> None:
    submission = factories.ready(people)
    with override_settings(LOG_KEY_PATH=shelves / "files"):
        ended = prongsai("publish", submission.ref)

    assert ended.status == 1
    assert ended.line.startswith("prongsai publish: ")
    assert not Entry.objects.exists()


def test_two_servers_cannot_share_a_port(prongsai: Command, monkeypatch: Any) -> None:
    monkeypatch.setenv("PORTAL_PORT", "8001")

    ended = prongsai("serve")

    assert ended.status == 2
    assert ended.line == ("prongsai serve: PORTAL_PORT and OFFICE_PORT must be two different ports")


@pytest.mark.parametrize("variable", ["PORTAL_PORT", "OFFICE_PORT"])
@pytest.mark.parametrize("text", ["", "web", "0", "-1", "65536", "80.5", "²", "๘๐๐๐", "8000 "])
def test_a_port_is_a_number(prongsai: Command, monkeypatch: Any, variable: str, text: str) -> None:
    monkeypatch.setenv(variable, text)

    ended = prongsai("serve")

    assert ended.status == 2
    assert ended.line == f"prongsai serve: {variable} must be a port number, not {text!r}"


def test_a_port_in_use_is_named_with_what_to_do(prongsai: Command, monkeypatch: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        monkeypatch.setenv("PORTAL_PORT", str(port))
        ended = prongsai("serve")

    assert ended.status == 1
    assert ended.line == (
        f"prongsai serve: port {port} is in use; set PORTAL_PORT or OFFICE_PORT to a free one"
    )
