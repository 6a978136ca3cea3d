"""The demonstration is loaded through the real actions, and goes on where it was interrupted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.signals import post_save

from prongsai.approval.models import Submission
from prongsai.config.demonstration.loader import load
from prongsai.config.demonstration.people import give_passwords
from prongsai.config.demonstration.plan import DATA, Event, decision_moments, events
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.files.models import StoredFile
from prongsai.organisation.models import Act, Person
from prongsai.record.models import Entry, Item
from tests.factories import TODAY
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name

pytestmark = pytest.mark.django_db(databases=["default", "record"])
KEYS = ("structure", "flood-notice")
CHOSEN = [event for event in events() if event.key in KEYS]


@pytest.fixture(autouse=True)
def chart() -> None:
    call_command("load_organisation", str(DATA / "organisation.toml"), stdout=StringIO())
    call_command("load_chains", stdout=StringIO())
    call_command("load_sections", stdout=StringIO())


@contextmanager
def interrupted_at_act(number: int) -> Iterator[None]:
    """Ctrl-C when this many acts have been written to the trail."""
    seen: list[Act] = []

    def count(**given: Any) -> None:
        seen.append(given["instance"])
        if len(seen) == number:
            raise KeyboardInterrupt

    post_save.connect(count, sender=Act)
    try:
        yield
    finally:
        post_save.disconnect(count, sender=Act)


def say(_line: str) -> None:
    """Nobody listens."""


def shown() -> list[tuple[int, str, str, int]]:
    return list(Entry.objects.order_by("seq").values_list("seq", "action", "number", "version"))


def load_all(chosen: list[Event] = CHOSEN) -> int:
    return load(chosen, say=say)


def test_each_event_is_an_entry_at_its_own_time() -> None:
    assert load_all() == 4

    assert shown() == [
        (0, "published", "2568-00001", 1),
        (1, "published", "2568-00002", 1),
        (2, "expired", "2568-00002", 1),
        (3, "corrected", "2568-00001", 2),
    ]
    assert [entry.at for entry in Entry.objects.order_by("seq")] == [
        each.published for each in CHOSEN
    ]


def test_loading_again_adds_nothing() -> None:
    load_all()
    acts = Act.objects.count()

    assert load_all() == 0
    assert (Act.objects.count(), len(shown())) == (acts, 4)


def test_interrupted_at_every_single_act_it_ends_as_if_nothing_had_happened() -> None:
    for number in range(1, 60):
        try:
            with interrupted_at_act(number):
                load_all()
        except KeyboardInterrupt:
            continue
        break

    assert load_all() == 0
    assert len(shown()) == 4
    assert (Disclosure.objects.count(), Item.objects.count(), StoredFile.objects.count()) == (
        2,
        2,
        1,
    )
    assert Submission.objects.count() == Submission.objects.filter(state="published").count() == 3
    assert Revision.objects.count() == 6
    assert number > 5


def test_one_chosen_password_opens_every_account_and_is_given_once(monkeypatch: Any) -> None:
    monkeypatch.setenv("PRONGSAI_DEMO_PASSWORD", "ลองใช้-2569")

    accounts = give_passwords(on=TODAY)

    assert len(accounts) == Person.objects.count() > 20
    assert {account.password for account in accounts} == {"ลองใช้-2569"}
    assert Person.objects.get(username="mayor").check_password("ลองใช้-2569")
    assert give_passwords(on=TODAY) == []


def test_without_a_chosen_password_everybody_has_their_own(monkeypatch: Any) -> None:
    monkeypatch.delenv("PRONGSAI_DEMO_PASSWORD", raising=False)

    accounts = give_passwords(on=TODAY)

    assert len({account.password for account in accounts}) == len(accounts)
    assert all(Person.objects.get(username=a.username).check_password(a.password) for a in accounts)


@pytest.mark.parametrize("steps", [1, 5])
def test_decisions_are_made_in_order_between_submission_and_publication(steps: int) -> None:
    for event in (each for each in events() if each.submitted < each.published):
        order = [event.submitted, *decision_moments(event, steps=steps), event.published]
        assert order == sorted(set(order))


def test_what_takes_days_is_not_decided_at_night() -> None:
    slow = [each for each in events() if each.published - each.submitted > timedelta(days=1)]

    hours = {moment.hour for event in slow for moment in decision_moments(event, steps=5)}

    assert hours <= set(range(8, 17))
