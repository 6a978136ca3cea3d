"""The only code that writes files, readings of their pages and texts that people vouch for."""

from prongsai.files.actions.copying import make_searchable
from prongsai.files.actions.naming import CannotRename, rename_file
from prongsai.files.actions.reading import (
    MOST_ATTEMPTS,
    ask_for_reading,
    begin_reading,
    fail_reading,
    finish_reading,
    put_back,
)
from prongsai.files.actions.receiving import (
    CannotReceive,
    finish_receiving,
    hand_out_original,
    receive,
)
from prongsai.files.actions.vouching import CannotVouch, draft_page, vouch_for_text

__all__ = [
    "MOST_ATTEMPTS",
    "CannotReceive",
    "CannotRename",
    "CannotVouch",
    "ask_for_reading",
    "begin_reading",
    "draft_page",
    "fail_reading",
    "finish_reading",
    "finish_receiving",
    "hand_out_original",
    "make_searchable",
    "put_back",
    "receive",
    "rename_file",
    "vouch_for_text",
]
