"""One redaction from its question to its outcome: cover, then check what came out."""

from collections.abc import Callable
from dataclasses import asdict, astuple, dataclass, replace
from pathlib import Path
from typing import Any, Self

from PIL import Image

from prongsai.files import rules
from prongsai.files.locating import Box
from prongsai.files.recognition.engine import recognise
from prongsai.files.recognition.printed import Recognised
from prongsai.files.redaction.documents import redact_document
from prongsai.files.redaction.image import redact_image
from prongsai.files.redaction.pdf import redact_pdf
from prongsai.files.redaction.rules import Problem, Redacted
from prongsai.files.redaction.sheets import Cover, redact_cells, write_csv
from prongsai.files.redaction.standing_pictures import left_pictures
from prongsai.files.redaction.verifying import verify_redaction
from prongsai.files.rules import PageText, Word

COVERING, CHECKING = "covering", "checking"
PAGED = rules.IMAGES | {rules.PDF}
TABLES = frozenset({rules.XLSX, rules.ODS, rules.CSV})
DOCUMENTS = frozenset({rules.DOCX, rules.ODT})

# In a short file the order of a font's letters tells much of what was covered; a long one has used them all before.
_FEW_PAGES = 20


@dataclass(frozen=True)
class Question:
    """What is to be covered in which file: boxes of pages, cells of a table, spans of a text, or
    whole pictures of a document by their number.

    `target` is where the result goes, and `title` what it will be called; beside the target of a table lies its twin.
    `pages` are the texts of the file, with their words where a machine has read them.
    """

    path: Path
    media_type: str
    target: Path
    boxes: tuple[Box, ...] = ()
    covers: tuple[Cover, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    pages: tuple[PageText, ...] = ()
    title: str = ""
    pictures: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "path": str(self.path),
            "media_type": self.media_type,
            "target": str(self.target),
            "title": self.title,
            "boxes": [astuple(box) for box in self.boxes],
            "covers": [astuple(cover) for cover in self.covers],
            "spans": self.spans,
            "pictures": self.pictures,
            "pages": [
                page.to_json() | {"words": [astuple(word) for word in page.words]}
                for page in self.pages
            ],
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        return cls(
            Path(said["path"]),
            said["media_type"],
            Path(said["target"]),
            tuple(Box(*box) for box in said["boxes"]),
            tuple(Cover(*cover) for cover in said["covers"]),
            tuple((start, end) for start, end in said["spans"]),
            tuple(
                replace(
                    PageText.from_json(page), words=tuple(Word(*word) for word in page["words"])
                )
                for page in said["pages"]
            ),
            said["title"],
            pictures=tuple(said["pictures"]),
        )


# Told the step, and how many of how many pages of it are done.
Tell = Callable[[str, int, int], None]


def twin_of(target: Path) -> Path:
    """Where the CSV of a table's first sheet goes."""
    return target.with_name(f"{target.name}.csv")


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
