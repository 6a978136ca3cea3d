"""Why a date could not be read, in sentences of the reader's language."""

from django.utils.translation import gettext_lazy as _

# The same sentences as prongsai.thai.dates, here for their translations.
DATE_ERRORS = {
    "unrecognised": _(
        "อ่าน “{text}” เป็นวันที่ไม่ได้ โปรดพิมพ์วัน เดือน และปี เช่น 26 เมษายน 2564 หรือ 26/04/2564"
    ),
    "no_such_month": _("ไม่มีเดือนที่ {month} โปรดใส่เดือนเป็นเลข 1 ถึง 12 หรือพิมพ์ชื่อเดือน"),
    "no_such_day": _("ไม่มีวันที่ {day} {month_name} เพราะเดือนนี้มี {last} วัน โปรดแก้วันที่"),
    "not_a_leap_year": _("ไม่มีวันที่ 29 กุมภาพันธ์ {year} เพราะปีนั้นเดือนกุมภาพันธ์มี 28 วัน โปรดแก้วันที่หรือปี"),
    "unclear_year": _("ไม่แน่ใจว่าปี “{year}” คือปีใด โปรดพิมพ์ปี พ.ศ. สี่หลัก เช่น 2564"),
}
