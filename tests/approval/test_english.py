"""What staff read of submissions and decisions, in both languages."""

import pytest
from django.utils import translation

from prongsai.approval.states import DecisionBlocker, StopBlocker, SubmissionBlocker
from prongsai.organisation.refusals import Blocker
from tests.conventions.english import english


@pytest.mark.parametrize(
    ("code", "thai", "said"),
    [
        (
            SubmissionBlocker.VACANT,
            "ส่งเข้าพิจารณาไม่ได้: วันนี้ไม่มีผู้ดำรงตำแหน่งหรือรักษาราชการแทน ปลัด — ให้ผู้ดูแลระบบบันทึกคำสั่งแต่งตั้งผู้แทน",
            (
                "This cannot be submitted: nobody holds the post ปลัด or acts in it today — "
                "ask an administrator to enter an order that appoints somebody"
            ),
        ),
        (
            DecisionBlocker.POST_NOT_HELD,
            "พิจารณาไม่ได้: วันนี้ท่านไม่ได้อยู่ในตำแหน่ง ปลัด หรือคำสั่งรักษาราชการแทนสิ้นสุดแล้ว — ให้ผู้ดูแลระบบตรวจคำสั่ง",
            (
                "You cannot decide: you do not hold the post ปลัด today, or the order to act has ended — "
                "ask an administrator to check the order"
            ),
        ),
        (
            StopBlocker.NOT_THEIRS,
            "หยุดไม่ได้: หยุดได้เฉพาะผู้ส่งและผู้อนุมัติขั้นสุดท้าย — แจ้งคนใดคนหนึ่งให้หยุด",
            (
                "This cannot be stopped: only its submitter and the approvers of the last step may — "
                "tell one of them to stop it"
            ),
        ),
    ],
)
def test_a_refusal_reads_like_this_in_both_languages(
    code: SubmissionBlocker | DecisionBlocker | StopBlocker, thai: str, said: str
) -> None:
    with translation.override("th"):
        label = str(code.label)
        assert str(Blocker(code, "ปลัด")) == thai
    assert english("approval", label).format(detail="ปลัด") == said
