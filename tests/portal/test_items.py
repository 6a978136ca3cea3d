import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from prongsai.disclosures.tables.public import table_document
from prongsai.record.states import Action
from tests.disclosures.test_tables import skr1
from tests.portal.visitor import Visitor
from tests.record.factories import act, corrected, do, file, published, recalled, withdrawn

MINOR = {"significance": "minor", "note": "แก้คำผิด"}


def test_an_item_shows_what_its_edition_says(citizen: Visitor) -> None:
    entry = published(
        title="ประกาศราคากลาง",
        files=[file(label="ประกาศฉบับเต็ม")],
        details=[
            {
                "key": "price",
                "label_th": "ราคากลาง",
                "label_en": "Price",
                "type": "money",
                "value": "1250000",
            }
        ],
    )
    text = citizen.get(f"/p/{entry.number}/").text

    for words in ("ประกาศราคากลาง", "ยื่นใบสมัครได้ที่สำนักปลัด", "ประกาศฉบับเต็ม", "1,250,000.00 บาท"):
        assert words in text
    assert "20 พฤศจิกายน 2569" in text
    assert f"รายการลำดับที่ {entry.seq}" in text


def test_the_history_says_every_update_and_its_note(citizen: Visitor) -> None:
    entry = published()
    corrected(entry.number)
    corrected(entry.number, change=MINOR)
    text = citizen.get(f"/p/{entry.number}/history/").text

    assert [text.index(words) for words in ("แก้คำผิด", "แก้วันปิดรับสมัคร")] == sorted(
        [text.index("แก้คำผิด"), text.index("แก้วันปิดรับสมัคร")]
    )
    assert text.count('class="is-major"') == 2
    assert f"/p/{entry.number}/v/1/" in text


def test_an_earlier_version_is_readable_and_says_that_it_is_old(citizen: Visitor) -> None:
    entry = published(body="<p>ปิดรับวันศุกร์</p>")
    corrected(entry.number, body="<p>ปิดรับวันจันทร์</p>")
    old, new = citizen.get(f"/p/{entry.number}/v/1/").text, citizen.get(f"/p/{entry.number}/").text

    assert ("ปิดรับวันศุกร์" in old, "นี่คือฉบับเก่า (ฉบับที่ 1)" in old) == (True, True)
    assert ("ปิดรับวันจันทร์" in new, "นี่คือฉบับเก่า" in new) == (True, False)
    assert '<meta name="robots" content="noindex">' in old


def test_a_withdrawn_item_stays_readable_under_a_notice(citizen: Visitor) -> None:
    entry = published()
    withdrawn(entry.number)
    answer = citizen.get(f"/p/{entry.number}/")

    assert answer.status == 200
    for words in ("รายการนี้ถูกยกเลิกการใช้งานแล้ว", "มีประกาศฉบับใหม่แทน", "ยื่นใบสมัครได้ที่สำนักปลัด"):
        assert words in answer.text


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_consolidated_item_leads_to_the_other_in_the_same_language(
    citizen: Visitor, prefix: str
) -> None:
    kept, merged = published(), published()
    do(Action.CONSOLIDATED, merged.number, act(redirect_number=kept.number))
    answer = citizen.get(f"{prefix}/p/{merged.number}/")

    assert (answer.status, answer["location"]) == (301, f"{prefix}/p/{kept.number}/")


@pytest.mark.parametrize("page", ["", "v/1/", "history/", "proof/", "files/main/"])
def test_an_unknown_number_is_not_found(citizen: Visitor, page: str) -> None:
    assert citizen.get(f"/p/2569-99999/{page}").status == 404


@pytest.mark.parametrize("version", ["2", "0", "99999999999999999999"])
def test_an_unknown_version_is_not_found(citizen: Visitor, version: str) -> None:
    entry = published()

    assert citizen.get(f"/p/{entry.number}/v/{version}/").status == 404


@pytest.mark.parametrize("page", ["", "v/1/", "history/", "proof/", "files/main/"])
def test_a_recalled_item_leaves_a_tombstone_everywhere(citizen: Visitor, page: str) -> None:
    entry = published(title="รายชื่อผู้ป่วย", files=[file()])
    before = citizen.get(f"/p/{entry.number}/{page}").status
    recalled(entry.number, explanation="มีข้อมูลสุขภาพของบุคคล")
    answer = citizen.get(f"/p/{entry.number}/{page}")

    assert (before < 400, answer.status) == (True, 410)
    assert "มีข้อมูลส่วนบุคคลที่เปิดเผยไม่ได้" in answer.text
    assert "มีข้อมูลสุขภาพของบุคคล" in answer.text
    assert "รายชื่อผู้ป่วย" not in answer.text


def test_a_slot_leads_to_the_file_of_the_newest_version(citizen: Visitor) -> None:
    entry = published(files=[file(b"old")])
    newer = file(b"new", name="ประกาศ.pdf")
    corrected(entry.number, files=[newer])
    answer = citizen.get(f"/p/{entry.number}/files/main/")

    assert answer.status == 302
    assert answer["location"].startswith(f"/files/{newer['sha256']}/")
    assert citizen.get(f"/p/{entry.number}/files/other/").status == 404


def test_related_items_are_of_the_same_section(citizen: Visitor) -> None:
    entry = published(title="เรื่องหลัก")
    near = published(title="เรื่องใกล้")
    far = published(title="เรื่องไกล", section={"top": "laws", "slug": "laws"})
    text = citizen.get(f"/p/{entry.number}/").text

    assert f"/p/{near.number}/" in text
    assert f"/p/{far.number}/" not in text


def test_an_obligation_is_named_in_words(citizen: Visitor) -> None:
    entry = published(obligations=["unknown-key"])

    assert "unknown-key" in citizen.get(f"/p/{entry.number}/").text


def test_a_report_of_a_problem_names_the_page(citizen: Visitor) -> None:
    entry = published()
    text = citizen.get(f"/p/{entry.number}/").text

    assert "mailto:info@tangjai.example?subject=" in text
    assert f"%2Fp%2F{entry.number}%2F" in text or f"/p/{entry.number}/" in text


@pytest.mark.parametrize("count", [1, 3])
def test_an_item_asks_four_questions_however_much_there_is(citizen: Visitor, count: int) -> None:
    entry = published(files=[file(bytes([each]), slot=f"part-{each}") for each in range(count)])
    for _ in range(count):
        corrected(entry.number)
        published()

    with CaptureQueriesContext(connections["record"]) as asked:
        citizen.get(f"/p/{entry.number}/")
    assert len(asked) == 4


def test_a_table_is_shown_with_its_sums_and_nothing_in_words(citizen: Visitor) -> None:
    table = table_document(skr1())
    full = published(kind="procurement", table=table)
    empty = published(kind="procurement", table=table | {"rows": [], "nothing": True})
    text = citizen.get(f"/p/{full.number}/").text

    for words in ("แบบ สขร. 1", "<caption>1 รายการ</caption>", "เฉพาะเจาะจง", "15 ตุลาคม 2568"):
        assert words in text
    assert text.count("476,500.00") == 2
    assert 'role="region" tabindex="0" aria-labelledby="table-title"' in text
    assert "Specific method" in citizen.get(f"/en/p/{full.number}/").text
    assert "ไม่มีการจัดซื้อจัดจ้างในเดือนนี้" in citizen.get(f"/p/{empty.number}/").text
