"""Bundles at every point of their way."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from prongsai.approval.bundles import actions
from prongsai.approval.bundles.deciding import decide_bundle
from prongsai.approval.bundles.queries import lead_of, together
from prongsai.approval.bundles.rules import Change
from prongsai.approval.models import Bundle, Sending, Submission
from prongsai.approval.states import Verdict
from prongsai.disclosures.actions import begin_correction
from prongsai.disclosures.models import Disclosure
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Unit
from prongsai.publication.actions import publish
from prongsai.record.models import Entry
from prongsai.screening.actions import screen
from tests.disclosures.factories import save_changes
from tests.factories import NOW
from tests.publication.factories import LATER, People, drafted
from tests.publication.factories import published as published_alone

TITLE = "แผนดำเนินงานประจำปี"


def drafts(people: People, count: int = 2, **changes: Any) -> list[Disclosure]:
    """Screened drafts, each with a title and a file of its own."""
    made = [
        drafted(people, title=f"ประกาศฉบับที่ {n}", annex=f"หลักเกณฑ์ข้อ {n}", **changes)
        for n in range(1, count + 1)
    ]
    for each in made:
        screen(disclosure=each, by=people["officer"], at=NOW)
    return made


NOTE = "แก้ยอดรวม"


def being_corrected(people: People, title: str = "แผนที่เผยแพร่แล้ว") -> Disclosure:
    """What is public, with a correction that was written and screened."""
    disclosure, _entry = published_alone(people, title=title, annex=f"ภาคผนวกของ{title}")
    begin_correction(disclosure=disclosure, by=people["officer"], at=LATER)
    edit(people, disclosure, summary="สรุปที่แก้แล้ว")
    return Disclosure.objects.get(pk=disclosure.pk)


def mixed(people: People) -> list[Disclosure]:
    """A draft and a correction."""
    return [*drafts(people, 1), being_corrected(people)]


def said_of(members: Sequence[Disclosure], note: str = NOTE) -> dict[str, Change]:
    return {str(each.ref): Change(note) for each in members if each.number}


def opened(
    people: People, members: Sequence[Disclosure] | None = None, *, by: Actor | None = None
) -> Bundle:
    return actions.open_bundle(
        title=TITLE,
        unit=Unit.objects.get(code="plan"),
        disclosures=drafts(people) if members is None else members,
        by=by or people["officer"],
        at=NOW,
    )


def sent(people: People, members: Sequence[Disclosure] | None = None, **wishes: Any) -> Sending:
    return resent(people, opened(people, members), **wishes)


def resent(people: People, bundle: Bundle, **wishes: Any) -> Sending:
    members = [each.disclosure for each in bundle.members.select_related("disclosure")]
    wishes = {"by": people["officer"], "at": NOW, "changes": said_of(members)} | wishes
    return actions.send_bundle(bundle=bundle, seen=actions.seen_of(bundle, members), **wishes)


def say(
    sending: Sending,
    by: Actor,
    verdict: str = Verdict.ENDORSE,
    *,
    at: datetime = NOW,
    reason: str = "",
    **more: Any,
) -> None:
    """By somebody who has the present page open."""
    wishes = {"hash_seen": sending.statement_hash} | more
    decide_bundle(sending=sending, verdict=verdict, reason=reason, by=by, at=at, **wishes)


def rows(sending: Sending) -> list[Submission]:
    return list(sending.submissions.select_related("disclosure").order_by("place"))


def approved(people: People, members: Sequence[Disclosure] | None = None, **wishes: Any) -> Sending:
    """Endorsed by every post of its chain, one minute apart."""
    sending = sent(people, members, **wishes)
    for minute, step in enumerate(rows(sending)[0].steps, start=1):
        say(sending, people[step["posts"][0]], at=NOW + timedelta(minutes=minute))
    return sending


def published(people: People, members: Sequence[Disclosure] | None = None) -> list[Entry]:
    """Gone through the gate, in the order of its members."""
    sending = approved(people, members)
    publish(submission_ref=rows(sending)[0].ref, at=LATER)
    lead = lead_of(sending.bundle)
    numbers = [each.entry_seq for each in together(lead)] if lead else []
    return list(Entry.objects.filter(seq__in=numbers).order_by("seq"))


def edit(people: People, disclosure: Disclosure, **changes: Any) -> None:
    """By its writer, and screened again."""
    fresh = Disclosure.objects.get(pk=disclosure.pk)
    save_changes(fresh, by=people["officer"], at=NOW, **changes)
    screen(disclosure=fresh, by=people["officer"], at=NOW)
