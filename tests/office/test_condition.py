"""The staff's page on the condition of what is published: what to mend, where, and who can do it."""

from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from prongsai.disclosures.actions import begin_correction
from prongsai.monitoring.condition.states import Flaw
from prongsai.monitoring.models import Defect, LinkCheck, Progress
from prongsai.organisation.actors import Actor
from tests import factories as base
from tests.office.conftest import SignIn
from tests.office.test_owed import O2, page, place
from tests.publication import factories as gate
from tests.record.factories import observed, part, published, recalled

pytestmark = pytest.mark.django_db(databases=["default", "record"])
People = dict[str, Actor]
PAGE = reverse("condition")
BEHIND = "ita-oit-2569-o10"
WARNING = "ลิงก์ในรายการที่ใช้เป็นหลักฐานเปิดไม่ได้"
BODY = '<p><a href="https://gone.example/x">แผนเก่า</a> <a href="/p/1/">คลิกที่นี่</a></p>'


def defect(
    number: str, flaw: Flaw = Flaw.LINK_SAYS_NOTHING, spot: int = 1, unit: str = "clerk"
) -> None:
    Defect.objects.create(
        number=number, version=1, place=spot, flaw=flaw, unit_code=unit, at=base.NOW
    )


def item(**changes: Any) -> str:
    return published(**({"body": BODY} | changes)).number


def test_before_the_first_look_and_when_all_is_well_the_page_says_so(sit: SignIn) -> None:
    client = sit("officer")
    assert "ระบบยังไม่ได้ตรวจครั้งแรก" in page(client, PAGE)
    Progress.objects.create(name="condition", seq=3)
    assert "ไม่พบสิ่งที่ต้องแก้" in page(client, PAGE)


def test_each_line_says_what_is_wrong_where_and_what_to_do(sit: SignIn, settings: Any) -> None:
    number = item(title="แผนพัฒนาท้องถิ่น")
    defect(number)
    defect(number, Flaw.LINK_BROKEN, 0)
    text = page(sit("officer"), PAGE)
    assert "แผนพัฒนาท้องถิ่น" in text
    assert "ข้อความลิงก์ “คลิกที่นี่” ไม่บอกว่าไปที่ใด" in text
    assert "ลิงก์เปิดไม่ได้: แผนเก่า (https://gone.example/x)" in text
    assert "แก้เป็นที่อยู่ใหม่หรือเอาลิงก์ออก" in text
    assert f"{settings.PORTAL_URL}/p/{number}/" in text
    # What leads nowhere stands first.
    assert text.index("แผนเก่า (https") < text.index("“คลิกที่นี่”")


def test_the_list_is_cut_down_by_unit_and_kind_and_counts_follow_the_unit(sit: SignIn) -> None:
    plan, jobs = item(title="แผนพัฒนา"), item(title="รับสมัครงาน")
    defect(plan, unit="plan")
    defect(jobs)
    defect(jobs, Flaw.LINK_BROKEN, 0)
    client = sit("officer")
    assert "รับสมัครงาน" not in page(client, f"{PAGE}?unit=plan")
    assert "แผนพัฒนา" not in page(client, f"{PAGE}?flaw=link_broken")
    shown = page(client, f"{PAGE}?unit=plan&flaw=link_broken")
    assert "พบ 0 รายการ" in shown
    assert "พบ 2 รายการ" in page(client, f"{PAGE}?unit=strange&flaw=strange")


def test_how_many_links_were_opened_is_told_by_unit(sit: SignIn) -> None:
    outcomes = [("", "plan"), ("well", "plan"), ("well", "clerk"), ("unsure", "clerk")]
    for place_of, (outcome, unit) in enumerate(outcomes):
        LinkCheck.objects.create(
            number="1",
            version=1,
            place=place_of,
            unit_code=unit,
            outcome=outcome,
            next_try_at=base.NOW,
        )
    defect(item(), unit="plan")
    client = sit("officer")
    assert counted(client, PAGE) == [("เปิดได้", 2), ("ตัดสินไม่ได้", 1), ("ยังไม่ได้เปิด", 1)]
    assert counted(client, f"{PAGE}?unit=plan") == [("เปิดได้", 1), ("ยังไม่ได้เปิด", 1)]


def counted(client: Any, address: str) -> list[tuple[str, int]]:
    shown: list[tuple[str, int]] = client.get(address).context["link_counts"]
    return shown


def test_what_was_recalled_a_moment_ago_is_not_told_any_more(sit: SignIn) -> None:
    number = item(title="ชื่อลับ")
    defect(number)
    recalled(number)
    assert "ชื่อลับ" not in page(sit("officer"), PAGE)


def test_what_older_checks_wrote_breaks_no_page(sit: SignIn) -> None:
    number = item(title="แผนพัฒนา")
    defect(number, Flaw.LINK_SAYS_NOTHING, 99)
    defect(number, Flaw.FILE_WITHOUT_TEXT, 7)
    defect(number)
    Defect.objects.create(number=number, version=1, flaw="older", unit_code="clerk", at=base.NOW)
    assert "“คลิกที่นี่”" in page(sit("officer"), PAGE)


def test_a_text_is_checked_from_here_by_whoever_writes_a_correction(
    people: People, sit: SignIn
) -> None:
    work, _entry = gate.published(people)
    defect(work.number, Flaw.TEXT_NOT_VERIFIED)
    check = reverse("check_text", kwargs={"ref": work.ref, "slot": "main"})
    assert "หลักเกณฑ์.txt" in page(sit("officer"), PAGE)
    assert check not in page(sit("officer"), PAGE)
    begin_correction(disclosure=work, by=people["officer"], at=gate.LATER)
    assert check in page(sit("officer"), PAGE)
    assert check not in page(sit("head"), PAGE)


def test_the_work_s_own_page_shows_its_lines_and_a_stranger_gets_no_way_there(
    people: People, sit: SignIn
) -> None:
    work, _entry = gate.published(people)
    address = reverse("work", kwargs={"ref": work.ref})
    assert "สภาพของฉบับที่ประชาชนเห็น" not in page(sit("officer"), address)
    defect(work.number, Flaw.FILE_WITHOUT_TEXT)
    assert "ไฟล์มีแต่ภาพ ค้นและอ่านออกเสียงไม่ได้: หลักเกณฑ์.txt" in page(sit("officer"), address)
    assert address in page(sit("officer"), PAGE)
    assert address not in page(sit("neighbour"), PAGE)
    assert work.number in page(sit("neighbour"), PAGE)


def test_a_broken_link_in_evidence_is_a_warning_and_breaks_no_duty(sit: SignIn) -> None:
    number = item(title="ข้อมูลผู้บริหาร ปี 2569")
    defect(number)
    observed(O2, "met", part(evidence=[{"number": number, "version": 1}]))
    assert WARNING not in page(sit("officer"), place())
    defect(number, Flaw.LINK_BROKEN, 0)
    text = page(sit("officer"), place())
    assert WARNING in text
    assert "แผนเก่า (https://gone.example/x)" in text
    assert "ข้อนี้ยังนับว่ามีอยู่" in text
    assert "คลิกที่นี่" not in text
    assert "เปิดไม่ได้</span>" not in text
    assert "ครบถ้วน" in text


def test_of_a_duty_that_lies_behind_links_it_is_not_said_that_it_still_counts(sit: SignIn) -> None:
    number = item()
    defect(number, Flaw.LINK_BROKEN, 0)
    observed(BEHIND, "broken", part(evidence=[{"number": number, "version": 1}]))
    text = page(sit("officer"), place(BEHIND))
    assert "จึงนับว่าเปิดไม่ได้จนกว่าลิงก์จะไปถึง" in text
    assert "ข้อนี้ยังนับว่ามีอยู่" not in text


@pytest.mark.parametrize("address", ["owed", "dashboard"])
def test_one_gets_there_from_the_board_and_the_dashboard(sit: SignIn, address: str) -> None:
    observed(O2)
    assert f'href="{PAGE}"' in page(sit("officer"), reverse(address))


def test_the_dashboard_counts_items_of_one_s_own_units(people: People, sit: SignIn) -> None:
    for code in ("plan", "plan", "treasury"):
        defect(item(), unit=code)
    assert "ต้องแก้ 2 รายการ" in page(sit("officer"), reverse("dashboard"))
    assert "ต้องแก้ 3 รายการ" in page(sit("webmaster"), reverse("dashboard"))


def questions(client: Any) -> int:
    office = CaptureQueriesContext(connections["default"])
    record = CaptureQueriesContext(connections["record"])
    with office, record:
        page(client, PAGE)
    return len(office) + len(record)


def test_more_rows_ask_no_more_questions(sit: SignIn) -> None:
    defect(item())
    client = sit("officer")
    page(client, PAGE)
    of_one = questions(client)
    for _place in range(2):
        number = item()
        defect(number)
        defect(number, Flaw.LINK_BROKEN, 0)
    assert questions(client) == of_one
