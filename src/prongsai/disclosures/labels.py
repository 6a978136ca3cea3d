"""What staff call each field of a content: in the form, in comparisons and in conflicts."""

from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.kinds import kind_of
from prongsai.organisation.spoken import spoken

LABELS = {
    "title": _("ชื่อเรื่อง"),
    "title_en": _("ชื่อเรื่องภาษาอังกฤษ"),
    "summary": _("คำสรุป"),
    "body": _("เนื้อหา"),
    "section": _("หมวดที่เผยแพร่"),
    "unit": _("หน่วยงานที่รับผิดชอบ"),
    "official.number": _("เลขที่หนังสือหรือประกาศ"),
    "official.typed_date": _("วันที่พิมพ์"),
    "official.signed_date": _("วันที่ลงนาม"),
    "official.in_force_date": _("วันที่มีผลใช้บังคับ"),
    "official.signatories": _("ผู้ลงนาม"),
    "fiscal_year": _("ปีงบประมาณ พ.ศ."),
    "period": _("งวดหรือช่วงเวลา"),
    "source": _("แหล่งที่มา"),
    "as_of_date": _("ข้อมูล ณ วันที่"),
    "obligations": _("เผยแพร่ตามข้อกำหนดใด"),
    "review_date": _("ทบทวนภายในวันที่"),
    "expires_date": _("สิ้นสุดการเผยแพร่วันที่"),
    "minimum_posting_days": _("ต้องติดประกาศอย่างน้อย (วัน)"),
    "table": _("ตาราง"),
    "statement": _("ถ้อยแถลง"),
    "withheld": _("ส่วนที่ปิดไว้"),
}


def label_of(kind: str, name: str) -> str:
    """Also of a detail, named `details.<key>` as in a merge; an unknown name speaks for itself."""
    group, _dot, key = name.partition(".")
    detail = kind_of(kind).detail(key) if group == "details" else None
    return spoken(detail.label_th, detail.label_en) if detail else str(LABELS.get(name, name))
