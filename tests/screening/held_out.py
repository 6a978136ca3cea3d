"""Snippets written after the rules were finished, to see what they do with sentences they were not made for.

Every person and number is invented. `{}` in a frame is where the datum stands; a frame without one is a
whole sentence that tells of a person. The numbers measured stand in test_held_out.py.
"""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from prongsai.thai.digits import to_thai

GIVEN = ("สมศรี", "วิชัย", "อรุณี", "ประเสริฐ", "กัลยา", "ธนพล", "สุดารัตน์", "บุญมี", "ฟาติมะห์", "อับดุลเลาะ")
SURNAMES = ("ทองแท้", "แก้วใส", "ศรีสุข", "หนูคง", "ชูช่วย", "เพชรรัตน์", "หมัดอะดั้ม", "ณ ตรัง")
TITLES = ("นาย", "นาง", "นางสาว", "น.ส.")
Draw = Callable[[random.Random], str]


class Snippet(NamedTuple):
    """`label` is what has to be found somewhere in it; empty where nothing of the kind stands there."""

    text: str
    label: str


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def person(chance: random.Random) -> str:
    return f"{chance.choice(TITLES)}{chance.choice(GIVEN)} {chance.choice(SURNAMES)}"


def mobile(chance: random.Random) -> str:
    number = f"0{chance.choice('689')}{digits(chance, 8)}"
    shapes = (
        f"{number[:3]}-{number[3:6]}-{number[6:]}",
        f"{number[:3]}-{number[3:]}",
        f"{number[:2]} {number[2:6]} {number[6:]}",
        f"{number[:3]} {number[3:6]} {number[6:]}",
        f"({number[:3]}) {number[3:6]}-{number[6:]}",
        f"+66{number[1:]}",
        number,
    )
    return chance.choice(shapes)


def bank(chance: random.Random) -> str:
    number = digits(chance, 10)
    return chance.choice((f"{number[:3]}-{number[3]}-{number[4:9]}-{number[9]}", number))


def address(chance: random.Random) -> str:
    house = f"{chance.randrange(1, 400)}/{chance.randrange(1, 90)}"
    shapes = (
        f"{house} หมู่ที่ {chance.randrange(1, 13)} ตำบลนาตาล่วง อำเภอเมืองตรัง จังหวัดตรัง",
        f"{house} ม.{chance.randrange(1, 13)} ต.บ้านโพธิ์ อ.เมือง จ.ตรัง 92000",
        f"{house} ถนนวิเศษกุล ตำบลทับเที่ยง อำเภอเมืองตรัง",
        f"{house} ซอยสุขใจ 3 ถนนพัทลุง ต.ทับเที่ยง",
    )
    return chance.choice(shapes)


def born(chance: random.Random) -> str:
    day, year = chance.randrange(1, 29), chance.randrange(2480, 2560)
    return chance.choice((f"{day} มีนาคม {year}", f"{day} ก.ย. {year}", f"{day:02}/11/{year}"))


def mail(chance: random.Random) -> str:
    name = f"{chance.choice(('wichai', 'aru.nee', 'k_phet', 'nok99'))}{digits(chance, 2)}"
    return f"{name}@{chance.choice(('gmail.com', 'hotmail.co.th', 'yahoo.com', 'outlook.com'))}"


def passport(chance: random.Random) -> str:
    return f"{chance.choice(('AA', 'AC', 'C'))}{digits(chance, 7)}"


def plate(chance: random.Random) -> str:
    letters = chance.choice(("กข", "ขจ", "บธ", "ผพ"))
    return f"{chance.choice(('', '1', '2'))}{letters} {chance.randrange(1, 9999)}"


FRAMES: tuple[tuple[str, Draw, tuple[str, ...]], ...] = (
    (
        "PHONE", mobile,
        (
            "สอบถามได้ที่คุณวิชัย โทรศัพท์ {}", "เบอร์ติดต่อกลับ {} (หลังเลิกงาน)", "แจ้งเหตุที่ {} ตลอด 24 ชั่วโมง",
            "3\tนางสมศรี ทองแท้\t{}", "ไลน์ไอดีใช้เบอร์ {}", "โทร. {} หรือ 0 7521 1111",
        ),
    ),
    (
        "EMAIL", mail,
        (
            "ส่งหลักฐานมาที่ {}", "อีเมล: {}", "E-mail {} โทร 075-218017", "ผู้ประสานงาน {} และ saraban@example.go.th",
        ),
    ),
    (
        "BANK", bank,
        (
            "โปรดโอนเงินเข้าบัญชีเลขที่ {} ธ.กรุงไทย สาขาตรัง", "บัญชีออมทรัพย์ ธ.ก.ส. {}", "ธนาคารออมสิน เลขที่บัญชี {} ชื่อบัญชี",
            "พร้อมเพย์และบัญชี {}",
        ),
    ),
    (
        "ADDRESS", address,
        (
            "ผู้ร้องอาศัยอยู่บ้านเลขที่ {}", "ภูมิลำเนา {}", "ที่อยู่ตามทะเบียนบ้าน {}", "นายวิชัย แก้วใส อยู่ {}",
        ),
    ),
    ("DOB", born, ("วันเดือนปีเกิด {}", "เกิดเมื่อวันที่ {} ที่จังหวัดตรัง", "ว/ด/ป เกิด {}", "เกิดวันที่ {} อายุ 54 ปี")),
    (
        "PASSPORT", passport,
        ("หนังสือเดินทางเลขที่ {}", "Passport No. {}", "ถือหนังสือเดินทาง {} สัญชาติเมียนมา"),
    ),
    ("PLATE", plate, ("รถจักรยานยนต์ หมายเลขทะเบียน {} ตรัง", "รถกระบะทะเบียน {} สงขลา", "รถเก๋งป้ายทะเบียน {}")),
)  # fmt: skip
# `@` is a person's name.
TOLD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("HEALTH", ("@ เป็นผู้ป่วยติดเตียง", "@ อายุ 61 ปี ติดเชื้อเอชไอวี", "ด้วย @ ป่วยเป็นโรคไตวายเรื้อรัง")),
    ("DISABILITY", ("@ พิการทางการเคลื่อนไหว", "@ ตาบอดทั้งสองข้าง", "บุตรของ @ เป็นออทิสติก")),
    ("POVERTY", ("@ ฐานะยากจน", "@ เป็นผู้มีรายได้น้อย", "ครอบครัว @ ยากไร้ ไม่มีที่ดินทำกิน")),
    ("CRIME", ("@ ถูกดำเนินคดีลักทรัพย์", "@ เคยต้องโทษจำคุก 2 ปี", "@ ถูกไล่ออกจากราชการ")),
    ("RELIGION", ("@ นับถือศาสนาอิสลาม", "@ เชื้อชาติจีน สัญชาติไทย", "@ เป็นสมาชิกพรรคการเมืองหนึ่ง")),
    ("NAME", ("ผู้ยื่นคำขอคือ @", "@ ขอรับเงินสงเคราะห์", "@ บิดาของเด็กชายคนดังกล่าว")),
)
# Said in words that no list of the detectors holds, as people do say it.
HARD: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("HEALTH", ("@ เส้นเลือดในสมองแตก", "@ ไส้ติ่งอักเสบเข้ารักษาตัว", "@ มีก้อนเนื้อที่เต้านม", "@ เป็นไข้เลือดออก")),
    ("DISABILITY", ("@ หูตึงต้องใช้เครื่องช่วยฟัง", "@ เดินไม่ได้ต้องนั่งรถเข็น", "@ แขนซ้ายใช้การไม่ได้")),
    ("POVERTY", ("@ ไม่มีรายได้ประจำ", "@ อยู่ในบัญชีคนจน", "@ เป็นหนี้สินล้นพ้นตัว")),
    ("CRIME", ("@ มีหมายจับของศาล", "@ ถูกศาลพิพากษาปรับ", "@ ยักยอกเงินของหน่วยงาน")),
    ("RELIGION", ("@ เป็นไทยมุสลิม", "@ เปลี่ยนมาเข้ารีตคาทอลิก", "@ เป็นแกนนำคนเสื้อสี")),
)
# What offices write every day, with numbers, places and words like those above.
CLEAN: tuple[Draw, ...] = (
    lambda c: f"ราคากลาง {c.randrange(10**5, 10**8):,}.00 บาท ผู้เสนอราคาต่ำสุด {c.randrange(10**5, 10**8):,} บาท",
    lambda c: f"โทรศัพท์ 0 7521 {digits(c, 4)} โทรสาร 0-7521-{digits(c, 4)}",
    lambda c: f"เลขที่โครงการ {digits(c, 11)} เลขคุมสัญญา {digits(c, 12)}",
    lambda c: f"ทะเบียนนิติบุคคล 0{c.randrange(10, 97)}5{digits(c, 9)} บริษัท ก้าวหน้า จำกัด",
    lambda c: f"ประกาศ ณ วันที่ {c.randrange(1, 29)} เมษายน พ.ศ. {c.randrange(2560, 2570)}",
    lambda c: f"เกิดเหตุเพลิงไหม้เมื่อวันที่ {c.randrange(1, 29)} มีนาคม 2569 เวลา 02.15 น.",
    lambda c: f"ณ สำนักงานเทศบาล เลขที่ {c.randrange(1, 400)} ถนนห้วยยอด ตำบลทับเที่ยง อำเภอเมืองตรัง",
    lambda c: f"ก่อสร้างถนนสาย ตง {c.randrange(1000, 9999)} หมู่ที่ {c.randrange(1, 12)} ตำบลควนปริง อำเภอเมือง",
    lambda c: f"จำนวนผู้สูงอายุ {c.randrange(100, 9999)} คน คนพิการ {c.randrange(100, 999)} คน",
    lambda c: f"อบรมป้องกันโรคไข้เลือดออกแก่ อสม. {c.randrange(10, 99)} คน วันที่ {c.randrange(1, 29)} ตุลาคม",
    lambda c: f"ตามมาตรา {c.randrange(1, 99)} ต้องระวางโทษจำคุกไม่เกิน {c.randrange(1, 9)} เดือน หรือปรับ",
    lambda c: f"ครุภัณฑ์รถบรรทุกขยะ รหัส {digits(c, 3)}-{digits(c, 2)}-{digits(c, 4)} อายุใช้งาน 5 ปี",
    lambda c: f"โอนจากหมวดค่าใช้สอย รหัสบัญชี {digits(c, 10)} จำนวน {c.randrange(10**4, 10**6):,} บาท",
    lambda c: f"ระหว่างวันที่ 1-{c.randrange(20, 30)} มกราคม 2569 ติดต่อ ext. {digits(c, 3)} ในวันราชการ",
    lambda c: "ศาสนสถานในเขตเทศบาล วัด 12 แห่ง มัสยิด 3 แห่ง โบสถ์คริสต์ 2 แห่ง",
    lambda c: "เอกสารที่ต้องใช้: สำเนาบัตรประจำตัวประชาชน สำเนาทะเบียนบ้าน สมุดบัญชีธนาคาร อย่างละ 1 ฉบับ",
    lambda c: "ส่งแบบคำขอทาง saraban@example.go.th หรือยื่นด้วยตนเอง ณ กองคลัง",
    lambda c: "(นายประเสริฐ แก้วใส)\nนายกเทศมนตรีนครตัวอย่าง",
)  # fmt: skip


def personal(each: int, seed: int = 2569) -> Iterator[Snippet]:
    """So many of every label; three in ten with Thai digits, as official letters have them."""
    chance = random.Random(seed)  # noqa: S311 -- nothing secret is drawn
    for label, draw, frames in FRAMES:
        for _ in range(each):
            text = chance.choice(frames).format(draw(chance))
            yield Snippet(to_thai(text) if chance.random() < 0.3 else text, label)
    for label, frames in TOLD:
        for _ in range(each):
            yield Snippet(chance.choice(frames).replace("@", person(chance)), label)


def hard() -> Iterator[Snippet]:
    chance = random.Random(2571)  # noqa: S311 -- as above
    for label, frames in HARD:
        for frame in frames:
            yield Snippet(frame.replace("@", person(chance)), label)


def clean(count: int, seed: int = 2570) -> Iterator[Snippet]:
    chance = random.Random(seed)  # noqa: S311 -- as above
    for _ in range(count):
        text = chance.choice(CLEAN)(chance)
        yield Snippet(to_thai(text) if chance.random() < 0.3 else text, "")
