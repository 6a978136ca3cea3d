"""A person confirms, skips, corrects or takes out; nothing is content before."""

import pytest

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.intake import actions
from prongsai.intake.queries import duplicates_of
from prongsai.intake.refusals import CannotConfirm
from prongsai.intake.rules import Proposed, changed_fields, unsure_fields
from prongsai.intake.states import ArrivalState, DuplicateChoice
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.refusals import CannotAct
from prongsai.organisation.states import Outcome
from tests.factories import NOW
from tests.intake import factories

pytestmark = pytest.mark.django_db


def test_nothing_is_a_draft_before_somebody_confirms(officer: Actor) -> None:
    came = factories.proposed(officer)
    actions.keep(arrival=came, typed={"title": "พิมพ์ไว้"}, by=officer, at=NOW)
    assert Disclosure.objects.count() == 0


def test_confirming_makes_a_draft_with_the_file_as_its_main_document(officer: Actor) -> None:
    came = factories.proposed(officer)
    draft = factories.confirmed(came, officer, fiscal_year=2570)
    content = draft.latest.content
    assert (draft.title, draft.unit.code, draft.stage) == ("รับสมัครพนักงานจ้าง", "plan", Stage.WRITING)
    assert content["fiscal_year"] == 2570
    assert [(file["slot"], file["sha256"]) for file in content["files"]] == [
        ("main", came.file.sha256)
    ]
    assert came.state == ArrivalState.CONFIRMED
    assert came.disclosure == draft


def test_confirming_twice_makes_one_draft(officer: Actor) -> None:
    came = factories.proposed(officer)
    assert factories.confirmed(came, officer) == factories.confirmed(came, officer, title="อีกชื่อ")
    assert Disclosure.objects.count() == 1


def test_what_a_person_changed_is_remembered_in_an_act(officer: Actor) -> None:
    came = factories.proposed(officer)
    written = factories.content(came, section="news", title="ชื่อใหม่")
    accepted = {"title": "ชื่อใหม่", "kind": "news", "section": "news"}
    actions.confirm(arrival=came, content=written, accepted=accepted, by=officer, at=NOW)
    act = Act.objects.get(verb="confirm_arrival", outcome=Outcome.DONE)
    assert act.details["changed"]["title"] is True
    assert act.details["changed"]["section"] == ["announcements", "news"]
    assert act.details["changed"]["fiscal_year"] == [2570, None]
    assert came.accepted == accepted


def test_a_draft_that_cannot_be_saved_leaves_nothing(officer: Actor) -> None:
    came = factories.proposed(officer)
    with pytest.raises(CannotAct):
        factories.confirmed(came, officer, section="no-such-section")
    came.refresh_from_db()
    assert came.state == ArrivalState.PROPOSED
    assert Disclosure.objects.count() == 0
    assert Act.objects.filter(verb="confirm_arrival", outcome=Outcome.REFUSED).count() == 1


def test_what_is_still_being_read_is_not_confirmed(officer: Actor) -> None:
    came = factories.arrival(officer)
    with pytest.raises(CannotConfirm, match="ยังอ่านไม่เสร็จ"):
        factories.confirmed(came, officer)


@pytest.mark.parametrize("verb", ["keep", "confirm", "skip", "discard"])
def test_what_was_decided_stays_so(officer: Actor, verb: str) -> None:
    came = factories.proposed(officer)
    actions.decide_duplicate(arrival=came, choice=DuplicateChoice.SKIP, by=officer, at=NOW)
    again = {
        "keep": lambda: actions.keep(arrival=came, typed={}, by=officer, at=NOW),
        "confirm": lambda: factories.confirmed(came, officer),
        "skip": lambda: actions.decide_duplicate(
            arrival=came, choice=DuplicateChoice.NEW, by=officer, at=NOW
        ),
        "discard": lambda: actions.discard(arrival=came, by=officer, at=NOW),
    }
    with pytest.raises(CannotConfirm, match="ตัดสินไปแล้ว"):
        again[verb]()
    came.refresh_from_db()
    assert came.state == ArrivalState.SKIPPED


def test_taking_out_twice_does_no_harm(officer: Actor) -> None:
    came = factories.proposed(officer)
    for _click in range(2):
        actions.discard(arrival=came, by=officer, at=NOW)
    assert came.state == ArrivalState.DISCARDED
    assert Act.objects.filter(verb="discard_arrival").count() == 1


def test_the_same_bytes_in_a_draft_are_pointed_out_and_must_be_decided(officer: Actor) -> None:
    draft = factories.confirmed(factories.proposed(officer), officer)
    came = factories.proposed(officer)
    [found] = duplicates_of([came])[came.pk]
    assert (found.is_identical, found.disclosure) == (True, draft)
    with pytest.raises(CannotConfirm, match="เหมือนเอกสารที่มีอยู่แล้ว"):
        factories.confirmed(came, officer)
    actions.decide_duplicate(arrival=came, choice=DuplicateChoice.NEW, by=officer, at=NOW)
    assert factories.confirmed(came, officer) != draft


def test_nearly_the_same_text_is_pointed_out(officer: Actor) -> None:
    draft = factories.confirmed(factories.proposed(officer), officer)
    typo = factories.ANNOUNCEMENT.replace("คนงาน", "คนงานทั่วไป")
    came = factories.proposed(officer, name="แก้คำผิด.pdf", data=factories.pdf(typo))
    [found] = duplicates_of([came])[came.pk]
    assert (found.is_identical, found.disclosure) == (False, draft)
    assert found.wording > 0.8


def test_next_years_paper_on_the_same_form_is_no_duplicate(officer: Actor) -> None:
    factories.confirmed(factories.proposed(officer), officer)
    next_year = factories.ANNOUNCEMENT.replace("2570", "2571").replace("2569", "2570")
    came = factories.proposed(officer, data=next_year)
    assert duplicates_of([came])[came.pk] == []


def test_of_two_that_came_in_the_later_one_is_the_duplicate(
    officer: Actor, neighbour: Actor
) -> None:
    first, second = factories.proposed(officer), factories.proposed(neighbour)
    found = duplicates_of([first, second])
    assert found[first.pk] == []
    assert [each.arrival for each in found[second.pk]] == [first]


def test_a_discarded_draft_is_no_duplicate(officer: Actor) -> None:
    from_before = factories.confirmed(factories.proposed(officer), officer)
    Disclosure.objects.filter(pk=from_before.pk).update(stage=Stage.DISCARDED)
    came = factories.proposed(officer)
    assert duplicates_of([came])[came.pk] == []


def test_a_file_may_take_the_place_of_the_one_in_a_draft(officer: Actor) -> None:
    draft = factories.confirmed(factories.proposed(officer), officer)
    typo = factories.ANNOUNCEMENT.replace("คนงาน", "คนงานทั่วไป")
    came = factories.proposed(officer, data=typo)
    actions.correct_with(arrival=came, disclosure=draft, by=officer, at=NOW)
    draft.refresh_from_db()
    assert [file["sha256"] for file in draft.latest.content["files"]] == [came.file.sha256]
    assert (came.state, came.disclosure) == (ArrivalState.CORRECTED, draft)


def test_duplicates_of_a_table_are_found_with_the_same_number_of_questions(
    officer: Actor, django_assert_num_queries: object
) -> None:
    rows = [factories.proposed(officer, data=f"{factories.ANNOUNCEMENT} {n}") for n in range(3)]
    for count in (1, 3):
        with django_assert_num_queries(4):  # type: ignore[operator]  # pytest-django's fixture
            duplicates_of(rows[:count])


@pytest.mark.parametrize(
    ("notes", "typed", "unsure"),
    [
        ([Proposed(each, True) for each in ("title", "kind", "section")], set(), []),
        ([Proposed("title", True), Proposed("kind", True)], set(), ["section"]),
        ([Proposed("title", False), Proposed("kind", True)], {"section", "title"}, []),
        (
            [Proposed(each, each != "kind") for each in ("title", "kind", "section")],
            set(),
            ["kind"],
        ),
        (
            [Proposed(each, True) for each in ("title", "kind", "section")]
            + [Proposed("signed_date", False, has_value=False)],
            set(),
            ["signed_date"],
        ),
        (
            [Proposed(each, True) for each in ("title", "kind", "section")]
            + [Proposed("urgency", False)],
            set(),
            [],
        ),
    ],
)
def test_a_row_is_sure_when_nothing_needed_is_missing_or_doubtful(
    notes: list[Proposed], typed: set[str], unsure: list[str]
) -> None:
    assert unsure_fields(notes, typed) == unsure


def test_an_empty_field_and_an_absent_one_are_the_same() -> None:
    assert changed_fields({"period": ""}, {"obligations": []}) == {}
    assert changed_fields({}, {"fiscal_year": 2570}) == {"fiscal_year": [None, 2570]}
