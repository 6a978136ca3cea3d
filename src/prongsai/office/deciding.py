"""What a decider reads: the content as the public will see it, what changed, the files, and who has said what."""

from typing import Any

from django.forms import Form
from django.utils.translation import gettext_lazy as _

from prongsai.approval.models import Submission
from prongsai.approval.queries import deciding_posts, may_decide, said, steps_of, turn_of
from prongsai.approval.queries.deadlines import deadline
from prongsai.approval.states import Passing
from prongsai.approval.walking import effective, passed_steps
from prongsai.disclosures.content import Content
from prongsai.disclosures.queries import compare
from prongsai.files.queries import with_originals
from prongsai.office.desk import Desk
from prongsai.office.forms import DecisionForm
from prongsai.office.lists import chain_steps, signature_of
from prongsai.office.papers import submission_papers
from prongsai.office.writing import preview_page
from prongsai.organisation.queries import post_titles
from prongsai.record.states import CONTENT_ACTIONS


def decision_form(submission: Submission, desk: Desk, data: Any = None) -> DecisionForm:
    """Bound to the content that is on the page, for the posts as which they may speak today."""
    speaking = deciding_posts(desk.person, submission, desk.on)
    titles = {held.post.code: signature_of(held) for held in desk.appointments}
    return DecisionForm(
        data,
        posts=[(code, titles[code]) for code in speaking],
        steps=earlier_steps(submission),
        initial={"content_hash": submission.content_hash},
    )


def earlier_steps(submission: Submission) -> list[tuple[int, str]]:
    """Where a remand may go to: the number from 0, and the posts of the step."""
    steps = steps_of(submission)[: submission.step]
    titles = post_titles({post for step in steps for post in step.posts})
    return [
        (place, f"{place + 1}. " + " / ".join(titles.get(post, post) for post in step.posts))
        for place, step in enumerate(steps)
    ]


def rights(submission: Submission, form: Form, desk: Desk) -> list[str]:
    """What is special about their speaking: for a vacant post, or before their turn."""
    turns = [
        turn_of(submission, code, desk.on)
        for code, _title in form.fields["post"].choices  # type: ignore[attr-defined]  # a choice field
    ]
    titles = post_titles({each.for_post for each in turns if each and each.for_post})
    rights = [
        *(
            str(_("ท่านพิจารณาแทนตำแหน่ง {post} ซึ่งว่างในวันนี้")).format(post=titles[each.for_post])
            for each in turns
            if each and each.for_post
        ),
        *(EARLY[Passing(each.passing)] for each in turns if each and each.passing),
    ]
    return [str(each) for each in rights]


def is_early(submission: Submission, form: Form, desk: Desk) -> bool:
    """Whether all their posts speak before their turn; then they send nobody about within the chain."""
    codes = [code for code, _title in form.fields["post"].choices]  # type: ignore[attr-defined]  # a choice field
    turns = [turn_of(submission, code, desk.on) for code in codes]
    return bool(turns) and all(each is not None and bool(each.passing) for each in turns)


EARLY = {
    Passing.PULLED_UP: _(
        "เรื่องยังไม่ถึงลำดับของท่าน ท่านพิจารณาก่อนได้ ขั้นที่ข้ามจะบันทึกไว้และแจ้งผู้ดำรงตำแหน่งเหล่านั้น"
    ),
    Passing.VACANT: _("ขั้นก่อนหน้าไม่มีผู้ดำรงตำแหน่ง ตามสายการอนุมัตินี้ท่านพิจารณาต่อได้เลย ระบบบันทึกไว้"),
}


def decision_screen(submission: Submission, form: DecisionForm, desk: Desk) -> dict[str, Any]:
    """Everything that `deciding/decide.html` takes."""
    disclosure, revision = submission.disclosure, submission.revision
    decisions = list(submission.decisions.select_related("person"))
    words = effective(said(decisions))
    counting = {one.id for one in words}
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
            passed=passed_steps(words),
        ),
        "rights": rights(submission, form, desk),
        "is_early": is_early(submission, form, desk),
        "deadline": deadline(submission, on=desk.on),
        "form": form,
        "bundle": submission.sending.bundle if submission.sending else None,
        "is_looked_at": submission.looks.filter(looked_by=desk.person).exists(),
        "blockers": [str(blocker) for blocker in may_decide(desk.person, submission, desk.on)],
    }
