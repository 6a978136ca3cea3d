"""A text that a person compared with the pages and vouches for: whole, of this file, and never changed again."""

import pytest

from prongsai.files import queries
from prongsai.files.actions import CannotVouch, draft_page, vouch_for_text
from prongsai.files.models import CheckedText, StoredFile
from prongsai.files.rules import MAX_TEXT, PageText
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.disclosures.factories import stored_file
from tests.factories import NOW, actor

pytestmark = pytest.mark.django_db
UNREAD = [{"number": number, "text": "", "source": "none"} for number in (1, 2)]


@pytest.fixture
def paper() -> StoredFile:
    stored = stored_file()
    stored.text = UNREAD
    stored.save()
    return stored


def vouch(stored: StoredFile, by: Actor, **pages: str) -> CheckedText:
    said = {int(key.removeprefix("p")): text for key, text in pages.items()}
    return vouch_for_text(stored=stored, pages=said, by=by, at=NOW)


def test_a_vouched_text_is_given_by_its_hash(paper: StoredFile) -> None:
    checked = vouch(paper, actor(), p1="หนึ่ง", p2="")
    assert queries.text_pages(paper, text_sha256=checked.text_sha256) == [
        PageText(1, "หนึ่ง", "checked"),
        PageText(2, "", "checked"),
    ]
    assert queries.is_vouched_for(paper, checked.text_sha256)


def test_the_machines_text_stays_beside_it(paper: StoredFile) -> None:
    vouch(paper, actor(), p1="หนึ่ง", p2="สอง")
    assert [page.source for page in queries.text_pages(paper)] == ["none", "none"]


def test_who_vouched_as_what_is_remembered(paper: StoredFile) -> None:
    officer = actor("officer")
    checked = vouch(paper, officer, p1="หนึ่ง", p2="สอง")
    act = Act.objects.get(verb="vouch_for_text")
    assert (checked.by_id, checked.post_title, checked.at) == (
        officer.person_id,
        officer.post_title,
        NOW,
    )
    assert act.details["text_sha256"] == checked.text_sha256


def test_saying_the_same_again_adds_nothing(paper: StoredFile) -> None:
    officer = actor("officer")
    first, second = (vouch(paper, officer, p1="หนึ่ง", p2="สอง") for _time in range(2))
    assert first == second
    assert Act.objects.filter(verb="vouch_for_text").count() == 1


def test_another_person_vouches_in_their_own_name(paper: StoredFile) -> None:
    first, second = (vouch(paper, actor(code), p1="หนึ่ง", p2="สอง") for code in ("officer", "other"))
    assert first.text_sha256 == second.text_sha256
    assert first.by_id != second.by_id


def test_what_cannot_be_seen_is_left_out(paper: StoredFile) -> None:
    checked = vouch(paper, actor(), p1="ก\u202eข\u200bค\x00\r\nง", p2="")
    assert checked.pages[0]["text"] == "กขค\nง"


@pytest.mark.parametrize(
    ("pages", "why"),
    [
        ({"p1": "หนึ่ง"}, "ยังไม่ได้เทียบหน้า 2"),
        ({}, "ยังไม่ได้เทียบหน้า 1, 2"),
        ({"p1": "", "p2": "", "p3": ""}, "ไม่มีหน้า 3"),
        ({"p1": "ก" * (MAX_TEXT + 1), "p2": ""}, "ยาวเกินไป"),
    ],
)
def test_a_text_that_is_not_whole_is_refused(
    paper: StoredFile, pages: dict[str, str], why: str
) -> None:
    with pytest.raises(CannotVouch, match=why):
        vouch(paper, actor(), **pages)
    assert not CheckedText.objects.exists()


@pytest.mark.parametrize("state", [FileState.RECEIVED, FileState.SCANNED])
def test_a_file_that_is_not_clean_has_no_text_to_vouch_for(
    paper: StoredFile, state: FileState
) -> None:
    paper.state = state
    with pytest.raises(CannotVouch, match="ยังไม่ผ่านการตรวจ"):
        vouch(paper, actor(), p1="", p2="")


def test_the_machine_vouches_for_nothing(paper: StoredFile) -> None:
    with pytest.raises(CannotVouch, match="ระบบรับรองข้อความเองไม่ได้"):
        vouch(paper, Actor.system("worker"), p1="", p2="")


def test_a_text_of_another_file_is_not_this_ones(paper: StoredFile) -> None:
    other = stored_file(text="อีกไฟล์")
    other.text = UNREAD
    other.save()
    checked = vouch(other, actor(), p1="หนึ่ง", p2="สอง")
    assert not queries.is_vouched_for(paper, checked.text_sha256)


def test_a_text_that_was_changed_behind_our_back_is_not_vouched_for(paper: StoredFile) -> None:
    checked = vouch(paper, actor(), p1="หนึ่ง", p2="สอง")
    changed = [{**checked.pages[0], "text": "อื่น"}, checked.pages[1]]
    CheckedText.objects.filter(pk=checked.pk).update(pages=changed)
    assert not queries.is_vouched_for(paper, checked.text_sha256)


def test_a_draft_is_kept_until_its_writer_vouches(paper: StoredFile) -> None:
    officer = actor("officer")
    for text in ("หนึ", "หนึ่ง"):
        draft_page(stored=paper, number=1, text=text, is_same=True, by=officer, at=NOW)
    draft_page(stored=paper, number=1, text="ของคนอื่น", is_same=False, by=actor("other"), at=NOW)
    assert officer.person_id is not None
    [kept] = queries.page_drafts(paper, officer.person_id).values()
    assert (kept.text, kept.is_same) == ("หนึ่ง", True)

    vouch(paper, officer, p1="หนึ่ง", p2="สอง")

    assert queries.page_drafts(paper, officer.person_id) == {}
    assert paper.page_drafts.count() == 1


def test_a_page_that_is_not_there_has_no_draft(paper: StoredFile) -> None:
    with pytest.raises(CannotVouch, match="ไม่มีหน้า 3"):
        draft_page(stored=paper, number=3, text="", is_same=False, by=actor(), at=NOW)
