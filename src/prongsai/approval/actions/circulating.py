"""Posts are told what others decided, and say that they have read it."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval.models import Circulation, Submission
from prongsai.approval.refusals import CannotAcknowledge
from prongsai.approval.states import Cause, CirculationBlocker
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Post
from prongsai.organisation.queries import held_by, posts_reaching
from prongsai.organisation.refusals import Blocker


def circulate(
    *, submission: Submission, posts: Iterable[str], cause: Cause, step: int, at: datetime
) -> None:
    """Once for each post, cause and step, however often the submission passes here. Part of another act."""
    # Of a bundle one member is circulated, which leads to all of them.
    codes = [] if submission.place else list(posts)
    titles = dict(Post.objects.filter(code__in=codes).values_list("code", "title_th"))
    for code in codes:
        Circulation.objects.get_or_create(
            submission=submission,
            post_code=code,
            cause=cause,
            step=step,
            defaults={"post_title": titles.get(code, code), "at": at},
        )


def acknowledge(*, circulation: Circulation, by: Actor, at: datetime) -> None:
    """Whoever holds the post has read it. A second time changes nothing. Raises `CannotAcknowledge`."""
    subject = circulation.submission.subject
    with refusals_recorded(by=by, at=at, verb="acknowledge", subject=subject):
        row = Circulation.objects.select_for_update().get(pk=circulation.pk)
        work = row.submission.disclosure
        reaching = posts_reaching(held_by(by, on=localdate(at)), work.kind, work.unit)
        holds_it = row.post_code in reaching
        if not holds_it:
            raise CannotAcknowledge([Blocker(CirculationBlocker.POST_NOT_HELD, row.post_title)])
        if row.acknowledged_at is None:
            row.acknowledged_at, row.acknowledged_by_id = at, by.person_id
            row.save(update_fields=["acknowledged_at", "acknowledged_by"])
            record_act(
                by=by, at=at, verb="acknowledge", subject=subject, details={"cause": row.cause}
            )
    circulation.refresh_from_db()
