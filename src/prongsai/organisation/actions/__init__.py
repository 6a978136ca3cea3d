"""The verbs of the organisation."""

from prongsai.organisation.actions.appointing import appoint, end_appointment
from prongsai.organisation.actions.loading import load_chart, load_roles
from prongsai.organisation.actions.mirroring import drop_old_mirrors, mirror_acts
from prongsai.organisation.actions.trail import record_act, record_refusal, refusals_recorded

__all__ = [
    "appoint",
    "drop_old_mirrors",
    "end_appointment",
    "load_chart",
    "load_roles",
    "mirror_acts",
    "record_act",
    "record_refusal",
    "refusals_recorded",
]
