"""Procurement goes out as OCDS: of every form a release a row, and never a number of a person."""

import json
from typing import Any

import pytest

from prongsai.disclosures.tables.public import table_document
from prongsai.disclosures.tables.table import Row, Table
from prongsai.portal.ocds.mapping import STAGES, Buyer, Source, releases
from tests.disclosures.test_tables import FORMS, PERSON, example
from tests.portal.ocds_shape import faults, package_faults
from tests.portal.visitor import Visitor
from tests.record.factories import corrected, published, recalled, withdrawn

BUYER = Buyer("demo", "เทศบาลนครตั้งใจ", "ocds-abc123", "https://www.tangjai.example")
PROCUREMENT = [form.key for form in FORMS if form.kind == "procurement"]


def document(key: str, *rows: Row, nothing: bool = False) -> dict[str, Any]:
    shown = () if nothing else rows or (example(key),)
    return table_document(Table(key, shown, nothing, 2569, "ตุลาคม 2568"))


def source(key: str, *rows: Row) -> Source:
    at = "2025-11-05T03:00:00+00:00"
    edition = {"title": "ทดสอบ", "published_at": at, "table": document(key, *rows)}
    return Source("2569-00001", 2, edition)


def release(key: str, **changes: str) -> dict[str, Any]:
    return next(releases(source(key, {**example(key), **changes}), BUYER))


def test_each_form_of_procurement_is_mapped() -> None:
    assert set(STAGES) == set(PROCUREMENT)


@pytest.mark.parametrize("key", PROCUREMENT)
def test_a_release_has_the_shape_of_the_standard(key: str) -> None:
    assert faults(release(key)) == []
    # With nothing but what the form requires.
    bare = {name: cell for name, cell in example(key).items() if name in ("work", "method")}
    assert faults(next(releases(source(key, bare), BUYER))) == []


def test_a_name_that_the_standard_does_not_know_is_a_fault() -> None:
    said = release("skr1")
    said["tender"]["ราคากลาง"] = 1
    assert "ราคากลาง" in " ".join(faults(said))


def test_a_row_of_the_month_tells_the_whole_process() -> None:
    said = release("skr1")

    assert (said["ocid"], said["id"]) == (
        "ocds-abc123-2569-00001-1",
        "2569-00001-1-2569-00001-v2-1",
    )
    assert said["date"] == "2025-11-05T10:00:00+07:00"
    assert said["tag"] == ["tender", "award", "contract"]
    assert said["planning"]["budget"]["amount"] == {"amount": 480000, "currency": "THB"}
    assert said["tender"]["procurementMethod"] == "direct"
    assert said["tender"]["procurementMethodDetails"] == "เฉพาะเจาะจง"
    assert said["awards"][0]["value"]["amount"] == 470000
    assert said["contracts"][0]["dateSigned"] == "2025-10-15T00:00:00+07:00"


@pytest.mark.parametrize("key", ["invitations", "winners", "contracts"])
def test_the_number_of_the_state_joins_what_is_said_of_one_process(key: str) -> None:
    assert release(key, egp_number="69019000001")["ocid"] == "ocds-abc123-egp-69019000001"


def test_what_was_cancelled_has_no_award() -> None:
    said = release("ita-procurement", status="cancelled")

    assert (said["tender"]["status"], "awards" in said, said["tag"]) == (
        "cancelled",
        False,
        ["tender"],
    )


def test_satang_are_kept_and_whole_baht_are_whole() -> None:
    assert release("skr1", agreed_price="470000.25")["awards"][0]["value"]["amount"] == 470000.25


def test_a_natural_person_is_known_by_their_name_alone() -> None:
    said = release("quarterly-winners", tax_id="x-xxxx-xxxxx-12-1", winner="นายตัวอย่าง ใจดี")
    text = json.dumps(said, ensure_ascii=False)

    assert "xxxx" not in text
    assert PERSON not in text
    assert "identifier" not in said["parties"][1]
    assert release("quarterly-winners")["parties"][1]["identifier"]["id"] == "0123456789016"


def test_the_packages_hold_what_is_in_use_and_nothing_else(citizen: Visitor) -> None:
    first = published(kind="procurement", table=document("invitations"))
    published(kind="procurement", table=document("winners"))
    published(kind="procurement", table=document("skr1", nothing=True))
    published(kind="procurement")
    published(kind="information", table=document("budget-plan"))
    gone = published(kind="procurement", table=document("skr1"))
    withdrawn(gone.number)
    corrected(first.number, kind="procurement", table=document("invitations"))
    packed = citizen.get("/open-data/procurement/ocds.json").json
    records = citizen.get("/open-data/procurement/records.json").json

    assert [each["tag"] for each in packed["releases"]] == [["tender"], ["tender", "award"]]
    assert package_faults(packed) == []
    assert [(each["ocid"], len(each["releases"])) for each in records["records"]] == [
        ("ocds-unregistered-egp-69019000001", 2)
    ]
    (record,) = records["records"]
    whole = record["compiledRelease"]
    assert (faults(whole), whole["tag"], len(whole["awards"])) == ([], ["compiled"], 1)
    assert whole["tender"]["documents"] != record["releases"][0]["tender"]["documents"]


def test_an_item_has_its_own_package_until_it_is_recalled(citizen: Visitor) -> None:
    number = published(kind="procurement", table=document("skr1")).number
    plain = published(kind="procurement").number
    address = f"/p/{number}/ocds.json"
    shown = citizen.get(address).json
    page = citizen.get(f"/p/{number}/").text
    recalled(number)

    assert shown["uri"] == f"https://www.tangjai.example{address}"
    assert address in page
    assert citizen.get(address).status == 410
    assert citizen.get(f"/p/{plain}/ocds.json").status == 404
    assert citizen.get("/open-data/procurement/ocds.json").status == 404
