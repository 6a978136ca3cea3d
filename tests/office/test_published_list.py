"""The list of what is public asks the same few questions however long it is."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.organisation.actors import Actor
from tests.approval.published import published
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def test_the_list_asks_the_same_number_of_questions_for_one_row_and_for_three(
    people: dict[str, Actor], sit: SignIn
) -> None:
    client = sit("officer")
    # What waits for its reader is counted by the first page, and stands for the next ones.
    client.get(reverse("published"))
    counts = []
    for number in range(1, 4):
        published(people, number=f"2569-0000{number}")
        with CaptureQueriesContext(connections["default"]) as asked:
            assert client.get(reverse("published")).status_code == 200
        counts.append(len(asked))

    assert counts == [counts[0]] * 3
    assert counts[0] <= 10
