"""What the fields of a notice are called, for forms and for the sentences of a refusal."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "headline": _("หัวข้อ"),
    "happened": _("เกิดอะไรขึ้น"),
    "to_do": _("ประชาชนควรทำอะไร"),
    "contact": _("โทรหาใคร"),
    "area": _("พื้นที่"),
    "valid_until": _("ใช้ถึงเมื่อใด"),
    "impact": _("ผลดี ผลเสีย และผู้ได้รับผล (ข้อ 1.2)"),
    "source": _("ที่มาของข้อมูล"),
    "headline_en": _("หัวข้อภาษาอังกฤษ"),
    "to_do_en": _("สิ่งที่ควรทำ ภาษาอังกฤษ"),
    "category": _("ประเภทเหตุ"),
    "severity": _("ความรุนแรง"),
    "urgency": _("ความเร่งด่วน"),
    "certainty": _("ความแน่นอน"),
}
REVIEW_LABELS = {
    "review_effect": _("ผลที่เกิดขึ้นจริง"),
    "review_lesson": _("สิ่งที่ต้องปรับปรุงครั้งหน้า"),
}
