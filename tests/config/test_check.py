"""`prongsai check` finds each thing that it knows to look for, and nothing in an installation that is well."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

from prongsai.approval.models import Submission
from prongsai.files.states import FileState
from prongsai.monitoring.adopting import adopt, receive_pack
from prongsai.monitoring.data_packs import lay_out
from prongsai.notices.models import Notice
from prongsai.obligations.queries import problems as duty_problems
from prongsai.office.tokens import IdentityProvider
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.record.triggers import missing_triggers
from tests.approval.factories import line
from tests.config.conftest import Command
from tests.disclosures.factories import stored_file
from tests.monitoring.packs import ISSUER, pack
from tests.notices import factories as notices
from tests.office.provider import CLIENT, SECRET, running
from tests.publication import factories

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def triggers(alias: str) -> list[str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def run(alias: str, sql: str) -> None:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql)


def approved_minutes_ago(people: dict[str, Actor], minutes: int) -> Submission:
    submission = factories.ready(people)
    at = datetime.now(UTC) - timedelta(minutes=minutes)
    Submission.objects.filter(pk=submission.pk).update(approved_at=at)
    return submission


def problems(prongsai: Command) -> list[str]:
    """What is found, after seeing that both ways of saying it agree."""
    told, shown = prongsai("check"), prongsai("check", "--json")
    found: list[str] = json.loads(shown.out)["problems"]
    assert told.err == "".join(f"prongsai check: {each}\n" for each in found)
    assert {told.status, shown.status} == {1 if found else 0}
    assert (told.out, shown.err) == ("", "")
    return found


def test_an_installation_that_is_well_has_no_problems(
    prongsai: Command, people: dict[str, Actor]
) -> None:
    factories.published(people)

    assert problems(prongsai) == []


def test_every_trigger_of_the_record_is_missed(prongsai: Command) -> None:
    dropped = triggers("record")
    for name in dropped:
        run("record", f'DROP TRIGGER "{name}"')
    missing = sorted(missing_triggers())

    assert len(missing) >= 10
    told = [each for each in problems(prongsai) if each.startswith("the record's trigger")]
    assert sorted(told) == [
        f"the record's trigger {name} is missing; run `prongsai migrate`" for name in missing
    ]
    assert set(missing) <= set(dropped)


@pytest.mark.parametrize("name", ["organisation_act", "disclosures_revision", "approval_decision"])
def test_a_trigger_of_the_office_is_missed(prongsai: Command, name: str) -> None:
    dropped = [each for each in triggers("default") if each.startswith(name)]
    for each in dropped:
        run("default", f'DROP TRIGGER "{each}"')

    found = " ".join(problems(prongsai))

    assert dropped
    assert [each for each in dropped if each not in found] == []


@pytest.mark.parametrize("column", ["reason", "actor_name", "verb"])
def test_a_trail_that_was_rewritten_is_found(
    prongsai: Command, people: dict[str, Actor], column: str
) -> None:
    factories.ready(people)
    second = Act.objects.order_by("id")[1]
    run("default", 'DROP TRIGGER "organisation_act_refuses_update"')
    run("default", f"UPDATE organisation_act SET {column} = 'x' WHERE id = {second.pk}")

    found = [each for each in problems(prongsai) if each.startswith("the trail of acts is broken")]

    assert len(found) == 1
    assert str(second.pk) in found[0]


@pytest.mark.parametrize(("minutes", "is_late"), [(9, False), (11, True)])
def test_what_waits_at_the_gate_too_long_is_named(
    prongsai: Command, people: dict[str, Actor], minutes: int, is_late: bool
) -> None:
    ref = approved_minutes_ago(people, minutes).ref
    late = f"submission {ref} is approved and late; is the worker running?"

    assert problems(prongsai) == ([late] if is_late else [])


def test_a_scanner_that_is_away_is_told_with_what_waits_for_it(
    prongsai: Command, tmp_path: Path, settings: Any
) -> None:
    settings.VIRUS_SCANNER = str(tmp_path / "socket")
    stored_file(state=FileState.RECEIVED)

    scanner, waiting = problems(prongsai)

    assert "does not answer" in scanner
    assert waiting.startswith("1 files wait")


def test_pages_that_no_machine_can_read_are_told(
    prongsai: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRONGSAI_TESSDATA", str(tmp_path))

    [problem] = problems(prongsai)

    assert "script/setup" in problem


def test_a_notice_that_the_public_does_not_see_is_found(
    prongsai: Command, settings: Any, tmp_path: Path
) -> None:
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"
    notices.live(line())
    assert problems(prongsai) == []
    settings.NOTICE_FILE.unlink()
    [found] = problems(prongsai)
    assert "live.json does not say what the office holds" in found


def test_a_look_back_that_is_late_and_a_broken_file_of_notices_are_found(
    prongsai: Command, settings: Any, tmp_path: Path
) -> None:
    settings.NOTICE_FILE = tmp_path / "notices" / "live.json"
    notices.ended(line())
    Notice.objects.update(review_due_date=date(2026, 11, 1))
    settings.NOTICE_FILE.write_bytes(b"{")
    assert [each[:36] for each in problems(prongsai)] == [
        "the file of emergency notices cannot",
        f"{settings.NOTICE_FILE} does not say"[:36],
        "1 emergency notices have not been lo",
    ]


def signed_in_through_a_proxy(people: dict[str, Actor], at: datetime) -> None:
    details = {"address": "10.0.0.9", "unnamed_proxy": True}
    record_act(by=people["officer"], at=at, verb="office.sign_in", details=details)


def test_sign_ins_through_a_proxy_that_is_not_named_are_told(
    prongsai: Command, people: dict[str, Actor]
) -> None:
    now = datetime.now(UTC)
    signed_in_through_a_proxy(people, now - timedelta(days=8))
    assert problems(prongsai) == []

    signed_in_through_a_proxy(people, now)
    [found] = problems(prongsai)
    assert "a proxy at 10.0.0.9 that PRONGSAI_TRUSTED_PROXIES does not name" in found


def test_a_provider_that_does_not_answer_is_told(
    prongsai: Command, people: dict[str, Actor], settings: Any
) -> None:
    with running() as fake:
        settings.IDENTITY_PROVIDER = IdentityProvider(
            issuer=fake.issuer, client_id=CLIENT, client_secret=SECRET, label="ThaiD"
        )
        assert problems(prongsai) == []
        fake.config = {"issuer": "https://evil.example"}
        [strange] = problems(prongsai)
        fake.config = {"jwks_uri": None}
        [silent] = problems(prongsai)
    assert "describes itself as another" in strange
    assert "does not answer as it should; people sign in with their passwords" in silent


def test_an_adopted_list_that_does_not_lie_in_its_folder_is_told(
    prongsai: Command, settings: Any, tmp_path: Path
) -> None:
    settings.OBLIGATIONS_FOLDER = tmp_path
    settings.PACK_KEYS = (str(ISSUER.verifier),)
    by, at = Actor.system("test"), datetime(2026, 11, 23, tzinfo=UTC)
    row = receive_pack(raw=pack(), by=by, at=at)
    adopt(instrument_key=row.instrument_key, pack=row, reason="", by=by, at=at)
    [found] = problems(prongsai)
    assert found.startswith(f"{tmp_path}/pack-ita-oit-2570.toml is not the list that was adopted")
    lay_out()
    assert problems(prongsai) == []


def test_a_broken_file_of_own_duties_is_told(
    prongsai: Command, settings: Any, tmp_path: Path
) -> None:
    settings.OBLIGATIONS_FOLDER = tmp_path
    (tmp_path / "own.toml").write_text("[instrument", "utf-8")
    # The log tells it on standard error as well, once a process.
    assert duty_problems()
    [found] = problems(prongsai)
    assert found.startswith(f"{tmp_path}: own.toml: อ่านไม่ได้")
