"""Signed lists of duties: who may bring one, what it would change, which one holds, and the way back."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from prongsai.monitoring.actions import look
from prongsai.monitoring.adopting import adopt, receive_pack
from prongsai.monitoring.data_packs import LONGEST_PACK, CannotAdopt, lay_out, sheet_of
from prongsai.monitoring.models import Adoption, DataPack
from prongsai.monitoring.rehearsing import compare, rehearse, years_to_rehearse
from prongsai.obligations.queries import instrument, obligation, obligations
from prongsai.obligations.states import Fate
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Act
from prongsai.organisation.states import Outcome
from prongsai.record.models import Binding
from prongsai.record.notes import Signer
from tests.monitoring.packs import ISSUER, LIST, NEXT, edition, pack
from tests.record.factories import published

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "record"])
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
STRUCTURE = (
    "<p>ผังโครงสร้าง นายกเทศมนตรี สภาเทศบาล ปลัดเทศบาล สำนักปลัด หน้าที่และอำนาจโดยสรุป"
    " ข้อมูล ณ วันที่ 1 พฤศจิกายน 2569</p>"
)
BY = Actor.system("ทดสอบ")


@pytest.fixture(autouse=True)
def folder(data: Path, settings: Any) -> Path:
    settings.OBLIGATIONS_FOLDER = data / "obligations"
    settings.PACK_KEYS = (str(ISSUER.verifier),)
    return data / "obligations"


def received(text: str = NEXT) -> DataPack:
    return receive_pack(raw=pack(text), by=BY, at=AT)


def held(row: DataPack | None, *, key: str = "ita-oit-2570", reason: str = "") -> Adoption:
    return adopt(instrument_key=key, pack=row, reason=reason, by=BY, at=AT)


def refused(raw: bytes) -> str:
    with pytest.raises(CannotAdopt) as told:
        receive_pack(raw=raw, by=BY, at=AT)
    assert not DataPack.objects.exists()
    assert Act.objects.filter(verb="receive_pack", outcome=Outcome.REFUSED).count() == 1
    return str(told.value)


def test_what_is_received_does_not_hold_before_it_is_adopted() -> None:
    row = received()
    assert (row.signer, row.edition) == ("province.example", 1)
    assert instrument("ita-oit-2570") is None
    held(row)
    assert instrument("ita-oit-2570") is not None
    assert len([each for each in obligations() if each.instrument.key == "ita-oit-2570"]) == 26


def test_the_same_file_twice_is_one_pack() -> None:
    assert received() == received()
    assert Act.objects.filter(verb="receive_pack").count() == 1


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (NEXT.encode(), "ลายเซ็นของไฟล์ไม่ตรง"),
        (pack(signer=Signer.generate("province.example")), "ลายเซ็นของไฟล์ไม่ตรง"),
        (pack(signer=Signer.generate("stranger.example")), "ลายเซ็นของไฟล์ไม่ตรง"),
        (pack().replace(b'clause = "O1"', b'clause = "O9"'), "ลายเซ็นของไฟล์ไม่ตรง"),
        (pack("[[obligations\n"), "อ่านรายการในไฟล์ไม่ได้"),
        (pack(NEXT.split("[[obligations]]", maxsplit=1)[0]), "ไม่มีข้อที่ต้องเผยแพร่เลย"),
        (pack(LIST.replace('key = "ita-oit-2569"', 'key = "ita-oit-2571"')), "“key” ซ้ำกับไฟล์อื่น"),
        (NEXT.encode("utf-16"), "ไม่ใช่ข้อความ UTF-8"),
        (pack() + b"\0\n", "ไม่ใช่ข้อความ UTF-8"),
        (pack(NEXT.replace('label_th = "', 'label_th = "\\u202e', 1)), "มีอักขระที่มองไม่เห็น"),
        (pack(f"a = {'[' * 5000}\n"), "อ่านรายการในไฟล์ไม่ได้"),
        (b"", "ลายเซ็นของไฟล์ไม่ตรง"),
        (b"a" * (LONGEST_PACK + 1), "ใหญ่เกิน 1 MB"),
    ],
    ids=[
        *("unsigned", "false key", "stranger", "changed", "no TOML", "no duties"),
        *(
            "keys of others",
            "encoding",
            "sign without a sign",
            "turned letters",
            "nested without end",
        ),
        *("empty", "huge"),
    ],
)
def test_what_cannot_be_trusted_or_read_is_refused_in_one_sentence(raw: bytes, told: str) -> None:
    assert told in refused(raw)


def test_without_trusted_keys_nothing_is_taken_and_the_way_out_is_told(settings: Any) -> None:
    settings.PACK_KEYS = ()
    assert "PRONGSAI_PACK_KEYS" in refused(pack())


def test_a_file_that_an_editor_saved_with_its_own_line_ends_still_fits() -> None:
    raw = b"\xef\xbb\xbf" + pack().replace(b"\n", b"\r\n")
    row = receive_pack(raw=raw, by=BY, at=AT)
    assert sheet_of(row).obligations


def test_an_edition_below_the_system_s_own_cannot_hold() -> None:
    raw = pack(edition(0, LIST))
    assert "เก่ากว่าของระบบ" in refused(raw)


def test_going_back_asks_for_a_reason_and_every_decision_stays() -> None:
    first, second = received(), received(edition(2))
    held(first)
    held(second)
    with pytest.raises(CannotAdopt, match="ยังไม่ได้บอกเหตุผล"):
        held(first)
    with pytest.raises(CannotAdopt, match="ใช้อยู่แล้ว"):
        held(second)
    held(first, reason="ฉบับที่ 2 มีข้อผิด")
    holding = instrument("ita-oit-2570")
    assert holding is not None
    assert holding.edition == 1
    held(None, reason="รอคู่มือ")
    assert instrument("ita-oit-2570") is None
    assert Adoption.objects.count() == 4
    assert Act.objects.filter(verb="adopt_list", outcome=Outcome.DONE).count() == 4


def test_an_old_edition_is_no_news_after_one_went_back_to_the_system_s() -> None:
    first, second = received(), received(edition(2))
    held(second)
    held(None, reason="รอคู่มือ")
    with pytest.raises(CannotAdopt, match="ยังไม่ได้บอกเหตุผล"):
        held(first)
    held(second)


def test_what_is_bound_stays_bound_and_counts_by_its_topic() -> None:
    number = published(obligations=["ita-oit-2569-o1"]).number
    row = received()
    held(row)
    assert Binding.objects.filter(number=number, obligation_key="ita-oit-2569-o1").exists()
    found = {each.obligation.key: each for each in rehearse(sheet_of(row), year=2570, on=DAY).found}
    used = [one.number for _part, each in found["ita-oit-2570-o1"].found for one in each.used]
    assert used == [number]


def test_the_rehearsal_of_2569_goes_over_the_content_of_2568() -> None:
    row = received(edition(2, LIST))
    before = rehearse(sheet_of(row), year=2568, on=DAY)
    assert (before.tally.total, before.tally.fulfilled) == (26, 0)
    published(obligations=["ita-oit-2568-o1"], title="โครงสร้างเทศบาล", body=STRUCTURE)
    after = rehearse(sheet_of(row), year=2568, on=DAY)
    assert after.tally.fulfilled == 1
    assert years_to_rehearse(sheet_of(row), on=DAY) == (2568, 2569)
    assert sum(count for _result, count in after.tally.rows) == 26


def test_a_list_is_compared_with_the_one_that_holds_and_with_last_year_s() -> None:
    shorter = NEXT[: NEXT.rindex("[[obligations]]")]
    held(received())
    number = published(obligations=["ita-oit-2570-o26"]).number
    found = compare(sheet_of(received(edition(2, shorter.replace('"O1"', '"O01"')))))
    assert [(one.duty.clause, one.bound) for one in found.left] == [("O26", 1)]
    assert [one.fields for one in found.editions.reworded] == [("clause",)]
    fates = {one.fate for one in found.years}
    assert Fate.KEPT in fates
    assert Binding.objects.filter(number=number).exists()


def test_the_worker_puts_the_folder_right(folder: Path) -> None:
    held(received())
    laid = folder / "pack-ita-oit-2570.toml"
    laid.write_text("[", "utf-8")
    assert lay_out() == 1
    laid.unlink()
    look(at=AT)
    assert obligation("ita-oit-2570-o1") is not None
    assert lay_out() == 0


def test_a_hand_written_file_of_the_same_list_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "mine.toml").write_text(NEXT, "utf-8")
    assert "mine.toml" in refused(pack())


def test_a_decision_stands_though_its_file_cannot_be_written(folder: Path) -> None:
    folder.write_text("a file where the folder should be", "utf-8")
    row = held(received())
    assert Adoption.objects.get() == row
    assert instrument("ita-oit-2570") is None
    folder.unlink()
    assert lay_out() == 1
    assert instrument("ita-oit-2570") is not None


def test_a_comparison_parts_what_moved_from_what_stayed() -> None:
    text = NEXT.replace('clause = "O1"', 'clause = "O99"', 1).replace(
        'clause = "O2"', 'clause = "O98"', 1
    )
    found = compare(sheet_of(received(text)))
    assert [(each.fate, each.new[0].clause) for each in found.moved] == [
        (Fate.RENUMBERED, "O99"),
        (Fate.RENUMBERED, "O98"),
    ]
    assert found.same == len(found.years) - 2 > 0


def test_a_rehearsal_counts_each_duty_once() -> None:
    sheet = sheet_of(received())
    found = rehearse(sheet, year=2570, on=DAY)
    assert found.tally.total == len(sheet.obligations)
