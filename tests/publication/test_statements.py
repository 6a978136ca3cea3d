"""Statements go through approval and the gate like any other work, and say only what is true on that day."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from prongsai.disclosures.actions import load_sections
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.statements import Wish
from prongsai.monitoring.actions import look
from prongsai.obligations.results import Result
from prongsai.organisation.models import Act
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.rules import Blocker
from prongsai.record.models import Binding, Entry, Item, Observation
from prongsai.record.queries import page
from prongsai.record.states import Action
from tests.approval.factories import approved, submitted
from tests.factories import NOW
from tests.publication import factories
from tests.publication.factories import LATER, People
from tests.publication.statements import KEPT, MONTHLY, NONE, OUT, REVIEWED, made, told, wish

pytestmark = pytest.mark.django_db(databases=["default", "record"])
NEWS = "ita-oit-2569-o4"


@pytest.fixture(autouse=True)
def sections(people: People) -> None:
    load_sections(by=people["officer"], at=NOW)


def result(key: str) -> str:
    look(at=LATER + timedelta(minutes=Observation.objects.count()))
    (row,) = Observation.objects.standing().filter(obligation_key=key, year=2570)
    return row.parts[0]["result"] if row.parts[0]["key"] else row.result


def test_nothing_in_a_month_is_said_under_a_number_and_meets_that_month_only(
    people: People,
) -> None:
    assert result(MONTHLY) == Result.MISSING
    entry = told(people, wish())
    shown = page(entry.number)
    assert entry.action == Action.STATEMENT
    assert shown is not None
    assert shown.statement is not None
    assert (shown.statement.says, shown.period) == (NONE, "ตุลาคม 2569")
    assert shown.title.startswith("ไม่มี")
    assert result(MONTHLY) == Result.MET
    row = Observation.objects.standing().get(obligation_key=MONTHLY, year=2570)
    months = {part["key"]: (part["result"], part["statement"]) for part in row.parts}
    assert months["m10"] == (Result.MET, entry.number)
    assert months["m11"] == (Result.NOT_DUE, "")


def test_without_approval_nothing_is_said(people: People) -> None:
    submission = submitted(people, disclosure=made(people, wish()))
    with pytest.raises(CannotPublish):
        publish(submission_ref=submission.ref, at=LATER)
    assert not Entry.objects.exists()
    assert result(MONTHLY) == Result.MISSING


def test_what_does_not_apply_is_said_with_its_reason(people: People) -> None:
    entry = told(people, wish(OUT, "oia-9-6"))
    shown = page(entry.number)
    assert shown is not None
    assert "เทศบาลไม่มีสัมปทาน" in shown.summary
    assert result("oia-9-6") == Result.NOT_APPLICABLE


@pytest.mark.parametrize("action", [Action.WITHDRAWN, Action.RECALLED])
def test_a_statement_that_is_taken_back_counts_no_more(people: People, action: Action) -> None:
    entry = told(people, wish(OUT, "oia-9-6"))
    assert result("oia-9-6") == Result.NOT_APPLICABLE
    work = Disclosure.objects.get(number=entry.number)
    reason = {"recall_reason": "mistake"} if action == Action.RECALLED else {}
    submission = factories.act(people, work, action, **reason)
    publish(submission_ref=submission.ref, at=LATER + timedelta(minutes=5))
    assert result("oia-9-6") == Result.MISSING


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (wish(NONE, KEPT), "ต้องมีอยู่เสมอ"),
        (wish(period=""), "ยังไม่ได้บอกช่วงเวลา"),
        (wish(fiscal_year=None), "ยังไม่ได้บอกปีงบประมาณ"),
        (wish(period="พฤศจิกายน 2569"), "ยังไม่สิ้นสุด"),
        (wish(period="กันยายน 2570"), "ยังไม่สิ้นสุด"),
        (wish(NONE, NEWS, period=""), "ยังไม่สิ้นสุด"),
        (Wish(NONE, (), fiscal_year=2569, period="ตุลาคม 2568"), "อย่างน้อยหนึ่งข้อ"),
        (wish(REVIEWED, about_number="2569-00001", about_version=1), "ไม่มีรายการ 2569-00001"),
    ],
)
def test_what_cannot_be_said_is_refused_before_it_is_drafted(
    people: People, wanted: Wish, sentence: str
) -> None:
    with pytest.raises(CannotSave, match=sentence):
        made(people, wanted)
    assert not Disclosure.objects.exists()


def test_the_same_is_not_said_twice_while_the_first_stands(people: People) -> None:
    first = told(people, wish())
    with pytest.raises(CannotSave, match=first.number):
        made(people, wish())
    made(people, wish(period="กันยายน 2569", fiscal_year=2569))


def test_of_two_that_are_drafted_at_once_the_gate_lets_one_through(people: People) -> None:
    both = [made(people, wish()) for _each in range(2)]
    first, second = (approved(people, disclosure=each) for each in both)
    publish(submission_ref=first.ref, at=LATER)
    with pytest.raises(CannotPublish) as raised:
        publish(submission_ref=second.ref, at=LATER)
    assert [each.blocker for each in raised.value.reasons] == [Blocker.STATEMENT_WRONG]


def reviewing(people: People, work: Disclosure, entry: Entry) -> Wish:
    keys = tuple(work.published_revision.content["obligations"]) if work.published_revision else ()
    return Wish(REVIEWED, keys, about_number=entry.number, about_version=entry.version)


def test_a_review_makes_a_stale_item_fresh_and_changes_nothing_of_it(people: People) -> None:
    work, entry = factories.published(people, obligations=(KEPT,), review_date=NOW.date())
    late = datetime(2026, 12, 20, 3, 0, tzinfo=UTC)
    look(at=late)
    assert Observation.objects.standing().get(obligation_key=KEPT).result == Result.STALE
    submission = approved(people, disclosure=made(people, reviewing(people, work, entry)))
    publish(submission_ref=submission.ref, at=late)
    look(at=late + timedelta(minutes=1))
    row = Observation.objects.standing().get(obligation_key=KEPT)
    assert row.result != Result.STALE
    # The rhythm of its duty begins anew with the review.
    assert row.parts[0]["evidence"] == [
        {"number": entry.number, "version": 1, "review": "2027-12-20"}
    ]
    assert Item.objects.get(number=entry.number).version == 1


def test_a_review_of_what_has_changed_meanwhile_does_not_go_out(people: People) -> None:
    work, entry = factories.published(people, obligations=(KEPT,))
    review = approved(people, disclosure=made(people, reviewing(people, work, entry)))
    newer = factories.correction(people, work, title="ฉบับใหม่กว่า")
    publish(submission_ref=newer.ref, at=LATER + timedelta(minutes=1))
    with pytest.raises(CannotPublish, match="ฉบับใหม่กว่า"):
        publish(submission_ref=review.ref, at=LATER + timedelta(minutes=2))
    assert Binding.objects.filter(obligation_key=KEPT).count() == 1


def test_the_same_form_sent_twice_makes_one_statement(people: People) -> None:
    ref = uuid4()
    drafts = [made(people, wish(), ref=ref) for _click in range(2)]
    assert len({each.pk for each in drafts}) == 1
    assert Act.objects.filter(verb="make_statement").count() == 1
