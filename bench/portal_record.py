"""A throw-away record with believable Thai items, made through the record's own `append`."""

import hashlib
import io
import json
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django must be set up first

from prongsai.discovery.index import Indexer  # noqa: E402 -- as above
from prongsai.record.actions import append  # noqa: E402 -- as above
from prongsai.record.blobs import store  # noqa: E402 -- as above

SEED = 2569
START = datetime(2023, 1, 4, 2, 0, tzinfo=UTC)
KINDS = {
    "basic": "information",
    "laws": "law",
    "procurement": "procurement",
    "news": "news",
    "services": "service",
    "forms": "form",
    "links": "link",
    "knowledge": "knowledge",
    "other": "dataset",
}
SUBJECTS = {
    "basic": ("แผนพัฒนาท้องถิ่น", "โครงสร้างส่วนราชการ", "รายงานผลการดำเนินงาน", "งบประมาณรายจ่าย"),
    "laws": ("เทศบัญญัติว่าด้วยการจัดการขยะ", "ระเบียบการใช้สวนสาธารณะ", "ประกาศกำหนดเขตจอดรถ"),
    "procurement": ("ประกวดราคาปรับปรุงถนน", "จัดซื้อเครื่องสูบน้ำ", "จ้างเหมาทำความสะอาดอาคาร"),
    "news": ("เชิญร่วมงานลอยกระทง", "แจ้งปิดถนนชั่วคราว", "เปิดรับสมัครเยาวชนอาสา"),
    "services": ("ขั้นตอนขออนุญาตก่อสร้าง", "การแจ้งเกิดและแจ้งตาย", "บริการฉีดวัคซีนสุนัขและแมว"),
    "forms": ("คำร้องขอข้อมูลข่าวสาร", "แบบขอใช้อาคารสถานที่", "แบบยื่นภาษีที่ดินและสิ่งปลูกสร้าง"),
    "links": ("ศูนย์ดำรงธรรม", "ระบบจัดซื้อจัดจ้างภาครัฐ", "กรมอุตุนิยมวิทยา"),
    "knowledge": ("การคัดแยกขยะในครัวเรือน", "การเตรียมตัวรับน้ำท่วม", "การป้องกันไข้เลือดออก"),
    "other": ("สถิติผู้ใช้บริการรายเดือน", "ตำแหน่งถังดับเพลิงในชุมชน", "คุณภาพน้ำประปา"),
}
PLACES = (
    "ชุมชนริมคลอง",
    "ถนนเทศบาล 3",
    "ตลาดสดเก่า",
    "สวนสาธารณะหนองบัว",
    "โรงเรียนเทศบาล 2",
    "ชุมชนวัดเหนือ",
)
UNITS = (
    ("planning", "กองยุทธศาสตร์และงบประมาณ", "Strategy and Budget Division"),
    ("engineering", "สำนักช่าง", "Engineering Bureau"),
    ("health", "กองสาธารณสุขและสิ่งแวดล้อม", "Public Health Division"),
    ("treasury", "กองคลัง", "Finance Division"),
)
SENTENCES = (
    "เทศบาลขอแจ้งให้ประชาชนในเขตเทศบาลทราบว่าได้ดำเนินการตามแผนงานประจำปีแล้ว",
    "ผู้มีส่วนได้เสียสามารถขอดูเอกสารฉบับเต็มได้ที่สำนักงานเทศบาลในวันและเวลาราชการ",
    "การดำเนินงานใช้งบประมาณจากเงินรายได้ของเทศบาลและเงินอุดหนุนทั่วไป",
    "หากมีข้อสงสัยหรือพบข้อผิดพลาด โปรดแจ้งหน่วยงานรับผิดชอบตามช่องทางท้ายหน้านี้",
    "คณะกรรมการได้พิจารณาความเห็นของประชาชนที่ส่งเข้ามาระหว่างการรับฟังความคิดเห็น",
    "ผลการดำเนินงานจะรายงานให้สภาเทศบาลทราบภายในสามสิบวันนับแต่วันสิ้นไตรมาส",
)
FILE = b"%PDF-1.4\n% a small file that stands for an attachment\n" + b"0" * 20_000


def run(count: int) -> None:
    """A new record with that many items, and its search index; prints the numbers as JSON."""
    call_command("migrate", "record", database="record", verbosity=0)
    numbers = fill(count)
    Indexer().rebuild()
    sys.stdout.write(json.dumps(numbers))


def publish(title: str) -> None:
    """One more news item now; prints when the append had been done."""
    chance = random.Random(SEED)  # noqa: S311 -- repeatable, not secret
    item = document(3, chance, "") | {"title": title, "files": []}
    append(action="published", number=None, document=item, key=title, at=datetime.now(UTC))
    sys.stdout.write(f"{time.time()}\n")
    sys.stdout.flush()


def fill(count: int) -> list[str]:
    """Append that many items over the nine sections; answers their numbers."""
    chance = random.Random(SEED)  # noqa: S311 -- repeatable, not secret
    sha256 = hashlib.sha256(FILE).hexdigest()
    store(sha256, io.BytesIO(FILE))
    numbers = []
    for index in range(count):
        entry = append(
            action="published",
            number=None,
            document=document(index, chance, sha256),
            key=f"bench-{index}",
            at=START + timedelta(hours=3 * index),
            file_texts={},
        )
        numbers.append(entry.number)
    return numbers


def document(index: int, chance: random.Random, sha256: str) -> dict[str, Any]:
    """An edition of about 1.5 kB of text; every third has a file."""
    top = list(KINDS)[index % len(KINDS)]
    subject = f"{chance.choice(SUBJECTS[top])} {chance.choice(PLACES)} ครั้งที่ {index}"
    code, name_th, name_en = UNITS[index % len(UNITS)]
    paragraphs = [" ".join(chance.choices(SENTENCES, k=3)) for _ in range(4)]
    return {
        "language": "th",
        "kind": KINDS[top],
        "title": subject,
        "summary": chance.choice(SENTENCES),
        "body": "".join(f"<p>{text}</p>" for text in paragraphs),
        "section": {"top": top, "slug": top},
        "unit": {"code": code, "name_th": name_th, "name_en": name_en, "phone": "0 7500 0111"},
        "official": {"number": f"ตจ 52001/{index}", "signed_date": "2026-05-19", "signatories": []},
        "fiscal_year": 2566 + index % 4,
        "details": [{"key": "note", "label_th": "หมายเหตุ", "value": "ตัวอย่าง", "type": "text"}],
        "files": [_file(sha256)] if index % 3 == 0 else [],
        "obligations": [],
        "change": {"significance": "major", "note": ""},
        "decided": [{"post": "นายกเทศมนตรี", "acting": "", "at": "2026-05-19T03:00:00+00:00"}],
    }


def _file(sha256: str) -> dict[str, Any]:
    return {
        "slot": "main",
        "label": "เอกสารฉบับเต็ม",
        "name": "เอกสารฉบับเต็ม.pdf",
        "media_type": "application/pdf",
        "size": len(FILE),
        "pages": 4,
        "sha256": sha256,
        "purpose": "main",
    }
