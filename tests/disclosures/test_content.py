"""A content and its JSON are two forms of one thing, and its hash tells it from every other."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from prongsai.disclosures.content import Content, ContentFile, Official, Signatory, content_hash
from tests.disclosures.factories import content

FILE = ContentFile("main", "ประกาศ", "a.pdf", "application/pdf", 10, 2, "0" * 64, "id-1")
FULL = replace(
    content("service"),
    official=Official(
        number="ตง 52008/306",
        typed_date=date(2026, 4, 17),
        signed_date=date(2026, 4, 26),
        signatories=(Signatory("นายสมชาย ใจดี", "นายกเทศมนตรี", ""),),
    ),
    files=(FILE,),
    obligations=("oic-s7", "ita-o1"),
    review_date=date(2027, 1, 1),
    minimum_posting_days=15,
)


@pytest.mark.parametrize("whole", [FULL, Content(kind="news", section="", unit="")])
def test_json_and_back_is_the_same_content(whole: Content) -> None:
    assert Content.from_json(json.loads(json.dumps(whole.to_json()))) == whole


def test_keys_from_before_they_existed_take_their_default() -> None:
    old = {"kind": "news", "section": "news", "unit": "plan", "forgotten": 1}
    assert Content.from_json(old) == Content(kind="news", section="news", unit="plan")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "อื่น"},
        {"body": "<p>อื่น</p>"},
        {"files": (replace(FILE, sha256="1" * 64),)},
        {"details": {"who": "อื่น"}},
        {"expires_date": date(2028, 1, 1)},
        {"official": Official()},
        {"obligations": ()},
    ],
)
def test_any_change_changes_the_hash(change: dict[str, Any]) -> None:
    changed = replace(FULL, **change)
    assert content_hash(changed.to_json()) != content_hash(FULL.to_json())


def test_the_order_of_keys_does_not_change_the_hash() -> None:
    document = FULL.to_json()
    assert content_hash(dict(reversed(document.items()))) == content_hash(document)


def test_an_empty_detail_is_no_detail() -> None:
    assert "fee" not in replace(FULL, details={"who": "ทุกคน", "fee": ""}).to_json()["details"]
