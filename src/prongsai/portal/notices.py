"""Emergency notices as the portal shows them: the board of this process, and words for what the protocol says."""

import time
from collections.abc import Callable, Hashable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.notices.board import Board
from prongsai.notices.cap import Sender
from prongsai.notices.public import PublicNotice

SEVERITIES: Mapping[str, Promise] = {
    "Extreme": _("ร้ายแรงที่สุด"),
    "Severe": _("ร้ายแรงมาก"),
    "Moderate": _("ปานกลาง"),
    "Minor": _("เล็กน้อย"),
    "Unknown": _("ยังไม่ทราบ"),
}
CAUSES: Mapping[str, Promise] = {
    "expired": _("หมดเวลาตามที่กำหนด"),
    "over": _("เหตุการณ์สิ้นสุดแล้ว"),
    "wrong": _("ยกเลิก เพราะประกาศคลาดเคลื่อน"),
    "recalled": _("เรียกคืน และลบข้อความแล้ว"),
}
KINDS: Mapping[str, Promise] = {
    "alert": _("ประกาศ"),
    "update": _("ปรับปรุงข้อความ"),
    "renewal": _("ต่อเวลา"),
    "end": _("สิ้นสุดประกาศ"),
}


@cache
def _board(path: Path) -> Board:
    return Board(path, time.time)


def board() -> Board:
    """One for each process, so that what was once read well outlives the file."""
    return _board(settings.NOTICE_FILE)


def now() -> datetime:
    """The board's clock, which expiry is asked of."""
    return datetime.fromtimestamp(time.time(), tz=UTC)


def live_notices() -> tuple[PublicNotice, ...]:
    return board().bulletin.live(now())


def with_notices(head: Callable[[], Hashable | None]) -> Callable[[], Hashable | None]:
    """What pages are kept for: the record's head and how notices stand. None when the record cannot be read."""

    def standing() -> Hashable | None:
        found = head()
        return None if found is None else (found, board().stamp())

    return standing


def sender() -> Sender:
    about = settings.MUNICIPALITY
    return Sender(
        code=f"TH-{about['code']}",
        email=about["email"],
        name_th=about["name_th"],
        name_en=about["name_en"],
        origin=settings.PORTAL_URL,
    )
