"""Pages as a scanner makes them: pictures of text without a text layer."""

import io

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from tests.files.samples import typst_pdf

_SCALE = 200 / 72


def picture(*lines: str) -> Image.Image:
    """One page of these lines at 200 dpi, in grey."""
    document = pdfium.PdfDocument(typst_pdf("\n\n".join(lines)))
    try:
        page = document[0]
        drawn: Image.Image = page.render(scale=_SCALE, grayscale=True).to_pil()
        page.close()
        return drawn.convert("L")
    finally:
        document.close()


def scan(*pages: str) -> bytes:
    """A PDF of pictures, one for each text; lines are separated by line breaks."""
    pictures = [picture(*text.split("\n")) for text in pages]
    made = io.BytesIO()
    pictures[0].save(made, "PDF", resolution=200, save_all=True, append_images=pictures[1:])
    plain = io.BytesIO()
    with pikepdf.open(made) as pdf:
        pdf.save(plain)
    return plain.getvalue()
