"""The verbs of approval."""

from prongsai.approval.actions.chains import confirm_chain, propose_chain, refuse_chain
from prongsai.approval.actions.circulating import acknowledge
from prongsai.approval.actions.deciding import decide
from prongsai.approval.actions.loading import load_chains
from prongsai.approval.actions.reminding import remind
from prongsai.approval.actions.stopping import give_back, give_way, stop
from prongsai.approval.actions.submitting import submit, take_back
from prongsai.approval.actions.suggesting import accept_suggestion
from prongsai.approval.actions.timing import (
    agree_to_time,
    ask_for_time,
    move_time,
    refuse_time,
)

__all__ = [
    "accept_suggestion",
    "acknowledge",
    "agree_to_time",
    "ask_for_time",
    "confirm_chain",
    "decide",
    "give_back",
    "give_way",
    "load_chains",
    "move_time",
    "propose_chain",
    "refuse_chain",
    "refuse_time",
    "remind",
    "stop",
    "submit",
    "take_back",
]
