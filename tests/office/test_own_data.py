"""People see, take along and correct what the system holds about them."""

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.office.conftest import SECRET, SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
HASH = "md5$salt$0123456789abcdef"


def test_own_contacts_are_corrected_and_the_name_is_not(
    people: dict[str, Actor], sit: SignIn
) -> None:
    client, before = sit("officer"), people["officer"].name
    words = {"email": "new@example.org", "phone": "0 7500 0000", "first_name": "ยึด"}
    assert client.post(reverse("own_data"), words).status_code == 302
    person = Person.objects.get(pk=people["officer"].person_id)
    assert (person.email, person.phone, person.full_name) == (
        "new@example.org",
        "0 7500 0000",
        before,
    )


def test_the_export_holds_one_s_own_data_without_secrets_and_is_an_act(
    people: dict[str, Actor], sit: SignIn
) -> None:
    # To come in leaves an act of each.
    for code in ("neighbour", "officer"):
        Client().force_login(Person.objects.get(pk=people[code].person_id))
    Person.objects.filter(pk=people["officer"].person_id).update(password=HASH)
    client = sit("officer")
    assert client.get(reverse("export_own")).status_code == 405
    answer = client.post(reverse("export_own"))
    told = answer.json()
    person = Person.objects.get(pk=people["officer"].person_id)
    assert told["person"]["username"] == person.username
    assert {act["person"] for act in told["acts"]} == {person.pk}
    assert HASH not in answer.content.decode()
    assert SECRET not in answer.content.decode()
    assert Act.objects.filter(verb="office.export_own", person=person).count() == 1
