"""Pages set in the project's own typeface, as pictures that a scanner might have made."""

import io
from functools import cache
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from tests.files.samples import typst_pdf

DOTS = 200
MEMO = (
    "เทศบาลนครตัวอย่างมีความประสงค์จะประกวดราคาจ้างก่อสร้างถนนคอนกรีตเสริมเหล็ก สายทางหลังตลาดสดเทศบาล\n"
    "ราคากลางของงานก่อสร้างเป็นเงินทั้งสิ้น ๔๘๗,๐๐๐ บาท ผู้ยื่นข้อเสนอต้องมีคุณสมบัติดังต่อไปนี้\n"
    "กำหนดยื่นข้อเสนอ ในวันที่ ๒๖ กุมภาพันธ์ ๒๕๖๗ ระหว่างเวลา ๐๘.๓๐ น. ถึง ๑๖.๓๐ น."
)


@cache
def picture(*lines: str) -> Image.Image:
    """One page, grey, at 200 dots an inch."""
    document = pdfium.PdfDocument(typst_pdf("\n".join(lines)))
    try:
        drawn: Image.Image = document[0].render(scale=DOTS / 72, grayscale=True).to_pil()
        return drawn.convert("L")
    finally:
        document.close()


def saved(image: Image.Image, path: Path, kind: str = "PNG") -> Path:
    shown = io.BytesIO()
    image.save(shown, kind)
    path.write_bytes(shown.getvalue())
    return path
