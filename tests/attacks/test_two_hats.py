"""Somebody with two posts: what one of them may do in its unit, the other may not do in that of the first."""

from typing import Any

import pytest
from django.urls import reverse

from prongsai.disclosures.models import Disclosure
from prongsai.intake.models import Batch
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person, Post
from tests import factories as base
from tests.approval.factories import draft
from tests.office.conftest import SignIn
from tests.publication import factories as gate

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]
REF = "11111111-2222-4333-8444-555555555555"


@pytest.fixture
def head(people: People) -> Person:
    """Decides in section `plan`, and writes for the treasury."""
    person = Person.objects.get(pk=people["head"].person_id)
    base.acting(post=Post.objects.get(code="neighbour"), person=person)
    return person


@pytest.mark.parametrize("name", ["write", "autosave", "discard", "attach", "submit"])
def test_who_decides_in_a_unit_does_not_write_for_it_by_another_post(
    people: People, sit: SignIn, head: Person, name: str
) -> None:
    made = draft(people["officer"])
    before = Disclosure.objects.values().get(pk=made.pk)
    form: dict[str, Any] = {"title": "ของผู้อื่น", "base_sequence": "1", "kind": "news", "unit": "plan"}
    answer = sit("head").post(reverse(name, kwargs={"ref": made.ref}), form)
    assert answer.status_code == 403
    assert Disclosure.objects.values().get(pk=made.pk) == before
    assert Act.objects.filter(person=head, outcome="refused").exists()


def test_nor_opens_what_is_public_for_a_correction(
    people: People, sit: SignIn, head: Person
) -> None:
    made, _entry = gate.published(people)
    answer = sit("head").post(reverse("correct", kwargs={"ref": made.ref}))
    made.refresh_from_db()
    assert (answer.status_code, made.stage) == (403, "resting")


def test_nor_begins_work_or_brings_files_in_for_it(
    people: People, sit: SignIn, head: Person
) -> None:
    client = sit("head")
    client.post(reverse("start"), {"ref": REF, "kind": "news", "unit": "plan"})
    client.post(reverse("drop"), {"batch": REF, "unit": "plan"})
    assert not Disclosure.objects.exists()
    assert not Batch.objects.exists()
    client.post(reverse("start"), {"ref": REF, "kind": "news", "unit": "treasury"})
    assert Disclosure.objects.get().unit.code == "treasury"
