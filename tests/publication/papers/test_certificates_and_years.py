"""The certificate of the posting period, and the papers of a year."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from prongsai.letters.documents import Letter
from prongsai.obligations.queries import obligations
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Appointment, Unit
from prongsai.organisation.states import RoleCode
from prongsai.publication.actions import publish
from prongsai.publication.models import IssuedNumber, Paper
from prongsai.publication.papers.making import (
    CannotMake,
    certificate_draft,
    make,
    yearly_draft,
    yearly_letter,
)
from prongsai.publication.papers.queries import certificates_of, papers_of_years
from prongsai.publication.papers.states import PaperKind
from prongsai.publication.papers.yearly import unverified
from prongsai.record.states import Action
from tests.factories import TODAY, acting, holder, post
from tests.publication.factories import LATER, act, drafted, published
from tests.publication.papers.conftest import Said

pytestmark = pytest.mark.django_db(databases=["default", "record"])
Read = Callable[[Letter], Said]
People = dict[str, Actor]
CLERK = Actor.system("test")
ORDER, FRAMEWORK = PaperKind.APPOINTMENT_ORDER, PaperKind.FRAMEWORK


def test_a_certificate_says_from_when_to_when_and_that_it_was_long_enough(
    people: People, read: Read
) -> None:
    disclosure, _entry = published(people, minimum_posting_days=5)

    draft = certificate_draft(disclosure=disclosure, by=CLERK, at=LATER + timedelta(days=5))

    said = read(draft.letter)
    for part in (
        "หนังสือรับรองระยะเวลาการเผยแพร่",
        "ตั้งแต่วันที่ ๒๓ พฤศจิกายน ๒๕๖๙",
        "ถึงวันที่ ๒๘ พฤศจิกายน ๒๕๖๙",
        "จำนวนวันที่เผยแพร่ ๖ วัน",
        "ข้อมูลข่าวสารยังเผยแพร่อยู่",
        "ทะเบียนไม่มีรายการที่ทำให้การเผยแพร่หยุดลง",
        "ครบตามที่กำหนดไว้ไม่น้อยกว่า ๕ วัน",
        f"({people['head'].name}) หัวหน้าฝ่าย",
    ):
        assert part in said


def test_a_certificate_tells_of_interruptions(people: People, read: Read) -> None:
    disclosure, _entry = published(people)
    for action in (Action.WITHDRAWN, Action.RESTORED):
        publish(submission_ref=act(people, disclosure, action).ref, at=LATER)
        disclosure.refresh_from_db()

    draft = certificate_draft(disclosure=disclosure, by=CLERK, at=LATER + timedelta(days=1))

    said = read(draft.letter)
    assert "การเผยแพร่หยุดลง ๑ ครั้ง" in said
    assert "๒๓ พฤศจิกายน ๒๕๖๙ เวลา ๑๑.๐๐ น. (ยกเลิกการใช้งาน)" in said
    assert "ไม่ได้กำหนดระยะเวลาเผยแพร่ขั้นต่ำไว้" in said


def test_a_certificate_says_when_the_time_is_not_over(people: People, read: Read) -> None:
    disclosure, _entry = published(people, minimum_posting_days=30)

    draft = certificate_draft(disclosure=disclosure, by=CLERK, at=LATER)

    assert "ยังไม่ครบตามที่กำหนดไว้ไม่น้อยกว่า ๓๐ วัน" in read(draft.letter)


def test_one_certificate_a_day_with_one_number(people: People) -> None:
    disclosure, _entry = published(people)
    days = (LATER, LATER + timedelta(hours=2), LATER + timedelta(days=1))

    for at in days:
        draft = certificate_draft(disclosure=disclosure, by=CLERK, at=at)
        make(draft=draft, by=CLERK, at=at)

    assert [each.number for each in certificates_of(disclosure)] == ["2/2569", "1/2569"]
    assert IssuedNumber.objects.count() == 2


def test_what_was_never_public_has_no_certificate_and_no_number(people: People) -> None:
    with pytest.raises(CannotMake, match="ยังไม่เคยเผยแพร่"):
        certificate_draft(disclosure=drafted(people), by=CLERK, at=LATER)

    assert not IssuedNumber.objects.exists()


def test_the_order_names_everybody_with_post_and_unit(people: People, read: Read) -> None:
    webmaster = holder("web", roles=[RoleCode.WEBMASTER])
    stand_in = holder("legal-officer")
    acting(person=stand_in, post=post("director"))

    said = read(yearly_letter(ORDER, 2570, number="7/2569", on=TODAY))

    assert "คำสั่งเทศบาลนครตั้งใจ ที่ ๗/๒๕๖๙" in said
    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๗๐" in said
    assert f"{people['officer'].name} เจ้าหน้าที่ ฝ่ายแผน" in said
    assert f"{stand_in.full_name} (รักษาราชการแทน)" in said
    assert webmaster.full_name in said
    assert "สั่ง ณ วันที่ ๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙" in said


def test_a_post_that_nobody_holds_is_said_to_be_vacant(people: People, read: Read) -> None:
    Appointment.objects.filter(post__code="clerk").update(to_date=date(2026, 10, 2))

    assert "(ว่าง) ปลัด" in read(yearly_letter(ORDER, 2570, number="", on=TODAY))


def test_the_order_is_signed_by_who_acts_for_the_mayor(people: People, read: Read) -> None:
    clerk = Appointment.objects.get(post__code="clerk").person
    acting(person=clerk, post=post("mayor"))

    said = read(yearly_letter(ORDER, 2570, number="", on=TODAY))

    assert f"({clerk.full_name}) ปลัด รักษาราชการแทน นายก ตามคำสั่งที่ ๗๔๕/๒๕๖๙" in said


def test_without_a_mayor_the_place_of_the_signature_is_empty(people: People, read: Read) -> None:
    Appointment.objects.filter(post__code__in=["mayor", "clerk", "deputy-clerk"]).delete()

    assert read(yearly_letter(ORDER, 2570, number="", on=TODAY)).text.endswith("()")


def test_the_framework_lists_every_duty_of_the_year(read: Read) -> None:
    said = read(yearly_letter(FRAMEWORK, 2569, number="", on=TODAY))

    missing = [each.label_th for each in obligations(year=2569) if each.label_th not in said]
    assert missing == []


def test_another_year_has_no_list_of_that_year(read: Read) -> None:
    said = read(yearly_letter(FRAMEWORK, 2575, number="", on=TODAY))

    assert "มาตรา ๗ (๑)" in said
    assert "O1" not in said
    assert 0 < unverified(2575) < unverified(2569)


def test_papers_of_a_year_are_numbered_and_kept(people: People) -> None:
    for kind in (ORDER, FRAMEWORK, ORDER):
        draft = yearly_draft(kind=kind, year=2570, by=people["officer"], at=LATER)
        make(draft=draft, by=people["officer"], at=LATER)

    kept = {each.kind: each.number for each in papers_of_years()}
    assert kept == {ORDER: "1/2569", FRAMEWORK: ""}
    assert Act.objects.filter(verb="make_paper", subject="year:2570").count() == 2


def test_a_unit_without_posts_is_signed_for_by_the_one_above(people: People, read: Read) -> None:
    disclosure, _entry = published(people)
    plan = Unit.objects.get(code="plan")
    Appointment.objects.filter(post__unit=plan, post__code="head").update(to_date=TODAY)

    at = LATER + timedelta(days=2)
    said = read(certificate_draft(disclosure=disclosure, by=CLERK, at=at).letter)

    assert f"({people['director'].name}) ผู้อำนวยการกอง" in said


def test_a_kept_paper_is_not_changed_afterwards(people: People) -> None:
    disclosure, _entry = published(people)
    paper: Any = make(
        draft=certificate_draft(disclosure=disclosure, by=CLERK, at=LATER), by=CLERK, at=LATER
    )

    with pytest.raises(TypeError, match="never changed"):
        paper.save()
    assert Paper.objects.count() == 1
