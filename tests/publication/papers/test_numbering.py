"""Numbers of papers: one register for each series and Buddhist year, without gaps and without repeats."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.publication.models import IssuedNumber
from prongsai.publication.papers.numbering import issue_number, letters_of
from tests.factories import NOW, TODAY, unit

pytestmark = pytest.mark.django_db
CLERK = Actor.system("test")


def issue(key: str, **changes: Any) -> str:
    wishes = {"series": "ตง 52001", "prefix": "ตง 52001", "day": TODAY} | changes
    return issue_number(key=key, by=CLERK, at=NOW, **wishes).text


def test_numbers_run_from_one() -> None:
    assert [issue(key) for key in "abc"] == ["ตง 52001/1", "ตง 52001/2", "ตง 52001/3"]


def test_a_paper_keeps_its_number() -> None:
    assert [issue("a"), issue("b"), issue("a")] == ["ตง 52001/1", "ตง 52001/2", "ตง 52001/1"]


def test_each_unit_and_each_year_begins_anew() -> None:
    issue("a")

    assert issue("b", series="ตง 52002", prefix="ตง 52002") == "ตง 52002/1"
    assert issue("c", day=date(2027, 1, 1)) == "ตง 52001/1"
    # The fiscal year began in October; the register does not.
    assert issue("d", day=date(2026, 12, 31)) == "ตง 52001/2"


def test_an_order_says_its_year() -> None:
    assert issue("a", series="order", prefix="") == "1/2569"


def test_a_number_that_was_rolled_back_was_never_issued() -> None:
    issue("a")
    with suppress(KeyError), transaction.atomic():
        issue("b")
        raise KeyError("as if the process had died here")

    assert issue("c") == "ตง 52001/2"
    assert [each.running for each in IssuedNumber.objects.all()] == [1, 2]


def test_each_number_is_in_the_trail() -> None:
    issue("a")

    act = Act.objects.get(verb="issue_number")
    assert (act.subject, act.details) == ("a", {"number": "ตง 52001/1", "year": 2569})


def test_a_number_is_not_changed_afterwards() -> None:
    issue("a")
    row = IssuedNumber.objects.get()

    with pytest.raises(TypeError, match="never changed"):
        row.save()


def test_a_section_writes_under_the_letters_of_its_division() -> None:
    city = unit("city", letter_code="ตง 52000")
    division = unit("works", parent=city, letter_code="ตง 52003")
    section = unit("roads", parent=division)

    assert letters_of(section) == ("ตง 52003", "ตง 52003")


def test_without_letters_the_unit_has_a_register_of_its_own() -> None:
    assert letters_of(unit("roads")) == ("unit:roads", "")
