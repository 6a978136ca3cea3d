"""The staff's board of duties: what is owed, by whom, and how one gets it done; who may charge whom."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.monitoring.models import Charge
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from tests.office.conftest import SignIn
from tests.publication import factories as gate
from tests.record.factories import observed, part

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
BOARD = reverse("owed")
O2, O4 = "ita-oit-2569-o2", "ita-oit-2569-o4"
EXECUTIVES, NEWS = "ข้อมูลผู้บริหาร", "ข่าวประชาสัมพันธ์"


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    text: str = answer.content.decode()
    return text


def place(key: str = O2) -> str:
    return reverse("duty", kwargs={"duty_key": key})


def test_before_the_first_look_the_board_says_when_it_will_be_there(sit: SignIn) -> None:
    assert "ระบบยังไม่ได้ตรวจครั้งแรก" in page(sit("officer"), BOARD)
    assert "ข้อนี้ยังไม่มีผลตรวจ" in page(sit("officer"), place())


def test_what_is_owed_stands_first_and_all_is_one_filter_away(sit: SignIn) -> None:
    observed(O2, "missing", due_date=localdate() - timedelta(days=3))
    observed(O4)
    client = sit("officer")
    text = page(client, BOARD)
    assert EXECUTIVES in text
    assert "เลยกำหนด 3 วัน" in text
    assert NEWS not in text
    assert NEWS in page(client, f"{BOARD}?result=met")
    assert EXECUTIVES not in page(client, f"{BOARD}?q=ข่าว")
    assert NEWS in page(client, f"{BOARD}?q=o4")


def test_the_longest_overdue_comes_first(sit: SignIn) -> None:
    observed(O4, "stale", due_date=localdate() - timedelta(days=1))
    observed(O2, "incomplete", due_date=localdate() - timedelta(days=30))
    text = page(sit("officer"), BOARD)
    assert text.index(EXECUTIVES) < text.index(NEWS)


def test_the_board_says_how_much_is_owed_and_leads_to_mine_and_to_each_list(
    people: People, sit: SignIn
) -> None:
    for place in range(8, 3, -1):
        observed(f"ita-oit-2569-o{place}", "missing", post_code=people["head"].post_code)
    observed(O2)
    client = sit("head")
    answer = client.get(BOARD)
    text = answer.content.decode()
    assert "ยังค้าง <strong>5</strong> ข้อ ครบแล้ว 1 จาก 6" in text
    assert 'href="/office/owed/?mine=on&amp;owed=on">ค้างที่ท่านหรือหน่วยงานของท่าน 5 ข้อ' in text
    narrowed = "/office/owed/?instrument=ita-oit-2569&amp;owed=on"
    assert f'href="{narrowed}">ITA 2569 (OIT) ค้าง 5</a>' in text
    # In the order of the list, whichever was seen first; no date says which is more pressing.
    clauses = [row.line.duty.clause for row in answer.context["rows"]]
    assert clauses == ["O4", "O5", "O6", "O7", "O8"]
    assert text.count("ไม่มีวันกำหนด") == 5


def test_the_board_says_what_lacks_and_what_somebody_works_on(people: People, sit: SignIn) -> None:
    failed = [{"check": "format", "number": "", "about": "xlsx"}]
    observed(O2, "incomplete", part("incomplete", failed=failed))
    work, _entry = gate.published(people)
    client = sit("officer")
    text = page(client, BOARD)
    assert "ยังไม่มีไฟล์ชนิด xlsx — แนบไฟล์ชนิดที่ขาด" in text
    assert "มีเรื่องกำลังทำอยู่" not in text
    bind(client, work, O2)
    assert "มีเรื่องกำลังทำอยู่" in page(client, BOARD)


def test_a_search_that_finds_nothing_to_bind_says_what_was_searched(sit: SignIn) -> None:
    client = sit("officer")
    assert "ลองค้นด้วยคำในชื่อเรื่อง" in page(client, place())
    assert "ไม่พบรายการที่ตรงกับคำนี้" in page(client, f"{place()}?q=ไม่มีคำนี้")


def test_mine_is_what_my_post_or_my_unit_answers_for(people: People, sit: SignIn) -> None:
    head = people["head"]
    observed(O2, "missing", post_code=head.post_code)
    observed(O4, "missing")
    text = page(sit("head"), f"{BOARD}?mine=on")
    assert EXECUTIVES in text
    assert NEWS not in text


def test_a_duty_says_what_is_wrong_and_what_to_do(sit: SignIn) -> None:
    failed = [{"check": "format", "number": "", "about": "xlsx"}]
    observed(O2, "incomplete", part("incomplete", failed=failed))
    text = page(sit("officer"), place())
    assert "ยังไม่มีไฟล์ชนิด xlsx" in text
    assert "แนบไฟล์ชนิดที่ขาดในรายการเดียวกัน" in text


def test_a_new_work_for_a_duty_is_bound_from_its_first_revision(sit: SignIn) -> None:
    client = sit("officer")
    start = f"{reverse('start')}?duty={O4}"
    opened = client.get(start)
    form = opened.context["form"]
    assert (form["kind"].value(), form["duty"].value()) == ("news", O4)
    typed = {"ref": form["ref"].value(), "kind": "news", "unit": form["unit"].value(), "duty": O4}
    for _click in range(2):
        assert client.post(start, typed).status_code == 302
    (work,) = Disclosure.objects.all()
    assert work.latest is not None
    assert work.latest.content["obligations"] == [O4]


def test_a_made_up_duty_binds_nothing(sit: SignIn) -> None:
    client = sit("officer")
    form = client.get(f"{reverse('start')}?duty=nothing").context["form"]
    typed = {"ref": form["ref"].value(), "kind": "news", "unit": form["unit"].value(), "duty": "x"}
    client.post(reverse("start"), typed)
    (work,) = Disclosure.objects.all()
    assert work.latest is not None
    assert work.latest.content["obligations"] == []
    assert client.get(place("nothing")).status_code == 404


def bind(client: Any, work: Disclosure, key: str = O4) -> Any:
    return client.post(reverse("bind_duty", kwargs={"ref": work.ref}), {"duty": key})


def bound(work: Disclosure) -> list[str]:
    work.refresh_from_db()
    assert work.latest is not None
    keys: list[str] = work.latest.content["obligations"]
    return keys


def test_what_is_published_is_bound_in_a_correction_and_nothing_else_changes(
    people: People, sit: SignIn
) -> None:
    work, _entry = gate.published(people)
    assert work.latest is not None
    before = dict(work.latest.content)
    client = sit("officer")
    assert str(work) in page(client, f"{place(O4)}?q={work.number}")
    answer = bind(client, work)
    assert answer.url == reverse("submit", kwargs={"ref": work.ref})
    assert bound(work) == [*before["obligations"], O4]
    assert work.latest.content | {"obligations": before["obligations"]} == before
    assert work.stage == Stage.WRITING
    # The public's edition is the one that was approved.
    assert work.published_revision.content["obligations"] == before["obligations"]


def test_binding_twice_is_refused_in_words(people: People, sit: SignIn) -> None:
    work, _entry = gate.published(people)
    client = sit("officer")
    bind(client, work)
    assert bind(client, work).status_code == 403
    assert bound(work).count(O4) == 1


@pytest.mark.parametrize("who", ["head", "screener", "mayor"])
def test_only_who_writes_for_the_unit_binds(people: People, sit: SignIn, who: str) -> None:
    work, _entry = gate.published(people)
    assert bind(sit(who), work).status_code == 403
    assert O4 not in bound(work)


def charge(client: Any, post: str, key: str = O2) -> Any:
    return client.post(reverse("charge", kwargs={"duty_key": key}), {"post": post})


def test_an_approver_charges_a_post_and_the_trail_says_so(people: People, sit: SignIn) -> None:
    code = people["head"].post_code
    for _click in range(2):
        assert charge(sit("head"), str(code)).status_code == 302
    (row,) = Charge.objects.all()
    assert (row.topic, row.post.code) == ("executives", code)
    act = Act.objects.filter(verb="charge_post").get()
    assert act.details == {"topic": "executives", "post": code}


@pytest.mark.parametrize("who", ["officer", "screener", "auditor"])
def test_others_charge_nobody(sit: SignIn, who: str) -> None:
    assert charge(sit(who), "head").status_code == 403
    assert not Charge.objects.exists()


def test_a_post_that_is_none_is_told(sit: SignIn) -> None:
    client = sit("head")
    answer = client.post(reverse("charge", kwargs={"duty_key": O2}), {"post": ""}, follow=True)
    assert "ยังไม่ได้เลือกตำแหน่ง" in answer.content.decode()
    assert not Charge.objects.exists()


def state(client: Any, key: str = "proc-monthly", **typed: str) -> Any:
    address = reverse("state", kwargs={"duty_key": key})
    form = client.get(address).context["form"]
    plain = {
        "ref": form["ref"].value(),
        "unit": "plan",
        "says": "none_this_period",
        "fiscal_year": "2569",
        "period": "ตุลาคม 2568",
        "reason": "",
    }
    return client.post(address, plain | typed)


def test_a_statement_is_drafted_and_then_read_and_sent(sit: SignIn) -> None:
    answer = state(sit("officer"))
    (work,) = Disclosure.objects.all()
    assert answer.url == reverse("submit", kwargs={"ref": work.ref})
    assert work.latest is not None
    assert work.latest.content["statement"]["says"] == "none_this_period"
    assert work.latest.content["obligations"] == ["proc-monthly"]
    assert work.stage == Stage.WRITING


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"says": ""}, "ยังไม่ได้เลือกว่าจะแจ้งอะไร"),
        ({"says": "not_applicable"}, "ยังไม่ได้บอกเหตุผล"),
        ({"period": ""}, "ยังไม่ได้บอกช่วงเวลา"),
        ({"period": "กันยายน 2599", "fiscal_year": "2599"}, "ยังไม่สิ้นสุด"),
        ({"fiscal_year": "2026"}, "2569"),
    ],
)
def test_a_statement_that_cannot_be_made_says_why(
    sit: SignIn, typed: dict[str, str], sentence: str
) -> None:
    answer = state(sit("officer"), **typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Disclosure.objects.exists()


def test_of_what_must_always_be_there_nobody_says_that_a_period_has_none(sit: SignIn) -> None:
    client, address = sit("officer"), reverse("state", kwargs={"duty_key": O2})
    page = client.get(address).content.decode()
    assert "not_applicable" in page
    assert "none_this_period" not in page
    assert state(client, O2, period="").status_code == 422
    answer = state(client, O2, says="not_applicable", reason="เทศบาลไม่มีกิจการนี้")
    (work,) = Disclosure.objects.all()
    assert answer.url == reverse("submit", kwargs={"ref": work.ref})


@pytest.mark.parametrize("who", ["head", "screener", "auditor"])
def test_only_who_writes_states(sit: SignIn, who: str) -> None:
    address = reverse("state", kwargs={"duty_key": "proc-monthly"})
    assert sit(who).post(address, {"says": "none_this_period"}).status_code == 403


def test_one_tap_sends_a_review_and_a_second_does_nothing(people: People, sit: SignIn) -> None:
    work, entry = gate.published(people)
    client = sit("officer")
    shown = page(client, reverse("work", kwargs={"ref": work.ref}))
    ref = shown.partition('name="ref" value="')[2].partition('"')[0]
    for _tap in range(2):
        client.post(reverse("review", kwargs={"ref": work.ref}), {"ref": ref})
    (made,) = Disclosure.objects.filter(kind="statement")
    assert made.latest is not None
    said = made.latest.content["statement"]
    assert (said["about_number"], said["about_version"]) == (entry.number, entry.version)
    assert made.stage == Stage.DECIDING
    assert made.submissions.count() == 1
    work.refresh_from_db()
    assert work.stage == Stage.RESTING


def test_whoever_decides_on_a_review_can_open_what_was_reviewed(
    people: People, sit: SignIn
) -> None:
    work, entry = gate.published(people)
    sit("officer").post(reverse("review", kwargs={"ref": work.ref}))
    made = Disclosure.objects.get(kind="statement")
    address = reverse("decide", kwargs={"ref": made.submissions.get().ref})
    text = page(sit("head"), address)
    assert f"/p/{entry.number}/" in text
    assert f"เปิดรายการที่ตรวจทาน ({entry.number})" in text


def test_what_will_be_sent_can_be_read_first(sit: SignIn) -> None:
    client = sit("officer")
    text = page(client, state(client).url)
    assert reverse("preview", kwargs={"ref": Disclosure.objects.get().ref}) in text


@pytest.mark.parametrize("who", ["head", "mayor"])
def test_only_who_writes_for_the_unit_says_reviewed(people: People, sit: SignIn, who: str) -> None:
    work, _entry = gate.published(people)
    assert sit(who).post(reverse("review", kwargs={"ref": work.ref})).status_code == 403
    assert not Disclosure.objects.filter(kind="statement").exists()


def test_what_is_left_of_last_year_is_named_with_its_year(sit: SignIn) -> None:
    for year in (2569, 2570):
        observed("proc-monthly", "missing", year=year)
    client = sit("officer")
    board = page(client, BOARD)
    assert board.count("สรุปผลการดำเนินการจัดซื้อจัดจ้างในรอบเดือน") == 2
    assert "(ปีงบประมาณ 2569)" in board
    last, this = (f"{place('proc-monthly')}{year}" for year in ("?year=2569", ""))
    assert f'href="{last}"' in board
    assert [client.get(each).context["line"].year for each in (last, this)] == [2569, 2570]
