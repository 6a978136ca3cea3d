"""Every package of the portal passes lib-cove, by which the standard's publishers are reviewed."""

from collections.abc import Mapping
from typing import Any

import pytest

from prongsai.disclosures.tables.public import table_document
from prongsai.disclosures.tables.table import Row, Table
from tests.disclosures.test_tables import FORMS, example
from tests.portal.ocds_cove import findings
from tests.portal.ocds_shape import faults
from tests.portal.visitor import Visitor
from tests.record.factories import corrected, published, recalled, withdrawn

PROCUREMENT = [form.key for form in FORMS if form.kind == "procurement"]
EGP = "69019000001"
STAGES_TOLD = {"planning", "tender", "award", "contract", "compiled"}


def rows_of(form: str) -> tuple[Row, ...]:
    """The form's example, the same of another process, one row without what may be left out, and one cancelled."""
    full = dict(example(form))
    other = full | ({"egp_number": "69019000002"} if "egp_number" in full else {})
    bare = {name: full[name] for name in ("work", "method", "winner") if name in full}
    return (full, other, bare, full | {"status": "cancelled", "egp_number": "69019000003"})


def edition(form: str, *rows: Row, nothing: bool = False) -> dict[str, Any]:
    table = Table(form, rows, nothing, 2569, "ตุลาคม 2568")
    return {"kind": "procurement", "table": table_document(table)}


def a_year_of_buying() -> list[str]:
    """What is in use of each form, and beside it what has come and gone."""
    numbers = [published(**edition(form, *rows_of(form))).number for form in PROCUREMENT]
    for number, form in zip(numbers[:3], PROCUREMENT, strict=False):
        corrected(number, **edition(form, *rows_of(form)[:2]))
    published(**edition("skr1", nothing=True))
    withdrawn(published(**edition("skr1", *rows_of("skr1"))).number)
    recalled(published(**edition("winners", *rows_of("winners"))).number)
    return numbers


def told(package: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    records = package.get("records", ())
    each = [release for record in records for release in record["releases"]]
    return [*package.get("releases", ()), *each, *(record["compiledRelease"] for record in records)]


def test_every_package_passes_the_review_of_the_standard(citizen: Visitor) -> None:
    numbers = a_year_of_buying()
    addresses = [f"/p/{number}/ocds.json" for number in numbers]
    addresses += ["/open-data/procurement/ocds.json", "/open-data/procurement/records.json"]
    packages = [citizen.get(address).json for address in addresses]
    releases = [release for package in packages for release in told(package)]

    assert {tag for release in releases for tag in release["tag"]} == STAGES_TOLD
    assert [findings(package) for package in packages] == [{}] * len(addresses)
    assert [found for release in releases for found in faults(release)] == []


def test_two_winners_of_one_process_keep_their_own_prices(citizen: Visitor) -> None:
    first = dict(example("winners"))
    second = first | {"winner": "บริษัท ตัวอย่างสะพาน จำกัด", "offered_price": "310000.00"}
    signed = dict(example("contracts")) | {"winner": first["winner"], "egp_number": EGP}
    published(**edition("winners", *(row | {"egp_number": EGP} for row in (first, second))))
    published(**edition("contracts", signed))
    records = citizen.get("/open-data/procurement/records.json").json
    (whole,) = [record["compiledRelease"] for record in records["records"]]

    assert [each["suppliers"][0]["name"] for each in whole["awards"]] == [
        first["winner"],
        second["winner"],
    ]
    assert [each["value"]["amount"] for each in whole["awards"]][1] == 310000
    assert whole["contracts"][0]["awardID"] == whole["awards"][0]["id"]
    assert (findings(records), faults(whole)) == ({}, [])


def break_it(release: dict[str, Any], name: str, value: Any) -> None:
    *way, last = name.split(".")
    for step in way:
        release = release[step]
    release[last] = value


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("ราคากลาง", 1, "additional_fields"),
        ("tag", ["ตกลง"], "additional_closed_codelist_values"),
        ("tender.procurementMethod", "specific", "additional_closed_codelist_values"),
        ("tender.title", " ", "additional_checks"),
        ("date", "2569", "validation_errors"),
        ("ocid", "1", "conformance_errors"),
        ("parties", [{"name": "ผู้ขาย"}, {"name": "ผู้ขาย"}], "structure_warnings"),
    ],
)
def test_what_is_wrong_does_not_pass(citizen: Visitor, name: str, value: Any, found: str) -> None:
    published(**edition("winners", example("winners")))
    package = citizen.get("/open-data/procurement/ocds.json").json
    break_it(package["releases"][0], name, value)

    assert found in findings(package)
