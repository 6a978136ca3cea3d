"""The verbs of the office's own rows; whatever concerns a disclosure is an act of the apps above."""

from prongsai.office.actions.machine import beat, forget_sessions, refresh_search
from prongsai.office.actions.mailing import (
    ask_for_mails,
    begin_mail,
    leave_unsure,
    note_failed_mail,
    note_sent_mail,
    tell_directors,
)
from prongsai.office.actions.wishing import wish_to_be_told

__all__ = [
    "ask_for_mails",
    "beat",
    "begin_mail",
    "forget_sessions",
    "leave_unsure",
    "note_failed_mail",
    "note_sent_mail",
    "refresh_search",
    "tell_directors",
    "wish_to_be_told",
]
