"""The table of detectors: what each looks for, how grave it is, on what law, and what it tells the officer.

A new detector is a new line here and a finder; docs/reference/detectors.md is made from this table.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

# Only marks a text for the translators; the same name in django.utils.translation wants settings for that.
from django.utils.translation.trans_null import gettext_noop as _

from prongsai.screening.finders import contacts, marks, numbers, people
from prongsai.screening.located import Find


@dataclass(frozen=True)
class Detector:
    """`severity` holds where the finder does not say another; `label` is empty for what is no personal datum.

    Excerpts mask what the family `personal` finds; marks and passages they show.
    """

    name: str
    label: str
    family: str
    severity: str
    legal_basis: tuple[str, ...]
    explanation_th: str
    find: Find
    remark_th: str = ""

    @property
    def explanation(self) -> str:
        """What the officer reads, in their language."""
        return " ".join(gettext(text) for text in (self.explanation_th, self.remark_th) if text)

    @property
    def law(self) -> str:
        """The legal basis, in the reader's language."""
        return "; ".join(map(gettext, self.legal_basis))


# B.E. 2562 (2019), B.E. 2540 (1997), B.E. 2544 (2001); the sections are quoted in the founding document's clause 1.7.
_PERSONAL = (
    _("พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 27"),
    _("พ.ร.บ.ข้อมูลข่าวสารฯ พ.ศ. 2540 มาตรา 15 (5), 24"),
)
_SENSITIVE = (_("พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 26"),)
_OFFICIAL = (
    _("พ.ร.บ.ข้อมูลข่าวสารฯ พ.ศ. 2540 มาตรา 14–16"),
    _("ระเบียบว่าด้วยการรักษาความลับของทางราชการ พ.ศ. 2544"),
)
_CLAUSE = (_("ประกาศข้อ 1.1"), _("พ.ร.บ.ว่าด้วยการกระทำความผิดเกี่ยวกับคอมพิวเตอร์ฯ มาตรา 14"))
_CARE = (_("หลักระวัง: หน้าที่ไม่มีใครอ่านต้องไม่ผ่านไปเสมือนไม่มีข้อมูลต้องห้าม"),)
_READ_IT = _("ระบบเพียงชี้ข้อความให้เจ้าหน้าที่อ่านและตัดสินพร้อมเหตุผล ไม่ได้วินิจฉัยว่าผิด")

DETECTORS = (
    Detector(
        "national_id", "THAI_ID", "personal", "block", _PERSONAL,
        _("พบเลขที่มีรูปแบบเลขประจำตัวประชาชน 13 หลัก ให้ปิดทับหรือนำออกก่อนเผยแพร่"), numbers.national_ids,
    ),
    Detector(
        "laser_code", "THAI_ID", "personal", "block", _PERSONAL,
        _("พบรหัสหลังบัตรประชาชน ให้นำออก"), numbers.laser_codes,
    ),
    Detector(
        "bank_account", "BANK", "personal", "block", _PERSONAL,
        _("พบเลขที่บัญชีธนาคาร ให้ปิดทับ เว้นแต่เป็นบัญชีรับเงินของเทศบาล"), numbers.bank_accounts,
    ),
    Detector(
        "passport", "PASSPORT", "personal", "block", _PERSONAL,
        _("พบเลขหนังสือเดินทาง ให้ปิดทับหรือนำออก"), numbers.passports,
    ),
    Detector(
        "house_code", "ADDRESS", "personal", "block", _PERSONAL,
        _("พบรหัสประจำบ้าน ให้ปิดทับหรือนำออก"), numbers.house_codes,
    ),
    Detector(
        "mobile_phone", "PHONE", "personal", "decide", _PERSONAL,
        _("พบเลขโทรศัพท์มือถือ ตรวจว่าเป็นของหน่วยงานหรือของบุคคล"), numbers.mobile_phones,
    ),
    Detector(
        "private_email", "EMAIL", "personal", "decide", _PERSONAL,
        _("พบอีเมลที่ไม่ใช่ของหน่วยงานรัฐ ตรวจว่าเป็นของบุคคลหรือไม่"), contacts.private_emails,
    ),
    Detector(
        "home_address", "ADDRESS", "personal", "decide", _PERSONAL,
        _("พบที่อยู่ซึ่งน่าจะเป็นบ้านของบุคคล ตรวจว่าจำเป็นต้องเปิดเผยหรือไม่"), contacts.home_addresses,
    ),
    Detector(
        "birth_date", "DOB", "personal", "decide", _PERSONAL,
        _("พบวันเดือนปีเกิด ให้ปิดทับหรือใช้เพียงอายุหากจำเป็น"), contacts.birth_dates,
    ),
    Detector(
        "vehicle_plate", "PLATE", "personal", "advise", _PERSONAL,
        _("พบทะเบียนรถ ตรวจว่าเป็นรถราชการหรือรถของบุคคล"), numbers.plates,
    ),
    Detector(
        "sensitive_fact", "", "sensitive", "block", _SENSITIVE,
        _("พบข้อมูลอ่อนไหว (สุขภาพ ความพิการ ความยากไร้ คดี ศาสนา) ใกล้ชื่อบุคคล ให้นำชื่อหรือข้อมูลนั้นออก"),
        people.sensitive_facts,
    ),
    Detector(
        "private_name", "NAME", "personal", "advise", _PERSONAL,
        _("พบชื่อบุคคลที่ไม่ใช่เจ้าหน้าที่ในหน้าที่ หากอยู่ในบัญชีผู้รับสวัสดิการหรือผู้ร้องเรียน ต้องปิดทับก่อนเผยแพร่"),
        people.private_names,
    ),
    Detector(
        "secrecy_class", "", "secrecy", "block", _OFFICIAL,
        _("พบเครื่องหมายชั้นความลับ เอกสารที่ยังไม่ยกเลิกชั้นความลับเผยแพร่ไม่ได้"), marks.secrecy_marks,
    ),
    Detector(
        "clause_constitution", "", "constitution", "decide", _CLAUSE,
        _("ข้อความอาจเกี่ยวกับการปกครองหรือสถาบันหลักของประเทศ"), marks.clause("constitution"), _READ_IT,
    ),
    Detector(
        "clause_security", "", "security", "decide", _CLAUSE,
        _("ข้อความอาจเกี่ยวกับความมั่นคงของรัฐ"), marks.clause("security"), _READ_IT,
    ),
    Detector(
        "clause_order", "", "order", "decide", _CLAUSE,
        _("ข้อความอาจกระทบความสงบเรียบร้อย"), marks.clause("order"), _READ_IT,
    ),
    Detector(
        "clause_morals", "", "morals", "decide", _CLAUSE,
        _("ข้อความอาจกระทบศีลธรรมอันดี เช่น การพนันหรือสื่อลามก"), marks.clause("morals"), _READ_IT,
    ),
    Detector(
        "unread_page", "", "unread", "decide", _CARE,
        _("ระบบอ่านหน้านี้ไม่ได้เพราะเป็นภาพ โปรดเปิดดูด้วยตนเองก่อนตัดสิน"), marks.nothing,
    ),
)  # fmt: skip

_BY_NAME = {detector.name: detector for detector in DETECTORS}


def detector(name: str) -> Detector | None:
    """None for a finding of a detector that has been taken out since."""
    return _BY_NAME.get(name)
