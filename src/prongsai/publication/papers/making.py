"""Papers are numbered, made and kept. Whatever is killed in between, the next turn makes the same paper again."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate

from prongsai.approval.bundles.queries import together
from prongsai.approval.models import Submission
from prongsai.disclosures.models import Disclosure
from prongsai.files import places
from prongsai.letters.documents import Letter
from prongsai.letters.render import CannotSet, render
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import Blocker, CannotAct
from prongsai.publication.models import Paper
from prongsai.publication.papers.memorandums import memorandum, memorandum_title, title_of, unit_of
from prongsai.publication.papers.numbering import ORDERS, issue_number, letters_of
from prongsai.publication.papers.phrases import edited, phrase
from prongsai.publication.papers.proofs import certificate, posting_of, proof
from prongsai.publication.papers.queries import (
    certificate_key,
    newest_texts,
    number_of,
    paper_key,
)
from prongsai.publication.papers.request_forms import request_form
from prongsai.publication.papers.rules import complete_papers
from prongsai.publication.papers.states import PaperBlocker, PaperKind
from prongsai.publication.papers.yearly import appointment_order, framework

LONGEST_TITLE = 600


class CannotMake(CannotAct):
    """No paper is kept; a number that was issued for it waits for it."""


@dataclass(frozen=True)
class Draft:
    """A paper before its bytes: what it says, and the row that it will have."""

    letter: Letter
    row: Paper


@contextmanager
def _in_the_words_of_the_house() -> Iterator[None]:
    """In Thai, with what administrators have written last."""
    with translation.override("th"), edited(newest_texts()):
        yield


def number_memorandum(*, submission: Submission, by: Actor, at: datetime) -> str:
    """The memorandum's number, of the unit's series in the year in which it was written."""
    series, prefix = letters_of(unit_of(submission))
    issued = issue_number(
        key=paper_key(submission, PaperKind.MEMORANDUM),
        series=series,
        prefix=prefix,
        day=localdate(submission.submitted_at),
        by=by,
        at=at,
    )
    return issued.text


def letter_of(submission: Submission, kind: PaperKind) -> Letter:
    """One paper of a submission as it stands now, in Thai whatever language its reader has chosen."""
    number = number_of(paper_key(submission, PaperKind.MEMORANDUM))
    with _in_the_words_of_the_house():
        if kind == PaperKind.MEMORANDUM:
            return memorandum(together(submission), number=number)
        if kind == PaperKind.REQUEST_FORM:
            return request_form(submission, number=number)
        return proof(submission, number=number)


def draft_of(*, submission: Submission, kind: PaperKind, by: Actor, at: datetime) -> Draft:
    """A complete paper of a submission, numbered. Raises `CannotMake` while it is not complete."""
    if kind not in complete_papers(submission.state):
        raise CannotMake([Blocker(PaperBlocker.NOT_COMPLETE, str(kind.label))])
    number = number_memorandum(submission=submission, by=by, at=at)
    is_memorandum = kind == PaperKind.MEMORANDUM
    # The one memorandum of a bundle is kept with its first member.
    about = together(submission)[0] if is_memorandum else submission
    row = Paper(
        key=paper_key(submission, kind),
        kind=kind,
        disclosure=about.disclosure,
        submission=about,
        number=number if is_memorandum else "",
        title=(memorandum_title(about) if is_memorandum else title_of(about))[:LONGEST_TITLE],
    )
    return Draft(letter_of(about, kind), row)


def certificate_draft(*, disclosure: Disclosure, by: Actor, at: datetime) -> Draft:
    """How long it was posted until today: one certificate a day. Raises `CannotMake`."""
    on = localdate(at)
    posted = posting_of(disclosure, on=on) if disclosure.number else None
    if posted is None:
        raise CannotMake([Blocker(PaperBlocker.NEVER_POSTED)])
    key = certificate_key(disclosure, on=on)
    series, prefix = letters_of(disclosure.unit)
    issued = issue_number(key=key, series=series, prefix=prefix, day=on, by=by, at=at)
    with _in_the_words_of_the_house():
        letter = certificate(disclosure, posted, number=issued.text, on=on)
    row = Paper(
        key=key,
        kind=PaperKind.POSTING_CERTIFICATE,
        disclosure=disclosure,
        number=issued.text,
        title=disclosure.title[:LONGEST_TITLE],
    )
    return Draft(letter, row)


def yearly_letter(kind: PaperKind, year: int, *, number: str, on: date) -> Letter:
    """As it would be made on that day; without a number it is a draft."""
    with _in_the_words_of_the_house():
        if kind == PaperKind.FRAMEWORK:
            return framework(year, on=on)
        return appointment_order(year, number=number, on=on)


def yearly_draft(*, kind: PaperKind, year: int, by: Actor, at: datetime) -> Draft:
    """One a day for each Buddhist fiscal year; orders run through the calendar year of their day."""
    on = localdate(at)
    key = f"{kind}:{year}:{on.isoformat()}"
    number = ""
    if kind == PaperKind.APPOINTMENT_ORDER:
        number = issue_number(key=key, series=ORDERS, prefix="", day=on, by=by, at=at).text
    subject = "order.subject" if kind == PaperKind.APPOINTMENT_ORDER else "framework.subject"
    with _in_the_words_of_the_house():
        title = phrase(subject, year=year)
    row = Paper(key=key, kind=kind, year=year, number=number, title=title[:LONGEST_TITLE])
    return Draft(yearly_letter(kind, year, number=number, on=on), row)


def keep(*, row: Paper, pdf: bytes, by: Actor, at: datetime) -> Paper:
    """The bytes first, then the row and its act: the trail never names a paper that is not there.

    A paper that is kept already stays as it is.
    """
    known = Paper.objects.filter(key=row.key).first()
    if known is not None:
        return known
    row.sha256, row.size = hashlib.sha256(pdf).hexdigest(), len(pdf)
    _put(pdf, row.sha256)
    with transaction.atomic():
        row.at = at
        kept, is_new = Paper.objects.get_or_create(key=row.key, defaults=_columns(row))
        if is_new:
            _remember(kept, by=by, at=at)
    return kept


def make(*, draft: Draft, by: Actor, at: datetime) -> Paper:
    """At once, for somebody who waits. Raises `CannotMake` when the letter cannot be set."""
    known = Paper.objects.filter(key=draft.row.key).first()
    if known is not None:
        return known
    try:
        pdf = render(draft.letter)
    except CannotSet as error:
        raise CannotMake([Blocker(PaperBlocker.CANNOT_SET, str(error))]) from error
    return keep(row=draft.row, pdf=pdf, by=by, at=at)


def _put(pdf: bytes, sha256: str) -> None:
    with places.draft() as path:
        path.write_bytes(pdf)
        places.put(path, sha256)


def _columns(row: Paper) -> dict[str, object]:
    names = ("kind", "disclosure", "submission", "year", "number", "title", "sha256", "size", "at")
    return {name: getattr(row, name) for name in names}


def _remember(paper: Paper, *, by: Actor, at: datetime) -> None:
    subject = paper.disclosure.subject if paper.disclosure else f"year:{paper.year}"
    record_act(
        by=by,
        at=at,
        verb="make_paper",
        subject=subject,
        details={
            "paper": str(paper.ref),
            "kind": paper.kind,
            "number": paper.number,
            "sha256": paper.sha256,
            "size": paper.size,
        },
    )
