"""House rules over all tables."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

# Rows that mean nothing without the row they belong to.
CASCADES = {("disclosures.WorkingCopy", "disclosure")}
# Facts with a time but without a person: the machine's own, or ones whose actor stands in an act beside them.
TIMES_WITHOUT_ACTOR = {
    # When something was to be public, before and after it was put off: `person` did it.
    "before_at", "owner_read_at",
    "after_at",
    "changed_at", "approved_at", "published_at", "removed_at", "first_published_at", "updated_at",
    "major_updated_at", "saved_at", "asked_at", "finished_at", "settled_at", "valid_until_at",
    "next_try_at", "expires_at", "used_at", "first_seen_at", "last_seen_at", "arrived_at",
    "recall_entered_at",
}  # fmt: skip


def own_models() -> Iterator[type[models.Model]]:
    for config in apps.get_app_configs():
        if config.name.startswith("prongsai."):
            yield from config.get_models()


def own_fields() -> Iterator[tuple[type[models.Model], models.Field]]:
    for model in own_models():
        for field in model._meta.local_fields:
            yield model, field


@pytest.mark.django_db(databases=["default", "record"])
def test_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_rows_that_others_refer_to_are_protected() -> None:
    cascades = {
        (model._meta.label, field.name)
        for model, field in own_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and not field.remote_field.parent_link
    }
    assert cascades <= CASCADES


def test_a_time_of_an_act_stands_beside_its_actor() -> None:
    alone = [
        f"{model._meta.label}.{field.name}"
        for model, field in own_fields()
        if isinstance(field, models.DateTimeField)
        and field.name.endswith("_at")
        and field.name not in TIMES_WITHOUT_ACTOR
        and field.name.removesuffix("_at") + "_by"
        not in {each.name for each in model._meta.local_fields}
    ]
    assert alone == []


def test_dates_and_times_are_named_as_what_they_are() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model, field in own_fields()
        if (
            isinstance(field, models.DateTimeField)
            and not (field.name in {"at", "publish_after"} or field.name.endswith("_at"))
        )
        or (type(field) is models.DateField and not field.name.endswith("_date"))
    ]
    assert [each for each in wrong if "Person." not in each] == []


def test_each_model_says_what_a_row_means() -> None:
    silent = [
        model.__name__
        for model in own_models()
        if (model.__doc__ or "").startswith(f"{model.__name__}(")
    ]
    assert silent == []
