"""What the worker does for the office: mails to staff, sent beside its turns."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from prongsai.files.tasks import SlowTask
from prongsai.office import actions
from prongsai.office.mails import message, next_mail
from prongsai.office.models import StaffMail


def mailing(clock: Callable[[], datetime]) -> SlowTask | None:
    """The next mail. It is marked as begun before the mail server hears of it."""
    at = clock()
    actions.leave_unsure(at=at)
    mail = next_mail(at=at)
    if mail is None:
        return None
    # Written before it is begun: a mail that cannot even be written is no mail on its way.
    ready = message(mail)
    if not actions.begin_mail(mail=mail, at=at):
        return None
    return SlowTask(
        name="send a mail to staff",
        run=ready.send,
        done=partial(_done, mail),
        failed=partial(_failed, mail),
    )


def _done(mail: StaffMail, _answer: Any, at: datetime) -> None:
    actions.note_sent_mail(mail=mail, at=at)


def _failed(mail: StaffMail, error: Exception, at: datetime) -> None:
    # The class alone: a server's answer may repeat the address.
    actions.note_failed_mail(mail=mail, problem=type(error).__name__, at=at)
