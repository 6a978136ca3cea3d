"""Taking in and confirming on PostgreSQL, by several hands at once."""

from functools import partial

import pytest
from django.db import connections

from prongsai.disclosures.actions import load_sections
from prongsai.disclosures.models import Disclosure
from prongsai.intake import actions
from prongsai.intake.models import Arrival, Sketch
from prongsai.intake.queries import duplicates_of, ready_to_propose, ready_to_sketch
from prongsai.organisation.actors import Actor
from prongsai.organisation.states import RoleCode
from tests.at_once import Town
from tests.disclosures import test_postgres as writing
from tests.factories import NOW, actor
from tests.intake import factories

pytestmark = pytest.mark.postgres
at_once, town = writing.at_once, writing.town
HANDS = 5
OTHER = (
    "คู่มือการใช้สนามกีฬากลางของเทศบาล ผู้ขอใช้ต้องยื่นคำขอล่วงหน้าเจ็ดวัน แต่งกายสุภาพ รักษาความสะอาด "
    "งดส่งเสียงดังหลังเวลาสองทุ่ม และชำระค่าบำรุงตามอัตราที่กำหนดไว้ในเทศบัญญัติ พ.ศ. 2569"
)


@pytest.fixture
def writer(town: Town) -> Actor:
    load_sections(by=Actor.system("test"), at=NOW)
    return actor(roles=[RoleCode.OFFICER])


def test_five_clicks_at_once_make_one_draft(town: Town, writer: Actor) -> None:
    came = factories.proposed(writer)
    hands = [Arrival.objects.get(pk=came.pk) for _hand in range(HANDS)]
    clicks = [partial(factories.confirmed, each, writer) for each in hands]
    drafts = at_once(clicks, town)
    assert len({draft.pk for draft in drafts}) == 1
    assert len(drafts) == HANDS
    assert Disclosure.objects.filter(arrivals=came).count() == 1


def test_the_same_file_sent_five_times_at_once_arrives_once(town: Town, writer: Actor) -> None:
    into = factories.batch(writer)
    sent = [
        partial(
            actions.take_in,
            batch=into,
            upload=factories.upload(data="ไฟล์เดียวกันห้าครั้ง"),
            by=writer,
            at=NOW,
        )
        for _hand in range(HANDS)
    ]
    assert len({each.pk for each in at_once(sent, town)}) == 1
    assert into.arrivals.count() == 1


def test_questions_and_sketches_work_here_too(town: Town, writer: Actor) -> None:
    first = factories.proposed(writer, data=f"{OTHER} ก")
    factories.confirmed(first, writer)
    second = factories.arrival(writer, data=f"{OTHER} ข")
    assert second in ready_to_propose(50)
    assert second.file in ready_to_sketch(50)
    actions.propose_for(arrival=second)
    actions.sketch_file(stored=second.file)
    assert Sketch.objects.get(sha256=second.file.sha256).bands.count() == 40
    assert [each.disclosure for each in duplicates_of([second])[second.pk]] == [first.disclosure]
    assert connections["default"].vendor == "postgresql"
