"""What may come in, how much of it, and the sentences that say why something may not."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

MEBIBYTE = 1024 * 1024

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
CSV = "text/csv"
TXT = "text/plain"
PNG = "image/png"
JPEG = "image/jpeg"
WEBP = "image/webp"

EXTENSIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        PDF: (".pdf",),
        DOCX: (".docx",),
        XLSX: (".xlsx",),
        ODT: (".odt",),
        ODS: (".ods",),
        CSV: (".csv",),
        TXT: (".txt",),
        PNG: (".png",),
        JPEG: (".jpg", ".jpeg"),
        WEBP: (".webp",),
    }
)
IMAGES = frozenset({PNG, JPEG, WEBP})
OFFICE_FORMATS = frozenset({DOCX, XLSX, ODT, ODS})

# Far above what officers send, far below what would exhaust a small server.
MAX_ENTRIES = 5_000
MAX_UNPACKED = 300 * MEBIBYTE
MAX_RATIO = 250
RATIO_MATTERS_FROM = 20 * MEBIBYTE
MAX_STREAM = 128 * MEBIBYTE
MAX_STREAMS = 2048 * MEBIBYTE
MAX_WALKED = 8 * MEBIBYTE
MAX_PDF_PAGES = 1_000
MAX_PIXELS = 100_000_000
MAX_SIDE = 30_000
MAX_TEXT = 5_000_000

REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "empty": "รับไฟล์นี้ไม่ได้ เพราะไฟล์ว่างเปล่า (0 ไบต์) โปรดตรวจไฟล์ต้นฉบับแล้วส่งใหม่",
        "too_big": "รับไฟล์นี้ไม่ได้ เพราะใหญ่กว่า {limit} MB โปรดลดขนาดหรือแบ่งเป็นหลายไฟล์แล้วส่งใหม่",
        "unknown": (
            "รับไฟล์ชนิดนี้ไม่ได้{seems} ระบบรับ PDF, DOCX, XLSX, ODT, ODS, CSV, TXT, PNG, JPEG และ WebP "
            "โปรดบันทึกเป็นชนิดใดชนิดหนึ่งแล้วส่งใหม่"
        ),
        "wrong_extension": (
            "รับไฟล์นี้ไม่ได้ เพราะนามสกุล {extension} ไม่ตรงกับเนื้อหาจริงซึ่งเป็น {real} "
            "โปรดส่งไฟล์ต้นฉบับที่นามสกุลถูกต้อง"
        ),
        "legacy_office": (
            "รับไฟล์ Office รุ่นเก่า (.doc, .xls, .ppt) ไม่ได้ เพราะตรวจสิ่งที่ซ่อนอยู่ไม่ได้ "
            "โปรดเปิดไฟล์แล้วบันทึกเป็น .docx, .xlsx หรือ PDF"
        ),
        "encrypted_office": ("รับไฟล์นี้ไม่ได้ เพราะตั้งรหัสผ่านไว้ โปรดเปิดไฟล์ เอารหัสผ่านออก บันทึก แล้วส่งใหม่"),
        "broken_archive": "รับไฟล์นี้ไม่ได้ เพราะไฟล์เสียหรือส่งมาไม่ครบ โปรดเปิดไฟล์ต้นฉบับ บันทึกใหม่ แล้วส่งอีกครั้ง",
        "archive_bomb": (
            "รับไฟล์นี้ไม่ได้ เพราะเมื่อคลายออกแล้วใหญ่ผิดปกติ โปรดบันทึกเนื้อหาเป็นไฟล์ใหม่หรือแบ่งเป็นหลายไฟล์"
        ),
        "nested": (
            "รับไฟล์นี้ไม่ได้ เพราะมีไฟล์อื่นซ่อนอยู่ข้างใน ({name}) ซึ่งประชาชนจะเปิดดูได้ "
            "โปรดนำวัตถุที่ฝังไว้ออก หรือวางเป็นรูปภาพแทน แล้วส่งใหม่"
        ),
        "macro": "รับไฟล์นี้ไม่ได้ เพราะมีมาโครหรือคำสั่งที่ทำงานเอง โปรดบันทึกเป็นชนิดที่ไม่มีมาโคร (.docx, .xlsx) แล้วส่งใหม่",
        "external": (
            "รับไฟล์นี้ไม่ได้ เพราะดึงเนื้อหาจากที่อื่นเมื่อเปิด ({name}) โปรดตัดการเชื่อมโยงกับไฟล์ภายนอก บันทึก แล้วส่งใหม่"
        ),
        "pdf_encrypted": "รับ PDF นี้ไม่ได้ เพราะตั้งรหัสผ่านหรือล็อกสิทธิ์ไว้ โปรดบันทึกเป็น PDF ใหม่โดยไม่ตั้งรหัสผ่าน",
        "pdf_broken": "รับ PDF นี้ไม่ได้ เพราะไฟล์เสียหรือส่งมาไม่ครบ โปรดบันทึกเป็น PDF ใหม่จากต้นฉบับแล้วส่งอีกครั้ง",
        "pdf_active": (
            "รับ PDF นี้ไม่ได้ เพราะมีคำสั่งที่ทำงานเอง ({name}) โปรดเปิดไฟล์แล้วพิมพ์เป็น PDF ใหม่ (Print to PDF)"
        ),
        "pdf_attachment": (
            "รับ PDF นี้ไม่ได้ เพราะมีไฟล์อื่นแนบซ่อนอยู่ข้างใน โปรดพิมพ์เป็น PDF ใหม่ (Print to PDF) "
            "แล้วส่งไฟล์แนบแยกต่างหาก"
        ),
        "pdf_bomb": "รับ PDF นี้ไม่ได้ เพราะเมื่อคลายออกแล้วใหญ่ผิดปกติ โปรดพิมพ์เป็น PDF ใหม่ (Print to PDF)",
        "pdf_pages": (
            "รับ PDF นี้ไม่ได้ เพราะมี {pages} หน้า เกินกว่า {limit} หน้า โปรดแบ่งเป็นหลายไฟล์แล้วส่งใหม่"
        ),
        "polyglot": ("รับไฟล์นี้ไม่ได้ เพราะเป็นไฟล์สองชนิดซ้อนกัน ซึ่งใช้ซ่อนเนื้อหาได้ โปรดบันทึกใหม่จากโปรแกรมต้นทาง"),
        "image_broken": "รับรูปนี้ไม่ได้ เพราะไฟล์เสียหรือส่งมาไม่ครบ โปรดส่งรูปต้นฉบับอีกครั้ง",
        "image_bomb": "รับรูปนี้ไม่ได้ เพราะมีขนาด {width} × {height} จุด โปรดย่อให้ไม่เกิน {limit} ล้านจุดแล้วส่งใหม่",
        "image_animated": "รับรูปเคลื่อนไหวไม่ได้ เพราะตรวจได้ทีละภาพ โปรดส่งเป็นภาพนิ่ง",
        "undecodable": (
            "รับไฟล์ข้อความนี้ไม่ได้ เพราะอ่านเป็นภาษาไทยไม่ได้ โปรดบันทึกใหม่โดยเลือกรหัสอักขระ UTF-8 แล้วส่งอีกครั้ง"
        ),
        "markup": (
            "รับไฟล์นี้ไม่ได้ เพราะเนื้อหาเป็น HTML, SVG หรือ XML ไม่ใช่ข้อความ โปรดบันทึกเป็น PDF แล้วส่งใหม่"
        ),
        "too_much_text": "รับไฟล์นี้ไม่ได้ เพราะมีข้อความมากเกินกว่าจะตรวจได้ครบ โปรดแบ่งเป็นหลายไฟล์แล้วส่งใหม่",
        "unreadable": "รับไฟล์นี้ไม่ได้ เพราะอ่านเนื้อหาข้างในไม่ได้ โปรดเปิดไฟล์ต้นฉบับ บันทึกใหม่ แล้วส่งอีกครั้ง",
    }
)


class Refused(Exception):
    """A file that may not come in. `reason` is a key of `REFUSALS`."""

    def __init__(self, reason: str, values: Mapping[str, object] = MappingProxyType({})) -> None:
        self.reason = reason
        super().__init__(REFUSALS[reason].format(**values))


@dataclass(frozen=True)
class PageText:
    """`source` is `none` where the page shows something that no text layer tells."""

    number: int
    text: str
    source: str = "text"

    def to_json(self) -> dict[str, object]:
        return {"number": self.number, "text": self.text, "source": self.source}


def extension_mismatch(name: str, media_type: str) -> str:
    """The extension of the name when content of this type does not carry it, else nothing."""
    dot = name.rfind(".")
    extension = name[dot:].lower() if dot > 0 else ""
    return "" if extension in EXTENSIONS[media_type] else extension or "(ไม่มี)"
