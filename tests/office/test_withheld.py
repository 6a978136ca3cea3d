"""The screens of the register, of groups and of the second person: who may do what, and what a forged POST does."""

from typing import Any

import pytest
from django.urls import reverse

from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.screening.models import Finding, FindingDecision
from tests.approval.factories import draft
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
NATIONAL_ID = "1-2345-67890-12-1"
ENTRY = {
    "extent": "table",
    "part": "เลขประจำตัวของผู้รับเงิน",
    "ground": "oia-15-5",
    "reason": "รุกล้ำสิทธิส่วนบุคคล",
    "review_date": "23/11/2580",
}
REGISTERED = {
    "withheld_ground": "oia-15-5",
    "withheld_extent": "words",
    "withheld_part": "เลขประจำตัวของผู้ร้อง",
    "review_date": "23/11/2580",
}


def place(name: str, disclosure: Disclosure, **parts: Any) -> str:
    return reverse(name, kwargs={"ref": disclosure.ref, **parts})


@pytest.fixture
def sent(people: dict[str, Actor], sit: SignIn) -> Disclosure:
    disclosure = draft(people["officer"], body=f"<p>บัตร {NATIONAL_ID}</p><p>ซ้ำ {NATIONAL_ID}</p>")
    sit("officer").post(place("submit", disclosure), {"urgency": "normal"})
    disclosure.refresh_from_db()
    return disclosure


def verdict(**changes: str) -> dict[str, str]:
    finding = Finding.objects.filter(detector="national_id").earliest("pk")
    return {
        "finding": str(finding.pk),
        "verdict": "not_applicable",
        "reason": "ตัวอย่าง",
        "scope": "group",
    } | changes


def decide(sit: SignIn, sent: Disclosure, **changes: str) -> FindingDecision:
    sit("screener").post(place("decide_findings", sent), verdict(**changes))
    return FindingDecision.objects.earliest("pk")


def test_the_writer_registers_by_hand_and_the_list_shows_it(
    people: dict[str, Actor], sit: SignIn
) -> None:
    disclosure, client = draft(people["officer"]), sit("officer")
    assert client.post(place("withheld_parts", disclosure), ENTRY).status_code == 302
    page = client.get(reverse("withheld")).content.decode()
    assert "เลขประจำตัวของผู้รับเงิน" in page
    assert "มาตรา 15 (5)" in page
    assert (
        "เลขประจำตัวของผู้รับเงิน"
        not in client.get(reverse("withheld") + "?ground=oia-14").content.decode()
    )


def test_what_is_missing_is_said_and_what_was_typed_stays(
    people: dict[str, Actor], sit: SignIn
) -> None:
    answer = sit("officer").post(
        place("withheld_parts", draft(people["officer"])), ENTRY | {"part": ""}
    )
    assert answer.status_code == 422
    assert "ยังไม่ได้บอกว่าปิดอะไรไว้" in answer.content.decode()
    assert "รุกล้ำสิทธิส่วนบุคคล</textarea>" in answer.content.decode()


@pytest.mark.parametrize("who", ["neighbour", "screener", "auditor", "head"])
def test_nobody_else_writes_the_register(people: dict[str, Actor], sit: SignIn, who: str) -> None:
    disclosure = draft(people["officer"])
    assert sit(who).post(place("withheld_parts", disclosure), ENTRY).status_code == 403
    assert not WithheldPart.objects.exists()


def test_an_entry_is_closed_with_a_reason(people: dict[str, Actor], sit: SignIn) -> None:
    disclosure, client = draft(people["officer"]), sit("officer")
    client.post(place("withheld_parts", disclosure), ENTRY)
    part = WithheldPart.objects.get()
    client.post(place("close_part", disclosure, part=part.ref), {"reason": "สอบสวนจบ"})
    assert not WithheldPart.objects.present().exists()


def test_a_verdict_that_removes_enters_the_register(sent: Disclosure, sit: SignIn) -> None:
    decide(sit, sent, verdict="remove", **REGISTERED)
    part = WithheldPart.objects.get()
    assert (part.part, part.ground, part.reason) == ("เลขประจำตัวของผู้ร้อง", "oia-15-5", "ตัวอย่าง")
    sent.refresh_from_db()
    assert sent.stage == Stage.WRITING


@pytest.mark.parametrize("who", ["officer", "head", "webmaster", "auditor", "administrator"])
@pytest.mark.parametrize("name", ["second_word", "withdraw_decision"])
def test_nobody_but_screeners_confirms_or_takes_back(
    sent: Disclosure, sit: SignIn, who: str, name: str
) -> None:
    decision = decide(sit, sent)
    words = {"decision": str(decision.pk), "word": "confirm", "scope": "group"}
    assert sit(who).post(place(name, sent), words).status_code == 403
    assert FindingDecision.objects.count() == 2


def test_the_first_person_sees_who_may_be_the_second_and_no_form(
    sent: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    decide(sit, sent)
    page = sit("screener").get(place("screening", sent)).content.decode()
    assert "รอผู้ตรวจคนที่สอง 2 ข้อ" in page
    assert 'value="confirm"' not in page
    other = sit("second").get(place("screening", sent)).content.decode()
    assert 'value="confirm"' in other
    for text in (page, other):
        assert f"ผู้ที่อ่านและยืนยันได้วันนี้: {people['second'].name}" in text


def test_a_forged_confirmation_by_the_first_person_is_refused(
    sent: Disclosure, sit: SignIn
) -> None:
    decision = decide(sit, sent)
    words = {"decision": str(decision.pk), "word": "confirm", "scope": "group"}
    page = sit("screener").post(place("second_word", sent), words, follow=True).content.decode()
    assert "ยืนยันคำตัดสินของตนเองไม่ได้" in page
    assert not FindingDecision.objects.exclude(confirms=None).exists()


def test_a_decision_of_another_work_is_not_found(
    sent: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    decision = decide(sit, sent)
    other = draft(people["officer"])
    Disclosure.objects.filter(pk=other.pk).update(stage=Stage.SCREENING)
    words = {"decision": str(decision.pk), "word": "confirm"}
    for name in ("second_word", "withdraw_decision"):
        assert sit("second").post(place(name, other), words).status_code == 404


def test_one_tap_takes_the_whole_act_back_after_it_went_to_its_writers(
    sent: Disclosure, sit: SignIn
) -> None:
    decision = decide(sit, sent, verdict="remove")
    client = sit("screener")
    assert client.get(place("screening", sent)).status_code == 200
    words = {"decision": str(decision.pk), "scope": "group"}
    page = client.post(place("withdraw_decision", sent), words, follow=True).content.decode()
    assert "รอท่านตัดสิน 2 ข้อ" in page
    assert Act.objects.filter(verb="withdraw_decision").count() == 1


def test_after_submission_a_forged_withdrawal_is_refused(sent: Disclosure, sit: SignIn) -> None:
    decision = decide(sit, sent)
    Disclosure.objects.filter(pk=sent.pk).update(stage=Stage.DECIDING)
    answer = sit("screener").post(place("withdraw_decision", sent), {"decision": str(decision.pk)})
    assert answer.status_code == 403
    assert FindingDecision.objects.count() == 2


def test_the_ground_and_the_basis_stand_side_by_side(sent: Disclosure, sit: SignIn) -> None:
    decision = decide(
        sit, sent, verdict="legal_ground", ground="oia-24-use", personal_basis="pdpa-24-4"
    )
    assert decision.legal_ground.startswith("พ.ร.บ.ข้อมูลข่าวสาร")
    assert decision.personal_basis.startswith("พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล")
    page = sit("second").get(place("screening", sent)).content.decode()
    assert decision.legal_ground in page
    assert decision.personal_basis in page


def test_a_screening_with_nothing_open_is_not_called_waiting(sent: Disclosure, sit: SignIn) -> None:
    decision = decide(sit, sent)
    words = {"decision": str(decision.pk), "word": "confirm", "scope": "group"}
    sit("second").post(place("second_word", sent), words)
    for page in (reverse("disclosures"), place("work", sent), place("screening", sent)):
        text = sit("officer").get(page).content.decode()
        assert "ตรวจครบแล้ว รอส่งเข้าพิจารณา" in text
        assert 'data-color="warning">รอตัดสินข้อสังเกต' not in text


def test_five_hundred_findings_make_a_page_of_a_few_and_the_rest_in_pages(
    sent: Disclosure, sit: SignIn, django_assert_max_num_queries: Any
) -> None:
    first = Finding.objects.earliest("pk")
    Finding.objects.bulk_create(
        Finding(
            screening=first.screening, detector=first.detector, label=first.label,
            severity=first.severity, place="title", start=row, end=row + 1, excerpt="x-xxxx",
            fingerprint=f"{row:064d}",
        )
        for row in range(500)
    )  # fmt: skip
    client = sit("screener")
    with django_assert_max_num_queries(50):
        page = client.get(place("screening", sent)).content.decode()
    assert page.count('class="office-finding"') == 10
    assert "ดูทั้ง 500 ข้อ" in page
    query = f"?detector={first.detector}&severity={first.severity}&place=title&page=2"
    rest = client.get(place("finding_group", sent) + query).content.decode()
    assert rest.count('class="office-finding"') == 20


def test_no_table_of_the_office_holds_the_number(sent: Disclosure, sit: SignIn) -> None:
    decide(sit, sent, verdict="remove", **REGISTERED)
    rows = [
        *Finding.objects.values(),
        *FindingDecision.objects.values(),
        *WithheldPart.objects.values(),
    ]
    rows += [*Act.objects.values("reason", "details", "subject")]
    text = str(rows)
    assert NATIONAL_ID not in text
    assert NATIONAL_ID.replace("-", "") not in text
