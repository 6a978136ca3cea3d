"""Lists of duties in the office: the webmaster sends a signed one, looks at what it would change, and adopts it."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.monitoring.data_packs import lay_out
from prongsai.monitoring.models import Adoption, DataPack
from prongsai.obligations.queries import instrument
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from tests.monitoring.packs import ISSUER, NEXT, edition, pack
from tests.office.conftest import SignIn

pytestmark = pytest.mark.django_db(databases=["default", "record"])
LISTS = reverse("duty_lists")
PLACE = reverse("duty_list", kwargs={"instrument": "ita-oit-2570"})
ADOPT = reverse("adopt_list", kwargs={"instrument": "ita-oit-2570"})


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.OBLIGATIONS_FOLDER = tmp_path
    settings.PACK_KEYS = (str(ISSUER.verifier),)
    return tmp_path


def send(client: Any, raw: bytes) -> Any:
    upload = SimpleUploadedFile("list.pack", raw)
    return client.post(reverse("receive_list"), {"pack": upload}, follow=True)


def adopt(client: Any, **given: Any) -> str:
    """What the page says afterwards; the files are laid as after the commit of a request."""
    text: str = client.post(ADOPT, given, follow=True).content.decode()
    lay_out()
    return text


def test_a_list_is_sent_rehearsed_adopted_and_given_up(sit: SignIn) -> None:
    client = sit("webmaster")
    page = send(client, pack()).content.decode()
    assert "จะครบ <strong>0</strong> จาก 26 ข้อ" in page
    assert "ยังไม่ได้ใช้" in page
    row = DataPack.objects.get()
    assert "ใช้รายการนี้แล้ว" in adopt(client, pack=row.pk)
    assert instrument("ita-oit-2570") is not None
    assert "ลงลายเซ็นโดย province.example" in client.get(LISTS).content.decode()
    assert "ยังไม่ได้บอกเหตุผล" in adopt(client, reason=" ")
    adopt(client, reason=" รอ\x00\n คู่มือ\u202e ")
    assert Adoption.objects.latest("pk").reason == "รอ คู่มือ"
    assert instrument("ita-oit-2570") is None


def test_a_list_that_was_given_up_is_found_again_and_adopted_anew(sit: SignIn) -> None:
    client = sit("webmaster")
    send(client, pack())
    row = DataPack.objects.get()
    adopt(client, pack=row.pk)
    standing = client.get(PLACE)
    assert standing.context["is_in_use"]
    text = standing.content.decode()
    assert "ลงลายเซ็นโดย province.example" in text
    # The system brings none of that year.
    assert "เลิกใช้รายการนี้" in text
    assert "กลับไปใช้รายการที่มากับระบบ" not in text
    assert not client.get(LISTS).context["waiting"]
    assert "เลิกใช้รายการนี้แล้ว" in adopt(client, reason="รอคู่มือ")
    (waiting,) = client.get(LISTS).context["waiting"]
    assert waiting.pack == row
    assert "ใช้รายการนี้แล้ว" in adopt(client, pack=row.pk)


def test_a_list_that_holds_is_rehearsed_with_its_own_year(sit: SignIn) -> None:
    client = sit("webmaster")
    place = reverse("duty_list", kwargs={"instrument": "ita-oit-2569"})
    assert client.get(place).context["rehearsal"].year == 2569
    send(client, pack())
    coming = f"{PLACE}?pack={DataPack.objects.get().pk}"
    assert client.get(coming).context["rehearsal"].year == 2569
    assert "2570" in client.get(coming).content.decode()


def test_a_changed_edition_shows_what_changed(sit: SignIn) -> None:
    client = sit("webmaster")
    send(client, pack())
    adopt(client, pack=DataPack.objects.get().pk)
    changed = edition(2, NEXT.replace('clause = "O1"', 'clause = "O01"'))
    page = send(client, pack(changed)).content.decode()
    assert "สิ่งที่เปลี่ยนจากฉบับที่ใช้อยู่" in page
    assert "เลขข้อ" in page


@pytest.mark.parametrize("username", ["officer", "head", "mayor"])
def test_others_look_and_change_nothing(sit: SignIn, username: str) -> None:
    send(sit("webmaster"), pack())
    row, client = DataPack.objects.get(), sit(username)
    page = client.get(f"{PLACE}?pack={row.pk}").content.decode()
    assert "ซ้อมกับสิ่งที่เผยแพร่อยู่วันนี้" in page
    assert 'name="pack"' not in page
    assert client.post(ADOPT, {"pack": row.pk}).status_code == 403
    assert client.post(reverse("receive_list")).status_code == 403
    assert not Adoption.objects.exists()
    assert Act.objects.filter(verb="office.adopt_lists", outcome=Outcome.REFUSED).count() == 2


@pytest.mark.parametrize(
    "address",
    [
        *(f"{PLACE}?pack={key}" for key in ("1", "x", "๑", "-1", "9" * 30, "9" * 5000)),
        *(PLACE, reverse("duty_list", args=["nothing"])),
    ],
    ids=["1", "x", "Thai", "below", "long", "longest", "list", "nothing"],
)
def test_what_is_not_there_is_not_found(sit: SignIn, address: str) -> None:
    assert sit("webmaster").get(address).status_code == 404


def test_nothing_chosen_and_a_false_file_are_told(sit: SignIn) -> None:
    client = sit("webmaster")
    page = client.post(reverse("receive_list"), follow=True).content.decode()
    assert "ยังไม่ได้เลือกไฟล์" in page
    assert "ลายเซ็นของไฟล์ไม่ตรง" in send(client, NEXT.encode()).content.decode()
