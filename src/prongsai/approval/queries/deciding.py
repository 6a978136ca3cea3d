"""Whether somebody may decide, and as which post."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from prongsai.approval import rules
from prongsai.approval.models import Submission
from prongsai.approval.queries.submissions import contributors, current_hash, said, steps_of
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.approval.suggesting import Replacement, absent, is_small
from prongsai.approval.walking import Said, Turn, effective, turn
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Appointment, Person, Post
from prongsai.organisation.queries import (
    actor_for,
    held_appointments,
    held_by,
    is_in_scope,
    post_titles,
    posts_held,
    posts_reaching,
)
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode


def deciding(
    submission: Submission,
    *,
    by: Actor,
    verdict: str,
    reason: str,
    hash_seen: str,
    to_step: int | None = None,
    replacements: Sequence[Replacement] = (),
    excluded: AbstractSet[int] | None = None,
    on: date,
) -> tuple[rules.Deciding, Turn | None]:
    """The facts as they are now; nothing is taken from what `by` says of their own post.

    `excluded` are the contributors where somebody has asked for them already.
    """
    excluded = contributors(submission) if excluded is None else excluded
    counting = effective(said(submission.decisions.all()))
    speaks = turn_of(submission, by.post_code, on)
    held = list(held_by(by, on=on))
    disclosure = submission.disclosure
    case = rules.Deciding(
        state=submission.state,
        state_label=str(SubmissionState(submission.state).label),
        verdict=verdict,
        reason=reason,
        step=submission.step,
        is_their_turn=speaks is not None and _may_say(verdict, speaks),
        post=by.post_code,
        post_title=by.post_title or by.name,
        is_person=by.person_id is not None,
        holds_post=bool(held),
        is_in_scope=any(is_in_scope(each, disclosure.kind, disclosure.unit) for each in held),
        is_approver=_approves(by.post_code),
        # Asked of the rows: the column of the same name is a snapshot for lists.
        has_contributed=by.person_id in excluded,
        decided_as=_decided_as(counting, by),
        post_has_decided=speaks is not None and _is_filled(submission, speaks, by, counting),
        hash_seen=hash_seen,
        hash_submitted=submission.content_hash,
        hash_now=current_hash(submission),
        to_step=to_step,
        words_not_found=tuple(absent(submission.revision.content, replacements)),
        has_many_words=not is_small(replacements),
    )
    return case, speaks


def turn_of(submission: Submission, post_code: str, on: date) -> Turn | None:
    """As what this post may speak on that day."""
    disclosure = submission.disclosure
    held = posts_reaching(held_appointments(on), disclosure.kind, disclosure.unit)
    return turn(steps_of(submission), submission.step, post_code, held.__contains__)


def _may_say(verdict: str, speaks: Turn) -> bool:
    """Before its turn a post takes the matter on or ends it; it does not send others about."""
    within = {Verdict.REMAND_ONE_STEP, Verdict.REMAND_TO_STEP}
    return not (speaks.passing and verdict in within)


def _is_filled(submission: Submission, speaks: Turn, by: Actor, counting: list[Said]) -> bool:
    """Whether their seat has its word, from themselves or from its alternate."""
    step = steps_of(submission)[speaks.step]
    seat = step.seat_of(speaks.for_post or by.post_code)
    return any(each.step == speaks.step and step.seat_of(each.post) == seat for each in counting)


def _approves(post_code: str) -> bool:
    return Post.objects.filter(code=post_code, roles__code=RoleCode.APPROVER).exists()


def _decided_as(counting: list[Said], by: Actor) -> str:
    # The first of them: somebody who sits in two posts of the chain endorses once, in the earlier.
    code = next((each.post for each in counting if each.person == by.person_id), "")
    return post_titles([code]).get(code, code)


def deciding_posts(person: Person, submission: Submission, on: date) -> list[str]:
    """Posts that they hold and as which they may speak now, those of the step itself first."""
    disclosure = submission.disclosure
    held = posts_held(person, on)
    reaching = [each for each in held if is_in_scope(each, disclosure.kind, disclosure.unit)]
    return _in_turn(reaching, submission, on)


def _in_turn(held: Sequence[Appointment], submission: Submission, on: date) -> list[str]:
    turns = {each.post.code: turn_of(submission, each.post.code, on) for each in held}
    speaking = {code: each for code, each in turns.items() if each is not None}
    return sorted(speaking, key=lambda code: bool(speaking[code].passing))


def may_decide(
    person: Person, submission: Submission, on: date, *, excluded: AbstractSet[int] | None = None
) -> list[Blocker]:
    """Every reason against, for somebody who has the present page open; none means they may."""
    # An order that does not reach so far is a reason of its own, and says more than that it is nobody's turn.
    held = deciding_posts(person, submission, on) or _in_turn(
        posts_held(person, on), submission, on
    )
    code = next(iter(held), "")
    by = actor_for(person, post_code=code, on=on) if code else Actor(person.pk, person.full_name)
    case, _turn = deciding(
        submission,
        by=by,
        verdict=Verdict.ENDORSE,
        reason="",
        hash_seen=submission.content_hash,
        excluded=excluded,
        on=on,
    )
    return rules.decision_blockers(case)
