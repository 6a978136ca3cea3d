"""The words in which a redaction is asked for: which file, what in it, and where the result goes."""

from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any, Self

from prongsai.files import rules
from prongsai.files.locating import Box
from prongsai.files.rules import PageText, Word

COVERING, CHECKING = "covering", "checking"
PAGED = rules.IMAGES | {rules.PDF}
TABLES = frozenset({rules.XLSX, rules.ODS, rules.CSV})
DOCUMENTS = frozenset({rules.DOCX, rules.ODT})


@dataclass(frozen=True)
class Cover:
    """A cell, or a whole row or column of the original from `from_row` on; row and column 0 is the sheet's name."""

    sheet: int
    row: int | None = None
    column: int | None = None
    from_row: int = 1

    def takes(self, sheet: int, row: int, column: int) -> bool:
        return (
            sheet == self.sheet
            and self.row in (None, row)
            and self.column in (None, column)
            and row >= (0 if self.row == 0 else self.from_row)
        )


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


def twin_of(target: Path) -> Path:
    """Where the CSV of a table's first sheet goes."""
    return target.with_name(f"{target.name}.csv")
