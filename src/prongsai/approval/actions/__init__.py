"""The verbs of approval."""

from prongsai.approval.actions.deciding import decide
from prongsai.approval.actions.loading import load_chains
from prongsai.approval.actions.stopping import stop
from prongsai.approval.actions.submitting import submit, take_back

__all__ = ["decide", "load_chains", "stop", "submit", "take_back"]
