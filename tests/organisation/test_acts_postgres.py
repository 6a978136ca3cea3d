"""The trail on PostgreSQL: many hands at once make one chain."""

import time
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from prongsai.disclosures.models import Section
from prongsai.organisation import mirror
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.append_only import missing_triggers
from prongsai.organisation.comparing import mirror_problems
from prongsai.organisation.models import Act
from prongsai.organisation.queries import first_broken_act
from prongsai.organisation.refusals import CannotAct
from tests.at_once import Town, town_on
from tests.factories import NOW

pytestmark = pytest.mark.postgres
HANDS, ACTS = 4, 10
A_WHILE = 0.2


@pytest.fixture(scope="module")
def town(postgres_url: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), town_on(postgres_url) as made:
        yield made


def write(name: str) -> None:
    for _ in range(ACTS):
        record_act(by=Actor.system(name), at=NOW, verb="count")


def test_acts_written_at_once_form_one_unbroken_chain_and_their_mirror_the_same(
    town: Town, settings: Any
) -> None:
    hands = [partial(write, f"hand-{number}") for number in range(HANDS)]

    town.at_once(hands, told=CannotAct)

    assert Act.objects.count() == HANDS * ACTS
    assert len(set(Act.objects.values_list("previous_hash", flat=True))) == HANDS * ACTS
    assert first_broken_act() is None
    folder = Path(settings.TRAIL_FOLDER)
    assert [line.hash for line in mirror.lines(folder)] == list(
        Act.objects.order_by("id").values_list("hash", flat=True)
    )
    assert mirror_problems(folder, at=NOW + timedelta(days=1)) == []


def test_whoever_writes_after_an_act_and_whoever_writes_before_one_do_not_wait_for_each_other(
    town: Town,
) -> None:
    """Each would hold what the other wants: a row, and the end of the trail."""
    row = Section.objects.create(slug="both", title_th="ของทั้งสอง", position=1)

    def before() -> None:
        with transaction.atomic():
            Section.objects.filter(pk=row.pk).update(position=2)
            time.sleep(A_WHILE)
            record_act(by=Actor.system("before"), at=NOW, verb="count")

    def after() -> None:
        with transaction.atomic():
            record_act(by=Actor.system("after"), at=NOW, verb="count")
            time.sleep(A_WHILE)
            Section.objects.filter(pk=row.pk).update(position=3)

    town.at_once([before, after], told=CannotAct)

    newest = Act.objects.order_by("-id")[:2]
    assert {act.actor_name for act in newest} == {"before", "after"}
    assert Section.objects.get(pk=row.pk).position == (3 if newest[0].actor_name == "after" else 2)


def test_a_migrated_office_lacks_no_trigger(town: Town) -> None:
    assert missing_triggers("default") == []
