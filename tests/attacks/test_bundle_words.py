"""The words above a bundle, and the words of a proof: whoever wrote them has written what the public believes."""

from contextlib import suppress
from typing import Any

import pytest
from django.urls import reverse

from prongsai.approval.bundles.actions import arrange_bundle
from prongsai.approval.bundles.queries import members_of
from prongsai.approval.bundles.refusals import CannotDecideBundle, CannotSend
from prongsai.approval.models import Decision
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Post
from prongsai.organisation.queries import actor_for
from prongsai.publication.models import PaperText
from tests import factories as base
from tests.factories import NOW, TODAY
from tests.office.conftest import SignIn
from tests.publication import bundles

pytestmark = [
    pytest.mark.django_db(databases=["default", "record"]),
    pytest.mark.usefixtures("shelves"),
]
People = dict[str, Actor]


def as_officer(people: People, code: str) -> Actor:
    """Somebody who decides, and writes for the unit too."""
    person = Person.objects.get(pk=people[code].person_id)
    base.acting(post=Post.objects.get(code="officer"), person=person)
    return actor_for(person, post_code="officer", on=TODAY)


@pytest.mark.parametrize("code", ["head", "mayor"])
def test_whoever_gave_a_bundle_its_title_does_not_approve_it(people: People, code: str) -> None:
    bundle = bundles.opened(people)
    by = as_officer(people, code)
    arrange_bundle(bundle=bundle, title="ชื่อของผู้อนุมัติ", disclosures=members_of(bundle), by=by, at=NOW)
    with suppress(CannotSend, CannotDecideBundle):
        sending = bundles.resent(people, bundle)
        for step in bundles.rows(sending)[0].steps:
            bundles.say(sending, people[step["posts"][0]])
    assert not Decision.objects.filter(person=by.person_id).exists()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("proof.number.version", "2560-00001 ฉบับที่ 1"),
        ("proof.number.version", "{number} ฉบับที่ ๑"),
        ("proof.text", "{body} ได้ทำรายการเผยแพร่ตั้งแต่วันที่ 1 มกราคม {action}"),
        ("proof.moment", "วันและเวลา ๑ มกราคม ๒๕๖๐ ส่วนนี้คือวันที่พิมพ์"),
        ("certificate.met", "ระยะเวลาที่เผยแพร่ครบตามกฎหมาย"),
        ("certificate.days.count", "365 วัน ({count})"),
        ("certificate.broken", "การเผยแพร่ไม่เคยหยุดลง"),
    ],
)
def test_nobody_writes_facts_of_their_own_into_a_proof(
    people: People, sit: SignIn, key: str, text: str
) -> None:
    place = reverse("paper_text", kwargs={"key": key})
    form: dict[str, Any] = {"text": text, "reason": "ใช้คำของเรา", "base_number": 0}
    answer = sit("administrator").post(place, form)
    assert answer.status_code == 422
    assert not PaperText.objects.exists()


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("proof.edition_hash", "ค่าตรวจสอบของฉบับ (SHA-256)"),
        ("proof.number.version", "เลขที่ {number} ครั้งที่ {version}"),
        ("memo.subject.published", "ขอเผยแพร่ข้อมูล พ.ศ. 2569 เรื่อง {title}"),
    ],
)
def test_other_words_for_the_same_facts_are_taken(
    people: People, sit: SignIn, key: str, text: str
) -> None:
    place = reverse("paper_text", kwargs={"key": key})
    form: dict[str, Any] = {"text": text, "reason": "ใช้คำของเรา", "base_number": 0}
    assert sit("administrator").post(place, form).status_code == 302
