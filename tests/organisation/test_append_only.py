"""The database itself refuses to change the trail of acts."""

import pytest
from django.db import IntegrityError, connection, transaction

from prongsai.organisation import append_only
from prongsai.organisation.actions import record_act
from prongsai.organisation.models import Act
from tests import factories

pytestmark = pytest.mark.django_db
TABLE = "organisation_act"


def an_act() -> Act:
    return record_act(by=factories.actor(), at=factories.NOW, verb="appoint", subject="post:clerk")


def run(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE organisation_act SET verb = 'nothing'",
        "UPDATE organisation_act SET reason = 'x' WHERE id = {id}",
        "DELETE FROM organisation_act",
        "INSERT OR REPLACE INTO organisation_act SELECT * FROM organisation_act WHERE id = {id}",
        (
            "REPLACE INTO organisation_act SELECT id + 900, at, actor_name, post_code, post_title,"
            " capacity, acting_order, verb, subject, outcome, 'other', details, previous_hash,"
            " hash, person_id FROM organisation_act"
        ),
        (
            "INSERT INTO organisation_act SELECT * FROM organisation_act WHERE true"
            " ON CONFLICT DO UPDATE SET verb = 'nothing'"
        ),
    ],
)
def test_sql_cannot_change_or_remove_an_act(sql: str) -> None:
    act = an_act()
    with pytest.raises(IntegrityError, match="append-only"):
        run(sql.format(id=act.pk))
    assert list(Act.objects.values_list("pk", "verb", "reason")) == [(act.pk, "appoint", "")]


@pytest.mark.parametrize(
    "change",
    [
        lambda acts: acts.update(verb="nothing"),
        lambda acts: acts.delete(),
        lambda acts: Act.objects.bulk_update([_renamed(acts.get())], ["verb"]),
        lambda acts: acts.get().delete(),
    ],
)
def test_the_orm_cannot_change_or_remove_an_act(change) -> None:  # type: ignore[no-untyped-def]
    an_act()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(Act.objects.all())
    assert Act.objects.get().verb == "appoint"


def _renamed(act: Act) -> Act:
    act.verb = "nothing"
    return act


def test_saving_an_act_again_is_refused_before_the_database_is_asked() -> None:
    act = an_act()
    with pytest.raises(TypeError, match="never changed"):
        act.save()


def test_nothing_is_missing_after_migrating() -> None:
    assert append_only.missing(connection, [TABLE]) == []
    assert append_only.missing_triggers("default") == []


def test_a_dropped_trigger_is_missed_and_installed_again() -> None:
    run(f"DROP TRIGGER {TABLE}_refuses_update")
    assert append_only.missing(connection, [TABLE]) == [f"{TABLE}_refuses_update"]
    append_only.install(connection, [TABLE])
    assert append_only.missing(connection, [TABLE]) == []


def test_a_trigger_that_was_made_harmless_counts_as_missing() -> None:
    run(f"DROP TRIGGER {TABLE}_refuses_delete")
    run(f"CREATE TRIGGER {TABLE}_refuses_delete BEFORE DELETE ON {TABLE} BEGIN SELECT 1; END")
    assert append_only.missing(connection, [TABLE]) == [f"{TABLE}_refuses_delete"]
    append_only.install(connection, [TABLE])
    an_act()
    with pytest.raises(IntegrityError, match="append-only"):
        run(f"DELETE FROM {TABLE}")


def test_installing_twice_changes_nothing() -> None:
    append_only.install(connection, [TABLE])
    append_only.install(connection, [TABLE])
    assert append_only.missing(connection, [TABLE]) == []


def test_postgresql_refuses_truncate_for_the_whole_statement() -> None:
    statements = append_only.append_only_sql(TABLE, "postgresql")
    assert statements[f"{TABLE}_refuses_truncate"] == (
        'CREATE TRIGGER "organisation_act_refuses_truncate" BEFORE TRUNCATE ON "organisation_act"'
        " FOR EACH STATEMENT EXECUTE FUNCTION prongsai_refuse_change()"
    )
