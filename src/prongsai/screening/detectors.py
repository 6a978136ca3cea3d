"""The table of detectors: what each looks for, how grave it is, on what law, and what it tells the officer.

A new detector is a new line here and a finder; docs/reference/detectors.md is made from this table.
"""

from dataclasses import dataclass

from django.utils.translation import gettext

# Only marks a text for the translators; the same name in django.utils.translation wants settings for that.
from django.utils.translation.trans_null import gettext_noop as _

from prongsai.screening.examples import Examples, examples_of
from prongsai.screening.finders import (
    contacts,
    copies,
    election,
    forms,
    hidden,
    links,
    lists,
    marks,
    national_ids,
    numbers,
    passages,
    people,
    phones,
    pictures,
    scanned,
)
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
    def examples(self) -> Examples:
        """Invented texts in which it finds something, and others in which it finds nothing."""
        return examples_of(self.name)

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
_SECTION_15 = (_("พ.ร.บ.ข้อมูลข่าวสารฯ พ.ศ. 2540 มาตรา 15"),)
_ROYAL = (_("พ.ร.บ.ข้อมูลข่าวสารฯ พ.ศ. 2540 มาตรา 14"), _("ประกาศข้อ 1.1"))
_ELECTION = (_("พ.ร.บ.การเลือกตั้งสมาชิกสภาท้องถิ่นฯ พ.ศ. 2562"), _("ประกาศข้อ 1.4"))
_DEFAMATION = (_("ประมวลกฎหมายอาญา ความผิดฐานหมิ่นประมาท"), *_PERSONAL)
_TAX = (*_PERSONAL, _("กฎหมายภาษีท้องถิ่น: บางบัญชีกฎหมายให้ปิดประกาศ จึงต้องตรวจฐานก่อน"))
_LINKS = (_("ประกาศข้อ 1.7: ความมั่นคงปลอดภัยของเว็บไซต์"),)
_COPYRIGHT = (_("กฎหมายลิขสิทธิ์"), _("มาตรฐานเว็บไซต์ภาครัฐ: คลังความรู้ต้องมีแหล่งที่มา"))
_ACCESS = (_("มาตรฐานเว็บไซต์ภาครัฐ: ผู้พิการต้องเข้าถึงเนื้อหาได้"),)
_HIDDEN = (*_PERSONAL, _("หลักระวัง: สิ่งที่มองไม่เห็นในไฟล์ก็เผยแพร่ไปด้วย"))
_CARE = (_("หลักระวัง: หน้าที่ไม่มีใครอ่านต้องไม่ผ่านไปเสมือนไม่มีข้อมูลต้องห้าม"),)
_READ_IT = _("ระบบเพียงชี้ข้อความให้เจ้าหน้าที่อ่านและตัดสินพร้อมเหตุผล ไม่ได้วินิจฉัยว่าผิด")

DETECTORS = (
    Detector(
        "national_id", "THAI_ID", "personal", "block", _PERSONAL,
        _("พบเลขที่มีรูปแบบเลขประจำตัวประชาชน 13 หลัก ให้ปิดทับหรือนำออกก่อนเผยแพร่"), national_ids.national_ids,
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
        _("พบเลขโทรศัพท์มือถือ ตรวจว่าเป็นของหน่วยงานหรือของบุคคล"), phones.mobile_phones,
    ),
    Detector(
        "scanned_id", "THAI_ID", "personal", "block", _PERSONAL,
        _("พบเลขข้างคำว่าบัตรหรือเลขประจำตัวประชาชนที่จำนวนหลักไม่ตรง ซึ่งอาจอ่านจากภาพผิด ให้เปิดดูต้นฉบับแล้วปิดทับ"), scanned.scanned_ids,
    ),
    Detector(
        "scanned_phone", "PHONE", "personal", "decide", _PERSONAL,
        _("พบเลขที่น่าจะเป็นโทรศัพท์ของบุคคล แต่เครื่องอ่านจากภาพไม่แน่ชัด เปิดดูภาพแล้วตัดสิน"), scanned.scanned_phones,
    ),
    Detector(
        "scanned_account", "BANK", "personal", "block", _PERSONAL,
        _("พบเลขที่น่าจะเป็นบัญชีธนาคาร แต่เครื่องอ่านจากภาพไม่แน่ชัด เปิดดูภาพแล้วปิดทับ"), scanned.scanned_accounts,
    ),
    Detector(
        "land_line", "PHONE", "personal", "decide", _PERSONAL,
        _("พบโทรศัพท์บ้านของบุคคล ตรวจว่าจำเป็นต้องเปิดเผยหรือไม่"), phones.land_lines,
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
        "birth_column", "DOB", "personal", "decide", _PERSONAL,
        _("พบวันเกิดในตารางรายชื่อบุคคล ให้ปิดทับ"), lists.birth_columns,
    ),
    Detector(
        "patient_number", "HEALTH", "personal", "block", _SENSITIVE,
        _("พบเลขประจำตัวผู้ป่วยหรือรหัสโรค ซึ่งชี้ถึงสุขภาพของบุคคล ให้นำออก"), forms.patients,
    ),
    Detector(
        "age", "", "personal", "advise", _PERSONAL,
        _("พบอายุข้างชื่อบุคคล ตรวจว่าจำเป็นต้องบอกหรือไม่"), lists.ages,
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
        "form_field", "RELIGION", "sensitive", "block", _SENSITIVE,
        _("พบศาสนา เชื้อชาติ หรือหมู่เลือดในช่องกรอกข้อมูลของบุคคล ให้ปิดทับ"), forms.filled_fields,
    ),
    Detector(
        "private_name", "NAME", "personal", "advise", _PERSONAL,
        _("พบชื่อบุคคลที่ไม่ใช่เจ้าหน้าที่ในหน้าที่ หากอยู่ในบัญชีผู้รับสวัสดิการหรือผู้ร้องเรียน ต้องปิดทับก่อนเผยแพร่"),
        people.private_names,
    ),
    Detector(
        "untitled_name", "NAME", "personal", "block", _PERSONAL,
        _("พบชื่อบุคคลในตารางผู้รับสวัสดิการ ผู้ค้างชำระ นักเรียน หรือผู้ร้อง ให้ปิดทับก่อนเผยแพร่"), lists.untitled_names,
    ),
    Detector(
        "named_row", "NAME", "personal", "advise", _PERSONAL,
        _("พบชื่อบุคคลที่ไม่มีคำนำหน้า หลังป้ายชื่อหรือในแถวเดียวกับเลขของบุคคล ตรวจว่าเปิดเผยได้หรือไม่"), lists.named_rows,
    ),
    Detector(
        "beneficiary_list", "", "list", "block", _SENSITIVE,
        _(
            "พบบัญชีรายชื่อผู้รับสวัสดิการหรือความช่วยเหลือ แม้ไม่มีเลขประจำตัวก็ชี้ถึงความยากไร้ สุขภาพ หรือความพิการ "
            "ให้เผยแพร่เฉพาะฉบับที่ปิดทับชื่อหรือยอดรวม"
        ),
        lists.people_list("beneficiary"),
    ),
    Detector(
        "tax_list", "", "list", "block", _TAX,
        _("พบบัญชีรายชื่อผู้เสียภาษีหรือผู้ค้างชำระ ให้ตรวจว่ากฎหมายใดให้เผยแพร่ หากไม่มีให้ปิดทับ"), lists.people_list("tax"),
    ),
    Detector(
        "student_list", "", "list", "block", _PERSONAL,
        _("พบบัญชีรายชื่อเด็กหรือนักเรียน ให้ปิดทับหรือขอความยินยอมของผู้ปกครอง"), lists.people_list("student"),
    ),
    Detector(
        "complainant_list", "", "list", "block", _PERSONAL,
        _("พบบัญชีรายชื่อผู้ร้องเรียน ต้องคุ้มครองตัวตนของผู้ร้อง ให้นำออก"), lists.people_list("complaint"),
    ),
    Detector(
        "id_card_copy", "", "copy", "block", _SENSITIVE,
        _("พบสำเนาบัตรประจำตัวประชาชน ให้นำหน้านั้นออก"), copies.paper_copy("id_card"),
    ),
    Detector(
        "bank_book_copy", "", "copy", "block", _PERSONAL,
        _("พบสำเนาสมุดบัญชีธนาคาร ให้นำหน้านั้นออก"), copies.paper_copy("bank_book"),
    ),
    Detector(
        "house_register_copy", "", "copy", "block", _PERSONAL,
        _("พบสำเนาทะเบียนบ้าน ให้นำหน้านั้นออก"), copies.paper_copy("house_register"),
    ),
    Detector(
        "certified_copy", "", "copy", "decide", _PERSONAL,
        _("พบคำรับรองสำเนาถูกต้อง ซึ่งมักมีลายมือชื่ออยู่ข้าง ๆ ตรวจว่าเป็นสำเนาเอกสารของบุคคลหรือไม่"), copies.certified_copies,
    ),
    Detector(
        "id_card_picture", "THAI_ID", "picture", "decide", _PERSONAL,
        _("พบภาพที่มีขนาดอย่างบัตรและมีใบหน้า น่าจะเป็นสำเนาบัตรประจำตัว แม้เครื่องอ่านตัวหนังสือไม่ออก ให้เปิดดูแล้วปิดทับหรือนำหน้านั้นออก"),
        pictures.cards,
    ),
    Detector(
        "face", "FACE", "picture", "decide", _PERSONAL,
        _(
            "พบใบหน้าบุคคลในภาพ ตรวจว่าเป็นเจ้าหน้าที่ในหน้าที่ หรือผู้ที่ยินยอมให้เผยแพร่ โดยเฉพาะเด็ก ซึ่งต้องได้รับความยินยอมจากผู้ปกครอง "
            "หากไม่แน่ใจให้ปิดทับ (ระบบไม่รู้ว่าเป็นใครและไม่เดาอายุ)"
        ),
        pictures.faces,
    ),
    Detector(
        "signature", "SIGNATURE", "picture", "decide", _PERSONAL,
        _("พบสิ่งที่น่าจะเป็นลายมือชื่อ ลายมือชื่อของบุคคลภายนอกให้ปิดทับก่อนเผยแพร่ เพราะนำไปปลอมได้"), pictures.signatures,
    ),
    Detector(
        "seal", "", "picture", "advise", _PERSONAL,
        _("พบตราประทับ ตราของส่วนราชการเป็นปกติ หากเป็นตราของบุคคลหรือบริษัทให้พิจารณาว่าจำเป็นต้องเปิดเผยหรือไม่"), pictures.seals,
    ),
    Detector(
        "unseen_picture", "", "unread", "decide", _CARE,
        _("มีภาพที่ระบบเปิดดูไม่ได้ อาจมีใบหน้า ลายมือชื่อ หรือบัตรประจำตัว โปรดเปิดดูด้วยตนเองก่อนตัดสิน"), pictures.unseen,
    ),
    Detector(
        "hidden_covered", "", "hidden", "decide", _HIDDEN,
        _("มีข้อความอยู่ใต้แถบหรือภาพที่วางทับ ผู้อื่นยกแถบออกหรือคัดลอกข้อความได้ ให้ปิดทับด้วยเครื่องมือของระบบ"),
        hidden.hidden("covered"),
    ),
    Detector(
        "hidden_invisible", "", "hidden", "decide", _HIDDEN,
        _("มีข้อความที่มองไม่เห็นบนหน้า เช่น ตัวอักษรสีเดียวกับพื้น ตัวเล็กมาก หรือถูกซ่อนไว้ ให้ตรวจแล้วนำออก"),
        hidden.hidden("invisible", "off_page"),
    ),
    Detector(
        "hidden_cells", "", "hidden", "decide", _HIDDEN,
        _("มีแผ่นงาน แถว หรือคอลัมน์ที่ซ่อนอยู่ ผู้อื่นเปิดดูได้ ให้ลบออกจากไฟล์ก่อนเผยแพร่"),
        hidden.hidden("hidden_sheet", "hidden_row", "hidden_column"),
    ),
    Detector(
        "hidden_comment", "", "hidden", "decide", _HIDDEN,
        _("มีความคิดเห็นหรือหมายเหตุแนบอยู่ในไฟล์ ให้ลบออกก่อนเผยแพร่"), hidden.hidden("comment"),
    ),
    Detector(
        "tracked_change", "", "hidden", "decide", _HIDDEN,
        _("มีการติดตามการแก้ไขค้างอยู่ ข้อความเดิมยังอ่านได้ ให้ยอมรับหรือปฏิเสธการแก้ไขทั้งหมดก่อน"), hidden.hidden("tracked_change"),
    ),
    Detector(
        "pivot_cache", "", "hidden", "decide", _HIDDEN,
        _("มีข้อมูลดิบค้างอยู่ในตารางสรุป (pivot) ให้คัดลอกเฉพาะค่าลงไฟล์ใหม่"), hidden.hidden("pivot_cache"),
    ),
    Detector(
        "file_properties", "", "hidden", "advise", _HIDDEN,
        _("ไฟล์บอกชื่อผู้จัดทำ ที่เก็บไฟล์ หรือข้อมูลอื่นที่ไม่ปรากฏบนหน้า ตรวจว่าเปิดเผยได้"), hidden.hidden("properties"),
    ),
    Detector(
        "scan_layer", "", "hidden", "advise", _CARE,
        _("หน้านี้เป็นภาพสแกนที่มีข้อความจากเครื่องอ่านอยู่ด้านหลัง ตรวจว่าข้อความตรงกับภาพ"), hidden.scan_layers,
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
        "royal_institution", "", "royal", "decide", _ROYAL,
        _("ข้อความกล่าวถึงสถาบันพระมหากษัตริย์นอกแบบที่ใช้ประจำ ตรวจถ้อยคำและราชาศัพท์"), passages.passage("royal"), _READ_IT,
    ),
    Detector(
        "deliberation", "", "section_15", "decide", _SECTION_15,
        _("พบข้อความว่าใช้ภายในหรือยังไม่เป็นข้อยุติ อาจเป็นความเห็นภายในตามมาตรา 15 (3)"),
        passages.passage("deliberation"), _READ_IT,
    ),
    Detector(
        "protection_plan", "", "section_15", "decide", _SECTION_15,
        _("พบข้อความเกี่ยวกับการรักษาความปลอดภัยของสถานที่ ระบบ หรือบุคคล อาจเข้ามาตรา 15 (1)–(2), (4)"),
        passages.passage("protection"), _READ_IT,
    ),
    Detector(
        "open_inquiry", "", "section_15", "decide", _SECTION_15,
        _("พบข้อความเกี่ยวกับการสอบสวนหรือรายงานแพทย์ อาจเข้ามาตรา 15 (2), (5)"), passages.passage("inquiry"), _READ_IT,
    ),
    Detector(
        "credential", "", "section_15", "decide", _SECTION_15,
        _("พบรหัสผ่าน ให้นำออกและเปลี่ยนรหัส"), passages.credentials,
    ),
    Detector(
        "accusation", "", "defamation", "decide", _DEFAMATION,
        _("พบถ้อยคำกล่าวหาใกล้ชื่อบุคคลหรือกิจการ ตรวจหลักฐานและความจำเป็น"), passages.accusations, _READ_IT,
    ),
    Detector(
        "election_window", "", "election", "decide", _ELECTION,
        _("วันนี้อยู่ในช่วงเลือกตั้งตามปฏิทิน และพบชื่อผู้สมัคร ผู้ดำรงตำแหน่ง หรือคำชูผลงาน ตรวจว่าไม่เป็นคุณเป็นโทษแก่ผู้ใด"),
        election.election_passages, _READ_IT,
    ),
    Detector(
        "gambling_spam", "", "spam", "decide", _LINKS,
        _("พบคำโฆษณาการพนันจำนวนมาก อาจถูกฝังโดยผู้บุกรุก"), links.gambling_spam, _READ_IT,
    ),
    Detector(
        "risky_link", "", "links", "decide", _LINKS,
        _("พบลิงก์ย่อ ลิงก์ที่เป็นเลขไอพี หรือชื่อที่อำพราง ให้ใส่ที่อยู่เต็มของปลายทางที่ตรวจแล้ว"), links.risky_links,
    ),
    Detector(
        "hidden_link", "", "links", "decide", _LINKS,
        _("พบลิงก์ที่มองไม่เห็น หรือข้อความของลิงก์ไม่ตรงกับปลายทาง ให้แก้"), links.hidden_links,
    ),
    Detector(
        "plain_link", "", "links", "advise", _LINKS,
        _("พบลิงก์ที่ไม่เข้ารหัส (http) หากปลายทางมี https ให้ใช้แทน"), links.plain_links,
    ),
    Detector(
        "missing_source", "", "copyright", "advise", _COPYRIGHT,
        _("ภาพหรือความรู้ของผู้อื่นยังไม่บอกแหล่งที่มาหรือสิทธิในการใช้"), links.missing_sources,
    ),
    Detector(
        "picture_without_words", "", "access", "decide", _ACCESS,
        _("มีภาพในเนื้อหาที่ไม่มีคำบรรยายแทนภาพ ให้เขียนว่าภาพบอกอะไร หรือระบุว่าเป็นภาพประดับ"), links.pictures_without_words,
    ),
    Detector(
        "table_picture", "", "access", "advise", _ACCESS,
        _("หน้านี้เป็นภาพของตาราง โปรดแนบไฟล์ตารางที่คำนวณได้ด้วย"), scanned.table_pictures,
    ),
    Detector(
        "unsure_number", "", "unread", "decide", _CARE,
        _("มีเลขที่เครื่องอ่านจากภาพได้ไม่แน่ชัด อาจเป็นเลขของบุคคล เปิดดูภาพแล้วตัดสิน"), scanned.unsure_numbers,
    ),
    Detector(
        "unsure_page", "", "unread", "decide", _CARE,
        _("เครื่องอ่านหน้านี้ได้ไม่ชัด ข้อมูลต้องห้ามอาจไม่ถูกพบ โปรดอ่านด้วยตนเองก่อนตัดสิน"), scanned.unsure_pages,
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
