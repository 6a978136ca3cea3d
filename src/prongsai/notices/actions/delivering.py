"""The outbox: one row for each message and address, tried again with growing pauses until it is through or given up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from prongsai.notices.models import Delivery, Notice
from prongsai.notices.states import Channel, DeliveryState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor

MACHINE = Actor.system("ช่องทางแจ้งข่าว")
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
# About two hours of trying; later the news would be none.
MOST_TRIES = 16
OVERTAKEN = "ไม่ส่งแล้ว เพราะข้อความที่ใหม่กว่าไปถึงก่อน หรือหมดเวลาของข้อความนี้"


def queue(*, notice: Notice, version: int, at: datetime) -> None:
    """Inside the transaction that makes the news. A drill goes to nobody: outside the site it could be mistaken."""
    if notice.is_drill:
        return
    for channel, target in addresses():
        Delivery.objects.get_or_create(
            notice=notice,
            version=version,
            channel=channel,
            target=target,
            defaults={"next_try_at": at},
        )


def addresses() -> Iterator[tuple[str, str]]:
    yield from ((Channel.WEBHOOK, each) for each in settings.NOTICE_WEBHOOKS)
    yield from ((Channel.EMAIL, each) for each in settings.NOTICE_EMAILS)
    if settings.LINE_TOKEN:
        yield Channel.LINE, "broadcast"


@transaction.atomic
def delivery_done(*, delivery: Delivery, at: datetime) -> None:
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.WAITING:
        return
    row.state, row.finished_at, row.problem = DeliveryState.SENT, at, ""
    row.tries += 1
    row.save()
    _remember(row, at, "")


@transaction.atomic
def delivery_failed(*, delivery: Delivery, problem: str, at: datetime) -> None:
    """Tried again after a pause twice as long as the last one; at the end given up, which lists show."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.WAITING:
        return
    row.tries += 1
    row.problem = problem[:300]
    row.next_try_at = at + min(FIRST_PAUSE * 2 ** (row.tries - 1), LONGEST_PAUSE)
    if row.tries >= MOST_TRIES:
        row.state, row.finished_at = DeliveryState.GIVEN_UP, at
        _remember(row, at, row.problem)
    row.save()


@transaction.atomic
def delivery_overtaken(*, delivery: Delivery, at: datetime) -> None:
    """Nobody is told to leave their house after they were told that it is over."""
    row = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if row.state != DeliveryState.WAITING:
        return
    row.state, row.finished_at, row.problem = DeliveryState.GIVEN_UP, at, OVERTAKEN
    row.save()
    _remember(row, at, row.problem)


def _remember(row: Delivery, at: datetime, problem: str) -> None:
    details = {"channel": row.channel, "version": row.version, "tries": row.tries}
    record_act(
        by=MACHINE,
        at=at,
        verb="deliver_notice",
        subject=row.notice.subject,
        reason=problem,
        details=details,
    )
