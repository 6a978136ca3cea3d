"""The files that a manifest names, in the folder beside it. Nothing outside that folder is ever opened."""

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.files.examination.accepted import CannotLook, kind_of
from prongsai.files.refusals import Refused
from prongsai.files.rules import MEBIBYTE
from prongsai.thai.normalise import normalise

OUTSIDE = _("ชื่อไฟล์ “{name}” ชี้ออกนอกโฟลเดอร์ของบัญชี โปรดใช้ชื่อไฟล์ที่อยู่ในโฟลเดอร์นั้น")
STRANGE = _("ชื่อไฟล์มีอักขระที่มองไม่เห็นหรือกลับทิศข้อความ โปรดพิมพ์ชื่อไฟล์ใหม่")
MISSING = _("ไม่พบไฟล์ “{name}” โปรดตรวจชื่อ หรือใส่ไฟล์ในโฟลเดอร์เดียวกับบัญชี")
TOO_BIG = _("ไฟล์ “{name}” ใหญ่เกิน {limit} MB โปรดย่อหรือแบ่งไฟล์")
EMPTY = _("ไฟล์ “{name}” ว่างเปล่า โปรดตรวจไฟล์")
_DRIVE = re.compile(r"^[A-Za-z]:")
# Control characters, and what turns the direction of text round; joiners are among them and in no Thai name.
_UNSEEN = frozenset({"Cc", "Cf"})


class NoSuchFile(Exception):
    """Says in a sentence why the named file cannot be taken."""


def _parts(name: str) -> tuple[str, ...]:
    """Folder by folder to the file, none of which leads out. Raises `NoSuchFile`."""
    if any(unicodedata.category(letter) in _UNSEEN for letter in name):
        raise NoSuchFile(str(STRANGE))
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if not parts or ".." in parts or name.startswith(("/", "\\", "~")) or _DRIVE.match(name):
        raise NoSuchFile(str(format_lazy(OUTSIDE, name=name[:80])))
    return parts


@dataclass
class Folder:
    """`path` must exist; names in it are found whatever spelling of Thai vowels the disk uses."""

    path: Path
    _listed: dict[Path, dict[str, Path]] = field(default_factory=dict)

    def find(self, name: str) -> Path:
        """The file of this name, inside the folder. Raises `NoSuchFile`."""
        found = self.path
        for part in _parts(name):
            found = self._inside(found).get(spelt(part)) or found / part
        if not found.is_file():
            raise NoSuchFile(str(format_lazy(MISSING, name=name[:80])))
        # A link inside the folder may lead out of it.
        if not found.resolve().is_relative_to(self.path.resolve()):
            raise NoSuchFile(str(format_lazy(OUTSIDE, name=name[:80])))
        return found

    def refusal(self, found: Path) -> str:
        """Why the file would not come in, as far as a quick look tells; "" when it may."""
        size, limit = found.stat().st_size, settings.MAX_UPLOAD_BYTES
        if not size:
            return str(format_lazy(EMPTY, name=found.name))
        if size > limit:
            return str(format_lazy(TOO_BIG, name=found.name, limit=limit // MEBIBYTE))
        try:
            kind_of(found, found.name)
        except (Refused, CannotLook) as refused:
            return str(refused)
        return ""

    def _inside(self, folder: Path) -> dict[str, Path]:
        if folder not in self._listed:
            there = folder.iterdir() if folder.is_dir() else ()
            self._listed[folder] = {spelt(each.name): each for each in there}
        return self._listed[folder]


def spelt(name: str) -> str:
    """By which two ways of writing a file's name are the same."""
    return normalise(name).casefold()
