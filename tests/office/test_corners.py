"""Corners of the office that no journey passes: ends of lists, other codes, texts of two people."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from prongsai.disclosures.models import Disclosure
from prongsai.files.models import StoredFile
from prongsai.office.desk import Desk, desk_for
from prongsai.office.findings import _element, _file
from prongsai.office.merging import value_at, with_theirs
from prongsai.office.templatetags import office as tags
from prongsai.office.uploads import moved
from prongsai.office.verbs import VERBS
from prongsai.office.whole import whole
from prongsai.office.writing import base_content, sequence_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.approval.factories import draft, submitted
from tests.disclosures.factories import content
from tests.factories import TODAY, acting, person, post
from tests.office.conftest import SignIn
from tests.office.factories import attached, body, save, typed

pytestmark = pytest.mark.django_db(databases=["default", "record"])


def test_a_person_without_a_post_sits_at_a_desk_that_opens_nothing() -> None:
    somebody = person("nobody")
    desk = desk_for(somebody, chosen_code="mayor", on=TODAY)
    assert desk == Desk(person=somebody, on=TODAY, appointments=(), chosen=None)
    assert desk.actor == Actor(person_id=somebody.pk, name=somebody.full_name)
    assert desk.actor_with("officer") == desk.actor
    assert (desk.roles, desk.unit_codes, desk.post_codes) == (frozenset(),) * 3
    assert desk.needs_second_factor is False


@pytest.mark.parametrize("chosen", ["officer", "second", "not-held", ""])
def test_an_act_of_a_role_is_done_in_a_post_that_has_it(
    people: dict[str, Actor], chosen: str
) -> None:
    somebody = Person.objects.get(pk=people["officer"].person_id)
    acting(person=somebody, post=post("second", roles=["approver"]))
    desk = desk_for(somebody, chosen_code=chosen, on=TODAY)
    done_in = {role: desk.actor_with(role).post_code for role in ("officer", "approver")}
    assert done_in == {"officer": "officer", "approver": "second"}
    # Nobody gives a role that no held post has; the chosen post is then refused by the action.
    assert desk.chosen is not None
    assert desk.actor_with("auditor").post_code == desk.chosen.post.code


@pytest.mark.parametrize(
    ("place", "name", "element"),
    [
        ("file", "main", "files"),
        ("file_name", "main", "files"),
        ("signatory", "2", "id_signatory_2_name"),
        ("detail", "budget", "id_detail_budget"),
        ("number", "", "id_official_number"),
        ("body", "", "section-body"),
        ("title", "", "id_title"),
    ],
)
def test_a_finding_leads_to_the_field_that_holds_it(place: str, name: str, element: str) -> None:
    assert _element(place, name) == element


@pytest.mark.parametrize(("page", "ending"), [(3, "#page=3"), (None, "")])
def test_a_finding_in_a_file_opens_the_page_it_stands_on(
    people: dict[str, Actor], page: int | None, ending: str
) -> None:
    disclosure = draft(people["officer"])
    stored = attached(disclosure, people["officer"])
    disclosure.refresh_from_db()
    assert disclosure.latest is not None
    address = reverse("file", kwargs={"file_id": stored.pk})
    assert _file(disclosure.latest, "file", "main", page) == address + ending
    assert _file(disclosure.latest, "file", "gone", page) == ""


def test_their_text_replaces_exactly_the_chosen_fields() -> None:
    mine = content(title="ของฉัน", summary="สรุปของฉัน", details={"budget": "1", "closing": "2"})
    theirs = mine.to_json() | {
        "title": "ของเขา",
        "summary": "สรุปของเขา",
        "details": {"budget": "9"},
    }
    joined = with_theirs(mine, theirs, ["title", "details.budget", "details.closing"])
    assert joined.to_json() == mine.to_json() | {"title": "ของเขา", "details": {"budget": "9"}}


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", "ก"), ("details.a", 1), ("details.b", None), ("other.a", None), ("other", None)],
)
def test_a_value_is_found_one_level_down(name: str, value: Any) -> None:
    assert value_at({"title": "ก", "details": {"a": 1}}, name) == value


@pytest.mark.parametrize(
    ("slot", "by", "after"),
    [
        ("main", 1, ["main"]),
        ("main", -1, ["main"]),
        ("main", 0, ["main"]),
        ("unknown", 1, ["main"]),
    ],
)
def test_moving_at_the_ends_or_what_is_not_there_moves_nothing(
    people: dict[str, Actor], slot: str, by: int, after: list[str]
) -> None:
    disclosure = draft(people["officer"])
    attached(disclosure, people["officer"])
    assert moved(disclosure, slot, by) == after


def test_a_work_without_a_revision_opens_empty_for_its_unit(people: dict[str, Actor]) -> None:
    disclosure = draft(people["officer"])
    disclosure.latest = None
    opened = base_content(disclosure)
    assert (opened.kind, opened.section, opened.unit) == ("news", "", disclosure.unit.code)
    assert sequence_of(disclosure) == 0


@pytest.mark.parametrize(
    ("language", "words"), [("th", "23 พ.ย. 2569 10.05 น."), ("en", "23 Nov 2026 10:05")]
)
def test_a_moment_is_read_in_bangkok_in_the_readers_language(language: str, words: str) -> None:
    with translation.override(language):
        assert tags.moment(datetime(2026, 11, 23, 3, 5, tzinfo=UTC)) == words
        assert tags.moment(None) == ""


@pytest.mark.parametrize(
    ("words", "known"),
    [
        (tags.verb_in_words, "submit"),
        (tags.verdict_in_words, "endorse"),
        (tags.stage_in_words, "writing"),
        (tags.recall_reason_in_words, "personal_data"),
    ],
)
def test_a_code_is_said_in_words_and_an_unknown_one_stands(words: Any, known: str) -> None:
    assert "ก" <= words(known)[0] <= "๛"
    assert words("of-a-later-version") == "of-a-later-version"


def test_every_verb_is_said_in_english_too() -> None:
    with translation.override("en"):
        said = {verb: tags.verb_in_words(verb) for verb in VERBS}
    assert [verb for verb, words in said.items() if not words.isascii()] == []


@pytest.mark.parametrize(
    ("subject", "address"),
    [
        ("disclosure:00000000-0000-0000-0000-000000000001", "/office/disclosures/"),
        ("submission:00000000-0000-0000-0000-000000000001", "/office/submissions/"),
        ("post:mayor", ""),
        ("", ""),
    ],
)
def test_a_subject_of_the_trail_links_to_its_page(subject: str, address: str) -> None:
    found = tags.subject_address(subject)
    assert found == (f"{address}00000000-0000-0000-0000-000000000001/" if address else "")


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("", 0), (None, 0), ("-1", 0), ("๗", 0), ("9" * 19, 0), ("²", 0), ("1.5", 0)],
)
def test_what_is_no_whole_number_names_nothing(text: str | None, number: int) -> None:
    assert whole(text) == number


def test_a_file_whose_bytes_are_gone_is_not_found(people: dict[str, Actor], sit: SignIn) -> None:
    stored = attached(draft(people["officer"]), people["officer"])
    address = reverse("file", kwargs={"file_id": stored.pk})
    assert body(sit("officer").get(address)) == b"one line\n"
    StoredFile.objects.filter(pk=stored.pk).update(sha256="0" * 64)
    assert sit("officer").get(address).status_code == 404


def test_two_writers_of_one_field_see_both_texts(people: dict[str, Actor], sit: SignIn) -> None:
    disclosure = draft(people["officer"])
    old = typed(disclosure, title="ของคนที่สอง")
    assert save(sit("officer"), disclosure, title="ของคนแรก") == 302
    address = reverse("write", kwargs={"ref": disclosure.ref})
    answer = sit("webmaster").post(address, old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ("ของคนแรก" in page, "ของคนที่สอง" in page) == (True, True)
    assert 'name="use_title"' in page
    assert Disclosure.objects.get().title == "ของคนแรก"


def test_a_form_that_cannot_be_previewed_says_why(people: dict[str, Actor], sit: SignIn) -> None:
    disclosure = draft(people["officer"])
    words = typed(disclosure, fiscal_year="ไม่ใช่ปี")
    answer = sit("officer").post(reverse("preview", kwargs={"ref": disclosure.ref}), words)
    assert answer.status_code == 422
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_correction_of_what_is_not_published_is_refused(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure = submitted(people).disclosure
    answer = sit("officer").post(reverse("correct", kwargs={"ref": disclosure.ref}))
    assert answer.status_code == 403
    assert Act.objects.get(outcome="refused").verb == "office.change_published"


def test_signing_out_and_in_leaves_two_acts(people: dict[str, Actor]) -> None:
    client = Client()
    client.force_login(Person.objects.get(pk=people["officer"].person_id))
    client.post(reverse("account_logout"))
    verbs = (
        Act.objects.filter(verb__startswith="office.").order_by("id").values_list("verb", flat=True)
    )
    assert list(verbs) == ["office.sign_in", "office.sign_out"]
