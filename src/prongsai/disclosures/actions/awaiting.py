"""Files that may not be attached yet, because the virus scanner has not looked at them."""

from datetime import datetime

from prongsai.disclosures.actions.attaching import attach
from prongsai.disclosures.actions.locking import asked_for, locked, refuse_if_locked
from prongsai.disclosures.models import Disclosure, WaitingAttachment
from prongsai.disclosures.refusals import CannotSave
from prongsai.files.models import StoredFile
from prongsai.files.states import FileState
from prongsai.organisation.actors import Actor


def attach_when_clean(
    *, disclosure: Disclosure, file: StoredFile, by: Actor, at: datetime, slot: str = ""
) -> WaitingAttachment:
    """Remembers where the file is to go, and who brought it; asking again changes nothing."""
    with locked(disclosure, verb="attach_file", by=by, at=at) as row:
        refuse_if_locked(row)
        waiting, _is_new = WaitingAttachment.objects.get_or_create(
            disclosure=row,
            file=file,
            defaults={"slot": slot} | asked_for(by=by, at=at),
        )
    return waiting


def attach_what_waited(*, stored: StoredFile, at: datetime) -> None:
    """Puts a file that has become clean where it was to go, in the name of who brought it."""
    rows = WaitingAttachment.objects.filter(file=stored, settled_at=None)
    for waiting in rows.select_related("disclosure", "asked_by"):
        waiting.refusal = stored.refusal
        if stored.state == FileState.CLEAN:
            waiting.refusal = _attached_or_refusal(waiting, stored, at)
        waiting.settled_at = at
        waiting.save(update_fields=["refusal", "settled_at"])


def _attached_or_refusal(waiting: WaitingAttachment, stored: StoredFile, at: datetime) -> str:
    """The content may have been sent on meanwhile, or the slot be gone."""
    by, slot = waiting.asker, waiting.slot
    try:
        attach(disclosure=waiting.disclosure, file=stored, slot=slot, by=by, at=at)
    except CannotSave as refusal:
        return str(refusal)
    return ""
