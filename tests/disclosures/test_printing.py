"""A body as an official paper: read in its order, and never beside a body that says otherwise."""

from typing import Any

import pytest

from prongsai.disclosures.actions import print_body
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.printing import body_blocks
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.tables.slots import BODY_SLOT
from prongsai.letters.documents import Block, Table
from tests.disclosures.factories import disclosure, save_changes
from tests.factories import NOW, actor
from tests.publication.conftest import shelves  # noqa: F401 -- a fixture, used by name

pytestmark = pytest.mark.django_db
BODY = "<h2>ผล</h2><p>ทำแล้ว</p>"


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", ()),
        (
            "<h2>ก</h2><h3>ข</h3><p>ค <strong>ง</strong></p>",
            (Block("heading", "ก"), Block("subheading", "ข"), Block("paragraph", "ค ง")),
        ),
        ("<ul><li>หนึ่ง</li><li>สอง</li></ul>", (Block("bullet", "หนึ่ง"), Block("bullet", "สอง"))),
        ("<blockquote><p>อ้าง</p></blockquote>ลอย", (Block("paragraph", "อ้าง"), Block("paragraph", "ลอย"))),
        ('<p>ดู<a href="https://a.example/">ที่นี่</a></p>', (Block("paragraph", "ดูที่นี่ (https://a.example/)"),)),
        (
            "<p>ก</p><table><tr><th>หัว</th><th>ข้อ</th></tr><tr><td><p>หนึ่ง</p></td></tr></table><p>ข</p>",
            (
                Block("paragraph", "ก"),
                Block("table", table=Table(("หัว", "ข้อ"), (("หนึ่ง", ""),))),
                Block("paragraph", "ข"),
            ),
        ),
        ("<table></table>", ()),
        (
            '<figure><img src="/files/x/y.png" alt="ผัง"><figcaption>รูป</figcaption></figure>',
            (Block("paragraph", "[ผัง]"), Block("paragraph", "รูป")),
        ),
    ],
)  # fmt: skip
def test_blocks_stand_in_the_order_of_reading(html: str, blocks: tuple[Block, ...]) -> None:
    assert body_blocks(html) == blocks


def slots(work: Disclosure) -> list[str]:
    work.refresh_from_db()
    assert work.latest is not None
    return [each["slot"] for each in work.latest.content["files"]]


def printed(**changes: Any) -> Disclosure:
    work = disclosure(by=actor(), body=BODY, **changes)
    print_body(disclosure=work, by=actor(), at=NOW)
    return work


def test_the_paper_is_a_file_of_the_work() -> None:
    work = printed()
    (attachment,) = work.attachments.present()
    assert (attachment.slot, attachment.file.media_type) == (BODY_SLOT, "application/pdf")
    assert slots(work) == [BODY_SLOT]


def test_making_it_again_of_the_same_text_changes_nothing() -> None:
    work = printed()
    before = work.revisions.count()
    print_body(disclosure=work, by=actor(), at=NOW)
    assert work.revisions.count() == before


def test_a_text_that_changes_loses_its_paper_and_anything_else_keeps_it() -> None:
    work = printed()
    save_changes(work, by=actor(), summary="สรุปใหม่")
    assert slots(work) == [BODY_SLOT]
    save_changes(work, by=actor(), body=f"{BODY}<p>เพิ่ม</p>")
    assert slots(work) == []


def test_without_a_text_there_is_nothing_to_print() -> None:
    work = disclosure(by=actor(), body="")
    with pytest.raises(CannotSave, match="ยังไม่มีเนื้อหา"):
        print_body(disclosure=work, by=actor(), at=NOW)
