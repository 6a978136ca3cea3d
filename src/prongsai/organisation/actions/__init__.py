"""The verbs of the organisation."""

from prongsai.organisation.actions.appointing import (
    appoint,
    delegate,
    end_appointment,
    settle_appointment,
)
from prongsai.organisation.actions.loading import load_chart, load_roles
from prongsai.organisation.actions.mirroring import drop_old_mirrors, mirror_acts
from prongsai.organisation.actions.people import (
    CannotChangeAccount,
    change_contacts,
    open_account,
    rename_person,
    reopen_account,
    shut_account,
)
from prongsai.organisation.actions.reorganising import close_unit, end_unit, rename_unit
from prongsai.organisation.actions.trail import record_act, record_refusal, refusals_recorded

__all__ = [
    "CannotChangeAccount",
    "appoint",
    "change_contacts",
    "close_unit",
    "delegate",
    "drop_old_mirrors",
    "end_appointment",
    "end_unit",
    "load_chart",
    "load_roles",
    "mirror_acts",
    "open_account",
    "record_act",
    "record_refusal",
    "refusals_recorded",
    "rename_person",
    "rename_unit",
    "reopen_account",
    "settle_appointment",
    "shut_account",
]
