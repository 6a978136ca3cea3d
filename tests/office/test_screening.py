"""The screening page: what was found, masked; decided by screeners one by one or all alike."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from prongsai.disclosures.content import Official, Signatory
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.states import Stage
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.screening.models import Finding, FindingDecision
from tests.approval.factories import draft
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
# Synthetic: the checksum is right, the number is nobody's.
NATIONAL_ID = "1-2345-67890-12-1"


@pytest.fixture
def sent(people: dict[str, Actor], sit: SignIn) -> Disclosure:
    """With one number twice, sent by its writer."""
    body = f"<p>บัตร {NATIONAL_ID}</p><p>อีกครั้ง {NATIONAL_ID}</p>"
    disclosure = draft(people["officer"], body=body)
    sit("officer").post(place("submit", disclosure), {"urgency": "normal"})
    disclosure.refresh_from_db()
    return disclosure


def place(name: str, disclosure: Disclosure) -> str:
    return reverse(name, kwargs={"ref": disclosure.ref})


def verdict(finding: Finding, **changes: str) -> dict[str, str]:
    plain = {"finding": str(finding.pk), "verdict": "not_applicable", "reason": "เลขตัวอย่าง"}
    return plain | changes


def second_word(client: Client, disclosure: Disclosure, **changes: str) -> HttpResponse:
    """Of another screener, about everything that was decided in the first act."""
    decision = FindingDecision.objects.earliest("pk")
    words = {"decision": str(decision.pk), "word": "confirm", "scope": "group"} | changes
    return client.post(place("second_word", disclosure), words)


def test_a_planted_number_stops_the_work_at_the_screeners(sent: Disclosure) -> None:
    assert sent.stage == Stage.SCREENING
    assert Finding.objects.filter(detector="national_id").count() == 2
    assert not sent.submissions.exists()


def test_the_page_says_where_and_why_and_never_the_number(sent: Disclosure, sit: SignIn) -> None:
    page = sit("screener").get(place("screening", sent)).content.decode()
    assert NATIONAL_ID not in page
    assert "เลขประจำตัวประชาชน" in page
    assert "พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล" in page
    assert "รอท่านตัดสิน 2 ข้อ" in page


@pytest.mark.parametrize(("times", "folded"), [(2, 0), (3, 3)])
def test_forms_are_folded_from_three_findings_in_a_place_on(
    people: dict[str, Actor], sit: SignIn, times: int, folded: int
) -> None:
    disclosure = draft(people["officer"], body=f"<p>บัตร {NATIONAL_ID}</p>" * times)
    sit("officer").post(place("submit", disclosure), {"urgency": "normal"})

    page = sit("screener").get(place("screening", disclosure)).content.decode()

    assert page.count("<summary>ตัดสินเฉพาะข้อนี้</summary>") == folded


def test_the_writer_sees_what_to_mend_and_no_form_to_decide(sent: Disclosure, sit: SignIn) -> None:
    page = sit("officer").get(place("screening", sent)).content.decode()
    assert "รอผู้ตรวจกลั่นกรองตัดสิน 2 ข้อ" in page
    assert 'name="verdict"' not in page
    assert "ขอเรื่องคืนเพื่อแก้ไข" in page


def test_after_taking_it_back_links_lead_to_the_field(sent: Disclosure, sit: SignIn) -> None:
    client = sit("officer")
    client.post(place("take_back", sent))
    sent.refresh_from_db()
    assert sent.stage == Stage.WRITING
    assert (
        f"{place('write', sent)}#section-body"
        in client.get(place("screening", sent)).content.decode()
    )


def test_the_same_datum_is_decided_once_for_all_places(sent: Disclosure, sit: SignIn) -> None:
    finding = Finding.objects.earliest("pk")
    sit("screener").post(place("decide_findings", sent), verdict(finding, alike="on"))
    assert FindingDecision.objects.count() == 2


def test_one_decision_leaves_the_others_open(sent: Disclosure, sit: SignIn) -> None:
    client, finding = sit("screener"), Finding.objects.earliest("pk")
    client.post(place("decide_findings", sent), verdict(finding))
    page = client.get(place("screening", sent)).content.decode()
    assert "รอท่านตัดสิน 1 ข้อ" in page
    assert "รอผู้ตรวจคนที่สอง 1 ข้อ" in page
    assert "เลขตัวอย่าง" in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "ยังไม่ได้ใส่เหตุผล"),
        ({"verdict": ""}, "ยังไม่ได้เลือกว่าจะทำอย่างไร"),
        ({"verdict": "legal_ground"}, "ยังไม่ได้ระบุฐานกฎหมาย"),
    ],
)
def test_a_decision_without_reason_verdict_or_ground_is_sent_back(
    sent: Disclosure, sit: SignIn, changes: dict[str, str], sentence: str
) -> None:
    words = verdict(Finding.objects.earliest("pk"), **changes)
    answer = sit("screener").post(place("decide_findings", sent), words)
    assert answer.status_code == 422
    assert answer.content.decode().count(sentence) == 1
    assert not FindingDecision.objects.exists()


def test_a_refused_decision_keeps_what_was_typed_in_its_own_form(
    sent: Disclosure, sit: SignIn
) -> None:
    finding = Finding.objects.earliest("pk")
    words = verdict(finding, verdict="legal_ground", reason="ประกาศตาม <กฎหมาย>")
    page = sit("screener").post(place("decide_findings", sent), words).content.decode()
    before, this, others = page.partition(f'id="finding-{finding.pk}"')
    this, _article, rest = (this + others).partition("</article>")
    assert "ประกาศตาม &lt;กฎหมาย&gt;</textarea>" in this
    assert 'value="legal_ground" checked' in this
    assert "ยังไม่ได้ระบุฐานกฎหมาย" in this
    assert 'name="alike" value="on" checked' not in this
    assert "ประกาศตาม" not in before + rest


def test_a_refused_ground_stays_beside_the_missing_reason(sent: Disclosure, sit: SignIn) -> None:
    finding = Finding.objects.earliest("pk")
    words = verdict(finding, verdict="legal_ground", reason="", legal_ground="ม. 9 (8)")
    page = sit("screener").post(place("decide_findings", sent), words).content.decode()
    assert page.count('value="ม. 9 (8)"') == 1
    assert f'aria-describedby="reason-{finding.pk}-error"' in page


def test_a_refused_decision_on_what_has_no_form_any_more_is_told_above(
    sent: Disclosure, sit: SignIn
) -> None:
    client, finding = sit("screener"), Finding.objects.earliest("pk")
    client.post(place("decide_findings", sent), verdict(finding))
    answer = client.post(place("decide_findings", sent), verdict(finding, verdict="legal_ground"))
    assert answer.status_code == 422
    assert "ยังไม่ได้ระบุฐานกฎหมาย" in answer.content.decode()
    assert FindingDecision.objects.count() == 1


def test_coming_back_to_the_page_of_a_refused_decision_shows_the_findings(
    sent: Disclosure, sit: SignIn
) -> None:
    answer = sit("screener").get(place("decide_findings", sent))
    assert (answer.status_code, answer["Location"]) == (302, place("screening", sent))


def test_a_finding_of_another_work_is_not_found(
    sent: Disclosure, people: dict[str, Actor], sit: SignIn
) -> None:
    other = draft(people["officer"])
    Disclosure.objects.filter(pk=other.pk).update(stage=Stage.SCREENING)
    words = verdict(Finding.objects.earliest("pk"))
    assert sit("screener").post(place("decide_findings", other), words).status_code == 404


@pytest.mark.parametrize("who", ["officer", "head", "webmaster", "auditor"])
def test_nobody_else_decides(sent: Disclosure, sit: SignIn, who: str) -> None:
    words = verdict(Finding.objects.earliest("pk"))
    assert sit(who).post(place("decide_findings", sent), words).status_code == 403


def test_once_all_is_decided_the_writer_is_told_to_send_it_on(
    sent: Disclosure, sit: SignIn
) -> None:
    finding, officer = Finding.objects.earliest("pk"), sit("officer")
    assert "ผู้ตรวจกลั่นกรองตัดสินครบแล้ว" not in officer.get("/office/").content.decode()
    sit("screener").post(place("decide_findings", sent), verdict(finding, alike="on"))
    assert "ผู้ตรวจกลั่นกรองตัดสินครบแล้ว" not in officer.get("/office/").content.decode()
    second_word(sit("second"), sent)
    page = officer.get("/office/").content.decode()
    assert "ผู้ตรวจกลั่นกรองตัดสินครบแล้ว" in page
    assert place("submit", sent) in page
    officer.post(place("submit", sent), {"urgency": "normal"})
    sent.refresh_from_db()
    assert sent.stage == Stage.DECIDING


def test_the_last_decision_that_sends_it_back_leads_to_the_inbox(
    sent: Disclosure, sit: SignIn
) -> None:
    client = sit("screener")
    for finding in Finding.objects.order_by("pk"):
        words = verdict(finding, verdict="remove")
        answer = client.post(place("decide_findings", sent), words, follow=True)
        assert answer.status_code == 200
    assert answer.redirect_chain == [(reverse("inbox"), 302)]
    assert "ตัดสินครบแล้ว ส่งคืนผู้เขียนเพื่อแก้ไข" in answer.content.decode()
    assert not Act.objects.filter(verb="office.see").exists()


def test_what_must_be_removed_goes_back_to_its_writer(sent: Disclosure, sit: SignIn) -> None:
    words = verdict(Finding.objects.earliest("pk"), verdict="remove", alike="on")
    sit("screener").post(place("decide_findings", sent), words)
    sent.refresh_from_db()
    assert sent.stage == Stage.WRITING
    page = sit("officer").get(place("screening", sent)).content.decode()
    assert "แก้เนื้อหาแล้วส่งตรวจใหม่" in page


@pytest.mark.parametrize(
    ("changes", "label", "element"),
    [
        ({"title": f"ของ {NATIONAL_ID}"}, "ชื่อเรื่อง", "id_title"),
        ({"summary": f"ของ {NATIONAL_ID}"}, "คำสรุป", "id_summary"),
        ({"official": Official(number=NATIONAL_ID)}, "เลขที่", "id_official_number"),
        (
            {"official": Official(signatories=(Signatory("นายก", f"เลข {NATIONAL_ID}"),))},
            "ผู้ลงนาม",
            "id_signatory_0_name",
        ),
        ({"details": {"place": f"บ้าน {NATIONAL_ID}"}}, "สถานที่", "id_detail_place"),
    ],
)
def test_each_finding_names_its_field_and_leads_there(
    people: dict[str, Actor], sit: SignIn, changes: dict[str, Any], label: str, element: str
) -> None:
    client, disclosure = sit("officer"), draft(people["officer"], kind="news", **changes)
    client.post(place("submit", disclosure), {"urgency": "normal"})
    client.post(place("take_back", disclosure))

    findings_page = client.get(place("screening", disclosure)).content.decode()
    writing_page = client.get(place("write", disclosure)).content.decode()

    assert f"{place('write', disclosure)}#{element}" in findings_page
    assert label in findings_page
    assert f'id="{element}"' in writing_page


def test_what_one_person_lets_stand_is_not_told_as_decided(sent: Disclosure, sit: SignIn) -> None:
    finding = Finding.objects.earliest("pk")
    words = verdict(finding, alike="on")

    page = sit("screener").post(place("decide_findings", sent), words, follow=True).content.decode()

    told = page.partition("office-messages")[2].partition("</p>")[0]
    assert 'data-color="warning"' in told
    assert "2 ข้อยังต้องให้ผู้ตรวจคนที่สองอ่านและยืนยัน" in told
    assert ">ตัดสินแล้ว 2 ข้อ" not in page
    word = page.partition('class="office-decision"')[2].partition("</p>")[0]
    assert "success" not in word


def test_what_is_to_be_removed_needs_nobody_else(sent: Disclosure, sit: SignIn) -> None:
    finding = Finding.objects.earliest("pk")
    words = verdict(finding, verdict="remove")

    page = sit("screener").post(place("decide_findings", sent), words, follow=True).content.decode()

    assert "ตัดสินแล้ว 1 ข้อ" in page.partition('data-color="success"')[2].partition("</p>")[0]
