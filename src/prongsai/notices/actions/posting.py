"""Puts the file of notices where the portal reads it: at the tap, and again whenever it is behind the rows."""

import logging
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from prongsai.notices.board import Board, Standing, locked, put
from prongsai.notices.queries import bulletin, sequence

logger = logging.getLogger(__name__)


def post(*, at: datetime, forgets: bool = False) -> bool:
    """Whether the file says now what the rows say. If not, the worker tries again at its next turn.

    When it `forgets`, the copy of the file before it is gone as well: that one has the words still.

    Call it after the transaction has ended. The rows are asked under the file's lock: of two who write at once, the
    later one knows the more.
    """
    try:
        with locked(settings.NOTICE_FILE):
            for _file in range(2 if forgets else 1):
                put(settings.NOTICE_FILE, bulletin(at=at).to_json())
    except (OSError, DatabaseError):
        logger.exception("notices could not be put up")
        return False
    return True


def is_behind(board: Board) -> bool:
    """Whether the file says anything else than the rows: a crash, a full disk or a restored backup came between."""
    standing: Standing = board.standing
    if standing.state == "none":
        return sequence() > 0
    return standing.state != "current" or standing.sequence != sequence()
