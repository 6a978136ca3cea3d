"""Files that came in, with what the machine proposes for them."""

from io import BytesIO
from typing import Any

from prongsai.disclosures.content import Content
from prongsai.intake import actions
from prongsai.intake.models import Arrival, Batch
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post, Unit
from tests.factories import NOW
from tests.files.samples import typst_pdf

ANNOUNCEMENT = """ประกาศเทศบาลนครตรัง
เรื่อง รับสมัครพนักงานจ้างทั่วไป ประจำปีงบประมาณ พ.ศ. 2570
ด้วยเทศบาลนครตรังมีความประสงค์จะรับสมัครบุคคลเพื่อสรรหาและเลือกสรรเป็นพนักงานจ้างทั่วไป ตำแหน่งคนงาน จำนวน 3 อัตรา
ผู้ประสงค์จะสมัครขอและยื่นใบสมัครได้ด้วยตนเองที่งานการเจ้าหน้าที่ สำนักปลัดเทศบาล ในวันและเวลาราชการ
จึงประกาศให้ทราบโดยทั่วกัน
ประกาศ ณ วันที่ 23 พฤศจิกายน พ.ศ. 2569
(นายทดสอบ ใจดี)
นายกเทศมนตรีนครตรัง"""


def upload(name: str = "ประกาศ.txt", data: bytes | str = ANNOUNCEMENT) -> BytesIO:
    stream = BytesIO(data.encode() if isinstance(data, str) else data)
    stream.name = name
    return stream


def pdf(text: str = ANNOUNCEMENT) -> bytes:
    return typst_pdf(text)


def batch(by: Actor, **words: Any) -> Batch:
    """An empty batch of the unit of this actor's post."""
    unit: Unit = words.pop("unit", None) or Post.objects.get(code=by.post_code).unit
    return actions.open_batch(unit=unit, by=by, at=NOW, **words)


def arrival(by: Actor, *, into: Batch | None = None, **words: Any) -> Arrival:
    """A file that came in and waits for the machine."""
    return actions.take_in(batch=into or batch(by), upload=upload(**words), by=by, at=NOW)


def proposed(by: Actor, *, into: Batch | None = None, **words: Any) -> Arrival:
    """A file that was read, and for which something is proposed."""
    came = arrival(by, into=into, **words)
    actions.propose_for(arrival=came)
    actions.sketch_file(stored=came.file)
    return came


def content(came: Arrival, **changes: Any) -> Content:
    """What a person might confirm."""
    plain: dict[str, Any] = {
        "kind": "news",
        "section": "jobs",
        "unit": came.batch.unit.code,
        "title": "รับสมัครพนักงานจ้าง",
    }
    return Content(**plain | changes)


def confirmed(came: Arrival, by: Actor, **changes: Any) -> Any:
    """Its draft."""
    written = content(came, **changes)
    accepted = {"title": written.title, "kind": written.kind, "section": written.section}
    return actions.confirm(arrival=came, content=written, accepted=accepted, by=by, at=NOW)
