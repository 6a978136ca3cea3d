"""What offices write of persons, in frames with invented data, and what only looks like it."""

import random
from collections.abc import Callable
from typing import NamedTuple

MAIL = ("gmail.com", "hotmail.com", "outlook.com")
GIVEN = (
    *(
        "กมลชนก",
        "จิรายุ",
        "ชัยวัฒน์",
        "ดวงใจ",
        "ทิพวรรณ",
        "นพดล",
        "ปราณี",
        "พงศกร",
        "ภัทรา",
        "มณฑา",
        "รัชนี",
        "วรวิทย์",
    ),
    *(
        "ศิริพร",
        "สมพงษ์",
        "สุชาติ",
        "อนงค์",
        "อาซีซะห์",
        "มูฮัมหมัด",
        "เจ๊ะหะ",
        "บุญเรือน",
        "ประคอง",
        "ละเอียด",
        "หนูกลิ่น",
        "จำลอง",
    ),
)
SURNAMES = (
    *(
        "แก้วมณี",
        "ขุนทอง",
        "จันทร์แจ่ม",
        "ชูแสง",
        "ดำรงธรรม",
        "ตันติวงศ์",
        "ทองปาน",
        "นิลรัตน์",
        "บุญช่วย",
        "ปานแก้ว",
        "พรหมมา",
    ),
    *(
        "มากชู",
        "ยอดดี",
        "รักษ์วงศ์",
        "ศรีนวล",
        "สังข์ทอง",
        "หลงสมัน",
        "อ่อนแก้ว",
        "เส้งสุ้น",
        "ใจกล้า",
        "ณ นคร",
        "สาและ",
        "เต็มราม",
    ),
)
PLACES = ("ทับเที่ยง", "นาโต๊ะหมิง", "โคกหล่อ", "บางหมาก", "หนองตรุด", "น้ำผุด", "ควนธานี")
POSTS = (
    *(
        "ปลัดเทศบาล",
        "ผู้อำนวยการกองช่าง",
        "หัวหน้าสำนักปลัด",
        "นักวิชาการพัสดุ",
        "เจ้าพนักงานธุรการ",
        "รองนายกเทศมนตรี",
    ),
    *("นายกเทศมนตรี", "ผู้อำนวยการกองคลัง", "นิติกร", "วิศวกรโยธา", "ประธานกรรมการ", "กรรมการ"),
)
Part = tuple[str, str]
Make = Callable[[random.Random], list[Part]]


class Kind(NamedTuple):
    """So many of it for each of the others' one."""

    name: str
    make: Make
    weight: int = 1


def digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def checked(twelve: str) -> str:
    total = sum((13 - place) * int(digit) for place, digit in enumerate(twelve))
    return twelve + str((11 - total % 11) % 10)


def national_id(chance: random.Random) -> str:
    number = checked(chance.choice("12345678") + digits(chance, 11))
    dash = chance.choice(("-", "-", " ", " - ", "\u2013", ""))
    return dash.join((number[0], number[1:5], number[5:10], number[10:12], number[12]))


def full_name(chance: random.Random) -> str:
    title = chance.choice(("นาย", "นาง", "นางสาว", "น.ส."))
    return f"{title}{chance.choice(('', '', ' '))}{chance.choice(GIVEN)} {chance.choice(SURNAMES)}"


def mobile(chance: random.Random) -> str:
    number = f"0{chance.choice('689')}{digits(chance, 8)}"
    return chance.choice((
        number, f"{number[:3]}-{number[3:6]}-{number[6:]}", f"{number[:3]} {number[3:6]} {number[6:]}",
        f"{number[:2]}-{number[2:6]}-{number[6:]}", f"{number[:3]}-{number[3:]}",
    ))  # fmt: skip


def date_of(chance: random.Random, first: int, last: int) -> str:
    day, year = chance.randrange(1, 29), chance.randrange(first, last)
    month = chance.choice(("มกราคม", "มีนาคม", "มิถุนายน", "สิงหาคม", "ต.ค.", "ธ.ค."))
    return chance.choice(
        (f"{day} {month} {year}", f"{day} {month} พ.ศ. {year}", f"{day:02}/07/{year}")
    )


def house(chance: random.Random) -> str:
    number = f"{chance.randrange(1, 500)}/{chance.randrange(1, 99)}"
    return chance.choice((
        f"{number} หมู่ที่ {chance.randrange(1, 12)} ตำบล{chance.choice(PLACES)} อำเภอเมืองตรัง",
        f"{number} หมู่ {chance.randrange(1, 12)} ต.{chance.choice(PLACES)} อ.เมือง จ.ตรัง",
        f"{number} ถนนกันตัง ตำบล{chance.choice(PLACES)} อำเภอเมืองตรัง จังหวัดตรัง 92000",
    ))  # fmt: skip


def framed(label: str, draw: Callable[[random.Random], str], *frames: str) -> Make:
    """`{}` is the datum, `@` a person's name, which is a datum too."""

    def make(chance: random.Random) -> list[Part]:
        before, _braces, after = chance.choice(frames).partition("{}")
        return [*_named(chance, before), (draw(chance), label), *_named(chance, after)]

    return make


def _named(chance: random.Random, text: str) -> list[Part]:
    before, at, after = text.partition("@")
    return [(before, ""), (full_name(chance), "NAME"), (after, "")] if at else [(text, "")]


def told(label: str, *facts: str) -> Make:
    """A person, and what is told of them."""
    joints = (" ", " อายุ 54 ปี ", " ซึ่ง", " เป็นผู้ที่", " มีประวัติ")

    def make(chance: random.Random) -> list[Part]:
        begin = chance.choice(("", "ด้วย ", "ผู้ยื่นคำขอ ", "ราย "))
        return [
            (begin, ""),
            (full_name(chance), "NAME"),
            (chance.choice(joints), ""),
            (chance.choice(facts), label),
        ]

    return make


def plain(*makers: Callable[[random.Random], str]) -> Make:
    return lambda chance: [(chance.choice(makers)(chance), "")]


PERSONAL = (
    Kind("national_id", framed(
        "THAI_ID", national_id,
        "เลขประจำตัวประชาชน {}", "หมายเลขบัตรประจำตัวประชาชน {} ออกโดยเทศบาล", "@ เลขบัตร {} จำนวนเงิน 600 บาท",
        "บัตร ปชช. เลขที่ {}", "ถือบัตรประจำตัวประชาชนเลขที่ {} อยู่บ้านเดียวกัน", "ID card no. {}", "1 @ {} 700",
        "เลขประจำตัวประชาชนของผู้ขอรับสิทธิ {}", "ข้าพเจ้าถือบัตรประชาชนเลขที่ {} ขอยื่นคำร้อง",
    ), 8),
    Kind("phone", framed("PHONE", mobile, "เบอร์โทร {}", "ติดต่อ @ มือถือ {}", "โทรศัพท์เคลื่อนที่ {}", "โทร {} ทุกวัน", "@ {}"), 3),
    Kind("email", framed(
        "EMAIL",
        lambda c: f"{c.choice(('nok', 'k.chai', 'ploy_', 'mana'))}{digits(c, 2)}@{c.choice(MAIL)}",
        "อีเมล {}", "ส่งเอกสารทาง {} ภายในวันศุกร์", "e-mail: {}",
    )),
    Kind("bank", framed(
        "BANK", lambda c: c.choice((f"{digits(c, 3)}-{digits(c, 1)}-{digits(c, 5)}-{digits(c, 1)}", digits(c, 10))),
        "โอนเข้าบัญชีเลขที่ {}", "เลขที่บัญชี {} ธนาคารกรุงไทย", "บัญชีออมทรัพย์ {} ชื่อบัญชี @", "ธ.ก.ส. เลขบัญชี {}",
    ), 2),
    Kind("passport", framed(
        "PASSPORT",
lambda c: f"{c.choice(('AA', 'AB', 'P'))}{digits(c, 7)}",
"หนังสือเดินทางหมายเลข {}",
"passport {}",
"หนังสือเดินทางเลขที่ {} ของผู้เข้าพัก",
    )),
    Kind("plate", framed(
        "PLATE", lambda c: f"{c.choice(('', '1', '3'))}{c.choice(('กจ', 'บล', 'ขท'))} {c.randrange(10, 9999)}",
        "รถยนต์หมายเลขทะเบียน {} ตรัง", "จักรยานยนต์ ทะเบียน {} ตรัง", "รถกระบะ ทะเบียน {}",
    )),
    Kind("address", framed("ADDRESS", house, "อยู่บ้านเลขที่ {}", "@ ที่อยู่ {}", "ภูมิลำเนาอยู่บ้านเลขที่ {}", "อาศัยอยู่ที่ {}"), 2),
    Kind("birth", framed("DOB",
lambda c: date_of(c, 2470, 2565), "เกิดวันที่ {}",
"วันเดือนปีเกิด {}",
"วัน/เดือน/ปี เกิด {}",
"เกิดเมื่อวันที่ {}")),
    Kind("name", framed("NAME", full_name, "ผู้ขอรับการช่วยเหลือ {}",
"{} ยื่นคำร้องขอความช่วยเหลือ",
"มารดาชื่อ {}",
"ได้รับแจ้งจาก {} ว่าน้ำไม่ไหล"), 2),
    Kind("health", told("HEALTH",
"ป่วยเป็นโรคมะเร็งปอด",
"เป็นผู้ป่วยติดเตียง",
"ติดเชื้อเอชไอวี",
"ป่วยเป็นวัณโรค",
"ฟอกไตสัปดาห์ละสามครั้ง",
"ผ่าตัดหัวใจ")),
    Kind("disability", told("DISABILITY", "พิการทางการได้ยิน", "ตาบอดข้างซ้าย", "ออทิสติก", "ทุพพลภาพ", "พิการซ้อน")),
    Kind("poverty", told("POVERTY", "ฐานะยากจน", "เป็นผู้มีรายได้น้อย", "ครอบครัวยากไร้", "ไร้ที่พึ่ง")),
    Kind("crime", told("CRIME", "ต้องโทษจำคุก", "ถูกดำเนินคดียาเสพติด", "เคยถูกจับกุม เป็นผู้ต้องหา", "ถูกลงโทษทางวินัย")),
    Kind("religion", told("RELIGION", "นับถือศาสนาอิสลาม", "เชื้อชาติมลายู", "นับถือศาสนาคริสต์")),
)  # fmt: skip
HARMLESS = (
    Kind("egp", plain(
        lambda c: f"เลขที่โครงการ {digits(c, 11)} เลขคุมสัญญา {digits(c, 12)}",
lambda c: f"โครงการ e-GP เลขที่ {digits(c, 11)} วิธีเฉพาะเจาะจง",
        lambda c: f"รหัสโครงการ {digits(c, 13)} งบประมาณ {c.randrange(10**5, 10**7):,} บาท",
    ), 3),
    Kind("juristic", plain(
        lambda c: (
f"บริษัท {c.choice(SURNAMES)}ก่อสร้าง จำกัด เลขประจำตัวผู้เสียภาษี "
f"{checked('0' + str(c.randrange(10, 97)) + digits(c, 9))}"
),
        lambda c: f"หจก.{c.choice(SURNAMES)} ทะเบียนนิติบุคคลเลขที่ {checked('0' + str(c.randrange(10, 97)) + digits(c, 9))}",
    ), 3),
    Kind("budget", plain(
        lambda c: f"งบประมาณตั้งไว้ {c.randrange(10**5, 10**9):,}.00 บาท คงเหลือ {c.randrange(10**4, 10**7):,}.50 บาท",
        lambda c: f"รวมรายรับทั้งสิ้น {c.randrange(10**8, 10**9):,} บาท",
lambda c: f"รหัสงบประมาณ {digits(c, 16)} แผนงานเคหะและชุมชน",
    ), 3),
    Kind("office_phone", plain(
        lambda c: f"โทร. 0 7521 {digits(c, 4)} ต่อ {digits(c, 3)}",
lambda c: f"กองคลัง โทรศัพท์ 075-{digits(c, 3)}-{digits(c, 3)} โทรสาร 075-{digits(c, 6)}",
    ), 2),
    Kind("document_number", plain(
        lambda c: f"ที่ ตง {digits(c, 5)}/{digits(c, 4)} ลงวันที่ {date_of(c, 2560, 2570)}",
lambda c: f"คำสั่งที่ {c.randrange(1, 999)}/2569",
lambda c: f"ครุภัณฑ์ {digits(c, 3)}-{digits(c, 2)}-{digits(c, 4)}",
    ), 2),
    Kind("goods", plain(
        lambda c: f"บาร์โค้ด 885{digits(c, 10)}",
lambda c: f"IMEI {digits(c, 15)}",
lambda c: f"หมายเลขเครื่อง {digits(c, 12)}",
lambda c: f"ISBN 978-616-{digits(c, 3)}-{digits(c, 3)}-{digits(c, 1)}",
        lambda c: f"มาตรวัดน้ำ เลขมิเตอร์ {digits(c, 10)}",
    ), 2),
    Kind("official", plain(
        lambda c: f"({full_name(c)})\n{c.choice(POSTS)}",
lambda c: f"{full_name(c)} ตำแหน่ง {c.choice(POSTS)}",
lambda c: f"{c.choice(POSTS)} {full_name(c)} เป็นผู้ควบคุมงาน",
    ), 3),
    Kind("statistics", plain(
        lambda c: (
f"ผู้สูงอายุ {c.randrange(100, 9999):,} คน คนพิการ {c.randrange(50, 999)} "
f"คน ผู้ป่วยเอดส์ {c.randrange(1, 60)} คน"
), lambda c: f"อัตราป่วยโรคไข้เลือดออก {c.randrange(1, 99)} ต่อแสนประชากร",
        lambda c: f"ประชากรนับถือศาสนาพุทธ ร้อยละ {c.randrange(50, 99)}",
    ), 2),
    Kind("office_address", plain(
        lambda c: (
f"สำนักงานเทศบาล เลขที่ {c.randrange(1, 500)} ถนนวิเศษกุล ตำบลทับเที่ยง "
"อำเภอเมืองตรัง"
), lambda c: (
f"ก่อสร้างท่อระบายน้ำ หมู่ที่ {c.randrange(1, 12)} ตำบล{c.choice(PLACES)} "
"อำเภอเมือง"
),
    ), 2),
    Kind("law", plain(
        lambda c: (
f"มาตรา {c.randrange(1, 90)} ต้องระวางโทษจำคุกไม่เกิน {c.randrange(1, 10)} "
"ปี"
), lambda _c: "เอกสารประกอบ: สำเนาบัตรประจำตัวประชาชน สำเนาทะเบียนบ้าน พร้อมรับรองสำเนาถูกต้อง",
        lambda _c: "นโยบายต่อต้านการทุจริตและประพฤติมิชอบ", lambda _c: "โครงการป้องกันและแก้ไขปัญหายาเสพติดในชุมชน",
    ), 2),
    Kind("masked", plain(
        lambda c: f"เลขประจำตัวประชาชน {digits(c, 1)}-{digits(c, 4)}-XXXXX-XX-{digits(c, 1)}",
lambda c: f"เลขบัตร x-xxxx-xxxxx-{digits(c, 2)}-{digits(c, 1)}",
lambda c: f"โทร 08x-xxx-{digits(c, 4)}",
    )),
    Kind("mail", plain(lambda c: f"ติดต่อ saraban{digits(c, 2)}@example.go.th")),
)  # fmt: skip
