"""The database itself refuses, whoever holds the worker's own connection: ORM or SQL, all rows or one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connections, models, transaction
from django.test import override_settings

from prongsai.approval.models import Decision
from prongsai.disclosures.models import Revision
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.publication.actions import publish
from prongsai.record.models import Checkpoint, Edition, Entry, Node
from prongsai.screening.models import Finding, FindingDecision, Screening
from tests.approval.factories import approved
from tests.databases import standing
from tests.publication import factories
from tests.publication.conftest import storages
from tests.publication.factories import LATER

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("published"),
]
RECORD = (Entry, Edition, Node, Checkpoint)
OFFICE = (Act, Revision, Decision, Screening)
Model = type[models.Model]


@pytest.fixture(scope="module")
def published(
    town: dict[str, Actor], tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any
) -> Iterator[Entry]:
    """Made once, as no test changes any of its rows."""

    def make() -> Entry:
        submission = approved(town, disclosure=factories.drafted(town))
        return publish(submission_ref=submission.ref, at=LATER)

    with (
        override_settings(**storages(tmp_path_factory.mktemp("shelves"))),
        standing(make, django_db_blocker, ("default", "record")) as entry,
    ):
        yield entry


def alias(model: Model) -> str:
    return "record" if model in RECORD else "default"


def refused(model: Model, attack: Callable[[], object]) -> None:
    """The attack fails, and every row is as it was."""
    before = list(model._default_manager.order_by("pk").values())
    assert before
    with pytest.raises(DatabaseError), transaction.atomic(using=alias(model)):
        attack()
    assert list(model._default_manager.order_by("pk").values()) == before


def sql(model: Model, statement: str) -> Callable[[], object]:
    def run() -> object:
        table = f'"{model._meta.db_table}"'
        with connections[alias(model)].cursor() as cursor:
            return cursor.execute(statement.format(table=table))

    return run


def some_column(model: Model) -> str:
    return next(each.column for each in model._meta.concrete_fields if not each.primary_key)


@pytest.mark.parametrize("model", [*RECORD, *OFFICE])
def test_rows_cannot_be_changed(model: Model) -> None:
    column = some_column(model)
    text = models.F(next(f.name for f in model._meta.concrete_fields if f.column == column))

    refused(model, lambda: model._default_manager.update(**{text.name: text}))
    refused(model, sql(model, f'UPDATE {{table}} SET "{column}" = "{column}"'))


@pytest.mark.parametrize("model", [*RECORD, *OFFICE])
def test_rows_cannot_be_removed(model: Model) -> None:
    refused(model, sql(model, "DELETE FROM {table}"))
    refused(model, lambda: model._default_manager.all()._raw_delete(alias(model)))


@pytest.mark.parametrize("model", RECORD)
def test_rows_of_the_record_come_in_through_the_gate_only(model: Model) -> None:
    def another() -> models.Model:
        row = model._default_manager.order_by("-pk")[0]
        row.pk = "f" * 64 if isinstance(row.pk, str) else row.pk + 1
        row._state.adding = True
        if isinstance(row, Entry):
            row.key, row.leaf_hash = "forged", "f" * 64
        return row

    refused(model, lambda: another().save(force_insert=True))
    refused(model, lambda: model._default_manager.bulk_create([another()]))


@pytest.mark.parametrize("model", [*RECORD, *OFFICE])
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_rows_cannot_be_replaced(model: Model, verb: str) -> None:
    refused(model, sql(model, verb + " INTO {table} SELECT * FROM {table}"))


def test_an_edition_cannot_be_emptied_without_a_recall() -> None:
    refused(Edition, lambda: Edition.objects.update(canonical=None))


@pytest.mark.parametrize("model", [Finding, FindingDecision])
def test_findings_and_what_was_decided_of_them_are_guarded_as_well(model: Model) -> None:
    names = {
        row[0]
        for row in connections["default"]
        .cursor()
        .execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .fetchall()
    }

    assert {
        f"{model._meta.db_table}_refuses_{event}" for event in ("insert", "update", "delete")
    } <= names


def test_an_approved_revision_cannot_be_rewritten_object_by_object() -> None:
    revision = Revision.objects.latest("pk")
    revision.content = {**revision.content, "title": "ถูกแก้หลังอนุมัติ"}

    with pytest.raises((DatabaseError, TypeError)), transaction.atomic():
        revision.save()

    assert Revision.objects.get(pk=revision.pk).content["title"] == "ประกาศทดสอบ"
