"""An approver corrects a slip; the author confirms it as a new revision, and the chain begins anew."""

from typing import Any

import pytest

from prongsai.approval import actions
from prongsai.approval.models import Decision, Submission, Suggestion
from prongsai.approval.refusals import CannotDecide, CannotTakeOver
from prongsai.approval.states import DecisionBlocker as Not
from prongsai.approval.states import SuggestionBlocker as NotOver
from prongsai.approval.states import Verdict
from prongsai.approval.suggesting import Replacement, absent, corrected, is_small
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker
from prongsai.screening.actions import screen
from tests.approval import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
CONTENT = {
    "title": "ประชมุสภา",
    "summary": "A & B",
    "body": "<p>A &amp; B ประชมุ</p>",
    "source": "ประชมุ",
}


def sent_back(submission: Submission, by: Actor, *words: tuple[str, str]) -> Decision:
    return actions.decide(
        submission=submission,
        verdict=Verdict.REMAND_TO_START,
        reason="แก้คำผิด",
        content_hash_seen=submission.content_hash,
        replacements=[Replacement(*pair) for pair in words],
        by=by,
        at=NOW,
    )


def test_words_are_replaced_in_title_summary_and_text_alone() -> None:
    words = [Replacement("ประชมุ", "ประชุม"), Replacement("A & B", "<C>")]
    assert absent(CONTENT, words) == []
    assert corrected(CONTENT, words) == {
        "title": "ประชุมสภา",
        "summary": "<C>",
        "body": "<p>&lt;C&gt; ประชุม</p>",
        "source": "ประชมุ",
    }


def test_a_slip_is_small() -> None:
    assert is_small([Replacement("ก" * 150, "ข" * 150)])
    assert not is_small([Replacement("ก" * 150, "ข" * 151)])


@pytest.mark.parametrize(
    ("words", "found"),
    [(("ไม่มีคำนี้", "x"), {Not.WORDS_NOT_FOUND}), (("ประกาศ", "x" * 400), {Not.TOO_MANY_WORDS})],
)
def test_words_that_are_not_there_or_too_many_are_refused(
    people: People, words: tuple[str, str], found: set[Not]
) -> None:
    submission = factories.submitted(people, disclosure=factories.draft(people["officer"]))
    title = submission.disclosure.title
    with pytest.raises(CannotDecide) as refused:
        sent_back(submission, people["head"], (words[0].replace("ประกาศ", title), words[1]))
    assert {each.code for each in refused.value.blockers if isinstance(each, Blocker)} == found
    assert not Suggestion.objects.exists()


def test_the_author_confirms_and_everybody_is_asked_again(people: People) -> None:
    submission = factories.submitted(people)
    disclosure, title = submission.disclosure, submission.disclosure.title
    factories.endorse(submission, people["head"])
    sent_back(submission, people["director"], (title, "ชื่อที่แก้แล้ว"))
    suggestion = Suggestion.objects.get()
    made = actions.accept_suggestion(suggestion=suggestion, by=people["officer"], at=NOW)
    assert (made.content["title"], made.author_id) == ("ชื่อที่แก้แล้ว", people["officer"].person_id)
    disclosure.refresh_from_db()
    screen(disclosure=disclosure, by=people["officer"], at=NOW)
    again = actions.submit(disclosure=disclosure, action="published", by=people["officer"], at=NOW)
    assert (again.step, again.decisions.count()) == (0, 0)
    for code in ("head", "director"):
        factories.endorse(again, people[code])
    assert again.state == "approved"


@pytest.mark.parametrize(
    ("by", "is_taken", "found"),
    [("head", False, {NotOver.NOT_AUTHOR}), ("officer", True, {NotOver.TAKEN_OVER_ALREADY})],
)
def test_only_an_author_confirms_and_once(
    people: People, by: str, found: set[Any], *, is_taken: bool
) -> None:
    submission = factories.submitted(people)
    sent_back(submission, people["head"], (submission.disclosure.title, "ชื่อที่แก้แล้ว"))
    suggestion = Suggestion.objects.get()
    if is_taken:
        actions.accept_suggestion(suggestion=suggestion, by=people["officer"], at=NOW)
    with pytest.raises(CannotTakeOver) as refused:
        actions.accept_suggestion(suggestion=suggestion, by=people[by], at=NOW)
    assert {each.code for each in refused.value.blockers if isinstance(each, Blocker)} == found
