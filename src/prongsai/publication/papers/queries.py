"""Which papers there are, and which should be there and are not."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import BufferedReader

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from prongsai.approval.models import Submission
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.models import Disclosure
from prongsai.files import places
from prongsai.publication.models import IssuedNumber, Paper, PaperText
from prongsai.publication.papers.proofs import posting_of
from prongsai.publication.papers.rules import complete_papers, drafted_papers
from prongsai.publication.papers.states import PaperKind
from prongsai.record.states import Action
from prongsai.thai.dates import buddhist_year

# What is older was there before papers were made, and is made when somebody asks for it.
MADE_BY_ITSELF = timedelta(days=30)


@dataclass(frozen=True)
class Expected:
    """A paper of a submission: kept when `paper` is there, else only as it stands now."""

    submission: Submission
    kind: PaperKind
    paper: Paper | None = None
    is_complete: bool = False

    @property
    def label(self) -> str:
        return str(self.kind.label)


def paper_key(submission: Submission, kind: PaperKind) -> str:
    """A bundle has one memorandum, which is that of its first member."""
    sending = submission.sending
    if kind == PaperKind.MEMORANDUM and sending is not None:
        return f"{kind}:{sending.statement['members'][0]['key']}"
    return f"{kind}:{submission.ref}"


def papers_of(submissions: Iterable[Submission]) -> list[Expected]:
    """In the order of the submissions: every paper that is kept, due, or can be looked at as it stands."""
    rows = list(submissions)
    keys = [paper_key(row, kind) for row in rows for kind in PaperKind]
    kept = {each.key: each for each in Paper.objects.filter(key__in=keys)}
    return [
        Expected(row, kind, kept.get(paper_key(row, kind)), kind in complete_papers(row.state))
        for row in rows
        for kind in PaperKind
        if kind in (*complete_papers(row.state), *drafted_papers(row.state))
    ]


def certificates_of(disclosure: Disclosure) -> QuerySet[Paper]:
    """Newest first."""
    return Paper.objects.filter(disclosure=disclosure, kind=PaperKind.POSTING_CERTIFICATE)


def papers_of_years() -> QuerySet[Paper]:
    """Orders and announcements, newest first."""
    return Paper.objects.exclude(year=None)


def number_of(key: str) -> str:
    """The number that was issued for this paper; "" while there is none."""
    return IssuedNumber.objects.filter(key=key).values_list("text", flat=True).first() or ""


def open_paper(paper: Paper) -> BufferedReader:
    """The kept bytes. Raises FileNotFoundError when the file was taken away behind the office's back."""
    return places.open_place(paper.sha256)


def without_number(*, at: datetime) -> QuerySet[Submission]:
    """Submissions whose memorandum waits for its number, oldest first."""
    recent = _recent(at)
    # The key of a number is made of text; a join over it would be another one in each database.
    keys = set(
        IssuedNumber.objects.filter(
            key__in=[paper_key(each, PaperKind.MEMORANDUM) for each in recent]
        ).values_list("key", flat=True)
    )
    return recent.filter(
        pk__in=[each.pk for each in recent if paper_key(each, PaperKind.MEMORANDUM) not in keys]
    )


def next_due(*, at: datetime, without: Collection[str] = ()) -> tuple[Submission, PaperKind] | None:
    """The complete paper, not yet kept, that has waited longest; `without` are keys that are left out."""
    for kind in (PaperKind.MEMORANDUM, PaperKind.REQUEST_FORM, PaperKind.PROOF):
        states = [state for state in SubmissionState if kind in complete_papers(state)]
        kept = Paper.objects.filter(submission=OuterRef("pk"), kind=kind)
        rows = _recent(at).filter(~Exists(kept), state__in=states)
        if kind == PaperKind.MEMORANDUM:
            rows = rows.leading()  # type: ignore[attr-defined]  # our own QuerySet
        found = (each for each in rows if paper_key(each, kind) not in without)
        first = next(found, None)
        if first is not None:
            return first, kind
    return None


def certificate_prefix(disclosure: Disclosure) -> str:
    """How the keys of its certificates begin; what follows is a day."""
    return f"{PaperKind.POSTING_CERTIFICATE}:{disclosure.ref}:"


def certificate_key(disclosure: Disclosure, *, on: date) -> str:
    """One a day; but a number of this year that still waits for its certificate is used before a new one."""
    prefix = certificate_prefix(disclosure)
    kept = Paper.objects.filter(disclosure=disclosure, kind=PaperKind.POSTING_CERTIFICATE)
    numbers = IssuedNumber.objects.filter(key__startswith=prefix, year=buddhist_year(on))
    waiting = numbers.exclude(key__in=kept.values("key")).order_by("-id").first()
    return waiting.key if waiting else f"{prefix}{on.isoformat()}"


def certificate_due(*, at: datetime, without: Collection[str] = ()) -> Disclosure | None:
    """An item whose promised time has just been fulfilled, and that nobody has certified yet.

    `without` are keys of certificates that cannot be made.
    """
    today = localdate(at)
    first = Submission.objects.filter(
        action=Action.PUBLISHED,
        state=SubmissionState.PUBLISHED,
        disclosure__published_revision__content__minimum_posting_days__gte=1,
        published_at__gte=at - timedelta(days=400),
    ).exclude(disclosure__papers__kind=PaperKind.POSTING_CERTIFICATE)
    for each in first.select_related("disclosure__published_revision", "disclosure__unit__parent"):
        prefix = certificate_prefix(each.disclosure)
        if any(key.startswith(prefix) for key in without):
            continue
        if _was_just_fulfilled(each, today):
            return each.disclosure
    return None


def _was_just_fulfilled(submission: Submission, today: date) -> bool:
    published = submission.disclosure.published_revision
    if published is None or submission.published_at is None:
        return False
    # The day of publication is none of them (Civil and Commercial Code, section 193/3).
    # SQLite takes JSON's null for a text, which is greater than any number.
    days = published.content["minimum_posting_days"] or 0
    last = localdate(submission.published_at) + timedelta(days=days)
    if not days or not last < today <= last + MADE_BY_ITSELF:
        return False
    posted = posting_of(submission.disclosure, on=today)
    return posted is not None and posted.is_met


def _recent(at: datetime) -> QuerySet[Submission]:
    since = at - MADE_BY_ITSELF
    rows = Submission.objects.filter(Q(submitted_at__gte=since) | Q(published_at__gte=since))
    return rows.select_related(
        "revision",
        "submitted_by",
        "disclosure__unit__parent",
        "disclosure__published_revision",
        "sending__bundle__unit__parent",
    ).order_by("submitted_at", "id")


def versions_of_text(key: str) -> QuerySet[PaperText]:
    """Newest first."""
    return PaperText.objects.filter(key=key).select_related("written_by").order_by("-number")


def newest_texts() -> dict[str, str]:
    """What administrators have written last, by key; a text that was given back to the files is not there."""
    rows = PaperText.objects.order_by("number").values_list("key", "text")
    return {key: text for key, text in dict(rows).items() if text}
