"""What a duty asks of its evidence: until when, in which formats, with which components."""

import pytest

from prongsai.obligations.catalogue import Component, Due, Obligation, read_sheet
from prongsai.obligations.states import DueRule
from prongsai.organisation.rows import BadFile
from tests.obligations.test_obligations import FILE


def written(more: str) -> Obligation:
    (found,) = read_sheet("act.toml", FILE.rstrip() + "\n" + more).obligations
    return found


def test_a_duty_that_says_nothing_more_asks_for_nothing_more() -> None:
    found = written("")
    assert (found.due, found.components, found.formats) == (Due(), (), ())
    assert (found.checks, found.review_days, found.owner) == ((), None, "")


def test_what_is_asked_for_is_read() -> None:
    found = written(
        'due = { rule = "date_in_year", day = 29, month = 2 }\n'
        'formats = ["pdf", "xlsx"]\nchecks = ["both_sides"]\nowner = "clerk"\nreview_days = 365\n'
        'also_topics = ["powers"]\n[[obligations.components]]\n'
        'key = "chart"\nlabel_th = "ผัง"\nlabel_en = "Chart"\nwords = ["ผัง", "โครงสร้าง"]\n'
    )
    assert found.due == Due(DueRule.DATE_IN_YEAR, month=2, day=29)
    assert found.components == (Component("chart", "ผัง", "Chart", ("ผัง", "โครงสร้าง")),)
    assert found.formats == ("pdf", "xlsx")
    assert found.also_topics == ("powers",)
    assert (found.checks, found.owner, found.review_days) == (("both_sides",), "clerk", 365)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ('due = { rule = "soon" }', "“rule” เป็น “soon” ไม่ได้"),
        ('due = { rule = "days_after_period" }', "ต้องมี “days” ตั้งแต่ 1 ขึ้นไป"),
        ('due = { rule = "working_days_after_event", days = 0 }', "ต้องมี “days”"),
        ('due = { rule = "date_in_year", day = 31, month = 2 }', "ไม่ใช่วันในปฏิทิน"),
        ('due = { rule = "date_in_year", day = 1, month = 13 }', "ไม่ใช่วันในปฏิทิน"),
        ('due = { rule = "none", hours = 1 }', "ไม่รู้จัก “hours”"),
        ('due = "soon"', "“due” ต้องเป็นตาราง"),
        ('formats = ["exe"]', "“formats” เป็น “exe” ไม่ได้"),
        ('checks = ["nice"]', "“checks” เป็น “nice” ไม่ได้"),
        ('part = "second_half"', "“part” เป็น “second_half” ไม่ได้"),
        ('[[obligations.components]]\nkey = "a"\nlabel_th = "ก"', "ไม่มี “label_en”"),
    ],
)
def test_a_mistake_in_it_is_named(more: str, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        written(more)


def test_components_of_a_duty_have_names_of_their_own() -> None:
    component = '[[obligations.components]]\nkey = "a"\nlabel_th = "ก"\nlabel_en = "A"\n'
    with pytest.raises(BadFile, match="“key” ซ้ำ: a"):
        written(component * 2)
