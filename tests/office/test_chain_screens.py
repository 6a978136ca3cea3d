"""Chains, orders and what follows from them, on the office's screens."""

from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from prongsai.approval.chains import Plan
from prongsai.approval.models import ChainVersion, Circulation, Decision, Submission, Suggestion
from prongsai.approval.queries.chains import in_force
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person
from prongsai.organisation.states import RoleCode
from tests import factories as base
from tests.approval import chains
from tests.approval.factories import endorse, submitted
from tests.factories import TODAY
from tests.office.conftest import SignIn, signed_in

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
FUTURE = "1 ธันวาคม 2599"


def filled(code: str = "", *seats: str, base_number: int = 0, **changes: Any) -> dict[str, Any]:
    """The form of a chain for urgent news with these seats, one a step."""
    plain = {
        "base_number": base_number,
        "name_th": "ข่าวด่วน",
        "urgency": "urgent",
        "kind": "news",
        "reason": "คำสั่ง 12/2569",
        "from_date": FUTURE,
        "action": "",
        "section": "",
        "steps-TOTAL_FORMS": len(seats),
        "steps-INITIAL_FORMS": 0,
    }
    for n, seat in enumerate(seats):
        plain |= {f"steps-{n}-seat_1": seat, f"steps-{n}-quorum": 1, f"steps-{n}-days": 3}
        plain |= {f"steps-{n}-ORDER": n + 1, f"steps-{n}-stand_in": "above"}
    return plain | ({"code": code} if code else {}) | changes


def page(client: Client, name: str, **parts: Any) -> str:
    query = parts.pop("query", {})
    return client.get(reverse(name, kwargs=parts), query).content.decode()


def test_an_administrator_proposes_and_the_clerk_confirms(people: People, sit: SignIn) -> None:
    keeper, clerk = sit("administrator"), sit("clerk")
    answer = keeper.post(reverse("new_chain"), filled("urgent-news", "section-head", "clerk"))
    assert answer.headers["Location"] == reverse("chain", kwargs={"code": "urgent-news"})
    made = ChainVersion.objects.get(code="urgent-news")
    assert made.steps == [
        Plan(("section-head",), stand_in="above", days=3),
        Plan(("clerk",), stand_in="above", days=3),
    ]
    place = reverse("chain", kwargs={"code": "urgent-news"})
    waits_for = {code for code in ("clerk", "head") if place in page(sit(code), "inbox")}
    assert waits_for == {"clerk"}
    seen = page(clerk, "chain", code="urgent-news")
    assert "ฉบับนี้รอการยืนยัน" in seen
    assert "คำสั่ง 12/2569" in seen
    assert "ยืนยันให้ใช้</button>" not in page(keeper, "chain", code="urgent-news")
    address = reverse("settle_chain", kwargs={"code": "urgent-news", "number": 1})
    keeper.post(address, {"do": "confirm"})
    clerk.post(address, {"do": "confirm"})
    assert ChainVersion.objects.get(code="urgent-news").confirmation.said_by.full_name == (
        people["clerk"].name
    )
    assert Act.objects.filter(verb="confirm_chain", outcome="refused").count() == 1
    assert "ยืนยันแล้ว รอวันเริ่มใช้" in page(clerk, "chain", code="urgent-news")


def test_another_step_is_asked_for_without_losing_what_was_chosen(sit: SignIn) -> None:
    answer = sit("administrator").post(
        reverse("new_chain"), filled("urgent-news", "clerk", do="more")
    )
    shown = answer.content.decode()
    assert (answer.status_code, 'name="steps-TOTAL_FORMS" value="2"' in shown) == (200, True)
    assert '<option value="clerk" selected>' in shown
    assert not ChainVersion.objects.filter(code="urgent-news").exists()


def test_a_refused_version_stays_in_the_form_under_its_reasons(sit: SignIn) -> None:
    answer = sit("administrator").post(reverse("new_chain"), filled("mine", "clerk", kind=""))
    assert answer.status_code == 422
    assert "เรื่องเร่งด่วน: ผู้อำนวยการเห็นชอบ" in answer.content.decode()
    assert 'value="mine"' in answer.content.decode()


def test_the_form_opens_with_the_version_that_is_there(sit: SignIn) -> None:
    shown = page(sit("administrator"), "change_chain", code="recall")
    assert 'name="base_number" value="1"' in shown
    assert '<option value="division-head" selected>' in shown
    assert '<option value="recalled" selected>' in shown


def test_everybody_sees_who_would_decide_and_which_posts_are_vacant(
    people: People, sit: SignIn
) -> None:
    Appointment.objects.filter(post__code="director").delete()
    query = {"unit": "plan", "kind": "news", "action": "published", "urgency": "normal"}
    shown = page(sit("officer"), "chains", query=query)
    assert people["head"].name in shown
    assert "วันนี้ไม่มีผู้ดำรงตำแหน่งหรือรักษาราชการแทน ผู้อำนวยการกอง" in shown
    assert people["clerk"].name in page(
        sit("officer"), "chain", code="recall", query={"unit": "plan"}
    )
    assert "เพิ่มสาย" not in shown


@pytest.mark.parametrize("code", ["officer", "head", "clerk", "webmaster", "auditor"])
def test_only_an_administrator_opens_the_rooms_of_chains_and_orders(sit: SignIn, code: str) -> None:
    client = sit(code)
    rooms = [reverse("new_chain"), reverse("appoint")]
    rooms += [reverse(name, kwargs={"code": "law"}) for name in ("change_chain", "retire_chain")]
    assert {client.post(address, filled("x", "clerk")).status_code for address in rooms} == {403}
    assert "x" not in in_force(TODAY)


def test_an_end_of_a_chain_is_proposed_with_a_reason(sit: SignIn) -> None:
    sit("administrator").post(reverse("retire_chain", kwargs={"code": "law"}), {"reason": "รวมสาย"})
    newest = ChainVersion.objects.filter(code="law").first()
    assert newest is not None
    assert (newest.is_retired, newest.number) == (True, 2)
    assert "ฉบับนี้ให้เลิกใช้สายนี้" in page(sit("mayor"), "chain", code="law")


def test_a_decider_sends_back_to_the_step_of_their_choice(people: People, sit: SignIn) -> None:
    chains.counting(*(Plan((code,)) for code in ("head", "director", "clerk")))
    submission = submitted(people)
    for code in ("head", "director"):
        endorse(submission, people[code])
    client, address = sit("clerk"), reverse("decide", kwargs={"ref": submission.ref})
    assert '<option value="0">1. หัวหน้าฝ่าย</option>' in client.get(address).content.decode()
    words = {"verdict": "remand_to_step", "post": "clerk", "reason": "ทบทวน", "to_step": "0"}
    client.post(address, words | {"content_hash": submission.content_hash})
    submission.refresh_from_db()
    assert (submission.step, Decision.objects.order_by("-id")[0].to_step) == (0, 0)


def test_whoever_pulls_up_or_stands_in_is_told_so_before_they_sign(
    people: People, sit: SignIn
) -> None:
    chains.counting(
        Plan(("head",)), Plan(("director",), stand_in="clerk"), Plan(("mayor",), pulls_up=True)
    )
    Appointment.objects.filter(post__code="director").delete()
    submission = submitted(people)
    address = reverse("decide", kwargs={"ref": submission.ref})
    assert "ท่านพิจารณาก่อนได้" in sit("mayor").get(address).content.decode()
    assert "ตำแหน่งว่าง ผู้พิจารณาแทนคือ ปลัด" in sit("head").get(address).content.decode()
    endorse(submission, people["head"])
    assert "ท่านพิจารณาแทนตำแหน่ง ผู้อำนวยการกอง" in sit("clerk").get(address).content.decode()


def test_those_who_are_told_acknowledge_in_their_inbox(people: People, sit: SignIn) -> None:
    chains.counting(Plan(("head",)), informed=["mayor"])
    endorse(submitted(people), people["head"])
    row = Circulation.objects.get()
    address = reverse("acknowledge", kwargs={"pk": row.pk})
    mayor = sit("mayor")
    assert address in mayor.get("/office/").content.decode()
    assert sit("neighbour").post(address).status_code == 403
    sit("officer").post(address)
    mayor.post(address)
    row.refresh_from_db()
    assert row.acknowledged_by_id == people["mayor"].person_id
    assert address not in mayor.get("/office/").content.decode()


def test_words_that_an_approver_corrected_reach_the_author(people: People, sit: SignIn) -> None:
    submission = submitted(people)
    title = submission.disclosure.title
    words = {"verdict": "remand_to_start", "post": "head", "reason": "คำผิด", "old_1": title}
    address = reverse("decide", kwargs={"ref": submission.ref})
    sent = words | {"new_1": "ชื่อใหม่", "content_hash": submission.content_hash}
    assert sit("head").post(address, sent).status_code == 302
    parts = {"ref": submission.disclosure.ref}
    officer = sit("officer")
    assert "<ins>ชื่อใหม่</ins>" in officer.get(reverse("write", kwargs=parts)).content.decode()
    answer = officer.post(reverse("accept_suggestion", kwargs=parts))
    assert answer.headers["Location"] == reverse("submit", kwargs=parts)
    assert Disclosure.objects.get(pk=submission.disclosure_id).title == "ชื่อใหม่"
    assert Suggestion.objects.get().accepted_by_id == people["officer"].person_id
    officer.post(reverse("submit", kwargs=parts), {"urgency": "normal"})
    assert Submission.objects.count() == 2


def order(people: People, **changes: Any) -> dict[str, Any]:
    plain = {
        "post": "head",
        "person": people["neighbour"].person_id,
        "capacity": "acting",
        "order_number": "9/2569",
        "order_date": "1 ตุลาคม 2569",
        "from_date": "1 ตุลาคม 2569",
    }
    return plain | {"to_date": FUTURE, "scope_kinds": ["news"]} | changes


def test_an_administrator_enters_an_order_and_its_end(people: People, sit: SignIn) -> None:
    keeper = sit("administrator")
    keeper.post(reverse("appoint"), order(people))
    made = Appointment.objects.get(order_number="9/2569")
    assert (made.scope_kinds, made.capacity) == (["news"], "acting")
    assert "คำสั่งที่ 9/2569" not in page(keeper, "organisation")
    sit("clerk").post(reverse("settle_appointment", kwargs={"pk": made.pk}), {"do": "agree"})
    seen = page(keeper, "organisation")
    assert "คำสั่งที่ 9/2569" in seen
    assert "เฉพาะประเภท" in seen
    keeper.post(
        reverse("end_appointment", kwargs={"pk": made.pk}),
        {"to_date": "30 พฤศจิกายน 2598", "reason": "กลับมาแล้ว"},
    )
    made.refresh_from_db()
    assert made.to_date is not None
    assert made.to_date.year == 2055


def test_an_order_that_cannot_stand_is_refused_with_its_reasons(
    people: People, sit: SignIn
) -> None:
    keeper = sit("administrator")
    for changes, sentence in (
        ({"order_number": ""}, "ต้องมีเลขที่และวันที่ของคำสั่ง"),
        ({"capacity": "substantive"}, "จึงจำกัดขอบเขตไม่ได้"),
        ({"person": people["administrator"].person_id}, "ผู้ดูแลระบบแต่งตั้งตนเองไม่ได้"),
    ):
        answer = keeper.post(reverse("appoint"), order(people, **changes))
        assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    assert not Appointment.objects.filter(order_number="9/2569").exists()


def test_a_holder_delegates_only_where_the_municipality_allows_it(
    people: People, sit: SignIn, settings: LazySettings
) -> None:
    head = sit("head")
    assert head.post(reverse("delegate"), order(people)).status_code == 404
    settings.MUNICIPALITY = settings.MUNICIPALITY | {"own_delegation": True}
    assert reverse("delegate") in page(head, "account")
    assert head.post(reverse("delegate"), order(people, to_date="")).status_code == 422
    assert head.post(reverse("delegate"), order(people, post="director")).status_code == 422
    own = order(people, person=people["head"].person_id)
    assert "ผู้รับมอบคือท่านเอง" in head.post(reverse("delegate"), own).content.decode()
    head.post(reverse("delegate"), order(people))
    made = Appointment.objects.get(order_number="9/2569")
    assert made.person_id == people["neighbour"].person_id
    assert Act.objects.get(verb="delegate", outcome="done").person_id == people["head"].person_id


def test_somebody_who_only_stands_in_delegates_nothing(
    people: People, sit: SignIn, settings: LazySettings
) -> None:
    settings.MUNICIPALITY = settings.MUNICIPALITY | {"own_delegation": True}
    deputy = base.person()
    people["deputy"] = base.actor("second-officer", roles=[RoleCode.OFFICER])
    base.acting(person=deputy, post=base.post("head"))
    client = sit("deputy")
    assert client.post(reverse("delegate"), order(people)).status_code == 422
    assert not Appointment.objects.filter(order_number="9/2569").exists()


def test_a_desk_left_open_gives_nobody_a_post_and_confirms_no_chain(
    people: People, sit: SignIn
) -> None:
    keeper = sit("administrator")
    keeper.post(reverse("new_chain"), filled("urgent-news", "section-head", "clerk"))
    sit("clerk")
    for who, name, parts, form in (
        ("administrator", "appoint", {}, order(people)),
        ("clerk", "settle_chain", {"code": "urgent-news", "number": 1}, {"do": "confirm"}),
    ):
        left = signed_in(Person.objects.get(pk=people[who].person_id), seconds_ago=301)
        answer = left.post(reverse(name, kwargs=parts), form)
        assert "reauthenticate" in answer.headers["Location"]
    assert not Appointment.objects.filter(order_number="9/2569").exists()
    assert not ChainVersion.objects.filter(confirmation__isnull=False, code="urgent-news").exists()
