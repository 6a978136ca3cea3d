"""What a failed check is about, as the reader says it: years and days of their own calendar, files and links counted.

What monitoring keeps is short, the same in every language, and without a word of any content.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from prongsai.organisation.spoken import spoken
from prongsai.thai.dates import BUDDHIST_OFFSET, UnreadableDate, parse_date

Said = Callable[[str], str]
FILE = re.compile(r"#([0-9]+)")
SIDES = {
    "ฝ่ายการเมือง": gettext_lazy("ฝ่ายการเมือง"),
    "ฝ่ายประจำ": gettext_lazy("ฝ่ายประจำ"),
}


def each(said: Said) -> Said:
    """The same of several things, which commas part."""
    return lambda about: ", ".join(said(part) for part in about.split(", "))


def year(about: str) -> str:
    return spoken(about, str(int(about) - BUDDHIST_OFFSET)) if about.isdecimal() else about


def day(about: str) -> str:
    """What is no date in words stays as it is."""
    try:
        found = parse_date(about)
    except UnreadableDate:
        return about
    return spoken(about, f"{found.day} {found:%B %Y}")


def place(about: str) -> str:
    """`#2`, or with the number of its item before it, is a file; a number alone is the item's page."""
    file = FILE.search(about)
    return _("ไฟล์ที่ %(place)s") % {"place": file[1]} if file else _("หน้าของรายการ")


def link(about: str) -> str:
    return _("ลิงก์ที่ %(place)s") % {"place": about}


def side(about: str) -> str:
    return str(SIDES.get(about, about))
