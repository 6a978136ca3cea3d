"""Several items recalled by one wish: members are frozen, each post decides once, the worker tells each member.

Whatever is killed in between, the rows say what is left: a member without submission, a decision not heard of.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.timezone import localdate

from prongsai.approval import actions as approval
from prongsai.approval.models import Submission
from prongsai.approval.queries import deciding_posts, turn_of
from prongsai.approval.states import SubmissionState, Urgency, Verdict
from prongsai.disclosures.models import Disclosure
from prongsai.disclosures.tidy import lines
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person
from prongsai.organisation.queries import actor_for
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.publication.models import RecallMember, RecallSet, SetDecision
from prongsai.publication.recalls import rules
from prongsai.publication.recalls.actions import open_incident, recall
from prongsai.publication.recalls.choosing import Chosen, choose
from prongsai.publication.recalls.refusals import CannotRecallSet
from prongsai.publication.recalls.states import SetBlocker, SetState
from prongsai.record.states import RecallReason

# About a second's work; what is approved by it is recalled before the next ones are told.
AT_ONCE = 10


def propose_set(
    *,
    numbers: Sequence[str],
    seen: Sequence[str],
    filters: Mapping[str, Any],
    reason: str,
    explanation: str,
    urgency: str,
    known_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> RecallSet:
    """One wish for all `numbers` that can be recalled now, which must be those that were `seen` in the dry run.

    The worker makes the submissions. Raises `CannotRecallSet`.
    """
    with refusals_recorded(by=by, at=at, verb="propose_recall_set"):
        chosen = choose(Disclosure.objects.filter(number__in=numbers), by=by, at=at)
        blockers = _blockers(chosen, seen, explanation=lines(explanation))
        if blockers or by.person_id is None:
            raise CannotRecallSet(blockers)
        wish = RecallSet(
            filters=dict(filters),
            recall_reason=reason,
            explanation=lines(explanation),
            urgency=Urgency(urgency),
            submitted_at=at,
            submitted_by_id=by.person_id,
            submitter_post_code=by.post_code,
            submitter_post=by.signature[:200],
        )
        made = _frozen(wish, chosen)
        _begin(made, chosen, known_at=known_at or at, by=by, at=at)
    return made


def _blockers(chosen: Chosen, seen: Sequence[str], *, explanation: str) -> list[Blocker]:
    found = [
        (not chosen.hit or not explanation, SetBlocker.EMPTY),
        (sorted(seen) != sorted(chosen.numbers), SetBlocker.CHANGED),
    ]
    return [Blocker(code) for is_so, code in found if is_so]


def _frozen(wish: RecallSet, chosen: Chosen) -> RecallSet:
    """Saved with its members, and with the hash over them that decisions are bound to."""
    text = rules.set_text(chosen.numbers, reason=wish.recall_reason, explanation=wish.explanation)
    wish.content_hash = hashlib.sha256(text).hexdigest()
    wish.save(force_insert=True)
    RecallMember.objects.bulk_create(
        RecallMember(recall_set=wish, position=place, disclosure=each, number=each.number)
        for place, each in enumerate(chosen.hit)
    )
    return wish


def _begin(made: RecallSet, chosen: Chosen, *, known_at: datetime, by: Actor, at: datetime) -> None:
    """The act, and for personal data the clock, which runs from when it was known."""
    if made.recall_reason == RecallReason.PERSONAL_DATA:
        open_incident(recalled=made, known_at=known_at, by=by, at=at)
    record_act(
        by=by,
        at=at,
        verb="propose_recall_set",
        subject=made.subject,
        reason=made.explanation,
        details={
            "numbers": chosen.numbers,
            "filters": made.filters,
            "urgency": str(made.urgency),
        },
    )


def decide_set(
    *, recall_set: RecallSet, verdict: str, reason: str, hash_seen: str, by: Actor, at: datetime
) -> SetDecision:
    """A post says one word about all members that wait for it. A double click returns the first.

    Raises `CannotRecallSet`.
    """
    reason = lines(reason)
    with refusals_recorded(by=by, at=at, verb="decide_recall_set", subject=recall_set.subject):
        row = RecallSet.objects.select_for_update().get(pk=recall_set.pk)
        if (same := _said_before(row, verdict, by)) is not None:
            return same
        blockers = _decision_blockers(row, verdict, reason, hash_seen, by=by, on=localdate(at))
        if blockers or by.person_id is None:
            raise CannotRecallSet(blockers)
        made = SetDecision.objects.create(
            recall_set=row,
            post_code=by.post_code,
            post_title=by.signature[:200],
            person_id=by.person_id,
            verdict=Verdict(verdict),
            reason=reason,
            content_hash=row.content_hash,
            at=at,
        )
        _record_word(made, by=by, at=at)
    return made


def _said_before(recall_set: RecallSet, verdict: str, by: Actor) -> SetDecision | None:
    said = recall_set.decisions.filter(
        person_id=by.person_id or 0, post_code=by.post_code, verdict=verdict
    )
    return said.order_by("-id").first()


def _record_word(made: SetDecision, *, by: Actor, at: datetime) -> None:
    record_act(
        by=by,
        at=at,
        verb="decide_recall_set",
        subject=made.recall_set.subject,
        reason=made.reason,
        details={"verdict": str(made.verdict), "content_hash": made.content_hash},
    )


def _decision_blockers(
    recall_set: RecallSet, verdict: str, reason: str, hash_seen: str, *, by: Actor, on: date
) -> list[Blocker]:
    person = Person.objects.filter(pk=by.person_id or 0).first()
    waiting = person is not None and by.post_code in waiting_posts(recall_set, person, on=on)
    found = [
        (recall_set.state == SetState.SUBMITTING, SetBlocker.NOT_READY),
        (hash_seen != recall_set.content_hash, SetBlocker.OTHER_SET),
        (not waiting, SetBlocker.NOT_THEIR_TURN),
        (verdict != Verdict.ENDORSE and not reason, SetBlocker.NO_REASON),
    ]
    return [Blocker(code) for is_so, code in found if is_so]


def waiting_posts(recall_set: RecallSet, person: Person, *, on: date) -> set[str]:
    """The posts of this person for which members of the set wait, and that have not spoken about it yet."""
    if person.pk in _not_asked(recall_set):
        return set()
    rows = Submission.objects.filter(
        recall_member__recall_set=recall_set, state=SubmissionState.UNDER_WAY
    ).select_related("disclosure__unit")
    spoken = set(recall_set.decisions.values_list("post_code", flat=True))
    # Members of one unit and kind have one way: one of each kind of step is asked, not five hundred.
    ways = {_way(each): each for each in rows}
    posts = {post for each in ways.values() for post in _in_turn(each, person, on)}
    return posts - spoken


def _not_asked(recall_set: RecallSet) -> set[int]:
    """Who asked for it, and who has endorsed it already: nobody agrees to their own wish, or twice."""
    endorsed = recall_set.decisions.filter(verdict=Verdict.ENDORSE)
    return {recall_set.submitted_by_id, *endorsed.values_list("person_id", flat=True)}


def _way(submission: Submission) -> tuple[str, str, int]:
    disclosure = submission.disclosure
    return str(submission.steps[submission.step]), disclosure.kind, disclosure.unit_id


def _in_turn(submission: Submission, person: Person, on: date) -> list[str]:
    """Without the posts that could speak before their turn: a set is not pulled up."""
    turns = {code: turn_of(submission, code, on) for code in deciding_posts(person, submission, on)}
    return [code for code, turn in turns.items() if turn is not None and not turn.passing]


def carry_on(*, at: datetime) -> bool:
    """The next members of the sets that are under way; whether there was anything to do."""
    members = RecallMember.objects.exclude(recall_set__state=SetState.DONE)
    new = members.filter(submission=None, refusal="").select_related("recall_set", "disclosure")
    to_submit = list(new.order_by("recall_set_id", "position")[:AT_ONCE])
    for member in to_submit:
        _submit(member, at=at)
    to_tell = list(islice(_untold(), 0 if to_submit else AT_ONCE))
    for member, decision in to_tell:
        _tell(member, decision)
    for each in RecallSet.objects.exclude(state=SetState.DONE):
        _move(each)
    return bool(to_submit or to_tell)


def _submit(member: RecallMember, *, at: datetime) -> None:
    """As the person who asked for the set, on the day on which they did."""
    wish = member.recall_set
    try:
        by = actor_for(
            wish.submitted_by,
            post_code=wish.submitter_post_code,
            on=localdate(wish.submitted_at),
        )
        submission = recall(
            disclosure=member.disclosure,
            # The set has one incident for all its members.
            reason=wish.recall_reason,
            explanation=wish.explanation,
            urgency=wish.urgency,
            has_incident=True,
            by=by,
            at=at,
        )
    except CannotAct as refusal:
        member.refusal = _in_thai(refusal)
    else:
        member.submission = submission
    member.save(update_fields=["refusal", "submission"])


def _untold() -> Any:
    """Members with the oldest decision about their set that they have not heard of."""
    sets = RecallSet.objects.filter(state=SetState.DECIDING).prefetch_related("decisions")
    for each in sets:
        for decision in each.decisions.all():
            members = each.members.filter(heard__lt=decision.pk).exclude(submission=None)
            for member in members.select_related("submission__disclosure"):
                yield member, decision


def _tell(member: RecallMember, decision: SetDecision) -> None:
    """The decision as the post gave it, at the time at which it did."""
    if member.submission is None:
        return
    refusal = ""
    try:
        by = actor_for(decision.person, post_code=decision.post_code, on=localdate(decision.at))
        approval.decide(
            submission=member.submission,
            verdict=decision.verdict,
            reason=decision.reason,
            content_hash_seen=member.submission.content_hash,
            by=by,
            at=decision.at,
        )
    except CannotAct as error:
        refusal = _in_thai(error)
    with transaction.atomic():
        member.heard, member.refusal = decision.pk, refusal or member.refusal
        member.save(update_fields=["heard", "refusal"])


def _in_thai(refusal: CannotAct) -> str:
    with translation.override("th"):
        return " ".join(str(blocker) for blocker in refusal.blockers)


def _move(recall_set: RecallSet) -> None:
    members = recall_set.members
    if members.filter(submission=None, refusal="").exists():
        return
    newest = recall_set.decisions.aggregate(newest=Max("pk"))["newest"] or 0
    is_heard = not members.exclude(submission=None).filter(heard__lt=newest).exists()
    open_states = [SubmissionState.UNDER_WAY, SubmissionState.APPROVED]
    is_open = members.filter(submission__state__in=open_states).exists()
    state = SetState.DONE if is_heard and not is_open else SetState.DECIDING
    if state != recall_set.state:
        RecallSet.objects.filter(pk=recall_set.pk).update(state=state)


@dataclass(frozen=True)
class Progress:
    """Members of a set by what has become of them."""

    total: int
    waiting: int
    under_way: int
    approved: int
    recalled: int
    refused: int


def progress(recall_set: RecallSet) -> Progress:
    states = list(recall_set.members.values_list("submission__state", "refusal"))
    counts = [state for state, _refusal in states]
    ended = [SubmissionState.REFUSED, SubmissionState.REMANDED, SubmissionState.RECALLED]
    return Progress(
        total=len(states),
        waiting=sum(state is None and not refusal for state, refusal in states),
        under_way=counts.count(SubmissionState.UNDER_WAY),
        approved=counts.count(SubmissionState.APPROVED),
        recalled=counts.count(SubmissionState.PUBLISHED),
        refused=sum(
            state in ended or (state is None and bool(refusal)) for state, refusal in states
        ),
    )
