"""How recalls stand: their checks, their incidents, and what must shout."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from prongsai.approval.models import Submission
from prongsai.approval.queries.proposing import is_author
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.files.models import StoredFile
from prongsai.files.queries import text_pages
from prongsai.organisation.actors import Actor
from prongsai.organisation.queries import held_by
from prongsai.publication.models import Incident, IncidentAnswer, PurgeCheck
from prongsai.publication.recalls import rules
from prongsai.publication.recalls.checklist import Asked, checklist
from prongsai.publication.recalls.states import Carrier, CheckState
from prongsai.record.models import Item
from prongsai.record.states import CONTENT_ACTIONS

# What is asked in one go: a second or two on a small server.
AT_ONCE = 60
# Of a set of five hundred, tens of thousands wait: the first of them are enough for one look.
LOOKED_AT = 600


@dataclass(frozen=True)
class Purge:
    """The checks of one recall in numbers; `seconds` from the last tap until the gate had recalled."""

    submission: Submission
    total: int
    gone: int
    failed: int
    seconds: float | None

    @property
    def waiting(self) -> int:
        return self.total - self.gone - self.failed

    @property
    def is_confirmed(self) -> bool:
        return self.total > 0 and self.gone == self.total


def purge(submission: Submission) -> Purge:
    counted = submission.purge_checks.aggregate(
        total=Count("id"),
        gone=Count("id", filter=Q(state=CheckState.GONE)),
        failed=Count("id", filter=Q(state=CheckState.FAILED)),
    )
    both = submission.published_at and submission.approved_at
    took = submission.published_at - submission.approved_at if both else None  # type: ignore[operator]  # both are there
    return Purge(submission, seconds=took.total_seconds() if took else None, **counted)


def checks_due(*, at: datetime) -> list[PurgeCheck]:
    """Of one recall that is in force, those whose time has come; the newest recall first."""
    rows = PurgeCheck.objects.exclude(state=CheckState.GONE).filter(
        submission__state=SubmissionState.PUBLISHED
    )
    rows = rows.select_related("submission__disclosure").order_by("tries", "-submission_id", "id")
    due = [each for each in rows[:LOOKED_AT] if _is_due(each, at)]
    first = due[0].submission_id if due else None
    return [each for each in due if each.submission_id == first][:AT_ONCE]


def _is_due(check: PurgeCheck, at: datetime) -> bool:
    # A clock that was set back must not make a check wait for the time that it already had.
    if check.asked_at is None or check.asked_at > at:
        return True
    return check.asked_at + rules.pause(check.tries) <= at


def failed_purges() -> QuerySet[Submission]:
    """Recalls of which the portal still says something, or could not be asked."""
    failed = PurgeCheck.objects.filter(state=CheckState.FAILED).values("submission")
    return Submission.objects.filter(pk__in=failed).select_related("disclosure__unit")


def questions(checks: list[PurgeCheck]) -> list[rules.Question]:
    """What to look for at these addresses, which are all of one recall."""
    if not checks:
        return []
    submission = checks[0].submission
    marks = _marks(submission)
    hashes = tuple(sorted(_own_hashes(submission)))
    return [_question(each, submission.disclosure.number, hashes, marks) for each in checks]


def _question(
    check: PurgeCheck, number: str, hashes: tuple[str, ...], marks: tuple[str, ...]
) -> rules.Question:
    # A search says back what was searched for: the title itself.
    echoes = "?q=" in check.address
    is_list = check.carrier == Carrier.LIST
    return rules.Question(
        address=check.address,
        carrier=check.carrier,
        stays=check.is_shared,
        links=(f"/p/{number}/", *hashes) if is_list else hashes,
        marks=() if echoes else marks,
    )


def public_revisions(disclosure: Disclosure) -> list[dict[str, object]]:
    """The contents of all versions that were public, from the office's own rows: the record has forgotten them."""
    rows = Submission.objects.filter(
        disclosure=disclosure, state=SubmissionState.PUBLISHED, action__in=CONTENT_ACTIONS
    )
    return [each.revision.content for each in rows.select_related("revision")]


def _own_hashes(submission: Submission) -> set[str]:
    """Without those that another item shows as well."""
    shared = submission.purge_checks.filter(is_shared=True).values_list("address", flat=True)
    known = {file["sha256"] for content in _contents(submission) for file in content["files"]}
    return {sha256 for sha256 in known if not any(sha256 in address for address in shared)}


def _contents(submission: Submission) -> list[dict[str, list[dict[str, str]]]]:
    return public_revisions(submission.disclosure)  # type: ignore[return-value]  # as a Content is written


def _marks(submission: Submission) -> tuple[str, ...]:
    own = _own_hashes(submission)
    texts: list[str] = []
    ids = set()
    for content in public_revisions(submission.disclosure):
        texts += [str(content["title"]), str(content["summary"])]
        ids |= {f["file_id"] for f in content["files"] if f["sha256"] in own}  # type: ignore[attr-defined]  # a list of files
    for stored in StoredFile.objects.filter(pk__in=ids):
        texts += [page.text for page in text_pages(stored)]
    return rules.marks(texts, said_elsewhere=_said_elsewhere(submission))


def _said_elsewhere(submission: Submission) -> str:
    """What others say in the same words is not this item's: a twin has its title, the tombstone its explanation."""
    rows = Item.objects.listed().values_list("title", "summary", "unit_name_th")
    return "\n".join([submission.explanation, *(word for row in rows for word in row)])


@dataclass(frozen=True)
class Line:
    """A question of the checklist with its newest answer, if there is one."""

    asked: Asked
    answer: IncidentAnswer | None


def lines(incident: Incident) -> list[Line]:
    newest = {each.question: each for each in incident.answers.all()}
    return [Line(each, newest.get(each.key)) for each in checklist().questions]


def clock_of(incident: Incident, *, at: datetime) -> rules.Clock:
    return rules.clock(incident.known_at, hours=checklist().hours, at=incident.closed_at or at)


def open_incidents() -> QuerySet[Incident]:
    """The one whose time is up first stands first."""
    rows = Incident.objects.filter(closed_at=None)
    return rows.select_related("submission__disclosure__unit", "recall_set").order_by("known_at")


def works_of(incident: Incident) -> list[Disclosure]:
    """The items that the incident is about; none of a notice."""
    if incident.submission is not None:
        return [incident.submission.disclosure]
    if incident.recall_set is None:
        return []
    members = incident.recall_set.members.select_related("disclosure__unit")
    return [member.disclosure for member in members]


def may_keep(incident: Incident, by: Actor, *, on: date) -> bool:
    """Officers of the units whose items leaked, the webmaster, and the posts that the checklist names."""
    told = held_by(by, on=on).filter(post__code__in=checklist().told).exists()
    return told or any(is_author(by, each, on=on) for each in works_of(incident))
