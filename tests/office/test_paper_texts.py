"""The words of the papers are an administrator's to write, version by version, and only for papers to come."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from prongsai.office.paper_texts import PARTS
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.publication.models import PaperText
from prongsai.publication.papers.making import draft_of, letter_of, make
from prongsai.publication.papers.phrases import keys, phrase
from prongsai.publication.papers.states import PaperKind
from prongsai.publication.papers.states import TextBlocker as Not
from prongsai.publication.papers.wording import CannotChangeText, change_text
from tests.approval.factories import approved
from tests.factories import NOW
from tests.office.conftest import SignIn
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]
FINAL = "endorsement.final"
PLACE = {"key": FINAL}


def write(
    people: People, text: str = "อนุมัติ", *, key: str = FINAL, base: int = 0, **said: Any
) -> Any:
    wish = {"reason": "ใช้คำตามระเบียบของเทศบาล", "by": people["administrator"], "at": NOW} | said
    return change_text(key=key, text=text, base_number=base, **wish)


def refused(people: People, *args: Any, **said: Any) -> set[Any]:
    with pytest.raises(CannotChangeText) as refusal:
        write(people, *args, **said)
    return {each.code for each in refusal.value.blockers}


def said_in(letter: object) -> str:
    return repr(letter)


def test_papers_made_from_then_on_say_it_in_the_new_words(people: People) -> None:
    submission = approved(people)
    assert "อนุญาตตามที่เสนอ" in said_in(letter_of(submission, PaperKind.MEMORANDUM))
    write(people, "อนุมัติให้เผยแพร่ได้")
    after = said_in(letter_of(submission, PaperKind.MEMORANDUM))
    assert "อนุมัติให้เผยแพร่ได้" in after
    assert "อนุญาตตามที่เสนอ" not in after.replace("เห็นควรอนุญาตตามที่เสนอ", "")
    write(people, "", base=1)
    assert "อนุญาตตามที่เสนอ" in said_in(letter_of(submission, PaperKind.MEMORANDUM))


def test_a_paper_that_was_kept_stays_as_it_was(people: People) -> None:
    wish: dict[str, Any] = {"by": people["webmaster"], "at": NOW}
    wish |= {"submission": approved(people), "kind": PaperKind.MEMORANDUM}
    kept = make(draft=draft_of(**wish), by=people["webmaster"], at=NOW)
    write(people)
    assert make(draft=draft_of(**wish), by=people["webmaster"], at=NOW).sha256 == kept.sha256


def test_outside_of_papers_nothing_is_read(people: People) -> None:
    write(people)
    assert phrase(FINAL) == "อนุญาตตามที่เสนอ"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": " \u200b"}, Not.NO_REASON),
        ({"text": "อนุมัติ {title}"}, Not.STRANGE_WORD),
        ({"text": "อนุมัติ {"}, Not.STRANGE_WORD),
        ({"text": "{0.__class__}"}, Not.STRANGE_WORD),
        ({"text": "ก" * 1001}, Not.TOO_LONG),
        ({"text": "อนุญาตตามที่เสนอ"}, Not.UNCHANGED),
        ({"text": ""}, Not.UNCHANGED),
        ({"key": "no.such"}, Not.UNKNOWN),
        ({"base": 1}, Not.CHANGED_MEANWHILE),
    ],
)
def test_what_cannot_be_said_is_refused(people: People, changes: dict[str, Any], code: str) -> None:
    assert refused(people, **changes) == {code}
    assert not PaperText.objects.exists()
    assert Act.objects.get(verb="change_paper_text").outcome == "refused"


@pytest.mark.parametrize("code", ["officer", "webmaster", "clerk", "auditor"])
def test_nobody_but_an_administrator_writes_them(people: People, sit: SignIn, code: str) -> None:
    assert refused(people, by=people[code]) == {Not.NOT_ADMINISTRATOR}
    for name, where in (("paper_texts", {}), ("paper_text", PLACE)):
        assert sit(code).get(reverse(name, kwargs=where)).status_code == 403
    form = {"text": "อนุมัติ", "reason": "-", "base_number": 0}
    assert sit(code).post(reverse("paper_text", kwargs=PLACE), form).status_code == 403
    assert not PaperText.objects.exists()


def test_versions_are_added_and_never_changed(people: People) -> None:
    made = write(people)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaperText.objects.filter(pk=made.pk).update(text="อื่น")


def test_the_screen_writes_shows_versions_and_hears_of_others(people: People, sit: SignIn) -> None:
    place = reverse("paper_text", kwargs=PLACE)
    form = {"text": "<b>อนุมัติ</b>", "reason": "ใช้คำสั้น", "base_number": 0}
    answer = sit("administrator").post(place, form, follow=True).content.decode()
    assert "&lt;b&gt;อนุมัติ&lt;/b&gt;" in answer
    again = sit("administrator").post(place, form | {"text": "อนุญาต"})
    assert (again.status_code, "มีผู้แก้ข้อความนี้ระหว่างที่ท่านแก้" in again.content.decode()) == (422, True)
    assert "ใช้คำสั้น" in sit("administrator").get(place).content.decode()
    assert sit("administrator").get(reverse("paper_text", kwargs={"key": "x.y"})).status_code == 404


def test_every_text_stands_in_a_part_of_the_screen() -> None:
    assert {key.partition(".")[0] for key in keys()} == set(PARTS)
