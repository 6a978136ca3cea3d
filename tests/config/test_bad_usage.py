"""Every command against words, folders and settings that it cannot take: one clear line, and the documented status."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from prongsai.config.cli import demo, verify
from prongsai.config.cli.main import COMMANDS
from prongsai.config.cli.problems import CommandProblem, as_problem
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Unit
from tests.config.conftest import Command
from tests.publication import factories

pytestmark = pytest.mark.django_db(databases=["default", "record"])
NEEDED = {
    "screen": ["FILE"],
    "read": ["FILE"],
    "import": ["MANIFEST"],
    "publish": ["2569-00001"],
    "export": ["DIR"],
    "pack": ["FILE"],
    "report": ["2569"],
}
IN_JSON = (
    *("screen", "read", "import", "publish", "verify", "coverage", "export", "rebuild", "check"),
    *("tick", "pack", "report"),
)
# From <linux/prctl.h>.
PR_CAPBSET_DROP = 24
PROBLEMS = [
    (CommandProblem("ก", status=2), "ก", 2),
    (ImproperlyConfigured("ก\nข"), "ก", 2),
    (ImproperlyConfigured(), "ImproperlyConfigured", 2),
    (
        DatabaseError("no such table: x\nDETAIL: y"),
        "the database cannot be used: no such table: x; `prongsai migrate` makes what is missing",
        1,
    ),
    (PermissionError(13, "Permission denied", "/ก"), "/ก cannot be used: Permission denied", 1),
    (OSError(28, "No space left on device"), "[Errno 28] No space left on device", 1),
    (OSError(), "OSError", 1),
]


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("words", [["--nonsense"], ["-x"], ["--nonsense=1"]], ids=" ".join)
def test_every_command_refuses_an_option_that_it_has_not(
    prongsai: Command, name: str, words: list[str]
) -> None:
    ended = prongsai(name, *NEEDED.get(name, []), *words)

    assert (ended.status, ended.out) == (2, "")
    assert ended.line == f"prongsai: unrecognized arguments: {words[0]}; see `prongsai --help`"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_refuses_a_word_too_many(prongsai: Command, name: str) -> None:
    ended = prongsai(name, *NEEDED.get(name, []), "เกิน")

    assert (ended.status, ended.out) == (2, "")
    assert ended.line == "prongsai: unrecognized arguments: เกิน; see `prongsai --help`"


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in IN_JSON])
def test_json_is_refused_where_it_is_not_promised(prongsai: Command, name: str) -> None:
    ended = prongsai(name, "--json")

    assert (ended.status, ended.out) == (2, "")
    assert ended.line == "prongsai: unrecognized arguments: --json; see `prongsai --help`"


@pytest.mark.parametrize(("error", "line", "status"), PROBLEMS, ids=lambda each: repr(each)[:30])
def test_what_went_wrong_is_one_line_with_its_status(
    error: Exception, line: str, status: int
) -> None:
    problem = as_problem(error)

    assert (str(problem), problem.status) == (line, status)


@pytest.fixture
def own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """What `verify` remembers and `demo` marks lies in the test's own folder."""
    monkeypatch.setattr(verify, "DATA", tmp_path)
    monkeypatch.setattr(demo, "DATA", tmp_path)
    monkeypatch.setattr(demo, "MARK", tmp_path / "demonstration.loaded")
    return tmp_path


def test_a_whole_record_and_its_mirror_verify_alike(
    prongsai: Command, people: dict[str, Actor], own_folder: Path
) -> None:
    factories.published(people)
    prongsai("export", own_folder / "mirror")

    reports = [prongsai("verify", *words) for words in ([], ["--dir", own_folder / "mirror"])]

    assert [(each.status, each.err) for each in reports] == [(0, ""), (0, "")]
    assert reports[0].out == reports[1].out
    assert ": 1 entries, 1 editions, 0 recalled, 1 files: all as signed (root " in reports[0].out


def test_a_report_in_json_has_every_number(
    prongsai: Command, people: dict[str, Actor], own_folder: Path
) -> None:
    factories.published(people)

    report: dict[str, Any] = json.loads(prongsai("verify", "--json").out)

    numbers = {name: report[name] for name in ("ok", "entries", "editions", "recalled", "blobs")}
    assert numbers == {"ok": True, "entries": 1, "editions": 1, "recalled": 0, "blobs": 1}
    assert report["first_problem"] in ("", None)


@pytest.mark.parametrize("words", [[], ["--json"]], ids=str)
def test_a_spoilt_mirror_is_a_problem_and_not_bad_usage(
    prongsai: Command, people: dict[str, Actor], own_folder: Path, words: list[str]
) -> None:
    factories.published(people)
    mirror = own_folder / "mirror"
    prongsai("export", mirror)
    for blob in (path for path in mirror.rglob("*") if path.is_file() and "files" in path.parts):
        blob.chmod(0o600)
        blob.write_bytes(b"x")

    ended = prongsai("verify", "--dir", mirror, *words)

    assert ended.status == 1
    if words:
        assert not json.loads(ended.out)["ok"]
    else:
        assert (ended.out, ended.line.startswith("prongsai verify: ")) == ("", True)


@pytest.mark.parametrize(
    "words",
    [["--dir", "/nowhere"], ["--url", "http://127.0.0.1:9"], ["--url", "nonsense"]],
    ids=str,
)
def test_what_cannot_be_reached_is_said_in_one_line(
    prongsai: Command, own_folder: Path, words: list[str]
) -> None:
    ended = prongsai("verify", *words)

    assert (ended.status, ended.out) in ((1, ""), (2, ""))
    assert ended.line.startswith("prongsai verify: ")


def test_a_demonstration_leaves_another_municipality_alone(
    prongsai: Command, people: dict[str, Actor], own_folder: Path
) -> None:
    before = set(Unit.objects.values_list("code", flat=True))

    ended = prongsai("demo", "--chart-only")

    assert (ended.status, ended.out) == (1, "")
    assert ended.line == f"prongsai demo: {demo.STRANGERS}"
    assert set(Unit.objects.values_list("code", flat=True)) == before
    assert list(own_folder.glob("demonstration.loaded")) == []


def test_passwords_of_a_demonstration_are_shown_once(prongsai: Command, own_folder: Path) -> None:
    first, second = prongsai("demo", "--chart-only"), prongsai("demo", "--chart-only")

    head, *lines = first.err.splitlines()
    assert head == "accounts of the demonstration (passwords are shown this once):"
    assert len(lines) == Person.objects.exclude(password="").count() > 0
    assert (first.status, second.status, second.err) == (0, 0, "")
    assert (own_folder / "municipality.toml").is_file()
    assert (own_folder / "demonstration.loaded").is_file()


def without_privilege() -> None:
    """Root loses what lets it pass by modes (CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH of <linux/capability.h>)."""
    for capability in (1, 2):
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


def under_modes(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command as a user for whom the modes of folders count."""
    kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    return subprocess.run(
        [sys.executable, "-m", "prongsai.config.cli.main", *words],
        env=kept | {"PRONGSAI_DATA": str(data)},
        capture_output=True,
        text=True,
        preexec_fn=without_privilege,
    )


@pytest.mark.parametrize("name", ["check", "migrate", "serve"])
@pytest.mark.parametrize("mode", [0o500, 0o000], ids=["read-only", "closed"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, name: str, mode: int) -> None:
    data = tmp_path / "var"
    data.mkdir(mode=mode)

    ended = under_modes(data, name)
    data.chmod(0o700)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1, ended.stderr
    assert ended.stderr.startswith(f"prongsai {name}: {data}")
    assert list(data.iterdir()) == []
