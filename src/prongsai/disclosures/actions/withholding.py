"""The register of withheld parts: entered, and closed when the part is shown again."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import (
    add_revision,
    author_id,
    latest_content,
    locked,
    refuse_if_locked,
)
from prongsai.disclosures.content import Content
from prongsai.disclosures.grounds import ground
from prongsai.disclosures.models import Disclosure, WithheldPart
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.tidy import line, lines
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.record.states import Extent
from prongsai.thai.dates import BANGKOK

# As long as the columns: PostgreSQL refuses more, SQLite would not.
LONGEST_PART, LONGEST_REASON = 300, 1000
MOST_PARTS = 200


@dataclass(frozen=True)
class Withholding:
    """What somebody wants to enter: `part` in words that do not tell what is withheld."""

    extent: str
    part: str
    ground: str
    reason: str
    review_date: date | None = None


def withhold(
    *, disclosure: Disclosure, wanted: Withholding, by: Actor, at: datetime
) -> WithheldPart:
    """Enters a part while the work is being written; the next edition says it. The same again changes nothing."""
    with locked(disclosure, verb="withhold_part", by=by, at=at) as row:
        refuse_if_locked(row)
        part = enter(row, wanted, by=by, at=at)
        add_revision(row, latest_content(row), by=by, at=at)
    return part


def show_again(
    *, disclosure: Disclosure, ref: uuid.UUID, by: Actor, at: datetime, reason: str
) -> None:
    """Closes an entry, because the part is public now or never was withheld. A closed one stays closed."""
    with locked(disclosure, verb="show_part_again", by=by, at=at) as row:
        refuse_if_locked(row)
        if not reason.strip():
            raise CannotSave([SENTENCES["no_reason_to_close"]])
        part = row.withheld_parts.present().filter(ref=ref).first()
        if part is not None:
            close(part, by=by, at=at, reason=reason)
            add_revision(row, latest_content(row), by=by, at=at)


def enter(disclosure: Disclosure, wanted: Withholding, *, by: Actor, at: datetime) -> WithheldPart:
    """The row and its act, for callers that hold the lock; whoever writes the next revision brings it in."""
    tidied = Withholding(
        extent=wanted.extent,
        part=line(wanted.part),
        ground=wanted.ground,
        reason=lines(wanted.reason),
        review_date=wanted.review_date,
    )
    present = disclosure.withheld_parts.present()
    blockers = _blockers(tidied, at.astimezone(BANGKOK).date(), present.count())
    if blockers:
        raise CannotSave(blockers)
    same = present.filter(**vars(tidied)).first()
    if same is not None:
        return same
    part = WithheldPart.objects.create(
        disclosure=disclosure,
        **vars(tidied),
        post_title=by.post_title,
        acting_order=by.acting_order,
        added_at=at,
        added_by_id=author_id(by),
    )
    _record("withhold_part", part, by=by, at=at, reason=part.reason)
    return part


def close(part: WithheldPart, *, by: Actor, at: datetime, reason: str) -> None:
    part.removed_at, part.removed_by_id = at, author_id(by)
    part.save(update_fields=["removed_at", "removed_by"])
    _record("show_part_again", part, by=by, at=at, reason=reason)


def return_parts(disclosure: Disclosure, content: Content, *, by: Actor, at: datetime) -> None:
    """The entries are again those of `content`; one that was closed meanwhile is entered anew."""
    kept = {part.ref: part for part in content.withheld}
    there = {part.ref.hex: part for part in disclosure.withheld_parts.present()}
    for part in (each for ref, each in there.items() if ref not in kept):
        close(part, by=by, at=at, reason=str(_("กลับไปใช้ฉบับที่เผยแพร่อยู่")))
    for ref in kept.keys() - there.keys():
        closed = disclosure.withheld_parts.filter(ref=ref).last()
        if closed is not None:
            closed.pk, closed.removed_at, closed.removed_by = None, None, None
            closed.save(force_insert=True)


def _blockers(wanted: Withholding, today: date, present: int) -> list[Promise]:
    table = (
        (wanted.extent not in Extent.values, "unknown_extent"),
        (not wanted.part, "no_part"),
        (len(wanted.part) > LONGEST_PART, "long_part"),
        (ground(wanted.ground) is None, "unknown_ground"),
        (not wanted.reason, "no_reason"),
        (len(wanted.reason) > LONGEST_REASON, "long_reason"),
        (wanted.review_date is not None and wanted.review_date <= today, "review_is_past"),
        (present >= MOST_PARTS, "too_many"),
    )
    return [SENTENCES[key] for condition, key in table if condition]


def _record(verb: str, part: WithheldPart, *, by: Actor, at: datetime, reason: str) -> None:
    record_act(
        by=by,
        at=at,
        verb=verb,
        subject=part.disclosure.subject,
        reason=reason,
        details={"part": part.ref.hex, "extent": str(part.extent), "ground": part.ground},
    )


SENTENCES = {
    "unknown_extent": _("ลงทะเบียนไม่ได้ เพราะยังไม่ได้เลือกว่าปิดไว้เท่าใด โปรดเลือกจากรายการ"),
    "no_part": _("ลงทะเบียนไม่ได้ เพราะยังไม่ได้บอกว่าปิดอะไร โปรดบอกเป็นคำกว้าง ๆ ที่ไม่เผยข้อมูลนั้น"),
    "long_part": _("ลงทะเบียนไม่ได้ เพราะคำบอกส่วนที่ปิดยาวเกิน 300 ตัวอักษร โปรดย่อ"),
    "unknown_ground": _("ลงทะเบียนไม่ได้ เพราะยังไม่ได้เลือกเหตุตามกฎหมาย โปรดเลือกจากรายการ"),
    "no_reason": _("ลงทะเบียนไม่ได้ เพราะยังไม่ได้บอกเหตุผล โปรดบอกว่าเหตุตามกฎหมายนั้นตรงกับกรณีนี้อย่างไร"),
    "long_reason": _("ลงทะเบียนไม่ได้ เพราะเหตุผลยาวเกิน 1,000 ตัวอักษร โปรดย่อ"),
    "review_is_past": _("ลงทะเบียนไม่ได้ เพราะวันที่ทบทวนผ่านไปแล้ว โปรดใส่วันหลังจากวันนี้ หรือเว้นว่าง"),
    "too_many": _("ลงทะเบียนไม่ได้ เพราะเรื่องนี้มีส่วนที่ปิดไว้ 200 รายการแล้ว โปรดรวมรายการที่เหตุเดียวกัน"),
    "no_reason_to_close": _("ปิดรายการไม่ได้ เพราะยังไม่ได้บอกเหตุผล โปรดบอกสั้น ๆ ว่าเหตุใดจึงเปิดส่วนนี้แล้ว"),
}
