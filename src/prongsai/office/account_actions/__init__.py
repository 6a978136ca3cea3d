"""The verbs of the office's own tables: inviting, linking, resetting, and the devices from which people sign in."""

from prongsai.office.account_actions.devices import end_sessions, note_device
from prongsai.office.account_actions.inviting import (
    CannotInvite,
    accept_invitation,
    cancel_invitation,
    invite,
)
from prongsai.office.account_actions.linking import (
    CannotLink,
    accept_link,
    link_identity,
    note_identity_used,
    unlink_identity,
)
from prongsai.office.account_actions.renaming import (
    CannotWishForName,
    ask_for_name,
    settle_name,
)
from prongsai.office.account_actions.resetting import CannotReset, ask_for_reset, settle_reset

__all__ = [
    "CannotInvite",
    "CannotLink",
    "CannotReset",
    "CannotWishForName",
    "accept_invitation",
    "accept_link",
    "ask_for_name",
    "ask_for_reset",
    "cancel_invitation",
    "end_sessions",
    "invite",
    "link_identity",
    "note_device",
    "note_identity_used",
    "settle_name",
    "settle_reset",
    "unlink_identity",
]
