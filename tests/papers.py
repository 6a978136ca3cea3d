"""What a municipality's officers really bring: scans, budgets, lists, photographs, and what harms. All invented."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence

import openpyxl
import pikepdf
from openpyxl.comments import Comment
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.files import samples
from tests.files.scans import picture

# Thirteen digits whose checksum is right, of nobody: the first digit is not allotted.
SECRET_IDS = ("9-9999-99999-99-4", "9-8765-43210-98-9")
SECRET_NAME = "นางสาวสมปรารถนา ทดลองระบบ"
MEMO = (
    "บันทึกข้อความ",
    "ส่วนราชการ ฝ่ายบริการและเผยแพร่วิชาการ กองยุทธศาสตร์และงบประมาณ โทร. ๑๒๓",
    "ที่ ตอ ๕๒๐๐๘/๓๐๖ วันที่ ๑๙ พฤษภาคม ๒๕๖๙",
    "เรื่อง มาตรการเผยแพร่ข้อมูลต่อสาธารณะผ่านเว็บไซต์ของเทศบาล",
    "เรียน นายกเทศมนตรี",
    "ตามที่ฝ่ายบริการและเผยแพร่วิชาการได้จัดทำมาตรการเผยแพร่ข้อมูลต่อสาธารณะ เพื่อให้เป็นไปตามกฎหมาย นั้น",
    "จึงเรียนมาเพื่อโปรดพิจารณา",
    "(นายทดสอบ รักงาน)",
    "หัวหน้าฝ่ายบริการและเผยแพร่วิชาการ",
    "ลงวันที่ ๒๑ พ.ค. ๖๙",
)
CONTRACT = (
    "สัญญาจ้างเหมาบริการเก็บขยะมูลฝอย",
    "สัญญาเลขที่ ๑๒/๒๕๖๙",
    f"ผู้รับจ้าง {SECRET_NAME} อยู่บ้านเลขที่ 12/3 หมู่ที่ 4 ตำบลในเมือง อำเภอเมือง",
    "ค่าจ้างเป็นเงิน 96,500.00 บาท",
    "สำเนาบัตรประจำตัวประชาชน",
    f"เลขประจำตัวประชาชน {SECRET_IDS[0]}",
    "วันออกบัตร 1 ม.ค. 2565 วันบัตรหมดอายุ 31 ธ.ค. 2573",
    "สำเนาถูกต้อง",
)


def photocopied(page: Image.Image, *, seed: int = 1) -> Image.Image:
    """Turned a little, blurred, grey in a corner and full of specks, as an old copier does it."""
    chance = random.Random(seed)  # noqa: S311 -- the same page in every run
    copy = page.rotate(chance.uniform(-1.2, 1.2), Image.Resampling.BICUBIC, fillcolor=255)
    copy = copy.filter(ImageFilter.GaussianBlur(0.7))
    noise = Image.effect_noise(copy.size, 24)
    copy = ImageChops.add(copy, noise, scale=1.0, offset=-128)
    draw = ImageDraw.Draw(copy)
    for _speck in range(copy.width * copy.height // 40_000):
        left, top = chance.randrange(copy.width), chance.randrange(copy.height)
        draw.rectangle((left, top, left + 1, top + 1), fill=60)
    return copy


def scanned(pages: Sequence[Image.Image]) -> bytes:
    """A scanner's PDF: one JPEG a page, no text layer."""
    made = io.BytesIO()
    pages[0].save(made, "PDF", resolution=200, save_all=True, append_images=list(pages[1:]))
    plain = io.BytesIO()
    with pikepdf.open(made) as pdf:
        pdf.save(plain)
    return plain.getvalue()


def memo_scan() -> bytes:
    return scanned([photocopied(picture(*MEMO))])


def contract_scan() -> bytes:
    """Two pages: the contract, and behind it the copy of the contractor's identity card."""
    return scanned(
        [photocopied(picture(*CONTRACT[:4])), photocopied(picture(*CONTRACT[4:]), seed=2)]
    )


def budget(pages: int = 120) -> bytes:
    """Born digital: tables of money, page after page."""
    lines = [
        "แผนงาน\tงบประมาณ\tเบิกจ่าย",
        *(
            f"โครงการที่ {row} ปรับปรุงถนนและทางระบายน้ำ {row * 1234567:,}.00 บาท"
            for row in range(1, 22)
        ),
    ]
    return samples.typst_pdf(
        *("\n".join([f"เทศบัญญัติงบประมาณรายจ่าย หน้า {page}", *lines]) for page in range(pages))
    )


def welfare_list() -> bytes:
    """A list that looks harmless: identity numbers stand in a hidden column, addresses in a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "รายชื่อ"
    sheet.append(["ลำดับ", "ชื่อ-สกุล", "เลขประจำตัวประชาชน", "เบี้ยยังชีพผู้สูงอายุ (บาท)"])
    names = (SECRET_NAME, "นายสมมุติ แสนดี", "นางตัวอย่าง ใจงาม", "นายทดลอง มั่นคง")
    for row, name in enumerate(names, start=1):
        sheet.append([row, name, SECRET_IDS[row % 2], 600 + 100 * row])
    sheet.column_dimensions["C"].hidden = True
    sheet["B2"].comment = Comment("ผู้ป่วยติดเตียง โทร 081-234-5678", "ผู้จัดทำ")
    hidden = book.create_sheet("ที่อยู่")
    hidden.sheet_state = "hidden"
    hidden.append([names[1], "บ้านเลขที่ 9/9 หมู่ที่ 2 ตำบลในเมือง"])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def boxed_pdf() -> bytes:
    """A name and a number under black boxes that lift off: the text is still there."""
    raw = samples.typst_pdf(f"ผู้ร้องเรียน {SECRET_NAME}\nเลขประจำตัวประชาชน {SECRET_IDS[1]}")
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"q 0 g 60 700 480 90 re f Q")
        pdf.save(made)
    return made.getvalue()


def truncated() -> bytes:
    whole = budget(3)
    return whole[: len(whole) // 2]


def zip_bomb() -> bytes:
    """A workbook whose sheet unpacks to a gigabyte of blanks."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(welfare_list())) as plain,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bomb,
    ):
        for entry in plain.infolist():
            bomb.writestr(entry, plain.read(entry))
        with bomb.open("xl/worksheets/sheet99.xml", "w") as stream:
            for _mebibyte in range(400):
                stream.write(b" " * 1024 * 1024)
    return packed.getvalue()


def polyglot() -> bytes:
    """A picture with an archive behind it."""
    return samples.image("PNG") + welfare_list()


def macro_book() -> bytes:
    return samples.with_entry(welfare_list(), "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0macro")


def encrypted_pdf() -> bytes:
    return samples.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))


# Name, and what makes it; none of them may come in.
HARMFUL: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("bomb.xlsx", zip_bomb),
    "pdf bomb": ("bomb.pdf", samples.pdf_stream_bomb),
    "polyglot": ("picture.png", polyglot),
    "wrong extension": ("รายงาน.docx", samples.pdf),
    "truncated": ("half.pdf", truncated),
    "huge picture": ("huge.png", samples.huge_png),
    "macro": ("macro.xlsx", macro_book),
    "encrypted": ("locked.pdf", encrypted_pdf),
    "path in its name": ("../../etc/passwd.exe", lambda: b"MZ\x00\x01"),
    "nothing in it": ("ว่าง.pdf", lambda: b""),
}
