"""An approval is bound to every single field that the public will read, and to nothing else."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from prongsai.approval.queries import public_hash
from prongsai.disclosures import actions
from prongsai.disclosures.content import (
    Content,
    ContentFile,
    Official,
    Signatory,
    Statement,
    Withheld,
)
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.tables.table import Table
from prongsai.organisation.actors import Actor
from tests.disclosures.factories import content
from tests.factories import NOW, unit

pytestmark = pytest.mark.django_db(databases=["default", "record"])
SIGNATORY = Signatory("นายสมชาย ใจดี", "นายกเทศมนตรี", "รักษาราชการแทน 745/2569")
OFFICIAL = Official(
    number="ตง 52008/306",
    typed_date=date(2026, 4, 17),
    signed_date=date(2026, 4, 26),
    in_force_date=date(2026, 5, 1),
    signatories=(SIGNATORY,),
)
FILE = ContentFile(
    slot="main",
    label="ประกาศ",
    name="a.pdf",
    media_type="application/pdf",
    size=10,
    pages=2,
    sha256="0" * 64,
    file_id="1f0c7f4e-0000-4000-8000-000000000001",
)
WITHHELD = Withheld(
    ref="0" * 32,
    extent="table",
    part="เลขประจำตัวของผู้รับเงิน",
    ground="oia-15-5",
    reason="รุกล้ำสิทธิส่วนบุคคล",
    post="นิติกรชำนาญการ",
    acting="",
    decided_date=date(2026, 11, 23),
)
FULL = content(
    "service",
    title_en="Notice",
    period="ไตรมาส 1",
    official=OFFICIAL,
    files=(FILE,),
    obligations=("oia-7-1", "fac-7"),
    review_date=date(2027, 1, 1),
    expires_date=date(2028, 1, 1),
    minimum_posting_days=15,
    withheld=(WITHHELD,),
)
ANOTHER_DAY = date(2029, 2, 28)
# Another value for each field of the content; `kind` also changes what its details are called.
CHANGES: Mapping[str, Any] = {
    "kind": "form",
    "section": "forms",
    "unit": "academic",
    "title": "ประกาศทดสอบ ",
    "title_en": "notice",
    "summary": "สรุปเรื่องสั้นๆ",
    "body": "<p>เนื้อหาของเรื่อง.</p>",
    "official": Official(),
    "fiscal_year": 2570,
    "period": "ไตรมาส 2",
    "source": "",
    "as_of_date": None,
    "details": {"who": "ทุกคน"},
    "files": (),
    "obligations": ("fac-7",),
    "review_date": ANOTHER_DAY,
    "expires_date": ANOTHER_DAY,
    "minimum_posting_days": None,
    "withheld": (),
    "table": Table("monthly-procurement"),
    "statement": Statement("not_applicable"),
}
STATEMENT_CHANGES = {"says": "not_applicable", "about_number": "2569-00002", "about_version": 2}
WITHHELD_CHANGES: Mapping[str, Any] = {
    "ref": "1" * 32,
    "extent": "words",
    "part": "ที่อยู่ของผู้รับเงิน",
    "ground": "oia-15-2",
    "reason": "อื่น",
    "post": "ปลัดเทศบาล",
    "acting": "รักษาราชการแทน",
    "decided_date": ANOTHER_DAY,
    "review_date": ANOTHER_DAY,
}
OFFICIAL_CHANGES: Mapping[str, Any] = {
    "number": "ตง ๕๒๐๐๘/๓๐๖",
    "typed_date": ANOTHER_DAY,
    "signed_date": None,
    "in_force_date": ANOTHER_DAY,
    "signatories": (SIGNATORY, SIGNATORY),
}
SIGNATORY_CHANGES = {"name": "นายสมชาย  ใจดี", "post": "ปลัดเทศบาล", "acting": ""}
FILE_CHANGES: Mapping[str, Any] = {
    "slot": "attachment-1",
    "label": "",
    "name": "b.pdf",
    "media_type": "text/plain",
    "size": 11,
    "pages": None,
    "sha256": "1" * 64,
    "text_sha256": "2" * 64,
}
# The stored file's key in the office: the bytes are promised by their hash, wherever they lie.
NOT_PUBLIC = {"file_id": "1f0c7f4e-0000-4000-8000-000000000002"}


@pytest.fixture(autouse=True)
def shelves() -> None:
    actions.load_sections(by=Actor.system("test"), at=NOW)
    unit("plan")
    unit("academic")


def hashed(whole: Content) -> str:
    """The hash that approvers would be bound to, had an officer saved this."""
    disclosure = Disclosure(kind=whole.kind)
    return public_hash(Revision(disclosure=disclosure, content=whole.to_json()))


@pytest.mark.parametrize(
    ("form", "changes"),
    [
        (Content, CHANGES),
        (Official, OFFICIAL_CHANGES),
        (Signatory, SIGNATORY_CHANGES),
        (ContentFile, {**FILE_CHANGES, **NOT_PUBLIC}),
        (Withheld, WITHHELD_CHANGES),
        (Statement, STATEMENT_CHANGES),
    ],
)
def test_no_field_is_left_out_of_these_tables(form: Any, changes: Mapping[str, Any]) -> None:
    assert {field.name for field in fields(form)} == set(changes)


@pytest.mark.parametrize("name", CHANGES)
def test_another_value_of_any_field_is_another_content(name: str) -> None:
    changed = replace(FULL, **{name: CHANGES[name]})
    assert hashed(changed) != hashed(FULL)


@pytest.mark.parametrize("name", OFFICIAL_CHANGES)
def test_another_value_at_the_head_of_the_document_is_another_content(name: str) -> None:
    official = replace(OFFICIAL, **{name: OFFICIAL_CHANGES[name]})
    assert hashed(replace(FULL, official=official)) != hashed(FULL)


@pytest.mark.parametrize("name", SIGNATORY_CHANGES)
def test_another_word_of_a_signatory_is_another_content(name: str) -> None:
    signatory = replace(SIGNATORY, **{name: SIGNATORY_CHANGES[name]})
    official = replace(OFFICIAL, signatories=(signatory,))
    assert hashed(replace(FULL, official=official)) != hashed(FULL)


@pytest.mark.parametrize("name", FILE_CHANGES)
def test_another_value_of_a_file_is_another_content(name: str) -> None:
    changed = replace(FULL, files=(replace(FILE, **{name: FILE_CHANGES[name]}),))
    assert hashed(changed) != hashed(FULL)


@pytest.mark.parametrize("name", WITHHELD_CHANGES)
def test_another_value_of_a_withheld_part_is_another_content(name: str) -> None:
    changed = replace(FULL, withheld=(replace(WITHHELD, **{name: WITHHELD_CHANGES[name]}),))
    assert hashed(changed) != hashed(FULL)


@pytest.mark.parametrize("name", STATEMENT_CHANGES)
def test_another_word_of_a_statement_is_another_content(name: str) -> None:
    said = Statement("reviewed_no_change", "2569-00001", 1)
    changed = replace(said, **{name: STATEMENT_CHANGES[name]})
    assert hashed(replace(FULL, statement=changed)) != hashed(replace(FULL, statement=said))


@pytest.mark.parametrize("name", FULL.details)
def test_another_word_of_any_detail_is_another_content(name: str) -> None:
    changed = replace(FULL, details={**FULL.details, name: "อีกคำหนึ่ง"})
    assert hashed(changed) != hashed(FULL)


def test_where_the_office_keeps_a_file_is_no_part_of_what_is_approved() -> None:
    elsewhere = replace(FULL, files=(replace(FILE, **NOT_PUBLIC),))
    assert hashed(elsewhere) == hashed(FULL)


def test_the_order_of_what_the_public_reads_is_approved_too() -> None:
    files = (FILE, replace(FILE, slot="attachment-1"))
    whole = replace(FULL, files=files)
    duties = replace(whole, obligations=tuple(reversed(whole.obligations)))
    turned = replace(whole, files=tuple(reversed(files)))
    assert len({hashed(whole), hashed(duties), hashed(turned)}) == 3


def test_a_text_that_moves_from_one_field_to_the_next_is_another_content() -> None:
    words = ["title", "title_en", "summary", "period", "source"]
    moved = {hashed(replace(FULL, **{**dict.fromkeys(words, ""), name: "คำ"})) for name in words}
    assert len(moved) == len(words)
