"""Many findings with one reason: all or none, one act, and no more questions than for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from prongsai.disclosures.actions import Withholding
from prongsai.disclosures.models import WithheldPart
from prongsai.disclosures.states import Stage
from prongsai.organisation.models import Act
from prongsai.screening import queries
from prongsai.screening.actions import (
    Words,
    decide_findings,
    say_second_word,
    withdraw_decision,
)
from prongsai.screening.models import Finding, FindingDecision, Screening
from prongsai.screening.refusals import SENTENCES, CannotDecideFinding
from prongsai.screening.states import Scope
from tests.factories import NOW
from tests.screening.factories import decide, screened, screener

pytestmark = pytest.mark.django_db
STANDS = Words("not_applicable", "เลขตัวอย่างในคู่มือ")
REMOVED = Words(
    "remove",
    "เกินจำเป็น",
    withholding=Withholding("table", "เลขประจำตัวของผู้รับเงิน", "oia-15-5", "รุกล้ำสิทธิ"),
)


def table(rows: int, *, detector: str = "national_id", severity: str = "block") -> Screening:
    """A screening with that many findings of one detector in one file."""
    screening = screened()
    Finding.objects.bulk_create(
        Finding(
            screening=screening,
            detector=detector,
            label="THAI_ID",
            severity=severity,
            place="file:main",
            start=row,
            end=row + 13,
            excerpt="x-xxxx",
            fingerprint=f"{row:064d}",
        )
        for row in range(rows)
    )
    return screening


def first_of(screening: Screening) -> Finding:
    return Finding.objects.filter(screening=screening, place="file:main").earliest("pk")


def decide_group(
    screening: Screening, words: Words = STANDS, **changes: object
) -> list[FindingDecision]:
    by = changes.pop("by", None) or screener()
    return decide_findings(
        finding=first_of(screening), scope=Scope.GROUP, words=words, by=by, at=NOW
    )  # type: ignore[arg-type]


def test_a_group_is_decided_in_one_act_with_its_count() -> None:
    screening = table(214)
    made = decide_group(screening)
    assert len(made) == 214
    act = Act.objects.get(verb="decide_finding")
    assert act.details["findings"] == 214
    assert (
        queries.open_findings(screening.revision, on=localdate(NOW)).awaiting_first().count() == 1
    )


def test_what_stands_elsewhere_or_was_found_by_another_detector_is_not_of_the_group() -> None:
    screening = table(3)
    Finding.objects.create(
        screening=screening, detector="mobile_phone", severity="decide", place="file:main",
        start=0, end=1, excerpt="x", fingerprint="f" * 64,
    )  # fmt: skip
    assert len(decide_group(screening)) == 3
    assert (
        queries.open_findings(screening.revision, on=localdate(NOW)).awaiting_first().count() == 2
    )


def test_what_somebody_has_decided_keeps_its_decision() -> None:
    screening = table(3)
    earlier = decide(first_of(screening), "remove", reason="นำออก")
    last = Finding.objects.filter(screening=screening).latest("pk")
    made = decide_findings(finding=last, scope=Scope.GROUP, words=STANDS, by=screener(), at=NOW)
    assert len(made) == 2
    assert Finding.objects.get(pk=earlier.finding_id).decision == earlier


def test_a_double_click_decides_once() -> None:
    screening, by = table(5), screener()
    decide_group(screening, by=by)
    assert decide_group(screening, by=by) == []
    assert FindingDecision.objects.count() == 5
    assert Act.objects.filter(verb="decide_finding").count() == 1


@pytest.mark.parametrize("scope", [Scope.ONE, Scope.GROUP])
def test_the_same_decision_by_the_same_person_again_changes_nothing(scope: Scope) -> None:
    screening, by = table(2), screener()
    decide(first_of(screening), by=by)
    decide(first_of(screening), by=by)
    assert FindingDecision.objects.count() == 1
    assert scope in Scope.values


def test_a_refused_group_decides_none_of_it() -> None:
    screening = table(3)
    with pytest.raises(CannotDecideFinding):
        decide_group(screening, Words("legal_ground", "ต้องประกาศ"))
    assert not FindingDecision.objects.exists()


def test_a_thousand_cost_as_many_questions_as_five() -> None:
    def questions(rows: int) -> int:
        screening, by = table(rows), screener()
        with CaptureQueriesContext(connection) as asked:
            decide_group(screening, by=by)
        inserts = [each for each in asked if each["sql"].startswith('INSERT INTO "screening_')]
        # SQLite takes so many values in one statement; the rest of the questions are the same.
        assert len(inserts) <= 2 + rows // 60
        return len(asked) - len(inserts)

    assert questions(5) == questions(1000)


def test_a_second_person_confirms_in_one_act_what_was_decided_in_one() -> None:
    screening = table(20)
    decision = decide_group(screening)[0]
    made = say_second_word(
        decision=decision, word="confirm", scope=Scope.GROUP, by=screener(), at=NOW
    )
    assert len(made) == 20
    assert Act.objects.get(verb="confirm_decision").details["findings"] == 20
    assert queries.open_findings(screening.revision, on=localdate(NOW)).count() == 1


def test_a_group_is_taken_back_with_one_tap() -> None:
    screening = table(20)
    decision = decide_group(screening)[0]
    assert len(withdraw_decision(decision=decision, scope=Scope.GROUP, by=screener(), at=NOW)) == 20
    assert (
        queries.open_findings(screening.revision, on=localdate(NOW)).awaiting_first().count() == 21
    )


def test_one_line_of_the_register_stands_for_the_whole_group_and_goes_with_it() -> None:
    screening = table(4)
    made = decide_group(screening, REMOVED)
    part = WithheldPart.objects.get()
    assert {each.withheld for each in made} == {part}
    withdraw_decision(decision=made[0], by=screener(), at=NOW)
    part.refresh_from_db()
    assert part.removed_at is None
    withdraw_decision(decision=made[1], scope=Scope.GROUP, by=screener(), at=NOW)
    part.refresh_from_db()
    assert part.removed_at is not None


def test_the_register_takes_no_words_that_tell_what_is_withheld() -> None:
    telling = Withholding("words", "เลข 1-2345-67890-12-1 ของผู้รับเงิน", "oia-15-5", "รุกล้ำสิทธิ")
    with pytest.raises(CannotDecideFinding) as refusal:
        decide_group(table(2), Words("remove", "เกินจำเป็น", withholding=telling))
    assert list(refusal.value.blockers) == [SENTENCES["register_tells_it"]]
    assert not WithheldPart.objects.exists()


def test_what_is_let_stand_is_not_registered_as_withheld() -> None:
    with pytest.raises(CannotDecideFinding) as refusal:
        decide_group(table(2), Words("not_applicable", "ไม่ใช่", withholding=REMOVED.withholding))
    assert list(refusal.value.blockers) == [SENTENCES["nothing_withheld"]]


def test_a_decision_made_anew_takes_its_line_off_the_register() -> None:
    screening = table(2)
    finding = first_of(screening)
    decide_findings(finding=finding, scope=Scope.ONE, words=REMOVED, by=screener(), at=NOW)
    assert WithheldPart.objects.present().exists()
    decide(finding, "not_applicable", reason="อ่านใหม่แล้วไม่ใช่")
    assert not WithheldPart.objects.present().exists()
    screening.disclosure.refresh_from_db()
    assert screening.disclosure.stage == Stage.SCREENING
