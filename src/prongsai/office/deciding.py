"""What a decider reads: the content as the public will see it, what changed, the files, and who has said what."""

from typing import Any

from prongsai.approval.models import Submission
from prongsai.approval.queries import may_decide, said
from prongsai.approval.rules import effective
from prongsai.disclosures.content import Content
from prongsai.disclosures.queries import compare
from prongsai.files.queries import with_originals
from prongsai.office.desk import Desk
from prongsai.office.forms import DecisionForm
from prongsai.office.lists import chain_steps
from prongsai.office.papers import submission_papers
from prongsai.office.writing import preview_page
from prongsai.record.states import CONTENT_ACTIONS


def decision_form(submission: Submission, desk: Desk, data: Any = None) -> DecisionForm:
    """Bound to the content that is on the page, for the posts of this step that they hold today."""
    step_posts = set(submission.steps[submission.step]["posts"])
    posts = [
        (held.post.code, held.post.title_th)
        for held in desk.appointments
        if held.post.code in step_posts
    ]
    return DecisionForm(data, posts=posts, initial={"content_hash": submission.content_hash})


def decision_screen(submission: Submission, form: DecisionForm, desk: Desk) -> dict[str, Any]:
    """Everything that `deciding/decide.html` takes."""
    disclosure, revision = submission.disclosure, submission.revision
    decisions = list(submission.decisions.select_related("person"))
    counting = {one.id for one in effective(said(decisions))}
    published = disclosure.published_revision
    return {
        "submission": submission,
        "disclosure": disclosure,
        "page": preview_page(Content.from_json(revision.content)),
        "files": revision.content["files"],
        "originals": with_originals(one["file_id"] for one in revision.content["files"]),
        "papers": submission_papers([submission]),
        "carries_content": submission.action in CONTENT_ACTIONS,
        "changes": compare(published, revision) if published and published != revision else [],
        "is_correction": published is not None and submission.action in CONTENT_ACTIONS,
        "undone": [one for one in decisions if one.pk not in counting],
        "steps": chain_steps(
            submission.steps,
            on=desk.on,
            at_step=submission.step,
            decisions=[one for one in decisions if one.pk in counting],
        ),
        "form": form,
        "blockers": [str(blocker) for blocker in may_decide(desk.person, submission, desk.on)],
    }
