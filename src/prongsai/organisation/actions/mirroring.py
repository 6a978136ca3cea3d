"""Writes the trail once more, outside the database: into files, and to another machine's log where one is named."""

import json
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from logging.handlers import SysLogHandler

from django.conf import settings
from django.db import DatabaseError
from django.utils.timezone import localdate

from prongsai.organisation import mirror
from prongsai.organisation.models import Act
from prongsai.organisation.queries import act_fields

logger = logging.getLogger(__name__)
# How many acts are looked through when the table does not go on where the files ended.
MOST_AFTER_A_GAP = 500


def mirror_acts() -> None:
    """Bring the files up to the table. Called when an act is committed, and by the worker for what a crash left.

    A disk that is full undoes no act: it is logged, and what is missing follows with the next act.
    """
    try:
        with mirror.alone(settings.TRAIL_FOLDER):
            for act in _not_written_yet():
                line = mirror.Line(act.pk, act_fields(act), act.previous_hash, act.hash)
                mirror.append(settings.TRAIL_FOLDER, line, on=localdate(act.at))
                _tell_elsewhere(line)
    except (OSError, DatabaseError, mirror.UnreadableLine):
        logger.exception("the trail of acts could not be mirrored; it is tried again")


def drop_old_mirrors(*, at: datetime) -> int:
    """Files that are older than they must be kept. The acts themselves stay in the table."""
    oldest = localdate(at) - timedelta(days=settings.TRAIL_DAYS)
    with mirror.alone(settings.TRAIL_FOLDER):
        return mirror.drop_before(settings.TRAIL_FOLDER, oldest)


def _not_written_yet() -> Iterable[Act]:
    last = mirror.last(settings.TRAIL_FOLDER)
    if last is None:
        return Act.objects.order_by("id").iterator()
    if Act.objects.filter(pk=last.id, hash=last.hash).exists():
        return Act.objects.filter(pk__gt=last.id).order_by("id").iterator()
    # The table was cut, or rows put in place of others: new ones are written all the same, and the files show the gap.
    logger.critical("the trail of acts does not go on from act %s of its mirror", last.id)
    known = {line.hash for line in mirror.tail(settings.TRAIL_FOLDER)}
    newest = Act.objects.order_by("-id")[:MOST_AFTER_A_GAP]
    return [act for act in reversed(newest) if act.hash not in known]


def _tell_elsewhere(line: mirror.Line) -> None:
    """By syslog, short enough for one datagram: who did what, and the hash that fixes everything before it."""
    if not settings.TRAIL_SYSLOG:
        return
    names = ("at", "actor_name", "verb", "subject", "outcome")
    told = {"id": line.id} | {name: line.fields[name] for name in names} | {"hash": line.hash}
    sender = SysLogHandler(address=_address(settings.TRAIL_SYSLOG), facility="authpriv")
    try:
        text = f"prongsai-act: {json.dumps(told, ensure_ascii=False)}"
        sender.handle(logging.makeLogRecord({"msg": text, "levelno": logging.INFO}))
    finally:
        sender.close()


def _address(text: str) -> str | tuple[str, int]:
    """`/dev/log`, or `host:port` of a machine that takes datagrams."""
    host, colon, port = text.rpartition(":")
    return (host, int(port)) if colon else text
