"""An item leaves the lists on the day after its approved expiry date, once."""

from datetime import UTC, date, datetime, timedelta

import pytest

from prongsai.organisation.models import Act
from prongsai.publication.actions import expire, publish
from prongsai.publication.queries import expired
from prongsai.record.models import Entry, Item
from prongsai.record.states import Action, ItemState
from tests.publication import factories
from tests.publication.factories import People

pytestmark = pytest.mark.django_db(databases=["default", "record"])
LAST_DAY = date(2026, 11, 30)
# Midnight in Thailand is 17:00 UTC of the day before.
MIDNIGHT = datetime(2026, 11, 30, 17, 0, tzinfo=UTC)


def test_the_last_day_still_counts_in_thailand(people: People) -> None:
    disclosure, _entry = factories.published(people, expires_date=LAST_DAY)

    assert expired(at=MIDNIGHT - timedelta(seconds=1)) == []
    assert expired(at=MIDNIGHT) == [disclosure]


def test_what_expires_is_an_entry_and_no_longer_listed(people: People) -> None:
    disclosure, first = factories.published(people, expires_date=LAST_DAY)

    entry = expire(disclosure=disclosure, at=MIDNIGHT)

    assert (entry.action, entry.number, entry.version) == (Action.EXPIRED, first.number, 1)
    assert Item.objects.get().state == ItemState.EXPIRED
    assert not Item.objects.listed().exists()
    assert expired(at=MIDNIGHT) == []


def test_expiring_again_changes_and_says_nothing(people: People) -> None:
    disclosure, _entry = factories.published(people, expires_date=LAST_DAY)

    first = expire(disclosure=disclosure, at=MIDNIGHT)
    again = expire(disclosure=disclosure, at=MIDNIGHT + timedelta(hours=1))

    assert again == first
    assert Entry.objects.count() == 2
    assert Act.objects.filter(verb="expire").count() == 1


def test_a_correction_with_a_later_date_brings_it_back_until_then(people: People) -> None:
    disclosure, _entry = factories.published(people, expires_date=LAST_DAY)
    expire(disclosure=disclosure, at=MIDNIGHT)
    later = LAST_DAY + timedelta(days=7)
    submission = factories.correction(people, disclosure, expires_date=later)

    publish(submission_ref=submission.ref, at=MIDNIGHT)

    assert Item.objects.get().state == ItemState.CURRENT
    assert expired(at=MIDNIGHT + timedelta(days=6)) == []
    assert expired(at=MIDNIGHT + timedelta(days=7)) == [disclosure]


def test_an_item_that_was_withdrawn_does_not_expire(people: People) -> None:
    disclosure, _entry = factories.published(people, expires_date=LAST_DAY)
    submission = factories.act(people, disclosure, Action.WITHDRAWN)
    publish(submission_ref=submission.ref, at=MIDNIGHT)

    assert expired(at=MIDNIGHT) == []


def test_what_was_restored_after_its_date_stays(people: People) -> None:
    disclosure, _entry = factories.published(people, expires_date=LAST_DAY)
    expire(disclosure=disclosure, at=MIDNIGHT)
    submission = factories.act(people, disclosure, Action.RESTORED)
    publish(submission_ref=submission.ref, at=MIDNIGHT)

    assert Item.objects.get().state == ItemState.CURRENT
    assert expired(at=MIDNIGHT + timedelta(days=9)) == []
