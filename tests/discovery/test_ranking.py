"""The seven everyday queries that database searches fail, and what must not come with their answers."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from prongsai.discovery.ranking import Filters, Ranking
from prongsai.discovery.reader import View
from prongsai.discovery.schema import Searchable
from tests.discovery.conftest import numbers

Make = Callable[[list[Searchable]], View]
SUBJECTS = ("ถนน", "สะพาน", "สวนสาธารณะ", "โรงเรียน", "ตลาดสด", "ศูนย์เด็กเล็ก", "ลานกีฬา", "คลอง")
VERBS = ("ซ่อมแซม", "ก่อสร้าง", "ปรับปรุง", "ตรวจรับ", "สำรวจ", "ออกแบบ", "ทำความสะอาด")
PLACES = ("ทับเที่ยง", "ห้วยยอด", "กันตัง", "ย่านตาขาว", "ปะเหลียน", "สิเกา", "นาโยง", "วังวิเศษ")
# What is planted in 20 items (title, body), what is typed, and a text that is near but not meant.
PROBES = {
    "phrase inside a sentence": (
        "",
        "เมื่อวานนี้เทศบาลได้เปิดศูนย์ฉีดวัคซีนพิษสุนัขบ้าให้ประชาชนโดยไม่คิดเงิน",
        "วัคซีนพิษสุนัขบ้า",
        "เทศบาลได้เปิดศูนย์บริการประชาชนโดยไม่คิดเงิน",
    ),
    "second phrase": (
        "",
        "ประกาศผลการคัดเลือก ลูกจ้างชั่วคราวกองสาธารณสุข ครั้งที่สอง",
        "ลูกจ้างชั่วคราวกองสาธารณสุข",
        "ประกาศผลการคัดเลือก พนักงานเทศบาลสามัญ ครั้งที่สอง",
    ),
    "phrase between spaces": (
        "",
        "เรื่อง แจ้งปิด จราจรชั่วคราว ช่วงแห่เทียนพรรษา",
        "ปิดจราจรชั่วคราว",
        "เรื่อง แจ้งเปิด ที่จอดรถใหม่ ช่วงแห่เทียนพรรษา",
    ),
    "title": (
        "รายงานการรับบริจาคโลหิตประจำไตรมาส",
        "รายละเอียดตามเอกสารแนบ",
        "การรับบริจาคโลหิต",
        "รายงานการเงินประจำไตรมาส",
    ),
    "tone mark mistyped": (
        "",
        "อัตราค่าธรรมเนียมเก็บขนสิ่งปฏิกูลของบ้านพักอาศัย",
        "ค้าธรรมเนียมเก็บขนสิ่งปฏิกูล",
        "อัตราค่าเช่าที่ดินของบ้านพักอาศัย และการค้าปลีก",
    ),
    "sara am as nikhahit and aa": (
        "",
        "คำร้องขอสำเนาทะเบียนบ้านของผู้ทำนา",
        "คําร้องขอสําเนาทะเบียนบ้าน",
        "คำสั่งย้ายพนักงานของผู้ว่าการ",
    ),
    "Thai digits": (
        "",
        "ตามหนังสือที่ ตง 52201/4817 ลงวันที่ 3 มีนาคม 2569",
        "ตง ๕๒๒๐๑/๔๘๑๗",
        "ตามหนังสือที่ ตง 52203/1181 ลงวันที่ 9 มีนาคม 2569",
    ),
}


def noise(amount: int) -> Iterator[Searchable]:
    for n in range(amount):
        subject, verb, place = SUBJECTS[n % 8], VERBS[n % 7], PLACES[n // 8 % 8]
        yield Searchable(
            f"noise-{n}",
            title=f"{verb}{subject} {place}",
            main=(f"เทศบาลจะ{verb}{subject}ในเขต{place} ระยะเวลา {n} วัน งบประมาณ {n * 37} บาท",),
        )


@pytest.fixture
def town(view: Make) -> View:
    """For each probe 20 right items and 20 that are near, among 800 others."""
    numbered = count()
    rows = list(noise(800))
    for name, (title, body, _typed, near) in PROBES.items():
        rows += (Searchable(f"{name}-{next(numbered)}", title, (body,)) for _ in range(20))
        rows += (Searchable(f"near-{next(numbered)}", "", (near,)) for _ in range(20))
    return view(rows)


@pytest.mark.parametrize("name", PROBES)
def test_a_probe_finds_its_twenty_items_and_no_other(town: View, name: str) -> None:
    found = numbers(town, PROBES[name][2])

    assert {each.rsplit("-", 1)[0] for each in found} == {name}
    assert len(found) == 20


def test_another_tone_mark_is_another_word_when_the_word_exists(view: Make) -> None:
    rows = [Searchable("rice", main=("ประกาศรับซื้อข้าวใหม่",))]
    rows += [Searchable("news", main=("ประกาศรับข่าวใหม่",)), Searchable("white", main=("สีขาวใหม่",))]

    assert numbers(view(rows), "ข้าวใหม่") == ["rice"]


def test_words_apart_are_found_like_words_together(view: Make) -> None:
    rows = [
        Searchable("apart", main=("เบี้ยยังชีพสำหรับผู้สูงอายุ",)),
        Searchable("together", main=("เบี้ยผู้สูงอายุ",)),
        Searchable("half", main=("ชมรมผู้สูงอายุ",)),
    ]

    assert sorted(numbers(view(rows), "เบี้ยผู้สูงอายุ")) == ["apart", "together"]


def test_a_match_in_the_title_comes_first(view: Make) -> None:
    rows = [
        Searchable("body", title="ประกาศ", main=("แผนที่ภาษีและทะเบียนทรัพย์สิน",)),
        Searchable("title", title="แผนที่ภาษีและทะเบียนทรัพย์สิน", main=("ประกาศ",)),
    ]

    assert numbers(view(rows), "แผนที่ภาษี") == ["title", "body"]


def test_words_in_title_and_file_are_found_together(view: Make) -> None:
    rows = [
        Searchable("both", title="ประกวดราคา", files=("จัดซื้อรถดับเพลิงชนิดบรรทุกน้ำ",)),
        Searchable("one", title="ประกวดราคา", files=("จัดซื้อครุภัณฑ์สำนักงาน",)),
    ]

    assert numbers(view(rows), "ประกวดราคา รถดับเพลิง") == ["both"]


def test_a_phrase_in_a_file_hides_what_is_only_near(view: Make) -> None:
    rows = [
        Searchable("file", files=("แผนผังท่อระบายน้ำเสียรอบตลาด",)),
        Searchable("near", main=("ท่อระบายลม",)),
    ]

    assert numbers(view(rows), "ท่อระบายน้ำ") == ["file"]


def test_a_description_finds_what_holds_most_of_it(view: Make) -> None:
    text = "เทศบาลเปิดรับฟังความคิดเห็นของประชาชนต่อร่างเทศบัญญัติว่าด้วยการควบคุมการเลี้ยงสัตว์"
    rows = [*noise(100), Searchable("draft", main=("ร่างเทศบัญญัติการควบคุมการเลี้ยงหรือปล่อยสัตว์",))]

    assert numbers(view(rows), text)[0] == "draft"


@pytest.mark.parametrize(
    "text", ["ฟหกดเ้่าสวง", "asdfgh", "qqqq zzzz", "๙๙๙๙๙๙๙", "AND OR NOT", 'title:"x"~2 [a TO b] *']
)
def test_what_stands_nowhere_finds_nothing(town: View, text: str) -> None:
    assert numbers(town, text) == []


@pytest.mark.parametrize("text", ["!!!", "()", "“”", "-"])
def test_a_query_of_signs_finds_nothing(town: View, text: str) -> None:
    ranked = Ranking(town, Filters()).ranked(text, offset=0, limit=10)

    assert ranked is None or ranked.total == 0


def test_a_word_of_two_letters_is_found(view: Make) -> None:
    rows = [Searchable("it", main=("กองแผนและ IT",)), Searchable("other", main=("กองช่าง ita",))]

    assert numbers(view(rows), "IT") == ["it"]


def test_tone_marks_are_left_out_of_account_only_when_nothing_is_found(view: Make) -> None:
    made = view([Searchable("water", main=("ปิดน้ำ",)), Searchable("forest", main=("รักป่า",))])
    ranked = Ranking(made, Filters()).ranked("น่ำ", offset=0, limit=10)

    assert ranked is not None
    assert ranked.is_second_chance
    assert [row.number for row in ranked.rows] == ["water"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(), ["a", "b", "c"]),
        (Filters(section="news"), ["a", "b"]),
        (Filters(section="jobs"), ["a"]),
        (Filters(year=2570), ["b", "c"]),
        (Filters(units=("clerk",), kind="news"), ["a"]),
        (Filters(section="news", year=2569), ["a"]),
        (Filters(year=-1), []),
        (Filters(kind="news' OR 1"), []),
    ],
)
def test_filters_hold_all_together(view: Make, filters: Filters, found: list[str]) -> None:
    rows = [
        Searchable("a", "ขยะ", (), (), "news", "jobs", "clerk", "news", 2569),
        Searchable("b", "ขยะ", (), (), "news", "news", "clerk", "law", 2570),
        Searchable("c", "ขยะ", (), (), "laws", "laws", "works", "news", 2570),
    ]

    assert sorted(numbers(view(rows), "ขยะ", filters)) == found


def test_hidden_numbers_are_neither_shown_nor_counted(view: Make) -> None:
    made = view([Searchable(f"n{n}", "ขยะมูลฝอย") for n in range(3)])
    ranked = Ranking(made, Filters(), hidden=["n1"]).ranked("ขยะ", offset=0, limit=10)

    assert ranked is not None
    assert (ranked.total, {row.number for row in ranked.rows}) == (2, {"n0", "n2"})


def test_facets_count_the_values_of_what_was_found(view: Make) -> None:
    rows = [
        Searchable("a", "ขยะ", top_section="news", kind="news", fiscal_year=2569),
        Searchable("b", "ขยะ", top_section="news", kind="law"),
        Searchable("c", "ถนน", top_section="laws", kind="law", fiscal_year=2569),
    ]
    ranking = Ranking(view(rows), Filters())
    ranked = ranking.ranked("ขยะ", offset=0, limit=10)

    assert ranked is not None
    assert ranking.facets(ranked.query) == {
        "top_section": {"news": 2},
        "section": {},
        "unit_code": {},
        "kind": {"news": 1, "law": 1},
        "fiscal_year": {2569: 1},
    }
