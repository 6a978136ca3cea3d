"""A post is charged with a topic: the newest word counts, and each is remembered."""

from typing import Any

import pytest

from prongsai.monitoring.actions import charge
from prongsai.monitoring.models import Charge
from prongsai.monitoring.queries import owners_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.factories import NOW, post
from tests.monitoring.factories import duty

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


def charged(topic: str, code: str) -> None:
    charge(topic=topic, post=post(code), by=BY, at=NOW)


@pytest.mark.parametrize(
    ("charges", "owner", "rows"),
    [
        ([], "head", 0),
        ([("structure", "officer")], "officer", 1),
        ([("structure", "officer"), ("structure", "officer")], "officer", 1),
        ([("structure", "officer"), ("structure", "clerk")], "clerk", 2),
        (
            [("structure", "officer"), ("structure", "clerk"), ("structure", "officer")],
            "officer",
            3,
        ),
        ([("contact", "officer")], "head", 1),
    ],
)
def test_the_newest_charge_of_the_topic_counts(
    charges: list[tuple[str, str]], owner: str, rows: int
) -> None:
    post("head")
    for topic, code in charges:
        charged(topic, code)
    owed = duty(owner="head")
    assert owners_of([owed])[owed.key].code == owner
    assert Charge.objects.count() == Act.objects.filter(verb="charge_post").count() == rows


@pytest.mark.parametrize("changes", [{"owner": ""}, {"owner": "nobody-knows"}])
def test_a_duty_of_a_post_that_is_not_here_is_nobody_s(changes: dict[str, Any]) -> None:
    owed = duty(**changes)
    found = owners_of([owed])[owed.key]
    assert (found.code, found.title_th, found.unit_code) == ("", "", "")
