"""How much waits for somebody, as every page's navigation says it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.organisation.actors import Actor
from tests.approval.factories import submitted
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def number(client: Client, address: str) -> int:
    found = re.search(r'office-count">(\d+)', client.get(address).content.decode())
    return int(found[1]) if found else 0


def test_what_others_send_shows_in_the_inbox_at_once_and_then_everywhere(
    people: dict[str, Actor], sit: SignIn
) -> None:
    head, help_page = sit("head"), reverse("help")
    assert number(head, help_page) == 0
    submitted(people, kind="information")

    assert number(head, help_page) == 0
    assert number(head, "/office/") == 1
    assert number(head, help_page) == 1


def test_what_somebody_does_themself_shows_at_once(people: dict[str, Actor], sit: SignIn) -> None:
    head, submission = sit("head"), submitted(people, kind="information")
    assert number(head, reverse("help")) == 1
    words = {"verdict": "endorse", "post": "head", "content_hash": submission.content_hash}
    head.post(reverse("decide", kwargs={"ref": submission.ref}), words | {"reason": ""})

    assert number(head, reverse("help")) == 0


def test_the_count_of_one_is_not_the_count_of_another(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submitted(people, kind="information")
    assert number(sit("head"), reverse("help")) == 1
    assert number(sit("neighbour"), reverse("help")) == 0


def test_a_page_asks_once_who_holds_a_post(people: dict[str, Actor], sit: SignIn) -> None:
    head, submission = sit("head"), submitted(people, kind="information")
    with CaptureQueriesContext(connection) as asked:
        head.get(reverse("decide", kwargs={"ref": submission.ref}))

    whole = [query["sql"] for query in asked if 'FROM "organisation_appointment"' in query["sql"]]
    assert len(whole) == len(set(whole))
