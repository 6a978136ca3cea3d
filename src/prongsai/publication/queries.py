"""What the gate must know before it opens, and what is waiting at it."""

from collections.abc import Set as AbstractSet
from datetime import date, datetime, timedelta

from django.db.models import Case as Choice
from django.db.models import Q, QuerySet, Value, When
from django.utils.timezone import localdate

from prongsai.approval.bundles.queries import is_base_current
from prongsai.approval.chains import Step as ChainStep
from prongsai.approval.models import Decision, Submission
from prongsai.approval.queries import (
    act_of,
    contributors_to_bundle,
    current_hash,
    effective_endorsements,
    steps_of,
    unspeakable_texts,
)
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.content import Content
from prongsai.disclosures.kinds import missing_fields
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.disclosures.statements import statement_problems
from prongsai.disclosures.states import Stage
from prongsai.files.models import StoredFile
from prongsai.files.queries import actual_sha256, is_vouched_for
from prongsai.files.states import FileState
from prongsai.publication.rules import Case, Endorsement, FileFact, Step
from prongsai.record.models import FileText, Item, PublishedFile
from prongsai.record.queries import entry_with_key
from prongsai.record.states import CONTENT_ACTIONS, Action
from prongsai.screening.queries import blocking_reasons
from prongsai.screening.redacting.queries import cover_reasons

LATE = timedelta(minutes=10)


def due(*, at: datetime) -> QuerySet[Submission]:
    """Approved submissions whose time has come: recalls first, then the oldest approval.

    These rows are the truth, not a queue. A bundle comes as its first member.
    """
    is_recall = Choice(When(action=Action.RECALLED, then=Value(0)), default=Value(1))
    return (
        Submission.objects.leading()
        .filter(state=SubmissionState.APPROVED)
        .filter(Q(publish_after=None) | Q(publish_after__lte=at))
        .order_by(is_recall, "approved_at", "id")
    )


def overdue(*, at: datetime) -> QuerySet[Submission]:
    """Approved, its time gone by ten minutes and more, and still not public: a worker that stands still, or a gate
    that cannot append. There should be none.
    """
    rows = Submission.objects.leading().filter(state=SubmissionState.APPROVED)
    late = Q(publish_after=None, approved_at__lt=at - LATE) | Q(
        publish_after__lt=at - LATE, approved_at__lt=at - LATE
    )
    rows = rows.select_related("disclosure__unit", "sending__bundle")
    return rows.filter(late).order_by("approved_at", "id")


def expired(*, at: datetime) -> list[Disclosure]:
    """Items in use whose approved expiry date (the last day that counts, in Thailand) has passed."""
    today = localdate(at).isoformat()
    ended = Disclosure.objects.filter(
        published_revision__content__expires_date__lt=today,
        stage__in=[Stage.RESTING, Stage.WRITING],
    )
    # On PostgreSQL JSON's null comes before every date.
    ended = ended.exclude(published_revision__content__expires_date=None).exclude(number="")
    in_use = set(
        Item.objects.listed()
        .filter(number__in=[each.number for each in ended])
        .values_list("number", flat=True)
    )
    # What was restored after its date stays: whoever restored it decided against the date.
    return [
        each for each in ended if each.number in in_use and entry_with_key(expiry_key(each)) is None
    ]


def expiry_key(disclosure: Disclosure) -> str:
    """An approved expiry date ends an item once."""
    return f"expiry:{disclosure.published_revision_id}"


def case(
    submission: Submission, *, at: datetime, contributors: AbstractSet[int] | None = None
) -> Case:
    """The facts about a submission as they are now: hashes are computed again, files are read again.

    `contributors` are those who may not have approved, where somebody has asked for them already.
    """
    people = contributors_of(submission) if contributors is None else contributors
    carries_content = submission.action in CONTENT_ACTIONS
    content = submission.revision.content
    return Case(
        is_approved=submission.state == SubmissionState.APPROVED,
        approved_hash=submission.content_hash,
        current_hash=current_hash(submission),
        steps=tuple(_step(each) for each in steps_of(submission)),
        endorsements=tuple(_endorsement(each) for each in effective_endorsements(submission)),
        contributors=frozenset(people),
        screening_reasons=_screening_reasons(submission, on=localdate(at))
        if carries_content
        else (),
        unspeakable_texts=tuple(unspeakable_texts(act_of(submission))),
        missing_fields=tuple(missing_fields(content)) if carries_content else (),
        files=tuple(_file_fact(each) for each in content["files"]) if carries_content else (),
        is_due=submission.publish_after is None or submission.publish_after <= at,
        is_base_current=is_base_current(submission),
        statement_problems=_statement_problems(submission, on=localdate(at))
        if carries_content
        else (),
    )


def _statement_problems(submission: Submission, *, on: date) -> tuple[str, ...]:
    """What was true when it was written may not be when it goes out: the item that it speaks of has moved on."""
    content = Content.from_json(submission.revision.content)
    number = submission.disclosure.number
    return tuple(map(str, statement_problems(content, number=number, on=on)))


def _screening_reasons(submission: Submission, *, on: date) -> tuple[str, ...]:
    return (*blocking_reasons(submission.revision, on=on), *cover_reasons(submission.disclosure))


def _step(step: ChainStep) -> Step:
    return Step(
        posts=frozenset(step.posts),
        quorum=step.quorum,
        alternates=step.alternates,
        stand_ins=frozenset(other for _seat, others in step.stand_ins for other in others),
        pulls_up=step.pulls_up,
    )


def _endorsement(decision: Decision) -> Endorsement:
    return Endorsement(
        step=decision.step,
        post_code=decision.seat,
        person_id=decision.person_id,
        content_hash=decision.content_hash,
        signed_as=decision.post_code if decision.for_post else "",
        from_step=decision.from_step,
    )


def contributors_of(submission: Submission) -> set[int]:
    """Who may not approve: whoever touched the content since the last edition, and who submitted it.

    Of a bundle, whoever touched any of its members.
    """
    people = {submission.submitted_by_id}
    if submission.sending is not None:
        return people | contributors_to_bundle(submission.sending)
    # A withdrawal or recall carries no content: who wrote the item may agree to its end.
    if submission.action in CONTENT_ACTIONS:
        people |= contributors_since_last_publication(submission.disclosure)
    return people


def _file_fact(promised: dict[str, str]) -> FileFact:
    stored = StoredFile.objects.filter(pk=promised["file_id"]).first()
    vouched = promised.get("text_sha256", "")
    return FileFact(
        name=promised["name"],
        promised=promised["sha256"],
        actual=actual_sha256(stored) or None if stored else None,
        is_clean=bool(
            stored and stored.state == FileState.CLEAN and stored.sha256 == promised["sha256"]
        ),
        is_text_vouched=not vouched or bool(stored and is_vouched_for(stored, vouched)),
    )


def is_checked_elsewhere(sha256: str, number: str) -> bool:
    """Whether the public text of these bytes was checked by a person, and another item than `number` shows them."""
    text = FileText.objects.filter(sha256=sha256).first()
    if text is None or not all("checked" in page for page in text.pages):
        return False
    return PublishedFile.objects.filter(sha256=sha256).exclude(number=number).exists()
