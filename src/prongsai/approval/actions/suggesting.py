"""The author makes the small corrections that an approver sent back; the chain then begins anew."""

from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval.models import Suggestion
from prongsai.approval.queries.proposing import is_author
from prongsai.approval.refusals import CannotTakeOver
from prongsai.approval.states import SuggestionBlocker as Not
from prongsai.approval.suggesting import Replacement, absent, corrected
from prongsai.disclosures.actions import save
from prongsai.disclosures.content import Content
from prongsai.disclosures.models import Disclosure, Revision
from prongsai.organisation.actions import record_act, refusals_recorded
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker


def accept_suggestion(*, suggestion: Suggestion, by: Actor, at: datetime) -> Revision:
    """A new revision by its author, who answers for it; whoever suggested the words may still decide.

    Every endorsement was of other content, so that all are asked again. Raises `CannotTakeOver`, `CannotSave`.
    """
    submission = suggestion.decision.submission
    verb, subject = "accept_suggestion", submission.subject
    with refusals_recorded(by=by, at=at, verb=verb, subject=subject):
        row = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        disclosure = Disclosure.objects.select_for_update().get(pk=submission.disclosure_id)
        blockers = _blockers(row, disclosure, by=by, at=at)
        if blockers or disclosure.latest is None:
            raise CannotTakeOver(blockers)
        content = corrected(disclosure.latest.content, replacements_of(row))
        made = save(
            disclosure=disclosure,
            content=Content.from_json(content),
            base_sequence=disclosure.latest.sequence,
            note=f"แก้คำตามที่{suggestion.decision.post_title}ส่งกลับ",
            by=by,
            at=at,
        )
        row.accepted_at, row.accepted_by_id = at, by.person_id
        row.save(update_fields=["accepted_at", "accepted_by"])
        record_act(by=by, at=at, verb=verb, subject=subject)
    return made


def replacements_of(suggestion: Suggestion) -> list[Replacement]:
    return [Replacement(**row) for row in suggestion.replacements]


def _blockers(
    suggestion: Suggestion, disclosure: Disclosure, *, by: Actor, at: datetime
) -> list[Blocker]:
    latest = disclosure.latest.content if disclosure.latest else {}
    is_taken = suggestion.accepted_at is not None
    found = [
        (not is_author(by, disclosure, on=localdate(at)), Not.NOT_AUTHOR, ""),
        (is_taken, Not.TAKEN_OVER_ALREADY, ""),
        *(
            (not is_taken, Not.WORDS_GONE, words)
            for words in absent(latest, replacements_of(suggestion))
        ),
    ]
    return [Blocker(code, detail) for is_so, code, detail in found if is_so]
