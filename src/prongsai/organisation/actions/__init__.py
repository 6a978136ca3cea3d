"""The verbs of the organisation."""

from prongsai.organisation.actions.appointing import appoint, end_appointment
from prongsai.organisation.actions.loading import load_chart, load_roles
from prongsai.organisation.actions.trail import record_act, record_refusal, refusals_recorded

__all__ = [
    "appoint",
    "end_appointment",
    "load_chart",
    "load_roles",
    "record_act",
    "record_refusal",
    "refusals_recorded",
]
