"""Whole papers as offices publish them, in which nothing is to be found. All names are invented."""

import random

from screening_kinds import PLACES, POSTS, SURNAMES, checked, date_of, digits, full_name


def _procurement_rows(chance: random.Random) -> str:
    rows = [
        f"{row}\t{checked('0' + str(chance.randrange(10, 97)) + digits(chance, 9))}\t"
        f"บริษัท {chance.choice(SURNAMES)}การช่าง จำกัด\tจ้างเหมาซ่อมถนน\t"
        f"{chance.randrange(10**4, 5 * 10**5):,}.00\t{date_of(chance, 2568, 2570)} "
        f"เลขที่ {chance.randrange(1, 99)}/2569"
        for row in range(1, chance.randrange(4, 15))
    ]
    head = "ลำดับ\tเลขประจำตัวผู้เสียภาษี/เลขประจำตัวประชาชน\tชื่อผู้ประกอบการ\tรายการ\tจำนวนเงิน (บาท)\tเอกสารอ้างอิง"
    return "\n".join(["ประกาศผู้ชนะการจัดซื้อจัดจ้าง ประจำไตรมาส", head, *rows])


def _committee(chance: random.Random) -> str:
    duties = ("จัดหาพัสดุ", "สงเคราะห์ผู้สูงอายุ", "ตรวจรับพัสดุ", "รับเรื่องร้องเรียน", "พัฒนาเด็กเล็ก")
    roles = ("ประธานกรรมการ", "กรรมการ", "กรรมการ", "กรรมการและเลขานุการ")
    rows = [
        f"{row}. {full_name(chance)} {chance.choice(POSTS[:9])} {role}"
        for row, role in enumerate(roles, 1)
    ]
    return (
        f"คำสั่งเทศบาล ที่ {chance.randrange(1, 900)}/2569 เรื่อง แต่งตั้งคณะกรรมการ{chance.choice(duties)}\n"
        + "\n".join(rows)
    )


def _memo(chance: random.Random) -> str:
    return (
        f"บันทึกข้อความ\nส่วนราชการ กองช่าง โทร. 0 7521 {digits(chance, 4)} "
        f"ต่อ {digits(chance, 3)}\nที่ ตง {digits(chance, 5)}/{digits(chance, 4)} "
        f" วันที่ {date_of(chance, 2566, 2570)}\n"
        f"เรื่อง ขออนุมัติดำเนินโครงการ งบประมาณ {chance.randrange(10**5, 10**7):,} บาท\nเรียน นายกเทศมนตรี\n"
        "ด้วยกองช่างมีความประสงค์จะดำเนินโครงการเพื่อประโยชน์ของผู้สูงอายุ "
        f"{chance.randrange(50, 900)} คน และคนพิการ {chance.randrange(5, 90)} "
        f"คน ในเขตตำบล{chance.choice(PLACES)}\n"
        f"จึงเรียนมาเพื่อโปรดพิจารณา\n({full_name(chance)})\n{chance.choice(POSTS)}"
    )


def _budget(chance: random.Random) -> str:
    rows = [
        f"หมวดที่ {row}\tรหัสบัญชี {digits(chance, 10)}\t{chance.randrange(10**5, 10**8):,}.00\t"
        f"{chance.randrange(10**4, 10**7):,}.00"
        for row in range(1, 20)
    ]
    return (
        f"เทศบัญญัติงบประมาณรายจ่าย ประจำปี พ.ศ. 2570\nสงเคราะห์เบี้ยยังชีพผู้สูงอายุ {chance.randrange(10**6, 10**8):,} บาท\n"
        + "\n".join(rows)
    )


def _news(chance: random.Random) -> str:
    return (
        f"วันที่ {date_of(chance, 2568, 2570)} {full_name(chance)} นายกเทศมนตรี "
        f"พร้อมด้วย {full_name(chance)} {chance.choice(POSTS)} ร่วมกิจกรรมรณรงค์ป้องกันโรคไข้เลือดออกและต่อต้านยาเสพติด\n"
        f"มีผู้เข้าร่วม {chance.randrange(30, 900)} คน สอบถามรายละเอียดได้ที่กองสาธารณสุข "
        f"โทร. 0 7521 {digits(chance, 4)} หรือ health@example.go.th"
    )


def _guide(chance: random.Random) -> str:
    return (
        "คู่มือประชาชน การลงทะเบียนรับเบี้ยยังชีพผู้สูงอายุ\nคุณสมบัติ: สัญชาติไทย มีภูมิลำเนาในเขตเทศบาล อายุ 60 ปีบริบูรณ์ขึ้นไป\n"
        "เอกสาร: 1. บัตรประจำตัวประชาชน พร้อมสำเนา 2. ทะเบียนบ้าน พร้อมสำเนา 3. สมุดบัญชีเงินฝากธนาคาร พร้อมสำเนา\n"
        f"ระยะเวลา {chance.randrange(1, 30)} วันทำการ ค่าธรรมเนียม ไม่มี\n"
        f"ช่องทางร้องเรียน: สำนักงานเทศบาล โทร 0 7521 {digits(chance, 4)} "
        "หรือสายด่วน 1111"
    )


def _minutes(chance: random.Random) -> str:
    present = [f"{row}. {full_name(chance)}  สมาชิกสภาเทศบาล" for row in range(1, 13)]
    return (
        f"รายงานการประชุมสภาเทศบาล สมัยสามัญ ครั้งที่ {chance.randrange(1, 5)}/2569\nผู้มาประชุม\n"
        + "\n".join(present)
        + "\nระเบียบวาระที่ 1 เรื่องที่ประธานแจ้งให้ทราบ\nการช่วยเหลือผู้ประสบภัย ผู้ยากไร้ และผู้ป่วยติดเตียงในเขตเทศบาล"
    )


def _tax_notice(chance: random.Random) -> str:
    return (
        "ประกาศเทศบาล เรื่อง กำหนดชำระภาษีที่ดินและสิ่งปลูกสร้าง ประจำปี "
        "2569\nชำระภายในเดือนเมษายน หากค้างชำระต้องเสียเบี้ยปรับร้อยละ "
        f"{chance.randrange(10, 40)}\n"
        "โอนเงินเข้าบัญชีเทศบาล ตามใบแจ้งการประเมินเท่านั้น\nประกาศ ณ "
        f"วันที่ {date_of(chance, 2568, 2570)}\n({full_name(chance)})\n"
        "นายกเทศมนตรี"
    )


DOCUMENTS = (_procurement_rows, _committee, _memo, _budget, _news, _guide, _minutes, _tax_notice)
