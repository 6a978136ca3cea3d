"""One redaction from its question to its outcome: cover, then check what came out."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from PIL import Image

from prongsai.files import rules
from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.printed import Recognised
from prongsai.files.redaction.documents import redact_document
from prongsai.files.redaction.image import redact_image
from prongsai.files.redaction.pdf import redact_pdf
from prongsai.files.redaction.questions import (
    CHECKING,
    COVERING,
    DOCUMENTS,
    TABLES,
    Question,
    twin_of,
)
from prongsai.files.redaction.rules import Problem, Redacted
from prongsai.files.redaction.sheets import redact_cells, write_csv
from prongsai.files.redaction.standing_pictures import left_pictures
from prongsai.files.redaction.verifying import verify_redaction

# In a short file the order of a font's letters tells much of what was covered; a long one has used them all before.
_FEW_PAGES = 20

# Told the step, and how many of how many pages of it are done.
Tell = Callable[[str, int, int], None]


def make(question: Question, tell: Tell) -> list[Problem]:
    """Writes the target; empty when it may go out. Raises `Refused`, `CannotRedact` and what the libraries raise."""
    tell(COVERING, 0, 0)
    if question.media_type.partition(";")[0] in TABLES:
        return _make_table(question, tell)
    if question.media_type in DOCUMENTS:
        return _make_document(question, tell)
    redacted = _covered(question)
    looked_at = len({box.page for box in question.boxes})
    done = 0
    tell(CHECKING, 0, looked_at)

    def read(picture: Image.Image) -> Recognised:
        nonlocal done
        found = recognise(picture)
        done += 1
        tell(CHECKING, done, looked_at)
        return found

    return verify_redaction(
        redacted.covered,
        question.target,
        question.media_type,
        question.boxes,
        read,
        known=redacted.problems,
    )


def _covered(question: Question) -> Redacted:
    if question.media_type == rules.PDF:
        return redact_pdf(
            question.path,
            question.target,
            question.boxes,
            question.pages,
            title=question.title,
            all_as_pictures=len(question.pages) <= _FEW_PAGES,
        )
    page = question.pages[0] if question.pages else None
    return redact_image(question.path, question.target, question.boxes, question.media_type, page)


def _make_table(question: Question, tell: Tell) -> list[Problem]:
    redacted = redact_cells(question.path, question.target, question.covers, question.media_type)
    twin = twin_of(question.target)
    for sheet in redacted.sheets[:1]:
        write_csv(sheet, twin)
    tell(CHECKING, 0, 0)
    found = verify_redaction(redacted.covered, question.target, rules.XLSX)
    if redacted.sheets:
        found += verify_redaction(redacted.covered, twin, rules.CSV)
    return list(dict.fromkeys(found))


def _make_document(question: Question, tell: Tell) -> list[Problem]:
    redacted = redact_document(
        question.path,
        question.target,
        question.pages[0],
        question.spans,
        question.media_type,
        question.pictures,
    )
    tell(CHECKING, 0, 0)
    left = left_pictures(question.path, question.target, question.pictures)
    known = [Problem("left_over", where=name) for name in left]
    return verify_redaction(redacted.covered, question.target, question.media_type, known=known)


def problem_json(problem: Problem) -> dict[str, Any]:
    return asdict(problem)
