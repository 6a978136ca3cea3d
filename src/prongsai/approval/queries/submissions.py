"""Submissions, what they are bound to, and which of their decisions count."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from prongsai.approval import rules, timing
from prongsai.approval.chains import Step
from prongsai.approval.models import Bundle, Decision, Sending, Submission
from prongsai.approval.states import OPEN_STATES
from prongsai.approval.walking import Said, effective
from prongsai.disclosures.content import content_hash
from prongsai.disclosures.edition import edition_content
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.disclosures.queries import contributors_since_last_publication
from prongsai.organisation.queries import acts_about
from prongsai.organisation.states import Outcome
from prongsai.record.queries import item


def submissions_of(disclosure: Disclosure) -> QuerySet[Submission]:
    """Newest first, with their decisions."""
    rows = Submission.objects.filter(disclosure=disclosure).select_related(
        "revision", "submitted_by"
    )
    return rows.prefetch_related("decisions__person").order_by("-submitted_at", "-id")


def open_submission(disclosure: Disclosure) -> Submission | None:
    """The one that is under way, or approved and not yet published."""
    return submissions_of(disclosure).filter(state__in=OPEN_STATES).first()


def steps_of(submission: Submission) -> list[Step]:
    return [Step.from_json(row) for row in submission.steps]


def posts_concerned(submission: Submission) -> frozenset[str]:
    """Whoever may be asked about it, stand in for those, or is told afterwards."""
    steps = steps_of(submission)
    asked = {post for step in steps for post in step.posts}
    standing = {other for step in steps for _seat, others in step.stand_ins for other in others}
    return frozenset(asked | standing | set(submission.informed))


def act_of(submission: Submission) -> rules.Act:
    """What its decisions are bound to, computed again from the rows as they are now."""
    carries_content = rules.carries_content(submission.action)
    publish_after = approved_time_of(submission)
    return rules.Act(
        action=str(submission.action),
        number=submission.disclosure.number,
        content=public_hash(submission.revision) if carries_content else "",
        significance=str(submission.significance),
        change_note=submission.change_note,
        explanation=submission.explanation,
        recall_reason=submission.recall_reason,
        redirect_number=submission.redirect_number,
        publish_after=publish_after.astimezone(UTC).isoformat() if publish_after else "",
        bundle=submission.sending.statement_hash if submission.sending else "",
        base=submission.base_seq,
    )


def newest_seq(disclosure: Disclosure) -> int | None:
    """The newest entry of what the public reads of it; None for what was never public."""
    found = item(disclosure.number) if disclosure.number else None
    return found.seq if found else None


def approved_time_of(submission: Submission) -> datetime | None:
    """The time that was approved with it, whenever it will be public now."""
    if submission.publish_after is None:
        return None
    rows = submission.time_changes.all()
    changes = [timing.Change(each.before_at, each.after_at) for each in rows]
    return timing.approved_time(submission.publish_after, changes)


def bundle_title(submission: Submission) -> str | None:
    """Of the bundle as which it was sent; None for what goes alone."""
    return submission.sending.bundle.title if submission.sending else None


def submission_content(submission: Submission) -> dict[str, Any]:
    """What its edition will say of itself."""
    return edition_content(submission.revision)


def change_said(submission: Submission) -> dict[str, str]:
    """What its edition will say of the one before it."""
    return {"significance": submission.significance, "note": submission.change_note}


def public_hash(revision: Revision) -> str:
    """SHA-256 of what the edition will say, with the names of section, unit and fields as they are today.

    A section that is renamed after an approval says something that nobody approved.
    """
    return content_hash(edition_content(revision))


def current_hash(submission: Submission) -> str:
    """Equal to `submission.content_hash` unless something was changed behind the approval's back."""
    return rules.submission_hash(act_of(submission))


def contributors(submission: Submission) -> set[int]:
    """Who may not decide: whoever touched the content since the last edition, and who submitted it."""
    people = {submission.submitted_by_id}
    if submission.sending is not None:
        people |= contributors_to_bundle(submission.sending)
    elif rules.carries_content(submission.action):
        people |= contributors_since_last_publication(submission.disclosure)
    return people


def arrangers(bundle: Bundle) -> set[int]:
    """Whoever opened it, gave it a title or chose its members: the public reads their words, too."""
    acts = acts_about(bundle.subject).filter(verb="arrange_bundle", outcome=Outcome.DONE)
    people = acts.exclude(person=None).values_list("person", flat=True)
    return {bundle.opened_by_id, *people}


def contributors_to_bundle(sending: Sending) -> set[int]:
    """Whoever had a part in any of its members, or put them together."""
    people = {sending.sent_by_id, *arrangers(sending.bundle)}
    for each in sending.submissions.select_related("disclosure__published_revision"):
        people |= contributors_since_last_publication(each.disclosure)
    return people


def said(decisions: Iterable[Decision]) -> list[Said]:
    """Oldest first, as the rules read them."""
    # In Python, so that decisions fetched with a list of submissions are not asked for again.
    ordered = sorted(decisions, key=lambda decision: decision.pk)
    return [
        Said(
            id=each.pk,
            step=each.step,
            post=each.seat,
            person=each.person_id,
            verdict=each.verdict,
            passing=each.passing,
            from_step=each.from_step,
            to_step=each.to_step,
        )
        for each in ordered
    ]


def effective_endorsements(submission: Submission) -> list[Decision]:
    """The endorsements that still count, oldest first."""
    decisions = {
        decision.pk: decision for decision in submission.decisions.select_related("person")
    }
    return [decisions[each.id] for each in effective(said(decisions.values()))]
