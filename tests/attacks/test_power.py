"""An administrator who wants more than they were given, and approvers who reach beyond their order."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse
from django.utils import timezone

from prongsai.approval.bundles.actions import stop_bundle
from prongsai.approval.refusals import CannotStop
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.office.models import AccountNotice, FactorReset
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Person, Post, Unit
from prongsai.organisation.queries import actor_for, may_second
from prongsai.organisation.states import RoleCode
from tests import factories as base
from tests.disclosures.factories import save_changes
from tests.factories import NOW, TODAY
from tests.office.conftest import SECRET, SignIn
from tests.publication import bundles
from tests.publication.factories import LATER

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]
LONG_AWAY = "31 ธันวาคม 2590"


def prolong(sit: SignIn, held: Appointment, to: str = LONG_AWAY) -> Any:
    place = reverse("end_appointment", kwargs={"pk": held.pk})
    return sit("administrator").post(place, {"to_date": to, "reason": "ต่อเวลา"})


def ends(held: Appointment) -> date | None:
    held.refresh_from_db()
    return held.to_date


def soon() -> date:
    return timezone.localdate() + timedelta(days=3)


def test_nobody_stays_an_approver_longer_than_two_people_have_said(
    people: People, sit: SignIn
) -> None:
    held = base.acting(post=Post.objects.get(code="mayor"), to_date=soon())
    answer = prolong(sit, held)
    assert (ends(held), answer.status_code) == (soon(), 422)
    assert "บันทึกคำสั่งใหม่" in answer.content.decode()
    assert Act.objects.get(verb="end_appointment").outcome == "refused"


def test_what_waits_for_a_second_word_is_not_prolonged_before_it_is_said(
    people: People, sit: SignIn
) -> None:
    held = base.acting(post=Post.objects.get(code="mayor"), to_date=soon(), standing="waiting")
    prolong(sit, held)
    assert ends(held) == soon()


def test_an_administrator_prolongs_no_post_of_their_own(people: People, sit: SignIn) -> None:
    own = Person.objects.get(pk=people["administrator"].person_id)
    officer = base.acting(post=Post.objects.get(code="neighbour"), person=own, to_date=soon())
    prolong(sit, officer)
    assert ends(officer) == soon()


def test_a_longer_time_is_not_pushed_into_that_of_the_next_holder(
    people: People, sit: SignIn
) -> None:
    desk = base.post("registrar", title_th="นายทะเบียน")
    first = base.appointment(post=desk, to_date=soon())
    base.appointment(post=desk, from_date=soon() + timedelta(days=1))
    answer = prolong(sit, first)
    assert (ends(first), answer.status_code) == (soon(), 422)


def test_a_merger_makes_nobody_one_of_those_who_watch_administrators(
    people: People, sit: SignIn
) -> None:
    words = {"kind": "merge", "unit": "plan", "successor": "city", "order": "คำสั่งที่ 1/2569"}
    keeper = sit("administrator")
    page = keeper.get(reverse("reorganising"), words).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    keeper.post(reverse("reorganising"), words | {"seen": seen})
    head = Person.objects.get(pk=people["head"].person_id)
    assert not may_second(actor_for(head, post_code="head", on=TODAY), TODAY)
    assert Unit.objects.get(code="plan").successor is None


def test_the_factor_of_who_will_approve_tomorrow_is_not_taken_today_by_one_alone(
    people: People, sit: SignIn
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    shadow = base.acting(
        post=Post.objects.get(code="mayor"), from_date=tomorrow, to_date=None
    ).person
    TOTP.activate(shadow, SECRET)
    place = reverse("ask_for_reset", kwargs={"username": shadow.username})
    sit("administrator").post(place, {"reset-reason": "มาพบด้วยตนเอง"})
    assert FactorReset.objects.filter(person=shadow).exists()
    assert not Act.objects.filter(verb="reset_second_factor").exists()


def test_an_order_for_one_kind_of_work_stops_no_other(people: People) -> None:
    sending = bundles.approved(people, publish_after=LATER)
    lead = bundles.rows(sending)[0]
    last = Post.objects.get(code=lead.steps[-1]["posts"][0])
    held = base.acting(post=last, scope_kinds=["procurement"])
    by = actor_for(held.person, post_code=last.code, on=TODAY)
    with pytest.raises(CannotStop):
        stop_bundle(bundle=sending.bundle, reason="ไม่ชอบ", by=by, at=NOW)
    assert {each.state for each in bundles.rows(sending)} == {SubmissionState.APPROVED}


def test_an_order_for_one_unit_does_not_agree_to_the_loss_of_a_factor(
    people: People, sit: SignIn
) -> None:
    director = Person.objects.get(pk=people["director"].person_id)
    sit("director")
    asked = FactorReset.objects.create(
        person=director,
        reason="ทำโทรศัพท์หาย",
        asked_at=datetime.now(UTC),
        asked_by_id=people["administrator"].person_id,
    )
    limited = base.acting(post=Post.objects.get(code="head"), scope_units=["plan"])
    people["limited"] = actor_for(limited.person, post_code="head", on=TODAY)
    place = reverse("settle_reset", kwargs={"pk": asked.pk})
    sit("limited").post(place, {"do": "agree"})
    asked.refresh_from_db()
    assert asked.settled_at is None


def test_a_name_put_upon_an_approver_is_told_to_them_and_to_those_above(
    people: People, sit: SignIn
) -> None:
    mayor = Person.objects.get(pk=people["mayor"].person_id)
    names = {"title_th": "นาย", "first_name": "ผู้อื่น", "last_name": "แอบอ้าง", "reason": "แก้"}
    form = {f"rename-{name}": value for name, value in names.items()}
    sit("administrator").post(reverse("rename_person", kwargs={"username": mayor.username}), form)
    notice = AccountNotice.objects.get()
    assert (notice.person, notice.verb) == (mayor, "rename_person")


def test_whoever_may_only_read_a_bundle_moves_none_of_its_drafts(
    people: People, sit: SignIn
) -> None:
    sending = bundles.sent(people)
    bundles.say(sending, people["head"], Verdict.REMAND_TO_START, reason="แก้ถ้อยคำ")
    member = bundles.rows(sending)[0].disclosure
    member = Disclosure.objects.get(pk=member.pk)
    save_changes(member, by=people["officer"], at=NOW, summary="เลข 1-2345-67890-12-1")
    head = Person.objects.get(pk=people["head"].person_id)
    base.acting(post=Post.objects.get(code="neighbour"), person=head)
    place = reverse("send_bundle", kwargs={"ref": sending.bundle.ref})
    said = {"seen": [sending.bundle.title], "urgency": "normal", "significance": "major"}
    answer = sit("head").post(place, said)
    member.refresh_from_db()
    assert (answer.status_code, member.stage) == (302, Stage.WRITING)
    assert not Act.objects.filter(verb="submit_for_screening", person=head).exists()


def test_an_officer_may_still_be_given_a_longer_time_by_one_administrator(
    people: People, sit: SignIn
) -> None:
    desk = base.post("registrar", title_th="นายทะเบียน", roles=[RoleCode.OFFICER])
    held = base.appointment(post=desk, to_date=soon())
    assert prolong(sit, held).status_code == 302
    assert ends(held) == date(2047, 12, 31)
