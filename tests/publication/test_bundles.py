"""A bundle goes through the gate as one: all members in one transaction of the record, or none."""

import pytest

from prongsai.approval.bundles.queries import lead_of, state_of
from prongsai.approval.bundles.states import BundleState
from prongsai.approval.states import SubmissionState
from prongsai.publication.actions import publish
from prongsai.publication.queries import due
from prongsai.record.models import Bundling, Entry, Item
from prongsai.record.verifier import verify_record
from tests.publication import bundles
from tests.publication.factories import LATER, People

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def test_two_drafts_go_one_way_and_become_public_in_one_moment(people: People) -> None:
    sending = bundles.approved(people)

    (lead,) = due(at=LATER)
    entry = publish(submission_ref=lead.ref, at=LATER)

    first, second = Entry.objects.order_by("seq")
    assert entry == first
    assert (first.at, first.action) == (second.at, second.action) == (LATER, "published")
    assert list(Item.objects.order_by("number").values_list("number", "title", "state")) == [
        ("2569-00001", "ประกาศฉบับที่ 1", "current"),
        ("2569-00002", "ประกาศฉบับที่ 2", "current"),
    ]
    assert [each.state for each in bundles.rows(sending)] == [SubmissionState.PUBLISHED] * 2
    assert state_of(sending.bundle, lead_of(sending.bundle)) == BundleState.PUBLISHED


def test_each_post_decides_once_for_all_members(people: People) -> None:
    sending = bundles.approved(people)

    first, second = bundles.rows(sending)
    said = [
        list(each.decisions.order_by("id").values_list("post_code", "verdict"))
        for each in (first, second)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == len(first.steps)
    assert first.content_hash != second.content_hash


def test_members_know_their_bundle_from_the_record_alone(people: People) -> None:
    bundles.published(people)

    rows = list(Bundling.objects.values_list("number", "title", "place"))
    assert rows == [("2569-00001", bundles.TITLE, 0), ("2569-00002", bundles.TITLE, 1)]
    assert verify_record().first_problem is None
