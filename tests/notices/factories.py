"""A notice at every point of its way, in the small municipality of `tests.approval.factories`."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from prongsai.notices import actions
from prongsai.notices.models import Notice, Wording
from prongsai.notices.public import Bulletin, Message, PublicNotice, Text
from prongsai.organisation.actors import Actor
from tests.factories import NOW

HEADLINE = "น้ำท่วมถนนริมคลอง"
UNTIL = NOW + timedelta(hours=24)
People = dict[str, Actor]


def words(**changes: Any) -> actions.Words:
    plain: dict[str, Any] = {
        "headline": HEADLINE,
        "happened": "น้ำล้นตลิ่งตั้งแต่ 01.30 น.",
        "to_do": "ย้ายรถขึ้นที่สูง\nอย่าเดินลุยน้ำ",
        "contact": "งานป้องกัน 0 7500 0199",
        "area": "ชุมชนริมคลอง 1 ถึง 3",
        "valid_until_at": UNTIL,
        "impact": "ประชาชนรู้ทัน ร้านค้าอาจขายได้น้อยลง กระทบ 200 ครัวเรือน",
    }
    return actions.Words(**plain | changes)


def draft(people: People, *, is_drill: bool = False, **changes: Any) -> Wording:
    at = changes.pop("at", NOW)
    notice = actions.start(
        ref=uuid.uuid4(), is_drill=is_drill, words=words(**changes), by=people["officer"], at=at
    )
    return newest(notice)


def awaiting(people: People, **changes: Any) -> Wording:
    at = changes.get("at", NOW)
    return actions.send_to_director(wording=draft(people, **changes), by=people["officer"], at=at)


def live(people: People, *, at: datetime = NOW, **changes: Any) -> Notice:
    wording = awaiting(people, at=at, **changes)
    actions.approve(wording=wording, seen=wording.hash, by=people["director"], at=at)
    return again(wording.notice)


def ended(people: People, *, at: datetime = NOW, cause: str = "over", **changes: Any) -> Notice:
    notice = live(people, at=at, **changes)
    actions.end(notice=notice, cause=cause, reason="น้ำลดแล้ว", by=people["director"], at=at)
    return again(notice)


def again(notice: Notice) -> Notice:
    return Notice.objects.select_related("unit").get(pk=notice.pk)


def newest(notice: Notice) -> Wording:
    wording = notice.newest
    assert wording is not None
    return wording


def text(**changes: Any) -> Text:
    plain = {"headline": HEADLINE, "happened": "น้ำล้นตลิ่ง", "to_do": "ย้ายรถ"}
    plain |= {"contact": "0 7500 0199", "area": "ริมคลอง"}
    return Text(**plain | changes)


def message(kind: str = "alert", version: int = 1, **changes: Any) -> Message:
    plain: dict[str, Any] = {"sent_at": NOW, "valid_until_at": UNTIL, "text": text()}
    return Message(version=version, kind=kind, **plain | {"post": "ผู้อำนวยการกอง"} | changes)


def public(id_: str = "0123456789", *messages: Message, **changes: Any) -> PublicNotice:
    plain: dict[str, Any] = {"is_drill": False, "unit_th": "ฝ่ายแผน", "unit_en": ""}
    return PublicNotice(id=id_, messages=messages or (message(),), **plain | changes)


def bulletin(*notices: PublicNotice, sequence: int = 1) -> Bulletin:
    return Bulletin(sequence, NOW, notices)
