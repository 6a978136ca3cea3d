"""The pack for assessors: have or have not, where, and how to get there; a dead address is told before it is sent."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from prongsai.monitoring.assembling.files import step_path, teller
from prongsai.monitoring.assembling.making import Step
from prongsai.monitoring.assembling.tasks import PackMaking
from prongsai.monitoring.models import EvidencePack
from tests.monitoring.doors import portal_that_knows
from tests.office.conftest import SignIn
from tests.record.factories import observed, part, published, recalled

pytestmark = pytest.mark.django_db(databases=["default", "record"])
O2, O4 = "ita-oit-2569-o2", "ita-oit-2569-o4"
PACK = reverse("pack", kwargs={"instrument": "ita-oit-2569"})


@pytest.fixture
def number() -> str:
    """An item that answers O2; O4 is missing."""
    found = published(title="=คณะผู้บริหาร").number
    observed(O2, "met", part(evidence=[{"number": found, "version": 1}]))
    observed(O4, "missing")
    return found


def file_of(client: Any, form: str) -> bytes:
    address = reverse("pack_file", kwargs={"instrument": "ita-oit-2569", "form": form})
    answer = client.get(address)
    assert answer.status_code == 200
    content: bytes = answer.content
    return content


def test_each_item_says_have_or_have_not_with_its_addresses(
    number: str, sit: SignIn, settings: Any
) -> None:
    settings.PORTAL_URL = "https://www.tangjai.example"
    rows = list(csv.reader(StringIO(file_of(sit("officer"), "csv").decode("utf-8-sig"))))
    assert [row[:3] for row in rows] == [
        ["ข้อ", "รายการ", "มี/ไม่มี"],
        ["O2", "ข้อมูลผู้บริหาร", "มี"],
        ["O4", "ข่าวประชาสัมพันธ์", "ไม่มี"],
    ]
    assert rows[1][4].split("\n") == [
        "https://www.tangjai.example/transparency/ita-oit-2569/o2/",
        f"https://www.tangjai.example/p/{number}/",
    ]
    assert "หน้าแรก → " in rows[1][5]


def test_an_item_that_opens_but_leads_nowhere_is_told_before_it_is_sent(
    number: str, sit: SignIn
) -> None:
    client = sit("officer")
    assert "อย่าเพิ่งส่ง" not in client.get(PACK).content.decode()
    failed = [{"check": "links_answer", "number": number, "about": "2"}]
    observed(O4, "broken", part("broken", failed=failed))
    text = client.get(PACK).content.decode()
    assert "อย่าเพิ่งส่ง: 1 ข้อยังเปิดไม่ได้" in text
    assert "ลิงก์ในหน้าเปิดไม่ได้: ลิงก์ที่ 2 นับจากต้นหน้า" in text


def test_the_workbook_says_the_same_and_runs_nothing(number: str, sit: SignIn) -> None:
    sheet = load_workbook(BytesIO(file_of(sit("officer"), "xlsx"))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]][:3] == ["O2", "ข้อมูลผู้บริหาร", "มี"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    link = sheet["E2"].hyperlink
    assert link is not None
    assert link.target == sheet["E2"].value.splitlines()[0]


def test_the_page_opens_no_address_itself(number: str, sit: SignIn, settings: Any) -> None:
    settings.PORTAL_URL = "http://127.0.0.1:1"
    client = sit("officer")
    assert "อย่าเพิ่งส่ง" not in client.get(PACK).content.decode()
    assert client.post(PACK).status_code == 405


@pytest.mark.parametrize(
    ("instrument", "form"), [("nothing", "csv"), ("oia", "csv"), ("ita-oit-2569", "pdf")]
)
def test_what_is_not_there_is_not_found(
    number: str, sit: SignIn, instrument: str, form: str
) -> None:
    address = reverse("pack_file", kwargs={"instrument": instrument, "form": form})
    assert sit("officer").get(address).status_code == 404


def pack_door(name: str, **parts: str) -> str:
    return reverse(name, kwargs={"instrument": "ita-oit-2569", **parts})


def test_the_pack_is_asked_for_once_and_says_how_far_it_is(number: str, sit: SignIn) -> None:
    client = sit("officer")
    form = client.get(PACK).content.decode().partition(f'action="{pack_door("ask_for_pack")}"')[2]
    assert "csrfmiddlewaretoken" in form.partition("</form>")[0]
    for _click in range(2):
        assert client.post(pack_door("ask_for_pack")).url == PACK
    pack = EvidencePack.objects.get()
    assert "รอคิวทำชุดหลักฐาน" in client.get(PACK).content.decode()
    teller(pack.ref)(Step("picturing", 12, 26))
    assert client.get(pack_door("pack_state")).json() == {
        "state": "making",
        "words": "กำลังถ่ายภาพหน้า 12 จาก 26",
    }
    client.post(pack_door("call_off_pack"))
    assert "ยกเลิกแล้ว" in client.get(PACK).content.decode()
    assert not step_path(pack.ref).exists()


def test_a_pack_that_is_made_is_loud_and_its_files_are_for_who_writes(
    number: str, sit: SignIn, settings: Any
) -> None:
    settings.CHROMIUM = "off"
    sit("officer").post(pack_door("ask_for_pack"))
    with portal_that_knows({"/transparency/"}) as origin:
        settings.PORTAL_URL = origin
        task = PackMaking()()
        assert task is not None
        task.done(task.run(), datetime.now(UTC))
    text = sit("officer").get(PACK).content.decode()
    assert "อย่าเพิ่งส่ง: เปิดไม่ได้ 1 ที่อยู่" in text
    assert f'/p/{number}/">/p/{number}/</a> · ตอบรหัส 404' in text
    assert "ไม่มีภาพ เพราะเครื่องนี้ไม่มีโปรแกรม Chromium" in text
    for form, begins in (("zip", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK"), ("exe", b"")):
        answer = sit("officer").get(pack_door("made_pack", form=form))
        assert answer.content.startswith(begins) if begins else answer.status_code == 404
    assert sit("head").get(pack_door("made_pack", form="zip")).status_code == 403
    recalled(number)
    assert sit("officer").get(pack_door("made_pack", form="zip")).status_code == 404
    assert "มีรายการถูกเรียกคืน" in sit("officer").get(PACK).content.decode()


@pytest.mark.parametrize("who", ["head", "screener", "auditor"])
def test_others_ask_for_no_pack(number: str, sit: SignIn, who: str) -> None:
    assert sit(who).post(pack_door("ask_for_pack")).status_code == 403
    assert not EvidencePack.objects.exists()


def test_the_index_of_the_information_act_is_printed_whole_or_by_folder(sit: SignIn) -> None:
    published(title="โครงสร้างเทศบาล 📣", obligations=["oia-7-1"])
    observed("oia-7-1")
    client = sit("officer")
    pack = client.get(reverse("pack", kwargs={"instrument": "oia"})).content.decode()
    assert reverse("index_paper") in pack
    for query in ("", "?folder=7-1"):
        answer = client.get(f"{reverse('index_paper')}{query}")
        assert answer.content.startswith(b"%PDF-")
    assert client.get(f"{reverse('index_paper')}?folder=7-99").status_code == 404
