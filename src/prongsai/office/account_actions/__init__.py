"""The verbs of the office's own tables: inviting, resetting, and the devices from which people sign in."""

from prongsai.office.account_actions.devices import end_sessions, note_device
from prongsai.office.account_actions.inviting import (
    CannotInvite,
    accept_invitation,
    cancel_invitation,
    invite,
)
from prongsai.office.account_actions.resetting import CannotReset, ask_for_reset, settle_reset

__all__ = [
    "CannotInvite",
    "CannotReset",
    "accept_invitation",
    "ask_for_reset",
    "cancel_invitation",
    "end_sessions",
    "invite",
    "note_device",
    "settle_reset",
]
