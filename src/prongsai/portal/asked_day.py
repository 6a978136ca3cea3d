"""The day that a page is asked for with `?on=`: as people write it, and what they are told when it is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from prongsai.organisation.spoken import spoken
from prongsai.thai.dates import UnreadableDate, format_date, parse_date

LONGEST = 60


@dataclass(frozen=True)
class AskedDay:
    """`on` is None for the present; `problem` says why what was `written` shows the present instead."""

    on: date | None = None
    written: str = ""
    problem: str = ""


def asked_day(query: Mapping[str, str]) -> AskedDay:
    """ISO or as people write it, in Buddhist or common years."""
    written = query.get("on", "").strip()[:LONGEST]
    if not written:
        return AskedDay()
    try:
        day = parse_date(written)
    except UnreadableDate:
        sentence = _(
            "อ่าน “%(written)s” เป็นวันที่ไม่ได้ หน้านี้จึงแสดงข้อมูลปัจจุบัน โปรดพิมพ์วัน เดือน และปี เช่น 30 เมษายน 2569"
        )
        return AskedDay(written=written, problem=sentence % {"written": written})
    if day > localdate():
        sentence = _("วันที่ %(day)s ยังมาไม่ถึง หน้านี้จึงแสดงข้อมูลปัจจุบัน โปรดใส่วันนี้หรือวันที่ผ่านมาแล้ว")
        spoken_day = spoken(format_date(day), f"{day.day} {day:%B %Y}")
        return AskedDay(written=written, problem=sentence % {"day": spoken_day})
    return AskedDay(day, written)


def day_asked(query: Mapping[str, str]) -> date | None:
    """None for the present."""
    return asked_day(query).on
