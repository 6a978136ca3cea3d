"""Long lists of the inbox come in parts, each by itself, and say how much there is in all."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from tests.approval.factories import draft
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
MANY = 27


def drafts(people: People, count: int) -> None:
    """Of one writer, the newest last; rows that nobody sent."""
    first = draft(people["officer"], title="ร่างที่ 00")
    Disclosure.objects.bulk_create(
        Disclosure(
            kind=first.kind, unit=first.unit, title=f"ร่างที่ {n:02d}", stage=first.stage,
            latest=first.latest, created_at=first.created_at, changed_at=first.changed_at,
            created_by=first.created_by,
        )
        for n in range(1, count)
    )  # fmt: skip


def inbox(client: Client, **query: object) -> str:
    return client.get(reverse("inbox"), query).content.decode()


def shown(text: str) -> set[str]:
    return set(re.findall(r"ร่างที่ \d\d", text))


def test_the_count_is_of_all_and_the_rows_are_of_one_part(people: People, sit: SignIn) -> None:
    drafts(people, MANY)
    officer = sit("officer")
    first, second = inbox(officer), inbox(officer, **{"to-write": 2})
    assert (len(shown(first)), len(shown(second))) == (25, 2)
    assert len(shown(first) | shown(second)) == MANY
    for text in (first, second):
        assert f'<span class="office-count">{MANY}</span>' in text
    assert 'href="?to-write=2#to-write"' in first
    assert 'href="?to-write=1#to-write"' in second


def test_a_list_keeps_its_part_while_another_is_turned(people: People, sit: SignIn) -> None:
    drafts(people, MANY)
    text = inbox(sit("officer"), **{"sent-back": 3, "to-write": 1})
    assert 'href="?sent-back=3&amp;to-write=2#to-write"' in text


@pytest.mark.parametrize("asked", ["0", "99", "x", "-1", ""])
def test_a_part_that_there_is_not_is_the_nearest_one(
    people: People, sit: SignIn, asked: str
) -> None:
    drafts(people, MANY)
    assert shown(inbox(sit("officer"), **{"to-write": asked}))


def test_a_short_list_has_no_pager(people: People, sit: SignIn) -> None:
    drafts(people, 25)
    assert "office-pager" not in inbox(sit("officer"))


def test_a_longer_list_asks_the_database_nothing_more(people: People, sit: SignIn) -> None:
    officer = sit("officer")
    drafts(people, 2)
    inbox(officer)
    few = questions(officer)
    drafts(people, MANY)
    assert questions(officer) == few


def questions(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        inbox(client)
    return len(queries)
