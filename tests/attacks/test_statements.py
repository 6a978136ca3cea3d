"""Nobody states anything in public past those who must agree, nor what the record contradicts (invariants 1 to 7)."""

from datetime import timedelta
from typing import Any

import pytest

from prongsai.approval.bundles.actions import open_bundle
from prongsai.approval.bundles.refusals import CannotArrange
from prongsai.approval.refusals import CannotSubmit
from prongsai.disclosures.actions import begin_correction, load_sections
from prongsai.disclosures.content import Content, content_hash
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.refusals import CannotSave
from prongsai.discovery.index import Indexer
from prongsai.organisation.models import Unit
from prongsai.publication.actions import CannotPublish, publish
from prongsai.publication.rules import Blocker
from prongsai.record.addresses import public_path
from prongsai.record.models import Entry, Item, Said
from prongsai.record.states import Action
from tests.approval.factories import approved, draft, submitted
from tests.factories import NOW
from tests.portal.visitor import Visitor
from tests.publication import factories
from tests.publication.factories import LATER, People, forged
from tests.publication.statements import KEPT, MONTHLY, NONE, OUT, made, review, told, wish

pytestmark = [
    pytest.mark.django_db(databases=["default"]),
    pytest.mark.usefixtures("data", "files"),
]


@pytest.fixture(autouse=True)
def sections(people: People) -> None:
    load_sections(by=people["officer"], at=NOW)


def blockers(submission: Any, *, minutes: int = 1) -> list[Blocker]:
    with pytest.raises(CannotPublish) as refused:
        publish(submission_ref=submission.ref, at=LATER + timedelta(minutes=minutes))
    return [reason.blocker for reason in refused.value.reasons]


def rewritten(work: Disclosure, **said: Any) -> Disclosure:
    """As somebody with the office's ORM could write it: the statement says something else."""
    assert work.latest is not None
    content = {**work.latest.content, **said}
    work.latest = Revision.objects.create(
        disclosure=work, sequence=work.latest.sequence + 1, content=content,
        content_hash=content_hash(content), at=NOW, author_id=work.created_by_id,
    )  # fmt: skip
    work.save()
    return work


def test_whoever_makes_a_statement_does_not_approve_it(people: People) -> None:
    work = made(people, wish(), by=people["head"])

    with pytest.raises(CannotSubmit):
        submitted(people, disclosure=work)
    assert Blocker.APPROVER_CONTRIBUTED in blockers(forged(people, work))
    assert not Entry.objects.exists()


def test_an_approval_that_nobody_gave_states_nothing(people: People) -> None:
    assert Blocker.STEP_INCOMPLETE in blockers(forged(people, made(people, wish()), by=()))
    assert not Said.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        # No statement at all, one that nobody knows, and a review of nothing.
        {"statement": None},
        {"statement": {"says": "reviewed_no_change", "about_number": "", "about_version": None}},
        {"statement": {"says": "none_this_period", "about_number": "x", "about_version": 1}},
        # Another kind that says so beside its content.
        {"kind": "news"},
    ],
)
def test_what_was_written_past_the_form_does_not_come_in(
    people: People,
    said: dict[str, Any],
) -> None:
    work = rewritten(made(people, wish()), **said)

    assert blockers(forged(people, work))
    assert not Entry.objects.exists()


def test_what_stands_in_the_table_under_another_kind_is_no_statement(
    people: People,
) -> None:
    work = made(people, wish())
    Disclosure.objects.filter(pk=work.pk).update(kind="news")

    assert blockers(forged(people, Disclosure.objects.get(pk=work.pk))) == [Blocker.RECORD_REFUSES]
    assert not Entry.objects.exists()


@pytest.mark.parametrize("end", [Action.WITHDRAWN, Action.RECALLED])
def test_what_was_ended_meanwhile_is_not_said_to_be_right(
    people: People,
    end: Action,
) -> None:
    work, _entry = factories.published(people)
    submission = approved(people, disclosure=review(people, work))
    reason = {"recall_reason": "mistake"} if end == Action.RECALLED else {}
    publish(submission_ref=factories.act(people, work, end, **reason).ref, at=LATER)

    assert blockers(submission) == [Blocker.STATEMENT_WRONG]


def test_a_statement_waits_for_its_time(people: People) -> None:
    later = LATER + timedelta(days=2)
    submission = approved(people, disclosure=made(people, wish()), publish_after=later)

    assert blockers(submission) == [Blocker.TOO_EARLY]
    assert not Said.objects.exists()
    publish(submission_ref=submission.ref, at=later)
    assert Said.objects.get().obligation_key == MONTHLY


def test_a_gate_that_is_asked_twice_states_once(people: People) -> None:
    submission = approved(people, disclosure=made(people, wish()))

    entries = [publish(submission_ref=submission.ref, at=LATER) for _time in range(2)]

    assert entries[0] == entries[1]
    assert Said.objects.count() == 1


def test_a_statement_is_no_member_of_a_bundle(people: People) -> None:
    officer = people["officer"]

    both, plan = [draft(officer), made(people, wish())], Unit.objects.get(code="plan")

    with pytest.raises(CannotArrange, match="ถ้อยแถลง"):
        open_bundle(title="ชุดทดสอบ", unit=plan, disclosures=both, by=officer, at=NOW)


def test_two_taps_from_two_screens_make_one_review(people: People) -> None:
    work, _entry = factories.published(people)
    first = review(people, work)
    approved(people, disclosure=first)

    assert review(people, work) == first
    assert Disclosure.objects.filter(kind="statement").count() == 1


def test_a_review_is_due_again_after_as_long_as_its_duty_says(
    people: People,
) -> None:
    planned = LATER.date() + timedelta(days=90)
    work, _entry = factories.published(people, review_date=planned)

    made_review = review(people, work, at=LATER + timedelta(days=80))

    assert made_review.latest is not None
    told_until = Content.from_json(made_review.latest.content).review_date
    assert told_until == LATER.date() + timedelta(days=170)


def test_what_is_bound_to_a_duty_of_each_month_is_reviewed_in_one_tap_too(people: People) -> None:
    work, entry = factories.published(
        people, obligations=(MONTHLY,), fiscal_year=2570, period="ตุลาคม 2569"
    )

    said = publish(submission_ref=approved(people, disclosure=review(people, work)).ref, at=LATER)

    assert Said.objects.get(number=said.number).about_number == entry.number


def test_a_review_of_a_statement_cannot_be_made(people: People) -> None:
    entry = told(people, wish())

    with pytest.raises(CannotSave):
        review(people, Disclosure.objects.get(number=entry.number))


def test_the_title_of_what_was_reviewed_is_not_kept_where_a_recall_does_not_reach(
    people: People,
) -> None:
    title = "รายชื่อผู้ป่วยติดเตียงซอยสามัคคี"
    work, _entry = factories.published(people, title=title)
    publish(submission_ref=approved(people, disclosure=review(people, work)).ref, at=LATER)
    recall = factories.act(people, work, Action.RECALLED, recall_reason="personal_data")
    publish(submission_ref=recall.ref, at=LATER + timedelta(minutes=5))

    assert not Item.objects.filter(title__contains=title).exists()
    editions = Entry.objects.values_list("edition__canonical", flat=True)
    assert not any(title in (text or "") for text in editions)


def test_a_correction_changes_the_words_and_not_what_is_said(
    people: People,
) -> None:
    entry = told(people, wish())
    work = Disclosure.objects.get(number=entry.number)
    begin_correction(disclosure=work, by=people["officer"], at=LATER)
    statement = {"says": OUT, "about_number": "", "about_version": None}
    work = rewritten(Disclosure.objects.get(pk=work.pk), statement=statement, title="อื่น")
    submission = approved(
        people, disclosure=work, action=Action.CORRECTED, change_note="แก้", at=LATER
    )

    assert blockers(submission) == [Blocker.RECORD_REFUSES]
    assert Said.objects.get().says == "none_this_period"


# The first of its year, at the moment at which all these tests publish.
NUMBER = "2569-00001"
PLACES = ("home", "feed_atom", "feed_json", "sitemap", "api_list", "search", "api_search")


def seen(citizen: Visitor) -> set[str]:
    """Where its number stands among others'."""
    Indexer().follow()
    asked = {name: public_path(name) for name in PLACES}
    asked |= {name: f"{asked[name]}?q=จัดซื้อจัดจ้าง" for name in ("search", "api_search")}
    return {name for name, address in asked.items() if NUMBER in citizen.get(address).text}


def test_it_is_seen_by_every_road_from_the_gate_on_and_by_none_after_its_recall(
    people: People, citizen: Visitor
) -> None:
    work = made(people, wish())
    submission = approved(people, disclosure=work)
    assert seen(citizen) == set()

    assert publish(submission_ref=submission.ref, at=LATER).number == NUMBER
    page = citizen.get(public_path("item", number=NUMBER)).text
    assert "ถ้อยแถลงของเทศบาล" in page
    assert (
        f'href="{public_path("obligation", instrument="procurement", item="proc-monthly")}"' in page
    )
    assert seen(citizen) == set(PLACES)
    assert citizen.get(public_path("api_item", number=NUMBER)).json["statement"]["says"] == NONE

    work.refresh_from_db()
    recall = factories.act(people, work, Action.RECALLED, recall_reason="mistake")
    publish(submission_ref=recall.ref, at=LATER + timedelta(minutes=5))
    assert seen(citizen) == set()
    assert citizen.get(public_path("item", number=NUMBER)).status == 410
    assert not Said.objects.filter(obligation_key=MONTHLY).exists()


def test_the_page_of_what_was_reviewed_says_when(
    people: People,
    citizen: Visitor,
) -> None:
    work, entry = factories.published(people, obligations=(KEPT,))
    address = public_path("item", number=entry.number)
    assert "ตรวจทานล่าสุดเมื่อ" not in citizen.get(address).text
    said = publish(submission_ref=approved(people, disclosure=review(people, work)).ref, at=LATER)

    text = citizen.get(address).text
    assert "ตรวจทานล่าสุดเมื่อ" in text
    assert f'href="{public_path("item", number=said.number)}"' in text

    statement = Disclosure.objects.get(number=said.number)
    ended = factories.act(people, statement, Action.WITHDRAWN)
    publish(submission_ref=ended.ref, at=LATER + timedelta(minutes=5))
    assert "ตรวจทานล่าสุดเมื่อ" not in citizen.get(address).text
