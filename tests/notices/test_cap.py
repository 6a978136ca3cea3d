"""CAP 1.2: every message that we can make is valid by the schema of OASIS, and says what it must."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from prongsai.notices.cap import NAMESPACE, Sender, cap_xml
from prongsai.notices.public import PublicNotice
from prongsai.notices.states import Category, Certainty, Severity, Urgency
from tests.factories import NOW
from tests.notices.factories import message, public, text

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schemas" / "CAP-v1.2.xsd"))
SENDER = Sender(
    code="TH-demo",
    email="info@tangjai.example",
    name_th="เทศบาลนครตั้งใจ",
    name_en="Tangjai",
    origin="https://www.tangjai.example",
)


def tree(notice: PublicNotice) -> Any:
    found = etree.fromstring(cap_xml(notice, SENDER))
    SCHEMA.assertValid(found)
    return found


def values(notice: PublicNotice, name: str) -> list[str]:
    return [each.text for each in tree(notice).iter(f"{{{NAMESPACE}}}{name}")]


UPDATE = message("update", 2, sent_at=NOW + timedelta(hours=1))
RENEWAL = message("renewal", 3, sent_at=NOW + timedelta(hours=2))
END = message("end", 3, sent_at=NOW + timedelta(hours=3), reason="น้ำลดแล้ว")


def test_an_alert_says_who_when_what_and_where() -> None:
    notice = public()
    names = ("identifier", "sender", "sent", "status", "msgType", "scope", "expires", "areaDesc")
    assert {name: values(notice, name) for name in names} == {
        "identifier": ["TH-demo-0123456789-1"],
        "sender": ["info@tangjai.example"],
        "sent": ["2026-11-23T10:00:00+07:00"],
        "status": ["Actual"],
        "msgType": ["Alert"],
        "scope": ["Public"],
        "expires": ["2026-11-24T10:00:00+07:00"],
        "areaDesc": ["ริมคลอง"],
    }
    assert values(notice, "references") == []


@pytest.mark.parametrize(
    ("messages", "kind", "known"),
    [
        ((message(), UPDATE), "Update", 1),
        ((message(), UPDATE, RENEWAL), "Update", 2),
        ((message(), UPDATE, RENEWAL, END), "Cancel", 3),
    ],
)
def test_what_follows_refers_to_everything_before_it(
    messages: tuple[Any, ...], kind: str, known: int
) -> None:
    notice = public("0123456789", *messages)
    [references] = values(notice, "references")
    assert values(notice, "msgType") == [kind]
    assert len(references.split(" ")) == known
    assert references.startswith(
        "info@tangjai.example,TH-demo-0123456789-1,2026-11-23T10:00:00+07:00"
    )
    assert values(notice, "identifier")[0] not in references


def test_an_end_gives_the_all_clear_and_its_reason() -> None:
    notice = public("0123456789", message(), END, ended_at=END.sent_at, end_cause="over")
    assert values(notice, "responseType") == ["AllClear"]
    assert values(notice, "urgency") == ["Past"]
    assert values(notice, "description") == ["น้ำลดแล้ว"]
    assert values(notice, "instruction") == []


def test_a_drill_is_an_exercise_in_every_text() -> None:
    notice = public(is_drill=True)
    assert values(notice, "status") == ["Exercise"]
    for name in ("headline", "description", "instruction"):
        assert [each.startswith("[ฝึกซ้อม] ") for each in values(notice, name)] == [True]


def test_english_is_a_second_part_where_there_is_english() -> None:
    english = text(headline_en="Flood", to_do_en="Move your car")
    notice = public("0123456789", message(text=english))
    assert values(notice, "language") == ["th-TH", "en-US"]
    assert values(notice, "instruction") == ["ย้ายรถ", "Move your car"]
    only_headline = public("0123456789", message(text=text(headline_en="Flood")))
    assert values(only_headline, "instruction") == ["ย้ายรถ", "ย้ายรถ"]


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("category", Category),
        ("severity", Severity),
        ("urgency", Urgency),
        ("certainty", Certainty),
    ],
)
def test_every_word_that_the_form_offers_is_one_of_the_protocol(name: str, choices: Any) -> None:
    for value in choices.values:
        notice = public("0123456789", message(text=text(**{name: value})))
        assert values(notice, name) == [value]


def test_markup_and_marks_stay_text() -> None:
    nasty = '<script>alert(1)</script> & "]]>\u202e'
    source = replace(text(source=nasty), headline=nasty, area=nasty)
    notice = public("0123456789", message(text=source))
    assert values(notice, "headline") == [nasty]
    assert values(notice, "areaDesc") == [nasty]
