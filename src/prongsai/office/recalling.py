"""What the screens of recalls, sets and incidents show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from prongsai.approval.models import Submission
from prongsai.approval.queries import open_submission, posts_concerned, submissions_of
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.notices.models import Notice
from prongsai.office.desk import Desk
from prongsai.office.lists import ChainStep, chain_steps
from prongsai.office.permissions import OVERSEERS
from prongsai.office.recall_forms import RecallForm, TwinsForm
from prongsai.office.rights import may
from prongsai.office.submitting import Way, ways
from prongsai.organisation.queries import post_titles
from prongsai.publication.models import Incident, PurgeCheck, RecallMember, RecallSet
from prongsai.publication.recalls.checklist import checklist
from prongsai.publication.recalls.choosing import Chosen, in_their_bundles
from prongsai.publication.recalls.queries import (
    Line,
    Purge,
    clock_of,
    lines,
    may_keep,
    purge,
    works_of,
)
from prongsai.publication.recalls.reach import Reach
from prongsai.publication.recalls.rules import Clock
from prongsai.publication.recalls.sets import Progress, progress, waiting_posts
from prongsai.publication.recalls.states import CheckState
from prongsai.publication.texts import COMPLAINTS
from prongsai.record.states import Action

SHOWN_MEMBERS = 200
HOURS_A_DAY = 24
DAYS_COUNTED_IN_HOURS = 4


@dataclass(frozen=True)
class CheckRow:
    """An address with what the portal answered there, in words."""

    address: str
    shown: str
    check: PurgeCheck
    words: str


def recall_of(disclosure: Disclosure) -> Submission | None:
    """The newest recall that was asked for and was not sent back."""
    rows = submissions_of(disclosure).filter(action=Action.RECALLED)
    ended = [SubmissionState.REMANDED, SubmissionState.RECALLED, SubmissionState.STOPPED]
    return rows.exclude(state__in=ended).first()


def twins_form(found: Reach, data: Any = None) -> TwinsForm:
    """Only those that have a work in the office; others are named on the page."""
    twins = [
        (each.number, f"{each.number} {each.title}") for each in found.twins if each.disclosure
    ]
    return TwinsForm(data, twins=twins)


def recall_screen(
    disclosure: Disclosure, form: RecallForm, also: TwinsForm, found: Reach, desk: Desk
) -> dict[str, Any]:
    """Everything that `recalls/recall.html` takes before a recall is asked for."""
    chain: Sequence[Way] = ways(disclosure, action=Action.RECALLED, desk=desk)
    return {
        "disclosure": disclosure,
        "form": form,
        "also": also,
        "reach": found,
        "waiting": _waiting(disclosure),
        "sent_back": _as_seen(tuple(in_their_bundles([disclosure])), desk),
        "ways": chain,
        "portal_url": settings.PORTAL_URL,
    }


def _waiting(disclosure: Disclosure) -> Submission | None:
    """What is approved on it and waits for its time: the recall stops it."""
    under_way = open_submission(disclosure)
    is_waiting = under_way is not None and under_way.state == SubmissionState.APPROVED
    return under_way if is_waiting else None


def recall_status(submission: Submission, desk: Desk) -> dict[str, Any]:
    """Everything that `recalls/status.html` takes once it is asked for."""
    member = RecallMember.objects.filter(submission=submission).select_related("recall_set").first()
    incident = incident_of(submission, member)
    return {
        "disclosure": submission.disclosure,
        "submission": submission,
        "steps": _steps(submission, desk),
        "purge": purge(submission),
        "checks": check_rows(submission),
        "member": member,
        "incident": incident,
    }


def incident_of(submission: Submission, member: RecallMember | None) -> Incident | None:
    if member is not None:
        return Incident.objects.filter(recall_set=member.recall_set).first()
    return Incident.objects.filter(submission=submission).first()


def _steps(submission: Submission, desk: Desk) -> list[ChainStep]:
    decisions = submission.decisions.select_related("person")
    return chain_steps(submission.steps, on=desk.on, at_step=submission.step, decisions=decisions)


def check_rows(submission: Submission) -> list[CheckRow]:
    """What failed first, then what waits, then what is gone."""
    order = {CheckState.FAILED: 0, CheckState.WAITING: 1, CheckState.GONE: 2}
    rows = sorted(submission.purge_checks.all(), key=lambda each: order[CheckState(each.state)])
    return [_check_row(each) for each in rows]


def _check_row(check: PurgeCheck) -> CheckRow:
    words = COMPLAINTS.get(check.complaint, "")
    return CheckRow(
        address=settings.PORTAL_URL + check.address,
        shown=check.address if len(check.address) <= 60 else check.address[:57] + "…",
        check=check,
        words=str(words) if check.tries else "",
    )


def may_see_set(recall_set: RecallSet, desk: Desk) -> bool:
    """Who asked for it, who is asked about it, and who oversees the whole."""
    if desk.roles & OVERSEERS or recall_set.submitted_by_id == desk.person.pk:
        return True
    rows = Submission.objects.filter(recall_member__recall_set=recall_set)
    asked = {post for each in rows for post in posts_concerned(each)}
    units = {each.disclosure.unit.code for each in rows.select_related("disclosure__unit")}
    return bool(asked & desk.post_codes or units & desk.unit_codes)


@dataclass(frozen=True)
class SentBack:
    """What a recall sends back because it is in a bundle with what is hit; of some only how many somebody is told."""

    seen: tuple[Disclosure, ...]
    unseen: int

    @property
    def count(self) -> int:
        return len(self.seen) + self.unseen


def sent_back_by(chosen: Chosen, desk: Desk) -> SentBack:
    return _as_seen(chosen.sent_back, desk)


def _as_seen(members: Sequence[Disclosure], desk: Desk) -> SentBack:
    seen = tuple(each for each in members if may(desk, "see", each))
    return SentBack(seen, len(members) - len(seen))


@dataclass(frozen=True)
class SetScreen:
    """Everything that `recalls/set.html` takes beside its form."""

    recall_set: RecallSet
    members: tuple[RecallMember, ...]
    left_over: int
    progress: Progress
    steps: tuple[ChainStep, ...]
    incident: Incident | None


def set_screen(recall_set: RecallSet, desk: Desk) -> SetScreen:
    members = recall_set.members.select_related("disclosure__unit", "submission")
    rows = tuple(members[:SHOWN_MEMBERS])
    first = next((each.submission for each in rows if each.submission), None)
    counted = progress(recall_set)
    return SetScreen(
        recall_set=recall_set,
        members=rows,
        left_over=counted.total - len(rows),
        progress=counted,
        steps=tuple(_steps(first, desk)) if first else (),
        incident=Incident.objects.filter(recall_set=recall_set).first(),
    )


def set_posts(recall_set: RecallSet, desk: Desk) -> list[tuple[str, str]]:
    """As which posts they may decide the set now."""
    codes = waiting_posts(recall_set, desk.person, on=desk.on)
    return list(post_titles(codes).items())


@dataclass(frozen=True)
class IncidentRow:
    """An incident with its clock, and the items or the notice it is about."""

    incident: Incident
    clock: Clock
    works: tuple[Disclosure, ...]
    notice: Notice | None

    @property
    def title(self) -> str:
        if self.notice:
            return _("ประกาศฉุกเฉิน %(name)s") % {"name": self.notice.public_id}
        return " · ".join(each.title for each in self.works[:3])

    @property
    def unit(self) -> str:
        return self.notice.unit.name if self.notice else self.works[0].unit.name

    @property
    def time_left(self) -> str:
        """In hours while they count, in days when there are more than somebody can picture."""
        days, hours = self.clock.hours // HOURS_A_DAY, self.clock.hours
        if days > DAYS_COUNTED_IN_HOURS:
            words = _("เกินกำหนด %(days)d วัน") if self.clock.is_over else _("เหลือ %(days)d วัน")
            return words % {"days": days}
        words = _("เกินกำหนด %(hours)d ชั่วโมง") if self.clock.is_over else _("เหลือ %(hours)d ชั่วโมง")
        return words % {"hours": hours}


def incident_rows(rows: Iterable[Incident], *, at: datetime) -> list[IncidentRow]:
    return [
        IncidentRow(each, clock_of(each, at=at), tuple(works_of(each)), _notice_of(each))
        for each in rows
    ]


def _notice_of(incident: Incident) -> Notice | None:
    if incident.notice_ref is None:
        return None
    return Notice.objects.select_related("unit").get(ref=incident.notice_ref)


def may_keep_here(incident: Incident, desk: Desk) -> bool:
    """As any of their posts."""
    return any(
        may_keep(incident, desk.actor_at(held.post.code), on=desk.on) for held in desk.appointments
    )


def incident_screen(incident: Incident, desk: Desk, *, at: datetime) -> dict[str, Any]:
    """Everything that `recalls/incident.html` takes."""
    asked: list[Line] = lines(incident)
    return {
        "row": incident_rows([incident], at=at)[0],
        "incident": incident,
        "lines": asked,
        "law": checklist(),
        "may_keep": may_keep_here(incident, desk),
        "purges": [_purge_of(each, desk) for each in works_of(incident)],
    }


def _purge_of(disclosure: Disclosure, desk: Desk) -> tuple[Disclosure, Purge | None, bool]:
    """With whether they may open the item: whoever is told of an incident need not see all work."""
    submission = recall_of(disclosure)
    return disclosure, purge(submission) if submission else None, may(desk, "see", disclosure)
