"""Which papers a submission asks for: plain values in, answers out."""

from datetime import date

from prongsai.approval.states import SubmissionState
from prongsai.publication.papers.states import PaperKind
from prongsai.thai.dates import buddhist_year


def complete_papers(state: str) -> tuple[PaperKind, ...]:
    """Those that nobody will add a word to any more, in this state of the submission."""
    if state == SubmissionState.UNDER_WAY:
        return ()
    if state == SubmissionState.PUBLISHED:
        return (PaperKind.MEMORANDUM, PaperKind.REQUEST_FORM, PaperKind.PROOF)
    return (PaperKind.MEMORANDUM,)


def drafted_papers(state: str) -> tuple[PaperKind, ...]:
    """Those that can be looked at as they stand, before they are complete."""
    if state in {SubmissionState.UNDER_WAY, SubmissionState.APPROVED}:
        papers = (PaperKind.MEMORANDUM, PaperKind.REQUEST_FORM)
        return tuple(each for each in papers if each not in complete_papers(state))
    return ()


def document_number(prefix: str, running: int, day: date) -> str:
    """“ตง 52001/12” of the unit's letters; without letters “12/2569”, which is unique as well."""
    return f"{prefix}/{running}" if prefix else f"{running}/{buddhist_year(day)}"
