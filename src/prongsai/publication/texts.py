"""What people read when the gate stays shut: one sentence for each blocker, beside its key."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.publication.rules import Blocker, Reason

SENTENCES: dict[Blocker, Promise] = {
    Blocker.NOT_APPROVED: _(
        "เรื่องนี้ยังไม่ได้รับอนุมัติครบทุกขั้น จึงยังเผยแพร่ไม่ได้ ให้ติดตามขั้นที่ยังค้าง หรือส่งพิจารณาใหม่ถ้าเรื่องกลับมาแล้ว"
    ),
    Blocker.CONTENT_CHANGED: _(
        "เนื้อหา ไฟล์ หรือชื่อหมวดและข้อมูลหน่วยงานที่จะแสดง ไม่ตรงกับฉบับที่อนุมัติ ให้ตรวจแล้วส่งฉบับปัจจุบันเข้าพิจารณาใหม่"
    ),
    Blocker.DECISIONS_ON_OTHER_CONTENT: _("มีผู้ให้ความเห็นชอบเนื้อหาคนละฉบับกับที่จะเผยแพร่ ให้ส่งพิจารณาใหม่"),
    Blocker.STEP_INCOMPLETE: _(
        "ขั้นที่ %(about)s ยังมีผู้เห็นชอบไม่ครบ ให้ขั้นนั้นพิจารณาให้ครบ หรือส่งพิจารณาใหม่ถ้าเรื่องกลับมาแล้ว"
    ),
    Blocker.APPROVER_CONTRIBUTED: _("ผู้อนุมัติคนหนึ่งมีส่วนเขียนหรือแนบไฟล์ในฉบับนี้ ต้องให้ผู้อื่นอนุมัติแทน"),
    Blocker.PERSON_DECIDED_TWICE: _("คนเดียวกันให้ความเห็นชอบมากกว่าหนึ่งขั้น ต้องให้ผู้อื่นพิจารณาขั้นหนึ่งแทน"),
    Blocker.OPEN_FINDINGS: _("การกลั่นกรองยังไม่เรียบร้อย: %(about)s"),
    Blocker.TEXT_UNSPEAKABLE: _(
        "ข้อความถึงประชาชนมี “%(about)s” ซึ่งเปิดเผยไม่ได้ ให้แก้ข้อความนั้นแล้วส่งพิจารณาใหม่"
    ),
    Blocker.FIELDS_MISSING: _("ข้อมูลที่ต้องมียังไม่ครบ: %(about)s"),
    Blocker.FILE_MISSING: _("ไม่พบไฟล์ “%(about)s” ในที่เก็บ ให้แนบใหม่แล้วส่งพิจารณาอีกครั้ง"),
    Blocker.FILE_NOT_CLEAN: _("ไฟล์ “%(about)s” ยังไม่ผ่านการตรวจ ให้แนบไฟล์ใหม่แล้วส่งพิจารณาอีกครั้ง"),
    Blocker.FILE_CHANGED: _("ไฟล์ “%(about)s” ในที่เก็บไม่ใช่ไฟล์ที่อนุมัติ ให้แจ้งผู้ดูแลระบบและแนบใหม่"),
    Blocker.TEXT_NOT_VOUCHED: _(
        "ไม่พบผู้รับรองข้อความของไฟล์ “%(about)s” หรือข้อความไม่ตรงกับที่รับรองไว้ ให้ตรวจข้อความกับภาพใหม่แล้วส่งพิจารณาอีกครั้ง"
    ),
    Blocker.RECORD_REFUSES: _("ทะเบียนไม่รับ: %(about)s"),
    Blocker.BUNDLE_CHANGED: _(
        "เรื่องในชุดเผยแพร่ “%(about)s” ไม่ตรงกับรายการที่อนุมัติ ให้ตรวจรายการแล้วส่งทั้งชุดเข้าพิจารณาใหม่"
    ),
    Blocker.BASE_CHANGED: _("ฉบับที่ประชาชนอ่านอยู่ไม่ใช่ฉบับที่นำมาแก้แล้ว ให้เทียบกับฉบับปัจจุบันแล้วส่งเข้าพิจารณาใหม่"),
    Blocker.STATEMENT_WRONG: _("ถ้อยแถลงนี้เผยแพร่ไม่ได้: %(about)s"),
    Blocker.TOO_EARLY: _("ยังไม่ถึงเวลาเผยแพร่ที่กำหนดไว้ ให้รอ ระบบจะลองเผยแพร่เองเมื่อถึงเวลา"),
}


def sentence(reason: Reason) -> str:
    """The reason in the reader's language, with the member of a bundle that it is about."""
    said = str(SENTENCES[reason.blocker]) % {"about": reason.about}
    return f"“{reason.member}”: {said}" if reason.member else said


# Why an address is not yet proved to be without a recalled item.
COMPLAINTS: dict[str, Promise] = {
    "silent": _("เว็บไซต์ไม่ตอบ จึงยังยืนยันไม่ได้"),
    "still_there": _("ที่อยู่นี้ยังตอบเหมือนยังมีรายการอยู่"),
    "says_it": _("หน้านี้ยังมีข้อความหรือลิงก์ของรายการที่เรียกคืน"),
    "odd_status": _("เว็บไซต์ตอบผิดปกติ จึงยังยืนยันไม่ได้"),
}
# Why a recall of a set would not hit an item.
LEFT_OUT: dict[str, Promise] = {
    "unknown": _("ไม่พบในทะเบียน"),
    "recalled": _("เรียกคืนแล้ว"),
    "under_way": _("มีคำขอเรียกคืนอยู่แล้ว"),
    "approved": _("มีเรื่องที่อนุมัติแล้วกำลังผ่านประตูเผยแพร่ รอให้เสร็จแล้วเสนอใหม่"),
    "others": _("เป็นของหน่วยงานอื่น ท่านเสนอเรียกคืนไม่ได้"),
}
