"""One row at a time: the lock under every act, the memory of refusals, and how a revision is added."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.content import Content, ContentFile, Withheld, content_hash
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.states import Stage
from prongsai.organisation.actions import refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.thai.dates import BANGKOK

_NOT_THEIRS = _("เริ่มเรื่องนี้ไม่ได้: หน้าที่เปิดไว้เป็นของเรื่องอื่น โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง")


@contextmanager
def locked(disclosure: Disclosure, *, verb: str, by: Actor, at: datetime) -> Iterator[Disclosure]:
    """The row, fresh and locked, in a transaction; a refusal undoes all of it and is then recorded."""
    # SQLite has no row locks: its IMMEDIATE transaction, which begins here, is the lock.
    with refusals_recorded(by=by, at=at, verb=verb, subject=disclosure.subject):
        yield Disclosure.objects.select_for_update().get(pk=disclosure.pk)
    # The caller goes on with its own object; a stale stage or revision there would be a trap.
    disclosure.refresh_from_db()


def author_id(by: Actor) -> int:
    """Content has human authors; a machine may not change it."""
    if by.person_id is None:
        raise CannotSave([_("ระบบแก้ไขเนื้อหาเองไม่ได้ โปรดให้เจ้าหน้าที่ลงชื่อเข้าใช้แล้วแก้ไข")])
    return by.person_id


def begun(
    *, ref: uuid.UUID, kind: str, unit: Unit, by: Actor, at: datetime
) -> tuple[Disclosure, bool]:
    """The row of this ref, which a form brings along, and whether it is new.

    Raises `CannotSave` for one that somebody else began, or for something else: whoever knows the address of a work may
    not therefore write into it, or send it.
    """
    author = author_id(by)
    fresh = {"kind": kind, "unit": unit, "created_at": at, "changed_at": at}
    row, is_new = Disclosure.objects.get_or_create(
        ref=ref, defaults=fresh | {"created_by_id": author}
    )
    if (row.created_by_id, row.kind) != (author, kind):
        raise CannotSave([_NOT_THEIRS])
    return row, is_new


def asked_for(*, by: Actor, at: datetime) -> dict[str, object]:
    """The columns of `AskedFor`."""
    return {
        "asked_at": at,
        "asked_by_id": author_id(by),
        "post_code": by.post_code,
        "post_title": by.post_title,
        "capacity": by.capacity,
        "acting_order": by.acting_order,
    }


def refuse_if_locked(disclosure: Disclosure) -> None:
    if not disclosure.is_editable:
        sentence = _(
            "แก้ไขไม่ได้เพราะเรื่องนี้อยู่ในขั้น “{stage}” "
            "หากต้องแก้ ให้ขอเรื่องคืนหรือรอให้ส่งกลับ ถ้าเผยแพร่แล้วให้เริ่มการแก้ไขฉบับใหม่"
        )
        raise CannotSave([format_lazy(sentence, stage=Stage(disclosure.stage).label)])


def latest_content(disclosure: Disclosure) -> Content:
    latest = disclosure.latest
    if latest is None:
        return Content(kind=disclosure.kind, section="", unit=disclosure.unit.code)
    return Content.from_json(latest.content)


def present_files(disclosure: Disclosure) -> tuple[ContentFile, ...]:
    """The files in their slots now, as a revision remembers them."""
    attachments = disclosure.attachments.present().select_related("file", "checked_text")
    return tuple(
        ContentFile(
            slot=attachment.slot,
            label=attachment.label,
            name=attachment.file.name,
            media_type=attachment.file.media_type,
            size=attachment.file.size,
            pages=attachment.file.pages,
            sha256=attachment.file.sha256,
            file_id=str(attachment.file_id),
            text_sha256=attachment.checked_text.text_sha256 if attachment.checked_text else "",
        )
        for attachment in attachments
    )


def present_parts(disclosure: Disclosure) -> tuple[Withheld, ...]:
    """What is withheld now, as a revision remembers it: the post that ordered it, never the person."""
    return tuple(
        Withheld(
            ref=part.ref.hex,
            extent=part.extent,
            part=part.part,
            ground=part.ground,
            reason=part.reason,
            post=part.post_title,
            acting=part.acting_order,
            decided_date=part.added_at.astimezone(BANGKOK).date(),
            review_date=part.review_date,
        )
        for part in disclosure.withheld_parts.present()
    )


def add_revision(
    disclosure: Disclosure, content: Content, *, by: Actor, at: datetime, note: str = ""
) -> Revision:
    """The next revision, with the withheld parts of now; the same content again is not a new one."""
    content = replace(content, withheld=present_parts(disclosure))
    document = content.to_json()
    digest = content_hash(document)
    # Only the newest counts: going back to an older content is a change, and somebody made it.
    if disclosure.latest is not None and disclosure.latest.content_hash == digest:
        return disclosure.latest
    revision = Revision.objects.create(
        disclosure=disclosure,
        sequence=disclosure.latest.sequence + 1 if disclosure.latest else 1,
        content=document,
        content_hash=digest,
        note=note,
        at=at,
        author_id=author_id(by),
    )
    disclosure.latest = revision
    disclosure.title = content.title
    disclosure.changed_at = at
    disclosure.save(update_fields=["latest", "title", "changed_at", "unit"])
    return revision
