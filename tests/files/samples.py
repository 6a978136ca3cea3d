"""Own-made files, good and hostile, as uploads."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from functools import cache

import docx
import openpyxl
import pikepdf
import typst
from openpyxl.comments import Comment
from PIL import Image

from prongsai.letters.fonts import font_directory

THAI = "ประกาศเทศบาลนครตรัง น้ำประปาสำหรับหมู่บ้านที่ ๑ ผู้ชำนาญกำหนดชำระภายในวันที่ ๒๖ เมษายน ๒๕๖๔"
CONTENT_TYPES = "[Content_Types].xml"


def upload(name: str, content: bytes) -> io.BytesIO:
    stream = io.BytesIO(content)
    stream.name = name
    return stream


@cache
def typst_pdf(*pages: str) -> bytes:
    """Set as the project's letters are, in their typeface: a machine need not have a Thai one."""
    text = "\n#pagebreak()\n".join(page.replace("@", "\\@").replace("\n", "\n\n") for page in pages)
    source = f'#set text(font: "Sarabun", lang: "th", size: 16pt)\n{text}'
    made: bytes = typst.compile(
        source.encode(), font_paths=[font_directory()], ignore_system_fonts=True
    )
    return made


def pdf(change: Callable[[pikepdf.Pdf], None] | None = None, **options: object) -> bytes:
    """A PDF of one page with a sentence in it, after `change`."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(typst_pdf(THAI))) as made:
        if change is not None:
            change(made)
        made.save(target, **options)
    return target.getvalue()


def blank_pdf(pages: int = 1) -> bytes:
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def scanned_pdf(number: str = "") -> bytes:
    """A picture of a page, and perhaps a page number printed over it."""
    target = io.BytesIO()
    Image.new("L", (600, 850), 200).save(target, "PDF")
    made = pikepdf.open(target)
    made.pages[0].contents_add(f"BT /F1 12 Tf 50 50 Td ({number}) Tj ET".encode())
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1)
    font.BaseFont = pikepdf.Name.Helvetica
    made.pages[0].resources.Font = pikepdf.Dictionary(F1=font)
    written = io.BytesIO()
    made.save(written)
    return written.getvalue()


def pdf_stream_bomb() -> bytes:
    """200 MB of nothing, packed in one stream of a page."""

    def swell(made: pikepdf.Pdf) -> None:
        packed = zlib.compress(b" " * 200_000_000, 9)
        made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=pikepdf.Name.FlateDecode)

    return pdf(swell)


def pdf_of_stream(packed: bytes, *filters: str) -> bytes:
    """A PDF whose page is drawn by this stream, packed in this way."""

    def pack(made: pikepdf.Pdf) -> None:
        names = [pikepdf.Name(name) for name in filters]
        stated = names[0] if len(names) == 1 else pikepdf.Array(names)
        made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=stated)

    untouched = pikepdf.StreamDecodeLevel.none
    return pdf(pack, stream_decode_level=untouched, compress_streams=False)


def runs_of_blanks(size: int) -> bytes:
    return b"\x81 " * (size // 128) + b"\x80"


def lzw_of_blanks(rounds: int) -> bytes:
    """Some 7 MB of blanks a round: each code stands for one blank more than the code before it."""
    codes = [256, 32, *range(258, 4096)]
    widths = [9, *(min(12, max(9, (257 + number).bit_length())) for number in range(1, len(codes)))]
    one = "".join(f"{code:0{width}b}" for code, width in zip(codes, widths, strict=True))
    # The word to start anew comes when codes have twelve bits.
    later = f"{256:012b}" + one[9:]
    bits = one + later * (rounds - 1) + f"{257:012b}"
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


def pdf_with_bookmark(title: str, **properties: str) -> bytes:
    """The bookmark leads back to itself."""

    def add(made: pikepdf.Pdf) -> None:
        bookmark = made.make_indirect(pikepdf.Dictionary(Title=title))
        bookmark["/Next"] = bookmark
        made.Root["/Outlines"] = made.make_indirect(pikepdf.Dictionary(First=bookmark))
        for key, value in properties.items():
            made.docinfo[f"/{key}"] = value

    return pdf(add)


def word_elsewhere(decoy: str, hidden: str) -> bytes:
    """The package points to a second document; under the usual name lies a decoy."""
    made = word(hidden)
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        second = opened.read("word/document.xml")
        links = opened.read("word/_rels/document.xml.rels")
    made = with_entry(made, "word/document2.xml", second)
    made = with_entry(made, "word/_rels/document2.xml.rels", links)
    made = changed(
        made, "word/document.xml", lambda xml: xml.replace(hidden.encode(), decoy.encode())
    )
    for name in ("_rels/.rels", CONTENT_TYPES):
        made = changed(
            made, name, lambda xml: xml.replace(b"word/document.xml", b"word/document2.xml")
        )
    return made


def word_twice(decoy: str, hidden: str) -> bytes:
    """Two entries of one name; which one is shown is up to the program."""
    with zipfile.ZipFile(io.BytesIO(word(hidden))) as opened:
        entries = [(name, opened.read(name)) for name in opened.namelist()]
        body = opened.read("word/document.xml").replace(hidden.encode(), decoy.encode())
    return archive([*entries, ("word/Document.xml", body)])


def word(*paragraphs: str) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def rich_word() -> bytes:
    """Text everywhere that Word has room for it."""
    made = docx.Document()
    made.add_paragraph("ย่อหน้า")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ช่องหนึ่ง", "ช่องสอง"
    made.sections[0].header.paragraphs[0].text = "หัวกระดาษ"
    made.sections[0].footer.paragraphs[0].text = "ท้ายกระดาษ"
    target = io.BytesIO()
    made.save(target)
    box = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        "<mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>กล่องข้อความ</w:t>"
        "</w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>กล่องข้อความ</w:t></w:r></w:p>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:del><w:r><w:delText>ที่ลบไว้</w:delText></w:r></w:del></w:p>"
    )
    return changed(
        target.getvalue(),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:sectPr", box.encode() + b"<w:sectPr", 1),
    )


def workbook() -> bytes:
    """Two sheets, the second hidden, and a comment."""
    made = openpyxl.Workbook()
    first = made.active
    first.title = "รายชื่อ"
    first.append(["ลำดับ", "เลข"])
    first.append([1, 1234567890121])
    first["A1"].comment = Comment("ความเห็นลับ", "ผู้เขียน")
    hidden = made.create_sheet("ซ่อน")
    hidden.append(["ข้อมูลในแผ่นที่ซ่อน"])
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def archive(entries: Iterable[tuple[str, bytes]], *, stored: Iterable[str] = ()) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries:
            kind = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(name, content, compress_type=kind)
    return target.getvalue()


def changed(content: bytes, entry: str, change: Callable[[bytes], bytes]) -> bytes:
    """The archive with one entry changed, or added when it was not there."""
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        entries = {name: made.read(name) for name in made.namelist()}
    entries[entry] = change(entries.get(entry, b""))
    return archive(entries.items())


def with_entry(content: bytes, entry: str, added: bytes) -> bytes:
    return changed(content, entry, lambda _: added)


def _open_document(media_type: str, body: str, manifest: str = "") -> bytes:
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    )
    content = f"<office:document-content {names}><office:body>{body}</office:body></office:document-content>"
    entries = [
        ("mimetype", media_type.encode()),
        ("content.xml", content.encode()),
        ("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>".encode()),
    ]
    return archive(entries, stored=["mimetype"])


def odt(manifest: str = "") -> bytes:
    body = "<text:h>หัวเรื่อง</text:h><text:p>เนื้อ<text:span>หา</text:span><text:tab/>ต่อ</text:p>"
    return _open_document("application/vnd.oasis.opendocument.text", body, manifest)


def ods() -> bytes:
    cells = "<table:table-cell><text:p>ก</text:p></table:table-cell>" * 2
    sheet = (
        f'<table:table table:name="แผ่น"><table:table-row>{cells}</table:table-row></table:table>'
    )
    return _open_document("application/vnd.oasis.opendocument.spreadsheet", sheet * 2)


def image(kind: str = "PNG", size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(target, kind, **options)
    return target.getvalue()


def photograph() -> bytes:
    """A JPEG that a phone held upright: turned by EXIF, with a position and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (7.0, 33.0, 24.0)
    return image("JPEG", exif=exif, comment=b"SecretComment")


def huge_png() -> bytes:
    """A header that claims 60,000 × 60,000 points, and hardly any bytes."""
    small = bytearray(image("PNG"))
    small[16:24] = (60_000).to_bytes(4, "big") * 2
    small[29:33] = zlib.crc32(small[12:29]).to_bytes(4, "big")
    return bytes(small)
