"""A record with one of everything that a citizen may meet, in believable Thai; run as a program it fills one.

`python -m tests.portal.showcase` prints the numbers as JSON. Settings and data folder come from the environment.
"""

import json
import sys
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django must be set up first

from prongsai.discovery.index import Indexer  # noqa: E402 -- as above
from prongsai.obligations.queries import obligations  # noqa: E402 -- as above
from prongsai.record.states import Action  # noqa: E402 -- as above
from tests.record.factories import (  # noqa: E402 -- as above
    act,
    content,
    corrected,
    do,
    file,
    later,
    observed,
    part,
    withheld_part,
)

CLERK = {
    "code": "clerk",
    "name_th": "สำนักปลัดเทศบาล",
    "name_en": "Office of the Municipal Clerk",
    "phone": "0 7500 0110",
    "email": "clerk@tangjai.example",
}
WORKS = {
    "code": "works",
    "name_th": "สำนักช่าง",
    "name_en": "Engineering Bureau",
    "phone": "0 7500 0150",
    "email": "",
}
TENDER_BODY = """
<p>ด้วยเทศบาลนครตั้งใจมีความประสงค์จะประกวดราคาจ้างก่อสร้างปรับปรุงผิวจราจรถนนเทศบาล ๓ พร้อมรางระบายน้ำ
ด้วยวิธีประกวดราคาอิเล็กทรอนิกส์</p>
<h2>รายการและวงเงิน</h2>
<table><thead><tr><th scope="col">รายการ</th><th scope="col">ปริมาณ</th><th scope="col">ราคากลาง (บาท)</th></tr></thead>
<tbody><tr><td>งานผิวทางแอสฟัลติกคอนกรีต</td><td>4,200 ตร.ม.</td><td>2,940,000</td></tr>
<tr><td>งานรางระบายน้ำรูปตัวยู</td><td>680 ม.</td><td>1,870,000</td></tr></tbody></table>
<table><thead><tr><th>มกราคม 2570</th><th>กุมภาพันธ์ 2570</th><th>มีนาคม 2570</th></tr>
<tr><th>เมษายน 2570</th><th>พฤษภาคม 2570</th><th>ค่าก่อสร้างตามสัญญา</th></tr></thead>
<tbody><tr><td>ผิวทางแอสฟัลติกคอนกรีต_และ_รางระบายน้ำรูปตัวยู</td><td>680</td><td>1,870,000</td></tr></tbody></table>
<h2>กำหนดการ</h2>
<ul><li>ยื่นข้อเสนอวันที่ 14 ธันวาคม 2569 ระหว่างเวลา 09.00 ถึง 12.00 น.</li>
<li>เปิดซองวันที่ 15 ธันวาคม 2569</li></ul>
<blockquote><p>ผู้ยื่นข้อเสนอต้องไม่เป็นผู้ทิ้งงานตามบัญชีของทางราชการ</p></blockquote>
"""
SERVICE_BODY = """
<h2>เอกสารที่ต้องใช้</h2><ol><li>บัตรประจำตัวประชาชนตัวจริง</li><li>ทะเบียนบ้าน</li><li>แบบคำร้องที่กรอกแล้ว</li></ol>
<h2>ระยะเวลา</h2><p>ไม่เกิน 7 วันทำการนับแต่วันที่ได้รับเอกสารครบ ไม่มีค่าธรรมเนียม</p>
"""
PAGES = [
    {"number": 1, "text": "ประกาศเทศบาลนครตั้งใจ\nเรื่อง ประกวดราคาจ้างก่อสร้าง", "source": "text"},
    {"number": 2, "text": "เงื่อนไขการรับประกันผลงานสองปี", "source": "text"},
]
CHECKED = {"post": "เจ้าพนักงานธุรการ", "at": "2026-11-19T04:00:00+00:00"}
LINE = "เทศบาลจะปรับปรุงผิวจราจรและรางระบายน้ำตามลำดับความสำคัญที่ประชาคมเห็นชอบ"
BLOCKS = [
    {"kind": "heading", "text": "หมวด ๑ โครงการ", "level": 2},
    {"kind": "paragraph", "text": LINE},
    {"kind": "heading", "text": "1. หลักการและเหตุผล", "level": 3},
    {"kind": "list", "items": ["(๑) ถนนที่ชำรุดมาก", "(๒) ถนนหน้าโรงเรียน"]},
    {
        "kind": "table",
        "rows": [
            ["ที่", "โครงการ", "งบประมาณ (บาท)", "หน่วยงานที่รับผิดชอบ", "ตัวชี้วัด"],
            ["1", "ปรับปรุงผิวจราจรถนนเทศบาล 3", "4,900,000", "สำนักช่าง", "ผิวจราจรเรียบ 1,200 เมตร"],
        ],
        "has_head": True,
    },
    {"kind": "marker", "text": "- ๑๒ -"},
]
# A long scan: most of it read well, some not, some not at all.
SCAN: list[dict[str, Any]] = [
    {"number": number, "text": LINE, "source": "ocr", "blocks": BLOCKS, "confidence": confidence}
    for number, confidence in enumerate([0.95, 0.8, 0.5] * 15, start=1)
]
SCAN[3] = {"number": 4, "text": "", "source": "none", "blocks": []}
SIGNED = {
    "number": "ตจ 52003/ว 418",
    "typed_date": "2026-11-18",
    "signed_date": "2026-11-20",
    "in_force_date": "2026-11-23",
    "signatories": [
        {
            "name": "นายสมหมาย ใจตั้งมั่น",
            "post": "รองปลัดเทศบาล",
            "acting": "รักษาราชการแทนปลัดเทศบาล ตามคำสั่งที่ 812/2569 ลงวันที่ 1 ตุลาคม 2569",
        }
    ],
}


def section(top: str) -> dict[str, str]:
    return {"top": top, "slug": top, "title_th": "", "title_en": ""}


def fill() -> dict[str, str]:
    """One of everything; answers names and numbers, and where files are that have a text."""
    tender = _published(_tender(), {"tender": PAGES})
    note = "เลื่อนวันยื่นข้อเสนอจาก 7 เป็น 14 ธันวาคม 2569"
    corrected(tender, **_tender(change={"significance": "major", "note": note}))
    simple = {name: _published(document) for name, document in _simple_documents().items()}
    do(Action.WITHDRAWN, simple["withdrawn"], act(explanation="มีประกาศฉบับปี 2570 ใช้แทนแล้ว"))
    do(Action.RECALLED, simple["recalled"], act(explanation="เอกสารแนบมีเลขประจำตัวประชาชน"))
    do(Action.EXPIRED, simple["expired"], act(explanation=""))
    do(Action.CONSOLIDATED, simple["consolidated"], act(redirect_number=simple["service"]))
    scan = file(b"%PDF-1.7 scan", label="แผนพัฒนาท้องถิ่น (สแกน)", name="แผน.pdf", pages=45)
    letter = file(b"%PDF-1.7 letter", slot="letter", label="หนังสือแจ้ง", name="หนังสือ.pdf")
    checked = [{**page, "checked": CHECKED, "blocks": BLOCKS} for page in PAGES]
    do(
        Action.PUBLISHED, None, content(title="แผนพัฒนาท้องถิ่นฉบับสแกน", unit=CLERK, files=[scan, letter]),
        at=later(), file_texts={scan["sha256"]: SCAN, letter["sha256"]: checked},
    )  # fmt: skip
    for number in range(24):
        _published(content(title=f"เทศบาลแจ้งกำหนดการเก็บขนกิ่งไม้ รอบที่ {number + 1}"))
    _observe(simple["service"], tender)
    papers = {"file": _tender()["files"][0], "scan": scan, "letter": letter}
    return {"tender": tender, **{name: _path(paper) for name, paper in papers.items()}, **simple}


def _observe(service: str, tender: str) -> None:
    """Each result that a duty can come to, with what failed and what shows it."""
    shown = [{"number": service, "version": 1}, {"number": tender, "version": 1}]
    wrong = [{"check": "format", "number": "", "about": "xlsx"}]
    late = [{"check": "bound", "number": "", "about": ""}]
    observed("ita-oit-2569-o1", "incomplete", part("incomplete", failed=wrong, evidence=shown))
    months = [
        part("met", key="m10", evidence=shown[:1]),
        part("missing", key="m11", due="2025-12-15", failed=late, passed=[]),
    ]
    observed("ita-oit-2569-o11", "missing", *months, due_date=date(2025, 12, 15))
    for place, result in enumerate(("met", "not_applicable", "not_due", "stale", "broken"), 2):
        observed(f"ita-oit-2569-o{place}", result)
    observed("oia-7-1", "met", part(evidence=shown[:1]))


def _path(paper: Mapping[str, Any]) -> str:
    return f"/files/{paper['sha256']}/{quote(paper['name'])}/"


def _published(document: Mapping[str, Any], texts: Mapping[str, Any] | None = None) -> str:
    by_hash = {each["sha256"]: (texts or {}).get("tender", []) for each in document["files"]}
    return do(Action.PUBLISHED, None, document, at=later(), file_texts=by_hash).number


def _tender(**changes: Any) -> dict[str, Any]:
    details = [
        {
            "key": "method",
            "label_th": "วิธีจัดหา",
            "label_en": "Method",
            "value": "ประกวดราคาอิเล็กทรอนิกส์ (e-bidding)",
            "type": "text",
        },
        {
            "key": "budget",
            "label_th": "วงเงินงบประมาณ",
            "label_en": "Budget",
            "value": "4900000",
            "type": "money",
        },
        {
            "key": "closing",
            "label_th": "วันยื่นข้อเสนอ",
            "label_en": "Closing date",
            "value": "2026-12-14",
            "type": "date",
        },
        {
            "key": "system",
            "label_th": "ระบบจัดซื้อ",
            "label_en": "System",
            "value": "https://procurement.example/th",
            "type": "url",
        },
    ]
    document = content(
        withheld=[withheld_part()],
        kind="procurement",
        section=section("procurement"),
        title="ประกวดราคาจ้างก่อสร้างปรับปรุงผิวจราจรถนนเทศบาล 3 พร้อมรางระบายน้ำ",
        title_en="Tender: resurfacing of Thetsaban 3 Road with drains",
        summary="วงเงิน 4.9 ล้านบาท ยื่นข้อเสนอทางระบบอิเล็กทรอนิกส์ ประกาศนี้แนบขอบเขตงานและราคากลาง",
        body=TENDER_BODY,
        unit=WORKS,
        official=SIGNED,
        period="ไตรมาสที่ 1",
        details=details,
        files=[
            file(
                b"%PDF-1.7 tender" + b"0" * 900_000,
                label="ประกาศประกวดราคา (ฉบับลงนาม)",
                name="ประกาศประกวดราคา ถนนเทศบาล 3.pdf",
                pages=12,
            ),
            file(
                b"PK sheet" + b"1" * 44_000,
                slot="prices",
                label="ตารางราคากลาง",
                name="ราคากลาง.xlsx",
                media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                pages=None,
            ),
        ],
        obligations=[each.key for each in obligations()[:2]],
    )
    return document | changes


def _simple_documents() -> dict[str, dict[str, Any]]:
    return {
        "law": content(
            kind="law",
            section=section("laws"),
            unit=CLERK,
            official=SIGNED,
            title="ประกาศมาตรการในการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของเทศบาลนครตั้งใจ",
            summary="กำหนดข้อมูลที่ต้องเผยแพร่เก้าหมวด ผู้รับผิดชอบ และขั้นตอนการอนุมัติ",
        ),
        "service": content(
            kind="service",
            section=section("services"),
            unit=CLERK,
            title="ขั้นตอนการขอรับเบี้ยยังชีพผู้สูงอายุ",
            body=SERVICE_BODY,
            title_en="How to apply for the old-age allowance",
        ),
        "form": content(
            kind="form",
            section=section("forms"),
            unit=CLERK,
            title="แบบคำร้องขอข้อมูลข่าวสารของราชการ",
            body="",
            files=[file(b"%PDF-1.7 form", label="แบบคำร้อง", name="แบบคำร้อง.pdf")],
        ),
        "knowledge": content(
            kind="knowledge",
            section=section("knowledge"),
            title="เตรียมบ้านรับน้ำหลากใน 5 ขั้นตอน",
            source="กรมป้องกันและบรรเทาสาธารณภัย https://disaster.example",
            as_of_date="2026-10-01",
        ),
        "basic": content(
            kind="information",
            section=section("basic"),
            unit=CLERK,
            title="แผนพัฒนาท้องถิ่น พ.ศ. 2566 ถึง 2570 ฉบับทบทวน",
            review_date="2027-09-30",
        ),
        "link": content(
            kind="link",
            section=section("links"),
            title="ศูนย์ดำรงธรรมจังหวัด",
            body='<p><a href="https://damrong.example">เว็บไซต์ศูนย์ดำรงธรรม</a></p>',
        ),
        "dataset": content(
            kind="dataset",
            section=section("other"),
            title="ตำแหน่งหัวดับเพลิงในเขตเทศบาล",
            files=[
                file(
                    b"lat,lon\n7.5,99.6\n",
                    slot="csv",
                    label="พิกัด",
                    name="หัวดับเพลิง.csv",
                    media_type="text/csv",
                    pages=None,
                )
            ],
        ),
        "withdrawn": content(title="ประกาศหยุดเก็บค่าขยะ ปี 2568"),
        "expired": content(title="ประกาศรับสมัครอาสาสมัครเฝ้าระวังไฟป่า", expires_date="2026-11-22"),
        "recalled": content(title="รายชื่อผู้มีสิทธิรับเงินช่วยเหลือ"),
        "consolidated": content(title="เบี้ยยังชีพผู้สูงอายุ (หน้าเดิม)"),
    }


if __name__ == "__main__":
    call_command("migrate", "record", database="record", verbosity=0)
    numbers = fill()
    Indexer().rebuild()
    sys.stdout.write(json.dumps(numbers))
