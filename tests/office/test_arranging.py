"""Files and sections put in another order, an inbox that asks once, and links that stay inside the office."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.disclosures.actions import attach, shelving
from prongsai.disclosures.models import Disclosure, Section
from prongsai.files.actions import receive
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.approval.factories import draft, submitted
from tests.disclosures.factories import section
from tests.factories import NOW
from tests.office.conftest import SignIn
from tests.office.factories import body, upload

pytestmark = pytest.mark.django_db(databases=["default", "record"])
SLOTS = ["main", "attachment-1", "attachment-2"]


@pytest.fixture
def work(people: dict[str, Actor]) -> Disclosure:
    """With three files, in the order of `SLOTS`."""
    by = people["officer"]
    disclosure = draft(by)
    for slot in SLOTS:
        stored = receive(upload=upload(f"{slot}.txt", slot.encode()), by=by, at=NOW)
        attach(disclosure=disclosure, file=stored, slot=slot, by=by, at=NOW)
    return disclosure


@pytest.fixture
def shelf(people: dict[str, Actor]) -> Section:
    """The news, with children a, b and c; other news stand empty beside it."""
    news = section("news")
    section("other")
    for slug in "abc":
        shelving.add_section(
            parent=news, slug=slug, title_th=f"หมวด {slug}", by=people["webmaster"], at=NOW
        )
    return news


def move(disclosure: Disclosure, slot: str) -> str:
    return reverse("move_file", kwargs={"ref": disclosure.ref, "slot": slot})


def order(disclosure: Disclosure) -> list[str]:
    return [one.slot for one in disclosure.attachments.present()]


@pytest.mark.parametrize(
    ("slot", "to", "after"),
    [
        ("main", "down", ["attachment-1", "main", "attachment-2"]),
        ("main", "up", SLOTS),
        ("attachment-1", "up", ["attachment-1", "main", "attachment-2"]),
        ("attachment-1", "down", ["main", "attachment-2", "attachment-1"]),
        ("attachment-2", "up", ["main", "attachment-2", "attachment-1"]),
        ("attachment-2", "down", SLOTS),
        ("main", "", SLOTS),
        ("main", "sideways", SLOTS),
        ("main", "-1", SLOTS),
        ("nothing-here", "up", SLOTS),
    ],
)
def test_a_file_moves_one_place_and_never_over_an_end(
    work: Disclosure, sit: SignIn, slot: str, to: str, after: list[str]
) -> None:
    answer = sit("officer").post(move(work, slot), {"to": to})
    assert answer.headers["Location"] == reverse("write", kwargs={"ref": work.ref}) + "#files"
    assert order(work) == after


def test_a_row_offers_only_the_ways_that_there_are(work: Disclosure, sit: SignIn) -> None:
    page = sit("officer").get(reverse("files", kwargs={"ref": work.ref})).content.decode()
    assert (page.count('value="up"'), page.count('value="down"')) == (2, 2)


def test_a_move_that_moves_nothing_leaves_no_revision(work: Disclosure, sit: SignIn) -> None:
    before = work.revisions.count()
    sit("officer").post(move(work, "main"), {"to": "up"})
    assert work.revisions.count() == before


@pytest.mark.parametrize("who", ["neighbour", "auditor", "head", "administrator", "mayor"])
def test_others_do_not_arrange_the_files(work: Disclosure, sit: SignIn, who: str) -> None:
    assert sit(who).post(move(work, "main"), {"to": "down"}).status_code == 403
    assert order(work) == SLOTS


def test_files_of_submitted_work_stay_in_their_order(
    work: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    submitted(people, disclosure=work)
    assert sit("officer").post(move(work, "main"), {"to": "down"}).status_code == 403
    assert order(work) == SLOTS


def test_a_visit_moves_no_file(work: Disclosure, sit: SignIn) -> None:
    assert sit("officer").get(move(work, "main") + "?to=down").status_code == 405


@pytest.mark.parametrize(
    ("place", "after"),
    [("1", "bac"), ("2", "abc"), ("3", "acb"), ("99", "acb"), ("999", "acb")],
)
def test_a_section_moves_among_its_siblings(
    shelf: Section, sit: SignIn, place: str, after: str
) -> None:
    words = {"do": "move", "parent": "news", "place": place}
    sit("webmaster").post(reverse("section", kwargs={"slug": "b"}), words)
    assert "".join(shelf.children.values_list("slug", flat=True)) == after


def test_a_section_moves_under_another_top(shelf: Section, sit: SignIn) -> None:
    words = {"do": "move", "parent": "other", "place": "1"}
    page = sit("webmaster").post(reverse("section", kwargs={"slug": "b"}), words, follow=True)
    assert "ย้ายหมวดย่อยแล้ว" in page.content.decode()
    assert Section.objects.get(slug="b").top.slug == "other"
    assert Act.objects.get(verb="move_section").outcome == "done"


@pytest.mark.parametrize(
    "change",
    [
        {"place": "0"},
        {"place": "-1"},
        {"place": ""},
        {"place": "บนสุด"},
        {"place": "1000"},
        {"place": "1.5"},
        {"parent": ""},
        {"parent": "a"},
        {"parent": "nowhere"},
    ],
)
def test_a_move_that_makes_no_sense_is_sent_back(
    shelf: Section, sit: SignIn, change: dict[str, str]
) -> None:
    words = {"do": "move", "parent": "news", "place": "1"} | change
    answer = sit("webmaster").post(reverse("section", kwargs={"slug": "b"}), words)
    assert answer.status_code == 422
    assert "".join(shelf.children.values_list("slug", flat=True)) == "abc"


def test_one_of_the_nine_is_not_moved(shelf: Section, sit: SignIn) -> None:
    client, place = sit("webmaster"), reverse("section", kwargs={"slug": "news"})
    assert 'value="move"' not in client.get(place).content.decode()
    client.post(place, {"do": "move", "parent": "other", "place": "1"})
    assert Section.objects.get(slug="news").parent is None


@pytest.mark.parametrize("many", [1, 3])
def test_the_inbox_asks_for_its_lists_once(
    people: dict[str, Actor], sit: SignIn, many: int
) -> None:
    for _each in range(many):
        draft(people["officer"])
    client = sit("officer")
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("inbox"))
    lists = [one["sql"] for one in asked if 'FROM "disclosures_disclosure"' in one["sql"]]
    assert len(lists) == len(set(lists))


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_preview_has_no_link_that_leads_out_of_the_office(
    work: Disclosure, sit: SignIn, language: str
) -> None:
    client = sit("officer")
    client.post(reverse("set_language"), {"language": language})
    page = client.get(reverse("preview", kwargs={"ref": work.ref})).content.decode()
    local = re.findall(r'<a [^>]*href="(/[^"]*)"', page)
    assert len(local) >= len(SLOTS)
    # Closed at once: what they answer are open files.
    opened = {body(client.get(address)) for address in local}
    assert opened == {slot.encode() for slot in SLOTS}


def test_signing_out_names_whose_drafts_the_browser_forgets(
    people: dict[str, Actor], sit: SignIn
) -> None:
    mark = f'data-signs-out="{people["officer"].person_id}"'
    client = sit("officer")
    assert mark in client.get(reverse("inbox")).content.decode()
    assert mark in client.get(reverse("account_logout")).content.decode()
