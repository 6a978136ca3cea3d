"""What the worker does for notices: ends what is over, mends the file, enters the record, and tells the channels."""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from prongsai.files.tasks import SlowTask
from prongsai.notices import actions, queries
from prongsai.notices.board import Board
from prongsai.notices.channels import line, mail, webhook
from prongsai.notices.channels.parcel import CannotDeliver, Parcel, parcel
from prongsai.notices.models import Delivery
from prongsai.notices.public import END, PublicNotice
from prongsai.notices.queries import END_OF_NOTICE, RECALL_OF_NOTICE
from prongsai.notices.states import Channel

logger = logging.getLogger(__name__)


def keep_posted(board: Board, *, at: datetime) -> bool:
    """Whether the file was behind, and is put up anew."""
    if not actions.is_behind(board):
        return False
    logger.warning("the file of notices was behind; it is written anew")
    return actions.post(at=at)


def mend_at_start() -> None:
    """Before the first request of a new process. What is wrong here must not keep the office shut."""
    try:
        keep_posted(Board(settings.NOTICE_FILE, time.time), at=timezone.now())
    except (DatabaseError, OSError) as error:
        logger.warning("could not look after notices at the start: %s", error)


def end_what_is_over(*, at: datetime) -> int:
    return sum(actions.expire(notice=each, at=at) for each in queries.to_expire(at=at))


def enter_what_was_told(*, at: datetime) -> int:
    """How many entries were made. Raises what the record raises; the rest comes next time."""
    recalls = queries.recalls_to_enter()
    for notice in recalls:
        actions.enter_recall(notice=notice, at=at)
    wordings = queries.to_enter()
    for wording in wordings:
        actions.enter_wording(wording=wording, at=at)
    ends = queries.ends_to_enter()
    for notice in ends:
        actions.enter_end(notice=notice, at=at)
    return len(recalls) + len(wordings) + len(ends)


def delivering(clock: Callable[[], datetime]) -> SlowTask | None:
    """The next message to send; sending itself may take as long as the other side lets us wait."""
    delivery = queries.next_delivery(at=clock())
    while delivery is not None and queries.is_overtaken(delivery, at=clock()):
        actions.delivery_overtaken(delivery=delivery, at=clock())
        delivery = queries.next_delivery(at=clock())
    if delivery is None:
        return None
    ready = _parcel(delivery)
    return SlowTask(
        name=f"tell {delivery.channel} of a notice",
        run=partial(_send, delivery.channel, ready),
        done=partial(_done, delivery),
        failed=partial(_failed, delivery),
    )


def _parcel(delivery: Delivery) -> Parcel:
    """Of the message as it was then, also when there has been another since."""
    whole = queries.public_notice(queries.seen_notices().get(pk=delivery.notice_id))
    return parcel(
        _as_told(whole, delivery.version),
        target=delivery.target,
        key=f"{whole.id}:{delivery.version}:{delivery.channel}",
        origin=settings.PORTAL_URL,
    )


def _as_told(whole: PublicNotice, version: int) -> PublicNotice:
    is_end = version in (END_OF_NOTICE, RECALL_OF_NOTICE)
    told = [
        each for each in whole.messages if is_end or (each.kind != END and each.version <= version)
    ]
    return PublicNotice(
        id=whole.id,
        is_drill=whole.is_drill,
        unit_th=whole.unit_th,
        unit_en=whole.unit_en,
        messages=tuple(told),
    )


def _send(channel: str, ready: Parcel) -> None:
    if channel == Channel.WEBHOOK:
        webhook.send(ready, key=settings.WEBHOOK_KEY)
    elif channel == Channel.EMAIL:
        mail.send(ready, sender=settings.DEFAULT_FROM_EMAIL)
    elif channel == Channel.LINE:
        line.send(ready, token=settings.LINE_TOKEN, api=settings.LINE_API)
    else:
        raise CannotDeliver(f"ไม่รู้จักช่องทาง {channel}")


def _done(delivery: Delivery, _nothing: Any, at: datetime) -> None:
    actions.delivery_done(delivery=delivery, at=at)


def _failed(delivery: Delivery, error: Exception, at: datetime) -> None:
    problem = str(error) if isinstance(error, CannotDeliver) else type(error).__name__
    actions.delivery_failed(delivery=delivery, problem=problem, at=at)
