"""What citizens read of what they do not see."""

from tests.portal.visitor import Visitor
from tests.record.factories import WITHHELD_WORDS, published, recalled, withheld_part

SECOND = withheld_part()["ground"] | {"key": "oia-15-5", "label_th": "รุกล้ำสิทธิส่วนบุคคล"}


def test_the_page_of_an_item_says_what_is_withheld_why_and_how_to_appeal(citizen: Visitor) -> None:
    number = published(withheld=[withheld_part()]).number
    text = citizen.get(f"/p/{number}/").text
    for words in (WITHHELD_WORDS, "มาตรา 15 (2)", "ผู้ก่อเหตุอาจใช้หลบกล้อง", "อุทธรณ์ได้ภายใน 15 วัน"):
        assert words in text


def test_it_says_so_in_english(citizen: Visitor) -> None:
    number = published(withheld=[withheld_part()]).number
    text = citizen.get(f"/en/p/{number}/").text
    assert "Official Information Act, s. 15 (2)" in text
    assert "May be appealed within 15 days" in text


def test_an_item_that_shows_everything_says_nothing_of_it(citizen: Visitor) -> None:
    number = published().number
    assert "ส่วนที่ปิดไว้ในรายการนี้" not in citizen.get(f"/p/{number}/").text


def test_the_register_lists_parts_without_their_words(citizen: Visitor) -> None:
    published(title="ประกาศยกเลิกการประกวดราคา", withheld=[withheld_part()])
    text = citizen.get("/transparency/withheld/").text
    assert "ประกาศยกเลิกการประกวดราคา" in text
    assert "บางหน้าของไฟล์" in text
    assert WITHHELD_WORDS not in text
    assert "ผู้ก่อเหตุ" not in text


def test_an_empty_register_says_that_all_is_open(citizen: Visitor) -> None:
    published()
    assert "ขณะนี้ไม่มีส่วนที่ปิดไว้" in citizen.get("/transparency/withheld/").text
    assert "Nothing is withheld" in citizen.get("/en/transparency/withheld/").text


def test_the_register_is_cut_down_to_one_ground(citizen: Visitor) -> None:
    published(title="เรื่องกล้อง", withheld=[withheld_part()])
    published(title="เรื่องบัตร", withheld=[withheld_part(ground=SECOND)])
    text = citizen.get("/transparency/withheld/?ground=oia-15-5").text
    assert "เรื่องบัตร" in text
    assert "เรื่องกล้อง" not in text
    assert "เรื่องกล้อง" in citizen.get("/transparency/withheld/?ground=nothing").text


def test_a_recalled_item_is_listed_nowhere(citizen: Visitor) -> None:
    number = published(title="เรื่องกล้อง", withheld=[withheld_part()]).number
    recalled(number)
    assert "เรื่องกล้อง" not in citizen.get("/transparency/withheld/").text
    assert citizen.get("/api/v1/withheld").json["withheld"] == []


def test_programs_read_the_register_too(citizen: Visitor) -> None:
    number = published(withheld=[withheld_part()]).number
    [line] = citizen.get("/api/v1/withheld").json["withheld"]
    assert (line["number"], line["ground"], line["review_date"]) == (
        number,
        "oia-15-2",
        "2027-11-20",
    )
    assert WITHHELD_WORDS not in str(line)
