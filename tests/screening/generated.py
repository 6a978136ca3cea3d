"""A larger set of invented snippets than anybody would type: numbers in every writing, and look-alikes."""

import random
from collections.abc import Callable, Iterator

from prongsai.thai.digits import to_thai
from prongsai.thai.identity import is_national_id

DASHES = ("-", " - ", "\u2013", "\u2010", "\u2011", "\u2212", " ", ".")
SAID = (
    "เลขประจำตัวประชาชน {}",
    "บัตรประชาชนเลขที่ {} ออกให้ ณ อำเภอเมือง",
    "ปชช. {}",
    "ถือบัตรประจำตัวหมายเลข {} ซึ่งต่อไปนี้เรียกว่า “ผู้รับจ้าง”",
    "ลำดับ 7\tนางมาลี มีสุข\t{}\t600",
    "ผู้รับเบี้ยยังชีพ {} โอนแล้ว",
    "Citizen ID: {}",
)
LOOK_ALIKES: tuple[Callable[[random.Random], str], ...] = (
    lambda chance: f"งบประมาณ {chance.randrange(10**6, 10**9):,}.00 บาท",
    lambda chance: f"เลขที่โครงการ e-GP {_digits(chance, 11)}",
    lambda chance: f"เลขคุมสัญญา {_digits(chance, 12)}",
    lambda chance: f"บาร์โค้ดสินค้า 885{_digits(chance, 10)}",
    lambda chance: f"รหัสงบประมาณ {_digits(chance, 16)}",
    lambda chance: f"หมายเลขเครื่อง {_digits(chance, 15)}",
    lambda chance: f"โทรศัพท์ 0 7521 {_digits(chance, 4)} ต่อ {_digits(chance, 3)}",
    lambda chance: f"ทะเบียนนิติบุคคลเลขที่ 0{chance.randrange(10, 97)}5{_digits(chance, 9)}",
    lambda chance: f"ที่ ตง 52{_digits(chance, 3)}/{_digits(chance, 4)} ลงวันที่ 4 มกราคม 2567",
    lambda chance: f"รหัสครุภัณฑ์ {_digits(chance, 3)}-{_digits(chance, 2)}-{_digits(chance, 4)}",
    lambda chance: f"มาตรวัดน้ำ เลขมิเตอร์ {_digits(chance, 10)}",
    lambda chance: f"พิกัด {_digits(chance, 6)}, {_digits(chance, 7)} ระดับ {_digits(chance, 2)}",
    lambda chance: f"ระหว่างวันที่ {chance.randrange(1, 28)}-{chance.randrange(28, 31)} มกราคม 2567",
    lambda chance: f"จำนวน {' '.join(_digits(chance, 13))} คน ตามลำดับ",
)


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def national_id(chance: random.Random) -> str:
    """Invented, with the right last digit."""
    twelve = chance.choice("12345678") + _digits(chance, 11)
    return next(twelve + last for last in "0123456789" if is_national_id(twelve + last))


def _printed(number: str, dash: str) -> str:
    return dash.join((number[0], number[1:5], number[5:10], number[10:12], number[12]))


def clean_ids(count: int, seed: int = 1) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 -- nothing secret is drawn
    for _ in range(count):
        number = national_id(chance)
        written = chance.choice((number, *(_printed(number, dash) for dash in DASHES)))
        written = to_thai(written) if chance.random() < 0.4 else written
        yield chance.choice(SAID).format(written)


def scanned_ids(count: int, seed: int = 2) -> Iterator[str]:
    """As OCR gives them: Thai digits misread three times in ten, Arabic ones as letters, lines broken."""
    chance = random.Random(seed)  # noqa: S311 -- as above
    for _ in range(count):
        written = _printed(national_id(chance), chance.choice(("-", " - ", " ", "\u2013")))
        if chance.random() < 0.5:
            written = "".join(_misread(chance, letter) for letter in to_thai(written))
        else:
            written = written.replace("0", "O", 1).replace("1", "l", 1)
        if chance.random() < 0.2:
            written = written[:7] + "\n" + written[7:]
        yield chance.choice(SAID).format(written)


def _misread(chance: random.Random, letter: str) -> str:
    return (
        to_thai(_digits(chance, 1)) if letter in "๐๑๒๓๔๕๖๗๘๙" and chance.random() < 0.3 else letter
    )


def look_alikes(count: int, seed: int = 3) -> Iterator[str]:
    chance = random.Random(seed)  # noqa: S311 -- as above
    for _ in range(count):
        written = chance.choice(LOOK_ALIKES)(chance)
        yield to_thai(written) if chance.random() < 0.4 else written
