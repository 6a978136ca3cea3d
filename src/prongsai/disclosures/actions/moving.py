"""From stage to stage, and the ways back: a correction, a discarded draft, a finished publication."""

from datetime import datetime

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import add_revision, author_id, locked
from prongsai.disclosures.actions.withholding import return_parts
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Attachment, Disclosure, Revision
from prongsai.disclosures.refusals import CannotMove
from prongsai.disclosures.states import MAY_MOVE, Stage
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.organisation.queries import living


def move_stage(
    *, disclosure: Disclosure, to: Stage, by: Actor, at: datetime, reason: str = ""
) -> None:
    """The one place that changes a stage. A disclosure that is there already stays there."""
    with locked(disclosure, verb="move_stage", by=by, at=at) as row:
        _move(row, to, by=by, at=at, reason=reason)


def _move(
    disclosure: Disclosure,
    to: Stage,
    *,
    by: Actor,
    at: datetime,
    reason: str = "",
    verb: str = "move_stage",
) -> None:
    before = Stage(disclosure.stage)
    if before == to:
        return
    if to not in MAY_MOVE[before]:
        sentence = _("เรื่องในขั้น “{before}” ไปขั้น “{to}” ไม่ได้ โปรดเปิดเรื่องนี้ใหม่เพื่อดูขั้นปัจจุบัน")
        raise CannotMove([format_lazy(sentence, before=before.label, to=to.label)])
    disclosure.stage = to
    disclosure.changed_at = at
    disclosure.save(update_fields=["stage", "changed_at"])
    record_act(
        by=by,
        at=at,
        verb=verb,
        subject=disclosure.subject,
        reason=reason,
        details={"from": before, "to": to},
    )


def begin_correction(*, disclosure: Disclosure, by: Actor, at: datetime, reason: str = "") -> None:
    """Opens published content for a new version; the public goes on seeing the published one."""
    with locked(disclosure, verb="begin_correction", by=by, at=at) as row:
        author_id(by)
        # The table lets other stages go back to writing too (a remand); that is not the writer's to do.
        if row.stage != Stage.RESTING or row.published_revision is None:
            sentence = _("เริ่มแก้ไขฉบับใหม่ได้เฉพาะเรื่องที่เผยแพร่แล้วและไม่มีงานค้าง เรื่องนี้อยู่ในขั้น “{stage}”")
            raise CannotMove([format_lazy(sentence, stage=Stage(row.stage).label)])
        _move(row, Stage.WRITING, by=by, at=at, reason=reason, verb="begin_correction")


def discard(*, disclosure: Disclosure, by: Actor, at: datetime, reason: str = "") -> None:
    """Gives the draft up. What was never published is put away; a correction returns to what was published."""
    with locked(disclosure, verb="discard_disclosure", by=by, at=at) as row:
        author_id(by)
        # A submission under way would go on without its disclosure.
        if not row.is_editable:
            sentence = _("เลิกทำไม่ได้เพราะเรื่องนี้อยู่ในขั้น “{stage}” โปรดขอเรื่องคืนก่อน")
            raise CannotMove([format_lazy(sentence, stage=Stage(row.stage).label)])
        published = row.published_revision
        rest = Stage.RESTING if published else Stage.DISCARDED
        _move(row, rest, by=by, at=at, reason=reason, verb="discard_disclosure")
        if published is not None:
            _return_to(row, Content.from_json(published.content), by=by, at=at)
        row.working_copies.all().delete()


def _return_to(disclosure: Disclosure, content: Content, *, by: Actor, at: datetime) -> None:
    """The attachments, the withheld parts and the newest revision are again those of `content`."""
    # Rows that were removed meanwhile stay removed; a new row says who brought the file back.
    kept = {(file.slot, file.file_id) for file in content.files}
    present = list(disclosure.attachments.present())
    for attachment in present:
        if (attachment.slot, str(attachment.file_id)) not in kept:
            attachment.removed_at, attachment.removed_by_id = at, author_id(by)
            attachment.save(update_fields=["removed_at", "removed_by"])
    there = {each.slot: each for each in present if each.removed_at is None}
    for position, file in enumerate(content.files):
        attachment = there.get(file.slot) or Attachment(
            disclosure=disclosure,
            file_id=file.file_id,
            slot=file.slot,
            added_at=at,
            added_by_id=author_id(by),
        )
        attachment.label, attachment.position = file.label, position
        attachment.save()
    return_parts(disclosure, content, by=by, at=at)
    # The unit decides whose the work is and which heads are asked: it goes back with the content.
    disclosure.unit = living(Unit.objects.get(code=content.unit))
    add_revision(disclosure, content, by=by, at=at)


def resume(*, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Takes a discarded draft up again where it was left."""
    with locked(disclosure, verb="resume_disclosure", by=by, at=at) as row:
        author_id(by)
        if row.stage != Stage.DISCARDED:
            raise CannotMove([_("เรื่องนี้ไม่ได้ถูกเลิกทำ จึงไม่ต้องนำกลับมา โปรดเปิดหน้าเขียนเพื่อทำต่อ")])
        _move(row, Stage.WRITING, by=by, at=at, verb="resume_disclosure")


def record_publication(
    *, disclosure: Disclosure, revision: Revision, number: str, by: Actor, at: datetime
) -> None:
    """The gate tells the office what it appended. Telling it again changes nothing."""
    with locked(disclosure, verb="record_publication", by=by, at=at) as row:
        # The gate repeats itself after a crash; the same values again are no harm.
        row.published_revision, row.number = revision, number
        row.save(update_fields=["published_revision", "number"])
        _move(row, Stage.RESTING, by=by, at=at, verb="record_publication")
