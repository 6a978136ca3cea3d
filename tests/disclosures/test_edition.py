"""What a revision becomes in the record: names of today, no office keys, nothing unclean."""

from dataclasses import replace
from typing import Any

import pytest

from prongsai.disclosures import actions
from prongsai.disclosures.content import Content
from prongsai.disclosures.edition import content_document, edition_content
from prongsai.disclosures.models import Revision
from prongsai.disclosures.queries import edition_document_preview
from prongsai.organisation.actors import Actor
from prongsai.record.pages import edition_page
from tests.disclosures.factories import content, disclosure, stored_file
from tests.factories import NOW, actor, unit

pytestmark = pytest.mark.django_db
# The keys of the edition document that content determines; the gate adds the others.
KEYS = {
    *("language", "kind", "title", "title_en", "summary", "body", "section", "unit", "official"),
    *("fiscal_year", "period", "source", "as_of_date", "details", "files", "obligations"),
    *("review_date", "expires_date", "minimum_posting_days"),
}


@pytest.fixture(autouse=True)
def shelves() -> None:
    actions.load_sections(by=Actor.system("test"), at=NOW)


def revision(kind: str = "procurement", **changes: Any) -> Revision:
    latest = disclosure(kind, **changes).latest
    assert latest is not None
    return latest


def test_it_has_exactly_the_keys_that_content_determines() -> None:
    assert set(edition_content(revision())) == KEYS


def test_section_and_unit_are_named_as_today() -> None:
    unit("plan", name_th="กองวิชาการและแผนงาน", phone="075-218017")
    document = edition_content(revision(section="winners"))
    assert document["section"] == {
        "top": "procurement",
        "slug": "winners",
        "title_th": "ประกาศผู้ชนะการเสนอราคา",
        "title_en": "Awards",
    }
    assert document["unit"] == {
        "code": "plan",
        "name_th": "กองวิชาการและแผนงาน",
        "name_en": "",
        "phone": "075-218017",
        "email": "",
    }


def test_details_carry_labels_and_values_in_the_order_of_the_kind() -> None:
    details = {"reference_price": "99.00", "stage": "winner", "contract_date": "2026-11-01"}
    rows = edition_content(revision(details=details))["details"]
    assert [(row["key"], row["type"], row["value"]) for row in rows] == [
        ("stage", "text", "ประกาศผู้ชนะการเสนอราคา"),
        ("reference_price", "money", "99.00"),
        ("contract_date", "date", "2026-11-01"),
    ]
    assert rows[0]["value_en"] == "Award"


def test_a_count_is_a_number() -> None:
    details = {"frequency": "yearly", "licence": "dga-open", "rows": "1200"}
    rows = {
        row["key"]: row["value"]
        for row in edition_content(revision("dataset", details=details))["details"]
    }
    assert rows["rows"] == 1200


def test_files_have_a_purpose_and_no_key_of_the_office() -> None:
    work = disclosure("procurement")
    file = stored_file(name="tor.pdf")
    actions.attach(disclosure=work, file=file, slot="tor", label="ร่าง", by=actor(), at=NOW)
    assert work.latest is not None
    assert edition_content(work.latest)["files"] == [
        {
            "slot": "tor",
            "label": "ร่าง",
            "name": "tor.pdf",
            "media_type": "application/pdf",
            "size": file.size,
            "pages": 1,
            "sha256": file.sha256,
            "purpose": "ขอบเขตของงาน (TOR)",
        }
    ]


def test_the_body_is_cleaned_once_more() -> None:
    """A revision that was written past `save` cannot bring a script into the record."""
    sly = replace(
        content(),
        body='<p>ก</p><script>x</script><img src="/files/' + "b" * 64 + '/x.png" alt="x">',
    )
    assert content_document(sly)["body"] == "<p>ก</p>"


def test_the_preview_is_readable_by_the_page_of_the_portal() -> None:
    page = edition_page(edition_document_preview(content("service")))
    assert (page.title, page.number, page.section.top) == ("ประกาศทดสอบ", "", "services")
    assert [detail.key for detail in page.details][:2] == ["who", "steps"]


def test_an_unfinished_content_can_be_previewed() -> None:
    page = edition_page(edition_document_preview(Content(kind="news", section="gone", unit="gone")))
    assert (page.title, page.section.slug, page.unit.code) == ("", "gone", "gone")
