"""The same doors on a real PostgreSQL server: owner, worker, and a reader who may only look at the record."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.at_once import new_database
from tests.attacks.installation import Installation

pytestmark = pytest.mark.postgres
TRUTH = ("record_entry", "record_edition", "record_node", "record_checkpoint")
OFFICE = ("organisation_act", "disclosures_revision", "approval_decision", "screening_screening")
READERS_ATTEMPTS = (
    "SELECT * FROM office.disclosures_revision",
    "SELECT * FROM office.organisation_person",
    "SET search_path = office; SELECT * FROM files_storedfile",
    "INSERT INTO record.record_item DEFAULT VALUES",
    "UPDATE record.record_item SET title = 'x'",
    "DELETE FROM record.record_publishedfile",
    "TRUNCATE record.record_item",
    "CREATE TABLE record.mine (x int)",
    "CREATE TABLE mine (x int)",
    "DROP TABLE record.record_item",
    "ALTER TABLE record.record_entry DISABLE TRIGGER ALL",
    "SELECT set_config('prongsai.gate', 'open', false); INSERT INTO record.record_node VALUES (9, 9, 'x')",
    "SET ROLE prongsai",
)


@pytest.fixture(scope="module")
def served(
    postgres_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: Any,
) -> Installation:
    """An installation on the server with one thing published, and its reader's role."""
    with django_db_blocker.unblock():
        url = new_database(postgres_url)
    reader = f"{urlsplit(url).path.lstrip('/')}_reader"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE ROLE {reader} LOGIN PASSWORD 'อ่าน/อย่างเดียว'")
    more = {
        "PRONGSAI_DATABASE": url,
        "PRONGSAI_DATABASE_READER": reader,
        "PRONGSAI_DATABASE_READER_PASSWORD": "อ่าน/อย่างเดียว",
    }
    made = Installation(tmp_path_factory.mktemp("postgres-town"), more)
    made.run("migrate")
    made.run("demo", "--chart-only")
    (ref,) = made.approve(1)
    made.run("publish", ref)
    return made


@pytest.fixture
def owner(served: Installation) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(served.more["PRONGSAI_DATABASE"], autocommit=True)


def refused(connection: psycopg.Connection[tuple[object, ...]], statement: str) -> bool:
    try:
        connection.execute(statement)
    except psycopg.Error:
        return True
    return False


def test_one_publication_goes_through_the_gate_and_verifies(served: Installation) -> None:
    assert served.run("verify").stdout.startswith("tangjai.example/log: 1 entries")
    assert served.run("check").returncode == 0
    assert not (served.data / "office" / "office.sqlite3").exists()


@pytest.mark.parametrize(
    "table", [f"record.{name}" for name in TRUTH] + [f"office.{name}" for name in OFFICE]
)
def test_not_even_the_owner_changes_or_removes_rows(
    owner: psycopg.Connection[tuple[object, ...]], table: str
) -> None:
    with owner:
        (column,) = owner.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema || '.' || table_name = %s"
            " ORDER BY ordinal_position LIMIT 1", [table],
        ).fetchone() or ("",)  # fmt: skip
        before = owner.execute(f"SELECT * FROM {table}").fetchall()
        attempts = [
            f'UPDATE {table} SET "{column}" = "{column}"',
            f"DELETE FROM {table}",
            f"TRUNCATE {table} CASCADE",
        ]

        assert before
        assert [refused(owner, attempt) for attempt in attempts] == [True, True, True]
        assert owner.execute(f"SELECT * FROM {table}").fetchall() == before


@pytest.mark.parametrize("table", TRUTH)
def test_the_owner_inserts_through_the_gate_only(
    owner: psycopg.Connection[tuple[object, ...]], table: str
) -> None:
    with owner:
        assert refused(owner, f"INSERT INTO record.{table} SELECT * FROM record.{table}")


@pytest.mark.parametrize("attempt", READERS_ATTEMPTS)
def test_the_reader_reads_the_record_and_does_nothing_else(
    served: Installation, attempt: str
) -> None:
    place = urlsplit(served.more["PRONGSAI_DATABASE"])
    with psycopg.connect(
        host=place.hostname, port=place.port, dbname=place.path[1:],
        user=served.more["PRONGSAI_DATABASE_READER"],
        password=served.more["PRONGSAI_DATABASE_READER_PASSWORD"], autocommit=True,
    ) as reader:  # fmt: skip
        assert reader.execute("SELECT count(*) FROM record.record_entry").fetchone() == (1,)
        assert refused(reader, attempt)


def test_portal_and_office_read_the_record_as_the_reader(served: Installation) -> None:
    code = (
        "from django.db import connections\nfrom prongsai.record.models import Entry, Item\n"
        "print(Item.objects.get().number, connections['record'].settings_dict['USER'])\n"
        "Item.objects.update(title='x')"
    )

    for side in ("portal", "office"):
        done = served.python(side, code)
        assert done.stdout.split()[1] == served.more["PRONGSAI_DATABASE_READER"]
        assert "read-only transaction" in done.stderr


def test_the_portal_s_process_is_not_given_the_owner_s_password(
    served: Installation, tmp_path: Path
) -> None:
    code = (
        "import os\nfrom prongsai.config.databases import reader_environment\n"
        "print(reader_environment(os.environ)['PRONGSAI_DATABASE'])"
    )
    url = served.python("portal", code).stdout.strip()
    reader = served.more["PRONGSAI_DATABASE_READER"]
    inside = Installation(
        served.data, {"PRONGSAI_DATABASE": url, "PRONGSAI_DATABASE_READER": reader}
    )

    count = "from prongsai.record.models import Entry\nprint(Entry.objects.count())"
    assert urlsplit(url).username == reader
    assert inside.python("portal", count).stdout.strip() == "1"


def test_the_portal_does_not_start_with_the_owner_s_rights(served: Installation) -> None:
    bare = Installation(served.data, {"PRONGSAI_DATABASE": served.more["PRONGSAI_DATABASE"]})

    done = bare.python("portal", "import prongsai.config.wsgi_portal")

    assert done.returncode == 1
    assert "set PRONGSAI_DATABASE_READER" in done.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("give", "take"),
    [
        ("GRANT INSERT ON record.record_item TO {}", "REVOKE INSERT ON record.record_item FROM {}"),
        ("GRANT prongsai TO {}", "REVOKE prongsai FROM {}"),
    ],
)
def test_a_reader_that_may_change_the_record_is_reported(
    served: Installation, owner: psycopg.Connection[tuple[object, ...]], give: str, take: str
) -> None:
    reader = served.more["PRONGSAI_DATABASE_READER"]
    with owner:
        owner.execute(give.format(reader))
        done = served.run("check", check=False)
        owner.execute(take.format(reader))

    assert done.returncode == 1
    assert "PRONGSAI_DATABASE_READER may do more than read the record" in done.stderr


def test_what_has_no_expiry_date_does_not_expire(served: Installation) -> None:
    """JSON's null is less than any text there."""
    code = (
        "from datetime import UTC, datetime\nfrom prongsai.publication.queries import expired\n"
        "print(expired(at=datetime(2099, 1, 1, tzinfo=UTC)))"
    )
    assert served.python("worker", code).stdout.strip() == "[]"


def test_two_workers_give_unique_gapless_numbers(served: Installation) -> None:
    refs = served.approve(4)
    workers = [served.start("work", "--until-idle") for _ in range(2)]
    for worker in workers:
        assert worker.wait(60) == 0

    with psycopg.connect(served.more["PRONGSAI_DATABASE"]) as owner:
        rows = owner.execute("SELECT seq, number FROM record.record_entry ORDER BY seq").fetchall()
    year = str(rows[0][1]).partition("-")[0]
    assert rows == [(seq, f"{year}-{seq + 1:05d}") for seq in range(len(refs) + 1)]
    assert served.run("verify").returncode == 0
