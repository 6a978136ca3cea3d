"""The verbs of the office's own tables: inviting, linking, resetting, and the devices from which people sign in."""

from prongsai.office.actions.accounts.devices import end_sessions, note_device
from prongsai.office.actions.accounts.inviting import (
    CannotInvite,
    accept_invitation,
    cancel_invitation,
    invite,
)
from prongsai.office.actions.accounts.linking import (
    CannotLink,
    accept_link,
    link_identity,
    note_identity_used,
    unlink_identity,
)
from prongsai.office.actions.accounts.noticing import (
    CannotRead,
    change_contacts_of,
    note_account_change,
    read_account_notice,
)
from prongsai.office.actions.accounts.renaming import (
    CannotWishForName,
    ask_for_name,
    settle_name,
)
from prongsai.office.actions.accounts.resetting import CannotReset, ask_for_reset, settle_reset

__all__ = [
    "CannotInvite",
    "CannotLink",
    "CannotRead",
    "CannotReset",
    "CannotWishForName",
    "accept_invitation",
    "accept_link",
    "ask_for_name",
    "ask_for_reset",
    "cancel_invitation",
    "change_contacts_of",
    "end_sessions",
    "invite",
    "link_identity",
    "note_account_change",
    "note_device",
    "note_identity_used",
    "read_account_notice",
    "settle_name",
    "settle_reset",
    "unlink_identity",
]
