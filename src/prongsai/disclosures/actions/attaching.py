"""Files into and out of a disclosure's slots. Each change is a revision, so it has an author."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db.models import Max
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from prongsai.disclosures.actions.locking import (
    add_revision,
    author_id,
    latest_content,
    locked,
    present_files,
    refuse_if_locked,
)
from prongsai.disclosures.body import images_in
from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.models import Attachment, Disclosure
from prongsai.disclosures.refusals import CannotSave
from prongsai.disclosures.tables.slots import MADE_SLOTS
from prongsai.disclosures.tidy import line
from prongsai.files.actions import CannotRename, rename_file
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.thai.masking import mask_persons_numbers

# As long as the column: PostgreSQL refuses more, SQLite would not.
LARGEST_LABEL = 300
MOST_FILES = 100


def attach(
    *,
    disclosure: Disclosure,
    file: StoredFile,
    by: Actor,
    at: datetime,
    slot: str = "",
    label: str = "",
) -> Attachment:
    """Puts a clean file into a slot, in the place of what lies there; without a slot, the next free.

    The same bytes again in the same place change nothing.
    """
    with locked(disclosure, verb="attach_file", by=by, at=at) as row:
        refuse_if_locked(row)
        # Citizens read it: a mark that turns text round could make a file look like another.
        label = line(label)
        _refuse_made(slot)
        _refuse_unusable(row, file, slot, label)
        # A dropped file and its retry are the same bytes; the second must not take a second slot.
        same = row.attachments.present().filter(file__sha256=file.sha256)
        there = same.filter(slot=slot).first() if slot else same.first()
        if there is not None:
            return there
        attachment = lay(row, file, slot or _free_slot(row), label=label, by=by, at=at)
        revise(row, by=by, at=at)
        record_about("attach_file", row, attachment, by=by, at=at)
    return attachment


def lay(
    row: Disclosure, file: StoredFile, slot: str, *, by: Actor, at: datetime, label: str = ""
) -> Attachment:
    """The file in the slot, in the place of what lies there, under the caller's lock; its revision is the caller's."""
    replaced = take_out(row, slot, by=by, at=at)
    return Attachment.objects.create(
        disclosure=row,
        file=file,
        slot=slot,
        label=label,
        position=_position(row, replaced),
        added_at=at,
        added_by_id=author_id(by),
    )


def detach(*, disclosure: Disclosure, slot: str, by: Actor, at: datetime) -> None:
    """Takes the file out of the slot; an empty slot stays empty. The bytes stay for the record of acts."""
    with locked(disclosure, verb="detach_file", by=by, at=at) as row:
        refuse_if_locked(row)
        _refuse_made(slot)
        removed = take_out(row, slot, by=by, at=at)
        if removed is not None:
            revise(row, by=by, at=at)
            record_about("detach_file", row, removed, by=by, at=at)


def relabel(*, disclosure: Disclosure, slot: str, label: str, by: Actor, at: datetime) -> None:
    """Changes what citizens read beside the file."""
    with locked(disclosure, verb="relabel_file", by=by, at=at) as row:
        refuse_if_locked(row)
        label = line(label)
        _refuse_long_label(label)
        attachment = row.attachments.present().filter(slot=slot).exclude(label=label).first()
        if attachment is not None:
            attachment.label = label
            attachment.save(update_fields=["label"])
            revise(row, by=by, at=at)
            record_about("relabel_file", row, attachment, by=by, at=at)


def rename(*, disclosure: Disclosure, slot: str, name: str, by: Actor, at: datetime) -> None:
    """Gives the file in the slot the name under which citizens would keep it."""
    with locked(disclosure, verb="rename_file", by=by, at=at) as row:
        refuse_if_locked(row)
        _refuse_made(slot)
        attachment = row.attachments.present().filter(slot=slot).select_related("file").first()
        if attachment is None:
            return
        try:
            rename_file(stored=attachment.file, name=name, by=by, at=at)
        except CannotRename as refusal:
            raise CannotSave(list(refusal.blockers)) from refusal
        revise(row, by=by, at=at)


def arrange(*, disclosure: Disclosure, slots: Sequence[str], by: Actor, at: datetime) -> None:
    """Puts the files in this order; slots that are not named follow as they were."""
    with locked(disclosure, verb="arrange_files", by=by, at=at) as row:
        refuse_if_locked(row)
        wanted = {slot: place for place, slot in enumerate(slots)}
        present = list(row.attachments.present())
        ordered = sorted(present, key=lambda each: wanted.get(each.slot, len(wanted)))
        for position, attachment in enumerate(ordered):
            attachment.position = position
        Attachment.objects.bulk_update(ordered, ["position"])
        if ordered != present:
            revise(row, by=by, at=at)
            record_act(
                by=by,
                at=at,
                verb="arrange_files",
                subject=row.subject,
                details={"slots": [attachment.slot for attachment in ordered]},
            )


def _refuse_made(slot: str) -> None:
    """What is made of the table stays what the table says."""
    if slot in MADE_SLOTS:
        sentence = _("ไฟล์นี้ระบบทำจากตาราง จึงเปลี่ยนหรือเอาออกเองไม่ได้ โปรดแก้หรือลบตารางในหน้าตาราง")
        raise CannotSave([sentence])


def _refuse_unusable(disclosure: Disclosure, file: StoredFile, slot: str, label: str) -> None:
    _refuse_long_label(label)
    # A received file may still turn out to be refused; only the answer of the check opens the door.
    if file.state != FileState.CLEAN:
        sentence = _("แนบไฟล์ “{name}” ไม่ได้: {why} โปรดแก้ไฟล์แล้วส่งใหม่")
        why = file.refusal or _("ไฟล์ยังตรวจไม่เสร็จ")
        name = mask_persons_numbers(file.name)
        raise CannotSave([format_lazy(sentence, name=name, why=why)])
    if slot and not kind_of(disclosure.kind).allows_slot(slot):
        sentence = _("เรื่องประเภทนี้ไม่มีช่องไฟล์ “{slot}” โปรดเลือกช่องที่มีในหน้าเขียน")
        raise CannotSave([format_lazy(sentence, slot=slot)])
    if disclosure.attachments.present().count() >= MOST_FILES:
        sentence = _("แนบได้ไม่เกิน {most} ไฟล์ โปรดรวมไฟล์หรือแยกเป็นหลายเรื่อง")
        raise CannotSave([format_lazy(sentence, most=MOST_FILES)])


def _refuse_long_label(label: str) -> None:
    if len(label) > LARGEST_LABEL:
        sentence = _("คำอธิบายไฟล์ยาวเกิน {most} ตัวอักษร โปรดย่อให้สั้นลง")
        raise CannotSave([format_lazy(sentence, most=LARGEST_LABEL)])


def _free_slot(disclosure: Disclosure) -> str:
    taken = set(disclosure.attachments.present().values_list("slot", flat=True))
    numbered = (f"attachment-{number}" for number in range(1, MOST_FILES + 2))
    return next(slot for slot in ("main", *numbered) if slot not in taken)


def _position(disclosure: Disclosure, replaced: Attachment | None) -> int:
    """The place of what was there before, or the last."""
    if replaced is not None:
        return replaced.position
    last = disclosure.attachments.present().aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def take_out(disclosure: Disclosure, slot: str, *, by: Actor, at: datetime) -> Attachment | None:
    """What lay in the slot, removed under the caller's lock; None when it was empty."""
    attachment = disclosure.attachments.present().filter(slot=slot).select_related("file").first()
    if attachment is None:
        return None
    # The next save would drop the image from the body without a word, for its file is not there any more.
    if attachment.file.sha256 in images_in(latest_content(disclosure).body):
        sentence = _("เอารูป “{name}” ออกไม่ได้เพราะยังใช้อยู่ในเนื้อหา โปรดลบรูปจากเนื้อหาแล้วบันทึกก่อน")
        name = mask_persons_numbers(attachment.file.name)
        raise CannotSave([format_lazy(sentence, name=name)])
    attachment.removed_at, attachment.removed_by_id = at, author_id(by)
    attachment.save(update_fields=["removed_at", "removed_by"])
    return attachment


def revise(disclosure: Disclosure, *, by: Actor, at: datetime) -> None:
    content = replace(latest_content(disclosure), files=present_files(disclosure))
    add_revision(disclosure, content, by=by, at=at)


def record_about(
    verb: str, disclosure: Disclosure, attachment: Attachment, *, by: Actor, at: datetime
) -> None:
    details = {
        "slot": attachment.slot,
        "file": str(attachment.file_id),
        "sha256": attachment.file.sha256,
        "label": mask_persons_numbers(attachment.label),
    }
    if attachment.checked_text:
        details["text_sha256"] = attachment.checked_text.text_sha256
    record_act(by=by, at=at, verb=verb, subject=disclosure.subject, details=details)
