"""Whether somebody may decide, and as which post."""

from datetime import date

from prongsai.approval import rules
from prongsai.approval.models import Submission
from prongsai.approval.queries.submissions import contributors, current_hash, said
from prongsai.approval.states import SubmissionState, Verdict
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Post
from prongsai.organisation.queries import actor_for, held_by, posts_held
from prongsai.organisation.refusals import Blocker
from prongsai.organisation.states import RoleCode


def deciding(
    submission: Submission, *, by: Actor, verdict: str, reason: str, hash_seen: str, on: date
) -> rules.Deciding:
    """The facts as they are now; nothing is taken from what `by` says of their own post."""
    counting = rules.effective(said(submission.decisions.all()))
    step_posts = frozenset(submission.steps[submission.step]["posts"])
    return rules.Deciding(
        state=submission.state,
        state_label=str(SubmissionState(submission.state).label),
        verdict=verdict,
        reason=reason,
        step=submission.step,
        step_posts=step_posts,
        post=by.post_code,
        post_title=by.post_title or by.name,
        is_person=by.person_id is not None,
        holds_post=held_by(by, on=on).exists(),
        is_approver=_approves(by.post_code),
        # Asked of the rows: the column of the same name is a snapshot for lists.
        has_contributed=by.person_id in contributors(submission),
        decided_as=_decided_as(counting, by),
        post_has_decided=any(
            (each.step, each.post) == (submission.step, by.post_code) for each in counting
        ),
        hash_seen=hash_seen,
        hash_submitted=submission.content_hash,
        hash_now=current_hash(submission),
    )


def _approves(post_code: str) -> bool:
    return Post.objects.filter(code=post_code, roles__code=RoleCode.APPROVER).exists()


def _decided_as(counting: list[rules.Said], by: Actor) -> str:
    # The first of them: somebody who sits in two posts of the chain endorses once, in the earlier.
    code = next((each.post for each in counting if each.person == by.person_id), "")
    title = Post.objects.filter(code=code).values_list("title_th", flat=True).first()
    return title or code


def deciding_post(person: Person, submission: Submission, on: date) -> str:
    """The post as which they would decide: one of this step that they hold; "" when there is none."""
    step_posts = submission.steps[submission.step]["posts"]
    held = [appointment.post.code for appointment in posts_held(person, on)]
    return next((code for code in held if code in step_posts), "")


def may_decide(person: Person, submission: Submission, on: date) -> list[Blocker]:
    """Every reason against, for somebody who has the present page open; none means they may."""
    code = deciding_post(person, submission, on)
    by = actor_for(person, post_code=code, on=on) if code else Actor(person.pk, person.full_name)
    case = deciding(
        submission,
        by=by,
        verdict=Verdict.ENDORSE,
        reason="",
        hash_seen=submission.content_hash,
        on=on,
    )
    return rules.decision_blockers(case)
