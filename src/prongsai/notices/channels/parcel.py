"""What one channel gets of a message: made while the database is at hand, sent while it is not."""

import json
from dataclasses import dataclass
from typing import Any

from prongsai.notices.cap import moment
from prongsai.notices.public import END, PublicNotice
from prongsai.thai.dates import format_datetime


class CannotDeliver(Exception):
    """The message did not arrive, or nobody said that it did; the sentence holds no secret."""


@dataclass(frozen=True)
class Parcel:
    """`key` is the same for every attempt, so that the other side can tell a repetition from news."""

    target: str
    key: str
    subject: str
    text: str
    payload: bytes


def parcel(notice: PublicNotice, *, target: str, key: str, origin: str) -> Parcel:
    """Of the last message of the notice."""
    address = f"{origin}/notices/{notice.id}/"
    is_over = notice.last.kind == END
    return Parcel(
        target=target,
        key=key,
        subject=("สิ้นสุดประกาศ: " if is_over else "ประกาศฉุกเฉิน: ") + notice.text.headline,
        text=_text(notice, address),
        payload=json.dumps(_values(notice, address), ensure_ascii=False).encode("utf-8"),
    )


def _text(notice: PublicNotice, address: str) -> str:
    message = notice.last
    if message.kind == END:
        return f"สิ้นสุดประกาศ: {message.text.headline}\n{message.reason}\n{address}"
    lines = (
        message.text.headline,
        message.text.happened,
        f"ควรทำ: {message.text.to_do}",
        f"พื้นที่: {message.text.area}",
        f"โทร: {message.text.contact}",
        f"ใช้ถึง {format_datetime(message.valid_until_at)}",
        address,
    )
    return "\n".join(lines)


def _values(notice: PublicNotice, address: str) -> dict[str, Any]:
    message = notice.last
    return {
        "id": notice.id,
        "kind": message.kind,
        "version": message.version,
        "headline": message.text.headline,
        "happened": message.text.happened,
        "to_do": message.text.to_do,
        "contact": message.text.contact,
        "area": message.text.area,
        "reason": message.reason,
        "sent_at": moment(message.sent_at),
        "valid_until_at": moment(message.valid_until_at),
        "url": address,
        "cap": f"{address.removesuffix('/')}.cap.xml",
    }
