"""The verbs of emergency notices. Those after which the public sees something else answer whether the file says so."""

from prongsai.notices.actions.deciding import approve, renew, send_back
from prongsai.notices.actions.delivering import (
    delivery_done,
    delivery_failed,
    delivery_overtaken,
)
from prongsai.notices.actions.ending import end, expire, review
from prongsai.notices.actions.entering import enter_end, enter_recall, enter_wording
from prongsai.notices.actions.posting import is_behind, post
from prongsai.notices.actions.recalling import recall
from prongsai.notices.actions.writing import (
    Words,
    begin_update,
    save,
    send_to_director,
    start,
)

__all__ = [
    "Words",
    "approve",
    "begin_update",
    "delivery_done",
    "delivery_failed",
    "delivery_overtaken",
    "end",
    "enter_end",
    "enter_recall",
    "enter_wording",
    "expire",
    "is_behind",
    "post",
    "recall",
    "renew",
    "review",
    "save",
    "send_back",
    "send_to_director",
    "start",
]
