"""What each process can reach with its own settings, tried from inside that process; and what commands can do."""

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.attacks.installation import Installation

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
OFFICE_AT_THE_GATE = {
    "": "AttributeError: 'Settings' object has no attribute 'LOG_KEY_PATH'",
    "settings.LOG_KEY_PATH = SECRETS / 'log-key'": READ_ONLY,
}
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


def entries(installation: Installation) -> int:
    return int(installation.python("portal", f"{HEAD}\nprint(Entry.objects.count())").stdout)


@pytest.mark.parametrize("side", ["portal", "office"])
def test_only_the_worker_has_a_connection_that_writes(looked_at: Installation, side: str) -> None:
    told = answers(looked_at, side, WRITES)

    assert told == dict.fromkeys(WRITES, READ_ONLY)
    assert entries(looked_at) == 0


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


def test_the_office_cannot_run_the_gate_to_its_end(installation: Installation) -> None:
    """Neither without the log's key nor with the key taken from its file."""
    (ref,) = installation.approve(1)
    code = (
        "from datetime import UTC, datetime\n"
        "from django.conf import settings\n"
        "from prongsai.config.folders import SECRETS\n"
        "from prongsai.publication.actions import publish\n"
        "{prepare}\n"
        f"publish(submission_ref='{ref}', at=datetime.now(UTC))"
    )

    for prepare, reason in OFFICE_AT_THE_GATE.items():
        assert reason in failure(installation, "office", code.replace("{prepare}", prepare))

    assert entries(installation) == 0
    assert installation.run("publish", ref).returncode == 0


def test_the_portal_loads_no_part_of_the_office(looked_at: Installation) -> None:
    code = (
        "import prongsai.config.wsgi_portal, sys, json\n"
        "print(json.dumps([name for name in sys.modules if name.startswith('prongsai.')]))"
    )
    loaded = json.loads(looked_at.python("portal", code).stdout)

    rooms = {name.split(".")[1] for name in loaded}
    assert not rooms & {"disclosures", "screening", "approval", "publication", "office", "files"}


def test_the_command_publishes_nothing_that_is_not_approved(installation: Installation) -> None:
    (under_way,) = installation.approve(1, "--under-way")
    draft, unknown = "2569-00001", "00000000-0000-0000-0000-000000000000"

    for named in (under_way, draft, unknown):
        done = installation.run("publish", named, check=False)
        assert (named, done.returncode) == (named, 1)
        assert len(done.stderr.strip().splitlines()) == 1, named
        assert entries(installation) == 0, named


def test_an_attempt_by_command_is_remembered(installation: Installation) -> None:
    (ref,) = installation.approve(1, "--under-way")

    refused = installation.run("publish", ref, check=False)

    code = (
        "from prongsai.organisation.models import Act\n"
        "print(*Act.objects.filter(verb='publish').values_list('outcome', flat=True))"
    )
    assert "This has not been approved at every step yet" in refused.stderr
    assert installation.python("office", code).stdout.strip() == "refused"


def test_fixtures_do_not_come_into_the_record(installation: Installation, tmp_path: Path) -> None:
    forged = tmp_path / "forged.json"
    edition = {"number": "2569-00001", "canonical": "{}"}
    forged.write_text(json.dumps([{"model": "record.edition", "pk": "0" * 64, "fields": edition}]))
    code = (
        "from django.core.management import call_command\n"
        f"call_command('loaddata', '{forged}', database='record')"
    )

    assert "through its gate only" in failure(installation, "worker", code)


def test_flushing_is_refused_by_the_tables_themselves(installation: Installation) -> None:
    (ref,) = installation.approve(1)
    installation.run("publish", ref)
    code = (
        "from django.core.management import CommandError, call_command\n"
        "try:\n"
        "    call_command('flush', database='{alias}', interactive=False)\n"
        "except CommandError as error:\n"
        "    raise error.__cause__"
    )

    for alias in ("record", "default"):
        assert APPEND_ONLY.search(failure(installation, "worker", code.replace("{alias}", alias)))
        assert entries(installation) == 1, alias

    assert installation.run("verify").returncode == 0
    assert installation.run("check").returncode == 0


def test_bytes_swapped_after_approval_stop_the_worker_at_that_one(
    installation: Installation,
) -> None:
    swapped, sound = installation.approve(2)
    code = (
        "from prongsai.approval.models import Submission\n"
        f"print(Submission.objects.get(ref='{swapped}').revision.content['files'][0]['sha256'])"
    )
    sha256 = installation.python("office", code).stdout.strip()
    place = installation.data / "office" / "files" / sha256[:2] / sha256
    place.write_bytes("ประกาศปลอม".encode())

    installation.run("tick")

    states = (
        "from prongsai.approval.models import Submission\n"
        "print({str(each.ref): each.state for each in Submission.objects.all()})"
    )
    told = installation.python("office", states).stdout
    assert f"'{swapped}': 'refused'" in told
    assert f"'{sound}': 'published'" in told
    assert entries(installation) == 1


def test_secrets_and_private_folders_are_for_this_account_only(looked_at: Installation) -> None:
    modes = {
        path.relative_to(looked_at.data).as_posix(): path.stat().st_mode & 0o777
        for path in [looked_at.data / "office", *(looked_at.data / "secrets").iterdir()]
    }

    assert modes.pop("office") == 0o700
    assert set(modes.values()) == {0o600}
