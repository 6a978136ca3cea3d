"""How far the worker is with the files of a long table, in the words of the pages on which somebody waits for them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.models import Disclosure, TableMaking
from prongsai.disclosures.tables.isolated import CHECKING, SETTING
from prongsai.disclosures.tables.slots import lacks_files
from prongsai.disclosures.tasks import SCANNING, step_of

WORDS = {
    "": _("รอคิวทำไฟล์ PDF XLSX และ CSV ของตาราง"),
    SETTING: _("กำลังทำไฟล์ PDF XLSX และ CSV ของตาราง"),
    CHECKING: _("กำลังตรวจไฟล์ของตารางที่ทำแล้ว"),
    SCANNING: _("รอโปรแกรมตรวจไวรัส ซึ่งไม่ตอบในตอนนี้ ระบบลองใหม่เองทุกนาที หากนานให้แจ้งผู้ดูแลระบบ"),
}
_NOBODY_ASKED = _("ยังไม่มีไฟล์ PDF XLSX และ CSV ของตาราง — กดทำอีกครั้ง")


@dataclass(frozen=True)
class ComingFiles:
    """`detail` is what exactly stopped the worker, where there is more to say than `words`."""

    is_under_way: bool
    words: str | Promise
    detail: str = ""


def coming_files(disclosure: Disclosure) -> ComingFiles | None:
    """None where there is no table, or its files are there."""
    if disclosure.latest is None or not lacks_files(disclosure.latest.content):
        return None
    making = TableMaking.objects.filter(pk=disclosure.pk).first()
    if making is None:
        return ComingFiles(False, _NOBODY_ASKED)
    if making.problem:
        return ComingFiles(False, making.get_problem_display(), making.detail)
    return ComingFiles(True, WORDS.get(step_of(making), WORDS[""]))


def unmade(disclosure: Disclosure) -> str:
    """Why the worker could not make the files, for a line in a list; empty where nothing is wrong."""
    making: TableMaking | None = getattr(disclosure, "table_making", None)
    return making.get_problem_display() if making else ""
