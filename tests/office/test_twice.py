"""The same request again, by another method, without its token, too late, or with nonsense in it."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.approval.models import Decision, Submission
from prongsai.disclosures.actions import shelving
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.approval.factories import draft, submitted
from tests.approval.published import published
from tests.disclosures.factories import save_changes, section
from tests.factories import NOW, TODAY
from tests.office.conftest import SignIn
from tests.office.factories import attached, typed, upload

pytestmark = pytest.mark.django_db(databases=["default", "record"])
OF_A_WORK = (
    *("write", "autosave", "forget", "preview", "discard", "bring_back", "attach"),
    *("decide_findings", "submit", "take_back", "stop", "correct"),
)
OF_A_FILE = ("detach", "relabel", "rename_file", "move_file")
# Rows that say that somebody came or tried; everything else is the work itself.
TRAIL = {"organisation.Act", "sessions.Session", "axes.AccessLog", "mfa.Authenticator"}


def place(name: str, disclosure: Disclosure, **parts: str) -> str:
    return reverse(name, kwargs={"ref": disclosure.ref, **parts})


def rows() -> dict[str, int]:
    """How many rows each table of the office has, but for the trail."""
    models = [model for model in apps.get_models() if model._meta.app_label != "record"]
    return {
        model._meta.label: model._default_manager.count()
        for model in models
        if model._meta.managed and model._meta.label not in TRAIL
    }


@pytest.mark.parametrize("name", [*OF_A_WORK, *OF_A_FILE])
def test_a_visit_is_answered_with_405_or_a_page_and_changes_nothing(
    people: dict[str, Actor], sit: SignIn, name: str
) -> None:
    disclosure, client = draft(people["officer"]), sit("officer")
    attached(disclosure, people["officer"])
    slot = {"slot": "main"} if name in OF_A_FILE else {}
    before, kept = rows(), Disclosure.objects.values().get(pk=disclosure.pk)
    address = place(name, disclosure, **slot)
    answers = [getattr(client, method)(address).status_code for method in ("get", "head")]
    is_page = name in {"write", "preview", "submit"}
    # Where findings are decided only screeners come in, and they are led to the page itself.
    got = 403 if name == "decide_findings" else 200 if is_page else 405
    assert answers == [got, 405]
    assert (rows(), Disclosure.objects.values().get(pk=disclosure.pk)) == (before, kept)


def words_for(name: str, disclosure: Disclosure) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = {
        "write": typed(disclosure, title="ชื่อที่แก้แล้ว"),
        "preview": typed(disclosure, title="ชื่อที่ลองดู"),
        "autosave": typed(disclosure, title="ชื่อที่พิมพ์ค้าง"),
        "submit": {"urgency": "normal"},
        "relabel": {"label": "ป้ายใหม่"},
        "rename_file": {"name": "ชื่อใหม่.txt"},
        "move_file": {"to": "down"},
    }
    return known.get(name, {})


@pytest.mark.parametrize(
    "name", ["write", "autosave", "forget", "discard", "submit", "preview", *OF_A_FILE]
)
def test_a_form_sent_twice_leaves_what_it_left_once(
    people: dict[str, Actor], sit: SignIn, name: str
) -> None:
    disclosure, client = draft(people["officer"]), sit("officer")
    attached(disclosure, people["officer"])
    slot = {"slot": "main"} if name in OF_A_FILE else {}
    words, address = words_for(name, disclosure), place(name, disclosure, **slot)
    first = client.post(address, words)
    once, kept = rows(), Disclosure.objects.values().get(pk=disclosure.pk)
    second = client.post(address, words)
    assert first.status_code in {200, 302}
    assert second.status_code < 500
    assert (rows(), Disclosure.objects.values().get(pk=disclosure.pk)) == (once, kept)


def test_a_correction_begun_twice_is_one(people: dict[str, Actor], sit: SignIn) -> None:
    disclosure, client = published(people), sit("officer")
    client.post(place("correct", disclosure))
    once = rows()
    answer = client.post(place("correct", disclosure))
    assert answer.status_code in {302, 403}
    assert rows() == once


@pytest.mark.parametrize("action", ["withdrawn", "recalled"])
def test_a_proposal_sent_twice_is_one_submission(
    people: dict[str, Actor], sit: SignIn, action: str
) -> None:
    address = place("propose", published(people), action=action)
    words = {"urgency": "normal", "explanation": "ไม่ใช้แล้ว", "recall_reason": "rights"}
    client = sit("officer")
    answers = [client.post(address, words).status_code for _again in range(2)]
    assert Submission.objects.count() == 1
    assert answers[0] == 302


def test_a_work_started_twice_from_one_form_is_one(people: dict[str, Actor], sit: SignIn) -> None:
    words = {"kind": "news", "unit": "plan", "ref": str(uuid4())}
    client = sit("officer")
    answers = [client.post(reverse("start"), words) for _again in range(2)]
    assert {answer.headers["Location"] for answer in answers} == {
        reverse("write", kwargs={"ref": words["ref"]})
    }
    assert Disclosure.objects.count() == 1


def test_an_appointment_that_ends_while_the_page_is_open_signs_nothing(
    people: dict[str, Actor], sit: SignIn
) -> None:
    submission, client = submitted(people), sit("head")
    address = reverse("decide", kwargs={"ref": submission.ref})
    assert client.get(address).status_code == 200
    head = Person.objects.get(pk=people["head"].person_id)
    head.appointments.update(to_date=TODAY.replace(month=10))
    words = {"verdict": "endorse", "post": "head", "content_hash": submission.content_hash}
    assert client.post(address, words).status_code == 403
    assert not Decision.objects.exists()


@pytest.mark.parametrize("name", ["write", "discard", "submit", "take_back", "attach"])
def test_a_form_without_its_token_does_nothing_and_says_so(
    people: dict[str, Actor], sit: SignIn, name: str
) -> None:
    disclosure = draft(people["officer"])
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sit("officer").cookies
    before = rows()
    answer = strict.post(place(name, disclosure), words_for(name, disclosure))
    assert answer.status_code == 403
    assert "โหลดหน้าเดิมใหม่" in answer.content.decode()
    assert rows() == before


@pytest.mark.parametrize("name", [*OF_A_WORK, "work", "revisions", "compare", "files", "screening"])
def test_an_unknown_work_is_a_thai_page_with_a_way_back(sit: SignIn, name: str) -> None:
    client, address = sit("officer"), reverse(name, kwargs={"ref": uuid4()})
    answer = client.get(address)
    answer = client.post(address) if answer.status_code == 405 else answer
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "ไม่พบหน้านี้" in page
    assert f'href="{reverse("inbox")}"' in page


@pytest.mark.parametrize("name", ["write", "attach", "submit", "correct", "discard"])
def test_the_work_of_another_unit_is_refused_and_remembered(
    people: dict[str, Actor], sit: SignIn, name: str
) -> None:
    disclosure, client = published(people), sit("neighbour")
    before = rows()
    answer = client.post(place(name, disclosure), words_for(name, disclosure))
    refused = Act.objects.get(outcome="refused")
    assert answer.status_code == 403
    assert (refused.subject, refused.person_id) == (
        disclosure.subject,
        people["neighbour"].person_id,
    )
    assert refused.details["path"] == place(name, disclosure)
    assert rows() == before


@pytest.mark.parametrize(
    "query",
    [
        *(
            "stage=nonsense",
            "kind=x",
            "unit=nowhere",
            "section=zzz",
            "mine=maybe",
            "q=%00",
            "q=%ff",
        ),
        *("stage=writing&stage=x", "page=-1", "page=0", "page=99999999999999999999", "page=x"),
        *("page=๒", "q=๒๕๖๙-๐๐๐๐๑", "q=" + "ก" * 1500, "unit=", "unknown=1"),
    ],
)
@pytest.mark.parametrize("name", ["disclosures", "published"])
def test_a_nonsensical_filter_still_answers_with_a_page(
    people: dict[str, Actor], sit: SignIn, name: str, query: str
) -> None:
    published(people)
    answer = sit("officer").get(f"{reverse(name)}?{query}")
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("query", ["outcome=x", "q=%00", "page=-1", "page=999", "page=๒"])
def test_a_nonsensical_filter_of_the_trail_answers_with_a_page(sit: SignIn, query: str) -> None:
    assert sit("auditor").get(f"{reverse('acts')}?{query}").status_code == 200


@pytest.mark.parametrize("typed_number", ["2569-00001", "๒๕๖๙-๐๐๐๐๑"])
@pytest.mark.parametrize("name", ["disclosures", "published"])
def test_a_number_is_found_in_either_digits(
    people: dict[str, Actor], sit: SignIn, name: str, typed_number: str
) -> None:
    published(people, title="เรื่องที่หา")
    published(people, number="2569-00002", title="เรื่องอื่น")
    page = sit("officer").get(reverse(name), {"q": typed_number}).content.decode()
    assert ("เรื่องที่หา" in page, "เรื่องอื่น" in page) == (True, False)


@pytest.mark.parametrize("page", ["2", "99", "-5", "last"])
def test_a_page_beyond_the_end_of_a_list_shows_its_rows(
    people: dict[str, Actor], sit: SignIn, page: str
) -> None:
    draft(people["officer"], title="เรื่องเดียว")
    shown = sit("officer").get(reverse("disclosures"), {"page": page}).content.decode()
    assert "เรื่องเดียว" in shown


def test_a_body_larger_than_the_limit_is_refused_and_saves_nothing(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure, client = draft(people["officer"]), sit("officer")
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    words = typed(disclosure, body="ก" * limit)
    revisions = Revision.objects.count()
    answer = client.post(place("write", disclosure), words)
    assert 400 <= answer.status_code < 500
    assert Revision.objects.count() == revisions


def _drafts(people: dict[str, Actor], many: int) -> str:
    for number in range(many):
        draft(people["officer"], title=f"เรื่อง {number}")
    return reverse("disclosures")


def _sections(people: dict[str, Actor], many: int) -> str:
    news = section("news")
    for number in range(many):
        words = {"slug": f"child-{number}", "title_th": f"หมวด {number}"}
        shelving.add_section(parent=news, **words, by=people["webmaster"], at=NOW)
    return reverse("sections")


def _acts(people: dict[str, Actor], many: int) -> str:
    _drafts(people, many)
    return reverse("acts")


def _revisions(people: dict[str, Actor], many: int) -> str:
    disclosure = draft(people["officer"])
    for number in range(many):
        save_changes(disclosure, by=people["officer"], summary=f"สรุป {number}")
    return place("revisions", disclosure)


def _inbox(people: dict[str, Actor], many: int) -> str:
    _drafts(people, many)
    return reverse("inbox")


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(
    ("who", "fill", "questions"),
    [
        ("webmaster", _drafts, 9),
        ("webmaster", _sections, 9),
        ("auditor", _acts, 7),
        ("auditor", _revisions, 7),
        ("officer", _inbox, 12),
    ],
)
def test_a_list_of_three_asks_what_a_list_of_one_asks(
    people: dict[str, Actor], sit: SignIn, who: str, fill: Any, questions: int, many: int
) -> None:
    client, address = sit(who), fill(people, many)
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) == questions


THAI = re.compile(r"[ก-๛]+")


@pytest.mark.parametrize(
    ("who", "name"),
    [
        *((("officer", name)) for name in ("work", "write", "revisions", "screening", "submit")),
        ("auditor", "work"),
    ],
)
def test_an_english_screen_of_a_work_has_thai_only_where_its_content_is(
    people: dict[str, Actor], sit: SignIn, who: str, name: str
) -> None:
    disclosure, client = draft(people["officer"]), sit(who)
    client.post(reverse("set_language"), {"language": "en"})
    page = client.get(place(name, disclosure)).content.decode()
    assert '<html lang="en"' in page
    own = re.sub(r'<(\w+)[^>]* lang="th"[^>]*>.*?</\1>', "", page, flags=re.DOTALL)
    heading = re.findall(r"<(?:label|legend|button|th|h2)\b[^>]*>\s*([^<]+?)\s*<", own)
    assert [words for words in heading if THAI.search(words)] == []


def test_an_upload_without_a_file_says_what_to_do(people: dict[str, Actor], sit: SignIn) -> None:
    answer = sit("officer").post(place("attach", draft(people["officer"])), follow=True)
    assert "ยังไม่ได้เลือกไฟล์" in answer.content.decode()


def test_a_refused_file_among_good_ones_is_told_to_the_script(
    people: dict[str, Actor], sit: SignIn
) -> None:
    files = [upload("good.txt"), upload("bad.exe", b"MZ\x90\x00")]
    answer = sit("officer").post(
        place("attach", draft(people["officer"])),
        {"files": files, "slot": "main"},
        headers={"accept": "application/json"},
    )
    taken = answer.json()["taken"]
    assert [(one["name"], one["slot"], bool(one["refusal"])) for one in taken] == [
        ("good.txt", "main", False),
        ("bad.exe", "", True),
    ]
