"""The worker brings what was told into the record, through the gate; the site has shown it long since."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from prongsai.notices.actions.posting import post
from prongsai.notices.edition import SECTION, edition, end_act, recall_act
from prongsai.notices.models import Notice, Wording
from prongsai.notices.states import EndCause
from prongsai.organisation.actions import record_act
from prongsai.publication.actions import GATE, append_notice
from prongsai.record.models import Entry
from prongsai.record.queries import entry_with_key
from prongsai.record.sections import section
from prongsai.record.states import Action


def enter_wording(*, wording: Wording, at: datetime) -> Entry | None:
    """An item of its own for the alert, a new version of it for what follows. Once, however often it is called.

    None of a notice that was recalled meanwhile. Raises what the record raises when it cannot take an entry now.
    """
    # Asked anew: the alert may have got its number a moment ago, in this very turn.
    notice = Notice.objects.get(pk=wording.notice_id)
    if notice.recalled_at:
        return None
    with translation.override("th"):
        document = edition(wording, section=_section())
    entry = append_notice(
        action=Action.CORRECTED if notice.number else Action.NOTICE,
        number=notice.number or None,
        document=document,
        key=_key(notice, wording.version),
        at=at,
    )
    _note(notice, entry, at, wording=wording)
    return entry


def enter_end(*, notice: Notice, at: datetime) -> Entry:
    """Expired, or withdrawn with the reason that the public was told."""
    ran_out = notice.end_cause == EndCause.EXPIRED
    entry = append_notice(
        action=Action.EXPIRED if ran_out else Action.WITHDRAWN,
        number=notice.number,
        document=end_act(notice),
        key=_key(notice, "end"),
        at=at,
    )
    _note(notice, entry, at, wording=None)
    return entry


def enter_recall(*, notice: Notice, at: datetime) -> Entry | None:
    """The record erases what it holds of the notice; None when it never held anything. Once, however often called."""
    # A worker may have died after it entered the alert, and before the office knew the number.
    alert = entry_with_key(_key(notice, 1))
    entry = alert and append_notice(
        action=Action.RECALLED,
        number=alert.number,
        document=recall_act(notice),
        key=_key(notice, "recall"),
        at=at,
    )
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(pk=notice.pk)
        row.number, row.recall_entered_at = entry.number if entry else row.number, at
        row.save(update_fields=["number", "recall_entered_at"])
        details = {"number": row.number, "seq": entry.seq if entry else None}
        record_act(by=GATE, at=at, verb="enter_recall", subject=notice.subject, details=details)
    post(at=at, forgets=True)
    return entry


def _key(notice: Notice, what: int | str) -> str:
    return f"notice:{notice.ref}:{what}"


def _section() -> dict[str, str]:
    found = section(SECTION)
    titles = {"title_th": found.title_th, "title_en": found.title_en} if found else {}
    return {"top": SECTION, "slug": SECTION, "title_th": "", "title_en": ""} | titles


def _note(notice: Notice, entry: Entry, at: datetime, *, wording: Wording | None) -> None:
    """The office's own note of it, and the number for the public's file. After a crash, the next turn does it."""
    with transaction.atomic():
        row = Notice.objects.select_for_update().get(pk=notice.pk)
        row.number = entry.number
        if wording is None:
            row.end_seq = entry.seq
        else:
            Wording.objects.filter(pk=wording.pk).update(entry_seq=entry.seq)
        # Recalled in the very moment in which it was entered: the record has to be told again.
        row.recall_entered_at = None
        row.save(update_fields=["number", "end_seq", "recall_entered_at"])
        details = {"number": entry.number, "seq": entry.seq, "action": str(entry.action)}
        record_act(by=GATE, at=at, verb="enter_notice", subject=notice.subject, details=details)
    notice.number = entry.number
    post(at=at)
