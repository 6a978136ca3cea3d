"""Looks at the record and keeps what that came to. Only the worker and the command line ask for it."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate

from prongsai.monitoring.adopting import lay_out_now
from prongsai.monitoring.bound import dead_links_that_count, failing_spots
from prongsai.monitoring.evidence import Evidence
from prongsai.monitoring.forgetting import forget_past, in_use
from prongsai.monitoring.ladder import Step
from prongsai.monitoring.models import Charge, DutyReminder, Probe, Progress, Uptime
from prongsai.monitoring.periods import Part
from prongsai.monitoring.probing import HOME, Spot, Visit
from prongsai.monitoring.queries import Looked, Watch, coverage, watched
from prongsai.monitoring.reminding import Awaited, awaited, escalation
from prongsai.monitoring.rules import Verdict, review_due
from prongsai.obligations.catalogue import Obligation
from prongsai.obligations.queries import keys_that_count, obligations
from prongsai.obligations.states import Period
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.holidays import calendar, holidays_around
from prongsai.organisation.models import Post
from prongsai.organisation.rules import is_working_day
from prongsai.record.actions.observing import Seen, observe
from prongsai.record.models import Binding, Observation, Said
from prongsai.record.owed import lines
from prongsai.record.queries import changed_numbers, head
from prongsai.thai.dates import BUDDHIST_OFFSET

COVERAGE, REMINDERS = "coverage", "reminders"
CYCLE = ("obligation_key", "year", "period", "last_date")


def look(*, at: datetime) -> int:
    """Look at what the newest entries touch, once a day at everything; answers how many duties came out otherwise.

    Safe to be done twice at once: what came out as before adds nothing.
    """
    lay_out_now()
    today, newest, stamp = localdate(at), head(), _stamp()
    progress = Progress.objects.filter(name=COVERAGE).first() or Progress(name=COVERAGE)
    is_whole = (progress.whole_date, progress.stamp) != (today, stamp)
    if not is_whole and progress.seq >= newest:
        return 0
    forget_past(None if is_whole else changed_numbers(progress.seq))
    # Not in one transaction: looking takes seconds, in which the office must be able to write.
    only = None if is_whole else _touched(progress.seq)
    changed = look_at(watched(on=today), at=at, only=only)
    told = {"seq": newest, "whole_date": today, "stamp": stamp}
    Progress.objects.update_or_create(name=COVERAGE, defaults=told)
    return changed


def remind_of_duties(*, at: datetime) -> int:
    """How many steps of the ladder were taken; once a day, and when something came out otherwise.

    The machine does this by itself, so that nothing of it goes into the trail of acts: the rows are the trail.
    """
    on, newest = (
        localdate(at),
        Observation.objects.order_by("pk").values_list("pk", flat=True).last(),
    )
    told = {"seq": newest or -1, "whole_date": on}
    if newest is None or Progress.objects.filter(name=REMINDERS, **told).exists():
        return 0
    added = 0
    if is_working_day(on, holidays_around(on, settings.HOLIDAYS_FILE)):
        added = _remind(on, at)
    Progress.objects.update_or_create(name=REMINDERS, defaults=told)
    return added


@transaction.atomic
def _remind(on: date, at: datetime) -> int:
    found = lines()
    ways = escalation(found, on=on)
    rows = DutyReminder.objects.filter(year__in={line.year for line in found})
    there = set(rows.values_list(*CYCLE, "step"))
    added = 0
    for thing in awaited(found, on=on):
        for step, post in ways.steps_taken(thing):
            if (*thing.cycle, step.code) not in there:
                _add_reminder(thing, step, post, at)
                added += 1
    return added


def _add_reminder(thing: Awaited, step: Step, post: str, at: datetime) -> None:
    cycle = dict(zip(CYCLE, thing.cycle, strict=True))
    row = DutyReminder(**cycle, step=step.code, rung=step.rung, post_code=post, at=at)
    row.save(force_insert=True)


@transaction.atomic
def charge(*, topic: str, post: Post, by: Actor, at: datetime) -> Charge:
    """From now on this post answers for the topic. The same post again adds nothing."""
    newest = Charge.objects.filter(topic=topic).last()
    if newest is not None and newest.post_id == post.pk:
        return newest
    row = Charge.objects.create(topic=topic, post=post, charged_at=at, charged_by_id=by.person_id)
    details = {"topic": topic, "post": post.code}
    record_act(by=by, at=at, verb="charge_post", subject=f"duty:{topic}", details=details)
    return row


@transaction.atomic
def keep_visits(*, visits: Mapping[Spot, Visit], at: datetime) -> None:
    """What each page and file answered; of the home page every answer is kept.

    What was recalled or corrected while it was being opened is left out.
    """
    there = in_use({(spot.number, spot.version) for spot in visits})
    for spot, visit in visits.items():
        if spot != HOME and (spot.number, spot.version) not in there:
            continue
        if spot == HOME:
            Uptime.objects.create(at=at, status=visit.status, milliseconds=visit.milliseconds)
        found = Probe.objects.filter(**spot._asdict()).first()
        row = found or Probe(**spot._asdict())
        row.failures = 0 if visit.is_well else row.failures + 1
        row.status, row.milliseconds, row.at = visit.status, visit.milliseconds, at
        row.save()


def look_at(watches: Iterable[Watch], *, at: datetime, only: Collection[str] | None = None) -> int:
    """`only` are keys of duties; None is all of them."""
    found: list[Looked] = []
    for watch in watches:
        duties = [each for each in watch.duties if only is None or each.key in only]
        found += coverage(
            duties, year=watch.year, on=localdate(at), holidays=holidays_of(watch.year)
        )
    return observe(map(seen, found), at=at)


def holidays_of(year: int) -> frozenset[date]:
    """Of the calendar years that a fiscal year (Buddhist era), what it speaks of and its due dates lie in."""
    ends_in = year - BUDDHIST_OFFSET
    return calendar(settings.HOLIDAYS_FILE).holidays(range(ends_in - 2, ends_in + 2))


def seen(looked: Looked) -> Seen:
    """As the record's database keeps it: keys, numbers and dates, no words of an edition."""
    return Seen(
        obligation_key=looked.obligation.key,
        year=looked.year,
        result=looked.result.value,
        due_date=looked.due_date,
        post_code=looked.owner.code,
        post_th=looked.owner.title_th,
        post_en=looked.owner.title_en,
        unit_code=looked.owner.unit_code,
        parts=[_part(looked.obligation, part, verdict) for part, verdict in looked.found],
    )


def _part(duty: Obligation, part: Part, found: Verdict) -> Mapping[str, Any]:
    return {
        "key": part.key,
        "first": part.stretch.first.isoformat(),
        "last": part.stretch.last.isoformat(),
        "due": part.due_date.isoformat() if part.due_date else None,
        "result": found.result.value,
        "failed": [vars(each) | {"check": each.check.value} for each in found.failed],
        "passed": [each.value for each in found.passed],
        "evidence": [_used(duty, each) for each in found.used],
        "statement": found.statement.number if found.statement else "",
    }


def _used(duty: Obligation, evidence: Evidence) -> Mapping[str, Any]:
    due = review_due(duty, evidence) if duty.period == Period.KEPT_CURRENT else None
    review = due.isoformat() if due else None
    return {"number": evidence.number, "version": evidence.version, "review": review}


def _touched(after: int) -> frozenset[str]:
    """Keys of duties that what was appended since then may answer, or answered until then."""
    numbers = set(changed_numbers(after))
    reviews = Said.objects.filter(number__in=numbers).exclude(about_number="")
    numbers |= set(reviews.values_list("about_number", flat=True))
    bound = set(Binding.objects.filter(number__in=numbers).values_list("obligation_key", flat=True))
    before = {row.obligation_key for row in Observation.objects.standing() if _uses(row, numbers)}
    return frozenset(
        each.key for each in obligations() if each.key in before or keys_that_count(each) & bound
    )


def _uses(row: Observation, numbers: Collection[str]) -> bool:
    return any(
        each in numbers for each in (*row.numbers, *(part["statement"] for part in row.parts))
    )


def _stamp() -> str:
    """Of the catalogue, of who is charged with what, and of what does not open: when one changes, all is looked at."""
    said = [repr(each) for each in obligations()]
    charges = [f"{row.topic}={row.post_id}" for row in Charge.objects.all()]
    broken = [*sorted(failing_spots()), *sorted(dead_links_that_count().items())]
    lines = [*said, *charges, *map(repr, broken)]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
