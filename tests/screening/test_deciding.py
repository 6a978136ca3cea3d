from typing import Any

import pytest
from django.utils.timezone import localdate

from prongsai.disclosures.actions import attach
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act, Person
from prongsai.screening import queries
from prongsai.screening.actions import take_back
from prongsai.screening.models import Finding, FindingDecision, Screening
from prongsai.screening.refusals import SENTENCES, CannotDecideFinding
from tests.disclosures.factories import save_changes, stored_file
from tests.factories import NOW, actor
from tests.screening.factories import (
    NATIONAL_ID,
    WITH_ID,
    agree,
    decide,
    screened,
    screener,
    submit,
    with_file,
)

pytestmark = pytest.mark.django_db
# By which order the class of a secret paper was lifted.
LIFTED = "คำสั่งที่ 12/2569 ลงวันที่ 5 มกราคม 2569"


def only(screening: Screening) -> Finding:
    return screening.findings.get()


def reasons(screening: Screening) -> list[str]:
    return queries.blocking_reasons(screening.revision, on=localdate(NOW))


def test_a_decision_remembers_who_decided_as_what_and_why() -> None:
    by = screener()
    finding = only(screened())
    decision = decide(
        finding, "legal_ground", legal_ground=" มาตรา 9 (8) ", reason=" ต้องประกาศ ", by=by
    )
    assert (decision.person_id, decision.post_title) == (by.person_id, by.post_title)
    assert (decision.legal_ground, decision.reason) == ("มาตรา 9 (8)", "ต้องประกาศ")
    assert finding.decision == decision
    assert Act.objects.filter(verb="decide_finding", reason="ต้องประกาศ").count() == 1


@pytest.mark.parametrize("verdict", ["legal_ground", "not_applicable"])
def test_when_all_may_stand_the_work_may_go_on(verdict: str) -> None:
    screening = screened()
    assert "1 รายการ" in reasons(screening)[0]
    agree(only(screening), verdict, legal_ground="มาตรา 9")
    assert reasons(screening) == []
    assert not queries.open_findings(screening.revision, on=localdate(NOW)).exists()
    assert not queries.to_screen(on=localdate(NOW)).exists()


@pytest.mark.parametrize("verdict", ["remove", "redact_later"])
def test_a_promise_sends_the_work_back_and_holds_until_it_is_kept(verdict: str) -> None:
    writer = actor()
    screening = screened(by=writer)
    row = screening.disclosure
    decide(only(screening), verdict)
    row.refresh_from_db()
    assert row.stage == Stage.WRITING
    assert "นำออกหรือปิดทับ" in reasons(screening)[0]
    save_changes(row, by=writer, title="ชื่อใหม่")
    again = submit(row, by=writer)
    assert row.stage == Stage.SCREENING
    assert only(again).decision is None


def test_a_kept_promise_opens_the_way() -> None:
    writer = actor()
    screening = screened(by=writer)
    row = screening.disclosure
    decide(only(screening), "remove")
    row.refresh_from_db()
    save_changes(row, by=writer, body="<p>นำเลขออกแล้ว</p>")
    again = submit(row, by=writer)
    assert reasons(again) == []
    assert row.stage == Stage.WRITING


def test_the_work_goes_back_only_when_all_is_decided() -> None:
    screening = screened(summary="โทร 081-234-5678")
    first, second = screening.findings.order_by("id")
    decide(first, "remove")
    screening.disclosure.refresh_from_db()
    assert screening.disclosure.stage == Stage.SCREENING
    assert len(reasons(screening)) == 2
    agree(second)
    screening.disclosure.refresh_from_db()
    assert screening.disclosure.stage == Stage.WRITING


def test_the_newest_decision_counts() -> None:
    screening = screened(summary="โทร 081-234-5678")
    finding = screening.findings.get(detector="national_id")
    decide(finding, "remove")
    decide(finding, "not_applicable")
    assert finding.decisions.count() == 2
    assert not queries.findings(screening.revision, on=localdate(NOW)).promised().exists()


def refused(finding: Finding, *expected: str, **changes: object) -> None:
    with pytest.raises(CannotDecideFinding) as refusal:
        decide(finding, **changes)  # type: ignore[arg-type]
    assert list(refusal.value.blockers) == [SENTENCES[key] for key in expected]
    assert not FindingDecision.objects.exists()
    assert Act.objects.filter(verb="decide_finding", outcome="refused").count() == 1


def test_only_a_screener_decides() -> None:
    refused(only(screened()), "no_role", by=actor(roles=["officer", "approver"]))


def test_a_super_user_without_the_role_does_not_decide() -> None:
    by = actor()
    Person.objects.filter(pk=by.person_id).update(is_superuser=True)
    refused(only(screened()), "no_role", by=by)


def test_a_machine_decides_nothing() -> None:
    refused(only(screened()), "no_person", by=Actor.system("worker"))


@pytest.mark.parametrize("body", [WITH_ID, "<p>โทร 081-234-5678</p>"], ids=["block", "decide"])
def test_nobody_decides_a_finding_in_their_own_work(body: str) -> None:
    by = screener()
    refused(only(screened(by=by, body=body)), "own_work", by=by)


def test_a_decision_needs_a_verdict_a_reason_and_a_ground() -> None:
    refused(only(screened()), "unknown_verdict", "no_reason", verdict="publish", reason=" ")


def test_a_secret_paper_goes_out_only_by_the_order_that_lifted_its_class() -> None:
    finding = only(screened(body="<p>ลับ</p><p>บันทึกข้อความ</p>"))
    refused(finding, "no_declassification", verdict="legal_ground", legal_ground="ระเบียบฯ 2544")


def test_publishing_on_a_legal_ground_names_it() -> None:
    refused(only(screened()), "no_ground", verdict="legal_ground")


def test_a_finding_of_an_older_revision_is_not_decided() -> None:
    writer = actor()
    screening = screened(by=writer)
    finding = only(screening)
    decide(finding, "remove")
    screening.disclosure.refresh_from_db()
    save_changes(screening.disclosure, by=writer, title="ใหม่")
    submit(screening.disclosure, by=writer)
    with pytest.raises(CannotDecideFinding) as refusal:
        decide(finding)
    assert list(refusal.value.blockers) == [SENTENCES["not_current"]]


def rewritten(screening: Screening, *, by: Actor, **changes: object) -> Screening:
    """The next revision, screened: the work went back for another reason."""
    row = screening.disclosure
    row.refresh_from_db()
    if row.stage == Stage.SCREENING:
        row.stage = Stage.WRITING
        row.save()
    save_changes(row, by=by, **changes)
    return submit(row, by=by)


def test_what_was_let_stand_stands_in_the_next_revision() -> None:
    writer = actor()
    screening = screened(by=writer)
    earlier = agree(only(screening), "legal_ground", legal_ground="มาตรา 9", reason="จำเป็น")
    again = rewritten(screening, by=writer, title="ชื่อใหม่")
    second = only(again).decision
    assert second is not None
    assert second.confirms is not None
    carried = second.confirms
    assert carried.earlier == earlier
    assert (carried.reason, carried.legal_ground) == ("จำเป็น", "มาตรา 9")
    assert carried.person_id == earlier.person_id
    assert second.earlier == earlier.confirmations.get()
    assert second.person_id == earlier.confirmations.get().person_id
    assert reasons(again) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"body": "<p>ว่าง</p>", "summary": f"บัตร {NATIONAL_ID}"},
        {"body": WITH_ID.replace(NATIONAL_ID, "1-0101-01110-11-0")},
    ],
)
def test_another_place_or_another_number_is_decided_anew(changes: dict[str, object]) -> None:
    writer = actor()
    screening = screened(by=writer)
    decide(only(screening))
    again = rewritten(screening, by=writer, **changes)
    assert only(again).decision is None


def test_a_promise_is_never_carried_over() -> None:
    writer = actor()
    screening = screened(by=writer)
    decide(only(screening), "remove")
    again = rewritten(screening, by=writer, title="ชื่อใหม่")
    assert only(again).decision is None


@pytest.mark.parametrize("body", [WITH_ID, "<p>โทร 081-234-5678</p>"], ids=["block", "decide"])
def test_a_screener_who_began_to_write_has_their_decision_asked_again(body: str) -> None:
    writer, by = actor(), screener()
    screening = screened(by=writer, body=body)
    decide(only(screening), by=by)
    again = rewritten(screening, by=by, title="ผู้ตรวจแก้เอง")
    assert only(again).decision is None


def test_alike_findings_are_found_to_be_decided_alike() -> None:
    body = f"<p>บัตร {NATIONAL_ID}</p><p>บัตร {NATIONAL_ID}</p><p>บัตร 1-0101-01110-11-0</p>"
    screening = screened(body=body)
    first = screening.findings.order_by("id").first()
    assert first is not None
    assert queries.alike(first).count() == 2


def test_decisions_are_added_and_never_changed() -> None:
    decision = decide(only(screened()))
    with pytest.raises(Exception, match="append-only"):
        FindingDecision.objects.filter(pk=decision.pk).update(reason="อื่น")
    assert str(decision).endswith("not_applicable")


def test_decisions_happen_at_the_time_given() -> None:
    assert decide(only(screened())).at == NOW


SECRET = "ลับ\nบันทึกข้อความ เรื่อง แผนงาน"


def with_other_file(screening: Screening, text: str, **columns: Any) -> Screening:
    """The next revision, screened: taken back, and another file put into the same place."""
    row, by = screening.disclosure, actor()
    row.refresh_from_db()
    if row.stage == Stage.SCREENING:
        take_back(disclosure=row, by=by, at=NOW, reason="เปลี่ยนไฟล์")
    file = stored_file(text=text, **columns)
    attach(disclosure=row, file=file, slot="main", label="", by=by, at=NOW)
    return submit(row, by=by)


@pytest.mark.parametrize("text", ["ลับ\nอีกฉบับหนึ่ง", f"{SECRET}\n{'บรรทัด ' * 20}"])
def test_a_decision_about_one_secret_file_lets_no_other_through(text: str) -> None:
    screening = submit(with_file(SECRET))
    decide(only(screening), "legal_ground", legal_ground="ยกเลิกชั้นความลับแล้ว", reason=LIFTED)
    again = with_other_file(screening, text)
    assert only(again).decision is None
    assert len(reasons(again)) == 1


def test_a_decision_about_a_secret_name_of_a_file_is_one_about_that_file() -> None:
    screening = submit(with_file("ก", name="ลับ.pdf"))
    decide(only(screening), "legal_ground", legal_ground="ยกเลิกชั้นความลับแล้ว", reason=LIFTED)
    assert only(with_other_file(screening, "ข", name="ลับ.pdf")).decision is None


def test_the_same_secret_file_is_not_asked_about_again() -> None:
    screening = submit(with_file(SECRET))
    decide(only(screening), "legal_ground", legal_ground="ยกเลิกชั้นความลับแล้ว", reason=LIFTED)
    again = rewritten(screening, by=actor(), title="ชื่อใหม่")
    assert only(again).decision is not None


def test_every_page_with_a_secrecy_mark_is_decided_on_its_own() -> None:
    row = with_file("จ")
    stored = row.attachments.get().file
    stored.text = [{"number": page, "text": SECRET, "source": "text"} for page in (1, 2)]
    stored.save()
    first, _second = submit(row).findings.order_by("page")
    assert list(queries.alike(first)) == [first]


def test_another_secret_passage_of_a_text_is_decided_anew() -> None:
    writer = actor()
    screening = screened(by=writer, body="<p>ลับ</p><p>แผนงานหนึ่ง</p>")
    decide(only(screening), "legal_ground", legal_ground="ยกเลิกชั้นความลับแล้ว", reason=LIFTED)
    same = rewritten(screening, by=writer, title="ชื่อใหม่")
    assert only(same).decision is not None
    other = rewritten(screening, by=writer, body="<p>ลับ</p><p>แผนงานสอง</p>")
    assert only(other).decision is None


def test_the_same_datum_in_another_file_keeps_its_decision() -> None:
    screening = submit(with_file(f"ผู้รับบัตร {NATIONAL_ID}"))
    earlier = decide(only(screening), "legal_ground", legal_ground="มาตรา 9")
    carried = only(with_other_file(screening, f"ฉบับแก้ไข บัตร {NATIONAL_ID}")).decision
    assert carried is not None
    assert carried.earlier == earlier
