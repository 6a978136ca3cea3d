"""Somebody asks to have their own name put right; an administrator answers with a reason."""

import pytest
from django.urls import reverse

from prongsai.office.models import NameWish
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
WORDS = {
    "name-title_th": "นาง",
    "name-first_name": "ทดสอบใหม่",
    "name-last_name": "ใจดี",
    "name-reason": "หนังสือสำคัญแสดงการเปลี่ยนชื่อ ลงวันที่ ๑ ตุลาคม ๒๕๖๙",
}


@pytest.fixture
def wish(people: People, sit: SignIn) -> NameWish:
    assert sit("officer").post(reverse("ask_for_name"), WORDS).status_code == 302
    return NameWish.objects.get()


def answer(wish: NameWish, do: str, reason: str = "ตรงกับหลักฐาน") -> tuple[str, dict[str, str]]:
    return reverse("settle_name", args=[wish.pk]), {f"wish-{wish.pk}-reason": reason, "do": do}


def name_of(people: People, code: str = "officer") -> str:
    return Person.objects.get(pk=people[code].person_id).full_name


def trail(*verbs: str) -> list[tuple[str, str, str]]:
    rows = Act.objects.filter(verb__in=verbs).order_by("id")
    return list(rows.values_list("verb", "outcome", "reason"))


def test_a_wish_changes_nothing_and_waits_in_the_inbox_of_the_administrator(
    people: People, sit: SignIn, wish: NameWish
) -> None:
    assert name_of(people) == people["officer"].name
    page = sit("administrator").get("/office/").content.decode()
    assert wish.full_name in page
    assert f"{reverse('name_wishes')}#wish-{wish.pk}" in page
    assert wish.full_name not in sit("webmaster").get("/office/").content.decode()


def test_an_administrator_agrees_and_the_person_reads_why(
    people: People, sit: SignIn, wish: NameWish
) -> None:
    sit("administrator").post(*answer(wish, "agree"))
    assert name_of(people) == "นางทดสอบใหม่ ใจดี"
    page = sit("officer").get(reverse("own_data")).content.decode()
    assert "ตรงกับหลักฐาน" in page
    assert "คงชื่อเดิม" in page
    told = trail("ask_for_name", "agree_to_name", "rename_person")
    assert [verb for verb, _, _ in told] == ["ask_for_name", "agree_to_name", "rename_person"]
    assert [reason for _, _, reason in told[1:]] == ["ตรงกับหลักฐาน"] * 2


def test_an_administrator_refuses_and_the_name_stays(
    people: People, sit: SignIn, wish: NameWish
) -> None:
    sit("administrator").post(*answer(wish, "refuse", "ไม่มีหลักฐาน"))
    assert name_of(people) == people["officer"].name
    assert "ไม่มีหลักฐาน" in sit("officer").get(reverse("own_data")).content.decode()
    assert trail("refuse_name") == [("refuse_name", "done", "ไม่มีหลักฐาน")]


def test_there_is_no_answer_without_a_reason(people: People, sit: SignIn, wish: NameWish) -> None:
    sit("administrator").post(*answer(wish, "agree", " "))
    wish.refresh_from_db()
    assert (wish.state, name_of(people)) == ("open", people["officer"].name)


@pytest.mark.parametrize("who", ["officer", "webmaster", "auditor"])
def test_nobody_else_answers(people: People, sit: SignIn, wish: NameWish, who: str) -> None:
    assert sit(who).post(*answer(wish, "agree")).status_code == 403
    assert name_of(people) == people["officer"].name


def test_administrators_do_not_answer_their_own_wish(people: People, sit: SignIn) -> None:
    administrator = sit("administrator")
    administrator.post(reverse("ask_for_name"), WORDS)
    own = NameWish.objects.get()
    assert own.full_name not in administrator.get("/office/").content.decode()
    administrator.post(*answer(own, "agree"))
    assert name_of(people, "administrator") == people["administrator"].name
    assert trail("agree_to_name")[0][1] == "refused"


def test_a_second_answer_changes_nothing(people: People, sit: SignIn, wish: NameWish) -> None:
    administrator = sit("administrator")
    administrator.post(*answer(wish, "refuse", "ไม่มีหลักฐาน"))
    administrator.post(*answer(wish, "agree"))
    assert name_of(people) == people["officer"].name


def test_one_wish_waits_at_a_time(sit: SignIn, wish: NameWish) -> None:
    page = sit("officer").post(reverse("ask_for_name"), WORDS, follow=True).content.decode()
    assert "มีคำขอแก้ชื่อที่รอผู้ดูแลระบบอยู่แล้ว" in page
    assert NameWish.objects.count() == 1


@pytest.mark.parametrize("missing", ["name-reason", "name-first_name", "name-last_name"])
def test_a_wish_without_its_words_is_not_taken(sit: SignIn, missing: str) -> None:
    answer = sit("officer").post(reverse("ask_for_name"), WORDS | {missing: " "})
    assert answer.status_code == 422
    assert f'name="{missing}"' in answer.content.decode()
    assert not NameWish.objects.exists()


def test_the_same_name_is_no_wish(people: People, sit: SignIn) -> None:
    person = Person.objects.get(pk=people["officer"].person_id)
    same = {
        f"name-{name}": getattr(person, name) for name in ("title_th", "first_name", "last_name")
    }
    page = sit("officer").post(reverse("ask_for_name"), WORDS | same, follow=True)
    assert "เหมือนชื่อเดิม" in page.content.decode()
    assert not NameWish.objects.exists()
