"""The files of a piece of work as its writer sees them: in their slots, on their way, and being read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from prongsai.disclosures.kinds import kind_of
from prongsai.disclosures.models import Attachment, Disclosure, WaitingAttachment
from prongsai.disclosures.queries import waiting_attachments
from prongsai.disclosures.tables.slots import MADE_SLOTS
from prongsai.files.models import StoredFile
from prongsai.files.queries import Progress, failed_pages, progress_of
from prongsai.files.refusals import NOTES
from prongsai.files.rules import PDF
from prongsai.files.states import Derivation
from prongsai.office.table_files import ComingFiles, coming_files
from prongsai.organisation.spoken import spoken
from prongsai.screening.queries import masked_if_personal


@dataclass(frozen=True)
class AttachedFile:
    """`failed` are the pages that the machine gave up; `notes` say what was taken out of the file."""

    attachment: Attachment
    label: str
    progress: Progress
    failed: Sequence[int]

    @property
    def file(self) -> StoredFile:
        return self.attachment.file

    @property
    def tells_of_a_person(self) -> bool:
        """By its very name, which nobody may let stand."""
        return bool(masked_if_personal(self.file.name))

    @property
    def is_made(self) -> bool:
        """Of the work's table, and changed only with it."""
        return self.attachment.slot in MADE_SLOTS

    @property
    def notes(self) -> list[Promise]:
        return [NOTES[key] for key in self.file.notes if key in NOTES]

    @property
    def words(self) -> str:
        return reading_words(self.progress)

    @property
    def may_become_searchable(self) -> bool:
        """A scan of which something was read, once nothing of it waits."""
        return self.file.media_type == PDF and self.progress.read > 0 and not self.progress.waiting

    @property
    def is_made_searchable(self) -> bool:
        return self.file.derivation == Derivation.SEARCHABLE


def attached_files(disclosure: Disclosure) -> list[AttachedFile]:
    present = disclosure.attachments.present().select_related("file", "checked_text")
    attachments = list(present)
    files = [each.file for each in attachments]
    progress, failed = progress_of(files), failed_pages(files)
    kind = kind_of(disclosure.kind)
    return [
        AttachedFile(
            each,
            spoken(kind.slot(each.slot).label_th, kind.slot(each.slot).label_en),
            progress[each.file.sha256],
            failed.get(each.file.sha256, ()),
        )
        for each in attachments
    ]


def reading_words(progress: Progress) -> str:
    """How far the machine is; empty when there is nothing to say."""
    if not progress.waiting:
        return ""
    number = progress.read + progress.failed + 1
    return _("กำลังอ่านหน้า {number} จาก {pages}").format(number=number, pages=progress.asked)


def on_their_way(disclosure: Disclosure) -> list[WaitingAttachment]:
    """Files that wait for the virus scanner, and those that did not come in after all."""
    return waiting_attachments(disclosure)


def state_of(disclosure: Disclosure) -> dict[str, object]:
    """What a script asks for again and again; `mark` changes when the list itself has to be fetched anew."""
    files = attached_files(disclosure)
    coming, made = on_their_way(disclosure), coming_files(disclosure)
    reading = [
        {"slot": each.attachment.slot, "percent": each.progress.percent, "words": each.words}
        for each in files
    ]
    mark = mark_of(files, coming, made)
    return {"files": reading, "is_busy": is_busy(files, coming, made), "mark": mark}


def is_busy(
    files: Sequence[AttachedFile], coming: Sequence[WaitingAttachment], made: ComingFiles | None
) -> bool:
    """Whether something will change without anybody here doing anything."""
    is_read = all(not each.progress.waiting for each in files)
    is_made = made is None or not made.is_under_way
    return not is_read or not is_made or any(each.settled_at is None for each in coming)


def mark_of(
    files: Sequence[AttachedFile], coming: Sequence[WaitingAttachment], made: ComingFiles | None
) -> str:
    settled = sum(each.settled_at is not None for each in coming)
    read = sum(not each.progress.waiting for each in files)
    return f"{len(files)}-{read}-{len(coming)}-{settled}-{made.words if made else ''}"
