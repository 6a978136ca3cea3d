from tests.portal.visitor import Visitor
from tests.record.factories import corrected, file, published, recalled, withdrawn

SITE = "https://www.tangjai.example"


def test_a_disclosure_is_its_edition_with_its_place_in_the_log(citizen: Visitor) -> None:
    paper = file()
    entry = published(title="ประกาศ", files=[paper])
    content = citizen.get(f"/api/v1/disclosures/{entry.number}").json

    assert (content["title"], content["state"]) == ("ประกาศ", "current")
    assert content["log"] == {
        "seq": entry.seq,
        "leaf_hash": entry.leaf_hash,
        "edition_hash": entry.edition_id,
    }
    assert content["files"][0]["sha256"] == paper["sha256"]
    assert content["files"][0]["url"] == f"{SITE}/files/{paper['sha256']}/main.pdf"


def test_the_salt_is_not_in_the_api(citizen: Visitor) -> None:
    entry = published()

    assert "salt" not in citizen.get(f"/api/v1/disclosures/{entry.number}").json


def test_a_recalled_disclosure_answers_410_without_its_data(citizen: Visitor) -> None:
    entry = published(title="รายชื่อผู้ป่วย")
    recalled(entry.number)
    answer = citizen.get(f"/api/v1/disclosures/{entry.number}")

    assert (answer.status, answer.json["state"], answer.json["reason"]) == (
        410,
        "recalled",
        "personal_data",
    )
    assert "ผู้ป่วย" not in answer.text


def test_a_withdrawn_disclosure_says_so(citizen: Visitor) -> None:
    entry = published()
    withdrawn(entry.number)

    assert citizen.get(f"/api/v1/disclosures/{entry.number}").json["state"] == "withdrawn"


def test_an_unknown_disclosure_is_not_found(citizen: Visitor) -> None:
    answer = citizen.get("/api/v1/disclosures/2569-99999")

    assert (answer.status, answer.json["error"]) == (404, "not_found")


def test_disclosures_are_listed_by_section_and_filter(citizen: Visitor) -> None:
    news = published()
    published(section={"top": "laws", "slug": "laws"})
    everything = citizen.get("/api/v1/disclosures").json
    chosen = citizen.get("/api/v1/disclosures?section=news&year=2570").json

    assert (everything["total"], chosen["total"]) == (2, 1)
    assert chosen["disclosures"][0]["number"] == news.number
    assert chosen["disclosures"][0]["url"] == f"{SITE}/p/{news.number}/"


def test_entries_can_be_followed_from_where_one_stopped(citizen: Visitor) -> None:
    first = published()
    second = corrected(first.number)
    answer = citizen.get("/api/v1/entries?from=1").json

    assert answer["size"] == 2
    assert [(each["seq"], each["action"], each["leaf_hash"]) for each in answer["entries"]] == [
        (1, "corrected", second.leaf_hash)
    ]


def test_odd_numbers_do_no_harm(citizen: Visitor) -> None:
    published()

    assert len(citizen.get("/api/v1/entries?from=-1&limit=๕").json["entries"]) == 1
    assert citizen.get("/api/v1/entries?from=99999999999999999999").json["size"] == 1


def test_the_nine_sections_are_listed(citizen: Visitor) -> None:
    rows = citizen.get("/api/v1/sections").json["sections"]

    assert [row["slug"] for row in rows] == (
        ["basic", "laws", "procurement", "news", "services", "forms", "links", "knowledge", "other"]
    )
    assert rows[3]["url"] == f"{SITE}/sections/news/"
