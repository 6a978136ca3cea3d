"""What staff read of posts and appointments, in both languages."""

import pytest
from django.utils import translation

from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import AppointmentBlocker
from tests.conventions.english import english


@pytest.mark.parametrize(
    ("code", "thai", "said"),
    [
        (
            AppointmentBlocker.POST_IS_HELD,
            "แต่งตั้งไม่ได้: นาง ก ดำรงตำแหน่งนี้อยู่ในช่วงเวลาเดียวกัน — ให้ตำแหน่งเดิมสิ้นสุดก่อน หรือแต่งตั้งเป็นการรักษาราชการแทน",
            (
                "This appointment cannot be made: นาง ก holds the post at the same time — "
                "end that appointment first, or appoint somebody to act"
            ),
        ),
        (
            AppointmentBlocker.ENDED_ALREADY,
            "สิ้นสุดตำแหน่งไม่ได้: ตำแหน่งนี้สิ้นสุดไปแล้วเมื่อ นาง ก — ตรวจว่าเลือกรายการถูกต้อง",
            "This appointment cannot be ended: it ended on นาง ก — check that you chose the right one",
        ),
    ],
)
def test_a_refusal_reads_like_this_in_both_languages(
    code: AppointmentBlocker, thai: str, said: str
) -> None:
    with translation.override("th"):
        label = str(code.label)
        assert str(Blocker(code, "นาง ก")) == thai
    assert english("organisation", label).format(detail="นาง ก") == said
