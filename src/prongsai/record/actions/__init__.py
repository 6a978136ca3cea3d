"""The verbs of the record."""

from prongsai.record.actions.appending import Act, append, append_all, rebuild
from prongsai.record.actions.erasing import GRACE, Swept, finish_erasures, sweep
from prongsai.record.actions.observing import Seen, observe
from prongsai.record.rules import CannotAppend

__all__ = [
    "GRACE",
    "Act",
    "CannotAppend",
    "Seen",
    "Swept",
    "append",
    "append_all",
    "finish_erasures",
    "observe",
    "rebuild",
    "sweep",
]
