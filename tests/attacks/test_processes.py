"""What each process can reach with its own settings, tried from inside that process; and what commands can do."""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import pytest

from tests.attacks.installation import OFFICE, Installation, asked

HEAD = """
import json
from django.apps import apps
from django.conf import settings
from django.db import connections
from django.utils import timezone
from prongsai.config.folders import OFFICE
from prongsai.record.models import Entry
from prongsai.record.triggers import gate_open

def run(statement):
    return connections["record"].cursor().execute(statement)

def entry():
    return Entry(seq=0, key="x", at=timezone.now(), action="published", number="2569-00001", version=1,
                 edition_id="0" * 64, leaf_hash="0" * 64)
"""
TRY_ALL = """
told = {}
for attempt in %r:
    try:
        exec(attempt)
        told[attempt] = "done"
    except Exception as error:
        told[attempt] = f"{type(error).__name__}: {error}"
print(json.dumps(told))
"""
READ_ONLY = "OperationalError: attempt to write a readonly database"
# Of whichever table is emptied first; each ends its sentence in its own way.
APPEND_ONLY = re.compile(r"IntegrityError: \w+ is append-only: [a-z, ]+$")
PUBLISH = """
from datetime import UTC, datetime
from prongsai.config.folders import SECRETS
from prongsai.publication.actions import publish
{prepare}
publish(submission_ref='{ref}', at=datetime.now(UTC))
"""
OFFICE_AT_THE_GATE = {
    "": "AttributeError: 'Settings' object has no attribute 'LOG_KEY_PATH'",
    "settings.LOG_KEY_PATH = SECRETS / 'log-key'": READ_ONLY,
}
FLUSH = """
from django.core.management import CommandError, call_command
try:
    call_command('flush', database='{alias}', interactive=False)
except CommandError as error:
    raise error.__cause__
"""
# The command itself, once for each name, in one process.
COMMANDS = """
import contextlib, io, json
from prongsai.config.cli.main import main
told = {}
for name in %r:
    with contextlib.redirect_stderr(io.StringIO()) as said:
        told[name] = [main(["publish", name]), len(said.getvalue().strip().splitlines())]
print(json.dumps(told))
"""
WRITES = (
    "entry().save(force_insert=True)",
    "Entry.objects.bulk_create([entry()])",
    "Entry.objects.update(number='2569-99999')",
    "Entry.objects.all()._raw_delete('record')",
    "run('PRAGMA query_only = OFF'); run('DELETE FROM record_entry')",
    "run('DROP TRIGGER record_entry_needs_the_gate')",
    "with gate_open(connections['record']): entry().save(force_insert=True)",
)
READS = {
    "connections['default'].cursor()": "ImproperlyConfigured",
    "from prongsai.approval.models import Submission": "RuntimeError",
    "from prongsai.files.models import StoredFile": "RuntimeError",
    "apps.get_model('disclosures', 'Revision')": "LookupError",
    "run(f\"ATTACH DATABASE '{OFFICE}/office.sqlite3' AS office\")": "too many attached databases",
    "settings.FINDINGS_KEY": "AttributeError",
    "settings.LOG_KEY_PATH": "AttributeError",
}


def answers(installation: Installation, side: str, attempts: Iterable[str]) -> dict[str, str]:
    """What each attempt came to, inside one process of that side."""
    done = installation.python(side, HEAD + TRY_ALL % (list(attempts),))
    told: dict[str, str] = json.loads(done.stdout)
    return told


def failure(installation: Installation, side: str, code: str) -> str:
    """The last line of what the process died of."""
    done = installation.python(side, code)
    assert done.returncode != 0, done.stdout
    return done.stderr.strip().splitlines()[-1]


@pytest.mark.parametrize("side", ["portal", "office"])
def test_only_the_worker_has_a_connection_that_writes(looked_at: Installation, side: str) -> None:
    told = answers(looked_at, side, WRITES)

    assert told == dict.fromkeys(WRITES, READ_ONLY)
    assert looked_at.entries == 0


def test_the_portal_knows_nothing_of_the_office(looked_at: Installation) -> None:
    told = answers(looked_at, "portal", READS)

    assert {attempt for attempt, part in READS.items() if part not in told[attempt]} == set()


def test_the_portal_needs_no_secret_and_no_folder_but_the_record(
    installation: Installation,
) -> None:
    key = (installation.data / "secrets/django").read_text()
    for name in ("office", "cases", "secrets"):
        shutil.rmtree(installation.data / name)
    code = "import prongsai.config.wsgi_portal\nprint(settings.SECRET_KEY, Entry.objects.count())"

    first, second = (installation.python("portal", HEAD + code).stdout.split() for _ in range(2))

    assert (len(first[0]), first[1]) == (64, "0")
    assert len({key, first[0], second[0]}) == 3
    assert not {"office", "cases", "secrets"} & {path.name for path in installation.data.iterdir()}


def test_collected_static_files_can_be_served_by_another_account(looked_at: Installation) -> None:
    code = (
        "from django.contrib.staticfiles.storage import staticfiles_storage\n"
        "print(oct(staticfiles_storage.file_permissions_mode))"
    )
    assert looked_at.python("build", code).stdout.strip() == "0o644"


def test_the_office_cannot_run_the_gate_to_its_end(waiting: Installation) -> None:
    """Neither without the log's key nor with the key taken from its file."""
    ref = next(iter(waiting.states))
    attempts = [PUBLISH.format(prepare=each, ref=ref) for each in OFFICE_AT_THE_GATE]

    told = answers(waiting, "office", attempts)

    assert list(told.values()) == list(OFFICE_AT_THE_GATE.values())
    assert waiting.entries == 0
    assert waiting.run("publish", ref).returncode == 0


def test_the_portal_loads_no_part_of_the_office(looked_at: Installation) -> None:
    code = (
        "import prongsai.config.wsgi_portal, sys, json\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('prongsai.')]))"
    )
    loaded = json.loads(looked_at.python("portal", code).stdout)

    rooms = {name.split(".")[1] for name in loaded}
    assert not rooms & {"disclosures", "screening", "approval", "publication", "office", "files"}


@pytest.fixture(scope="module")
def under_way(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, str]:
    """One with a submission that no test brings any further, and its reference."""
    data = tmp_path_factory.mktemp("under-way") / "data"
    shutil.copytree(prepared, data)
    (ref,) = Installation(data).approve(1, "--under-way")
    return Installation(data), ref


def test_the_command_publishes_nothing_that_is_not_approved(
    under_way: tuple[Installation, str],
) -> None:
    installation, ref = under_way
    draft, unknown = "2569-00001", "00000000-0000-0000-0000-000000000000"
    names = [ref, draft, unknown]

    told = json.loads(installation.python("worker", COMMANDS % (names,)).stdout)

    assert told == {name: [1, 1] for name in names}, "an exit status, and one line"
    assert installation.entries == 0


def test_an_attempt_by_command_is_remembered(under_way: tuple[Installation, str]) -> None:
    installation, ref = under_way
    question = "SELECT outcome FROM organisation_act WHERE verb = 'publish' ORDER BY id"
    before = asked(installation.data / OFFICE, question)

    refused = installation.run("publish", ref, check=False)

    assert refused.returncode == 1
    assert "This has not been approved at every step yet" in refused.stderr
    assert asked(installation.data / OFFICE, question) == [*before, ("refused",)]


def test_fixtures_do_not_come_into_the_record(installation: Installation, tmp_path: Path) -> None:
    forged = tmp_path / "forged.json"
    edition = {"number": "2569-00001", "canonical": "{}"}
    forged.write_text(json.dumps([{"model": "record.edition", "pk": "0" * 64, "fields": edition}]))
    code = (
        "from django.core.management import call_command\n"
        f"call_command('loaddata', '{forged}', database='record')"
    )

    assert "through its gate only" in failure(installation, "worker", code)


def test_flushing_is_refused_by_the_tables_themselves(waiting: Installation) -> None:
    waiting.run("tick")
    before = waiting.entries
    attempts = [FLUSH.format(alias=alias) for alias in ("record", "default")]

    told = answers(waiting, "worker", attempts)

    assert len(told) == 2
    assert all(APPEND_ONLY.match(each) for each in told.values()), told
    assert waiting.entries == before > 0
    assert waiting.run("verify").returncode == 0
    assert waiting.run("check").returncode == 0


def test_bytes_swapped_after_approval_stop_the_worker_at_that_one(waiting: Installation) -> None:
    swapped, *sound = waiting.states
    question = (
        "SELECT json_extract(content, '$.files[0].sha256') FROM disclosures_revision "
        "JOIN approval_submission AS submission ON revision_id = disclosures_revision.id "
        f"WHERE submission.ref = '{UUID(swapped).hex}'"
    )
    [(sha256,)] = asked(waiting.data / OFFICE, question)
    place = waiting.data / "office" / "files" / sha256[:2] / sha256
    place.write_bytes("ประกาศปลอม".encode())

    waiting.run("tick")

    assert waiting.states == {swapped: "refused"} | dict.fromkeys(sound, "published")
    assert waiting.entries == len(sound)


def test_secrets_and_private_folders_are_for_this_account_only(looked_at: Installation) -> None:
    modes = {
        path.relative_to(looked_at.data).as_posix(): path.stat().st_mode & 0o777
        for path in [looked_at.data / "office", *(looked_at.data / "secrets").iterdir()]
    }

    assert modes.pop("office") == 0o700
    assert set(modes.values()) == {0o600}
