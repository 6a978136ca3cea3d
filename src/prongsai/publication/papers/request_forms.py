"""The request form of each publication, filled from the submission: the form that other bodies fill in by hand."""

from datetime import datetime

from django.utils.timezone import localdate

from prongsai.approval.models import Submission
from prongsai.approval.queries import effective_endorsements
from prongsai.approval.states import SubmissionState
from prongsai.disclosures.kinds import kind_of
from prongsai.letters.documents import Field, Form, Signatory, Signature
from prongsai.publication.papers.memorandums import files_table, title_of
from prongsai.publication.papers.phrases import phrase
from prongsai.publication.papers.signing import (
    appointed,
    decided_by,
    municipality,
    submitted_by,
    webmaster,
)
from prongsai.record.states import CONTENT_ACTIONS
from prongsai.thai.dates import format_datetime


def request_form(submission: Submission, *, number: str) -> Form:
    """Complete once published: until then whoever has not acted has an empty place."""
    carries_content = submission.action in CONTENT_ACTIONS
    is_complete = submission.state == SubmissionState.PUBLISHED
    return Form(
        heading=phrase("form.heading"),
        issuing_body=municipality(),
        subject=title_of(submission),
        filled_on=localdate(submission.submitted_at),
        fields=_fields(submission, number),
        tables=files_table(submission) if carries_content else (),
        signatures=(
            Signature(
                phrase("form.responsible"),
                submitted_by(submission),
                localdate(submission.submitted_at),
            ),
            _approver(submission),
            _publisher(submission.published_at),
        ),
        status="" if is_complete else phrase("memo.under_way"),
    )


def _fields(submission: Submission, number: str) -> tuple[Field, ...]:
    unit, content = submission.disclosure.unit, submission.revision.content
    none = phrase("form.none")
    links = _links(submission)
    return (
        Field(phrase("form.body"), f"{municipality()} {unit.name_th}"),
        Field(phrase("form.reference"), number or none),
        Field(phrase("form.topic"), title_of(submission)),
        Field(phrase("form.detail"), submission.explanation or content["summary"] or none),
        *(Field(phrase("form.link"), each, is_code=True) for each in links),
        *(() if links else (Field(phrase("form.link"), none),)),
        Field(phrase("form.note"), submission.change_note or none),
    )


def _links(submission: Submission) -> list[str]:
    """Addresses among the details of its kind."""
    content = submission.revision.content
    urls = {each.key for each in kind_of(content["kind"]).details if each.type == "url"}
    return [value for key, value in content["details"].items() if key in urls and value]


def _approver(submission: Submission) -> Signature:
    """Whose endorsement was the last that the chain asked for."""
    role = phrase("form.approver")
    if submission.approved_at is None:
        return Signature(role, Signatory("", ""))
    last = effective_endorsements(submission)[-1]
    on = localdate(last.at)
    return Signature(role, decided_by(last, on), on)


def _publisher(published_at: datetime | None) -> Signature:
    """The machine opens the gate; the webmaster of that day answers for it."""
    role = phrase("form.publisher")
    if published_at is None:
        return Signature(role, Signatory("", ""))
    mark = phrase("form.publisher.mark", moment=format_datetime(published_at))
    on = localdate(published_at)
    return Signature(role, appointed(webmaster(on), mark=mark), on)
