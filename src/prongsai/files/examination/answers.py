"""What is asked about files that are in already: answered in the process that examines, which nobody misses."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from prongsai.files.confined import BROKEN, Answer
from prongsai.files.examination.questions import (
    KIND,
    LETTERS,
    MARKS,
    PICTURE,
    PICTURES,
    ROWS,
    SEARCHABLE,
    SHEETS,
    page_of,
    sheet_json,
)
from prongsai.files.letter_places import locate
from prongsai.files.pdf_marks import pdf_marks
from prongsai.files.recognition.pages import page_picture
from prongsai.files.redaction.grid import CannotRedact
from prongsai.files.redaction.sheet_reading import read_sheets
from prongsai.files.refusals import Refused
from prongsai.files.row_reading import rows_of
from prongsai.files.searchable import searchable_pdf
from prongsai.files.seeing.embedded import picture_names
from prongsai.files.sniffing import media_type_of
from prongsai.files.table_rows import UnreadableTable

_BROKEN = (
    *(pdfium.PdfiumError, pikepdf.PdfError, Image.DecompressionBombError, BadZipFile),
    *(ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError),
)
_Question = Mapping[str, Any]


def answer(question: _Question) -> Answer:
    """A file that is written wrongly is told to be `broken`; what nobody foresaw ends the process."""
    try:
        return _ANSWERS[question["look"]](Path(question["path"]), question)
    except Refused as refused:
        return {"refused": refused.reason, "values": dict(refused.values)}
    except (CannotRedact, UnreadableTable) as why:
        return {"why": str(why)}
    except _BROKEN:
        return {"failed": BROKEN}


def _picture(path: Path, question: _Question) -> Answer:
    drawn = page_picture(path, question["media_type"], question["number"], question["width"])
    Path(question["target"]).write_bytes(drawn)
    return {}


def _pictures(path: Path, question: _Question) -> Answer:
    with ZipFile(path) as archive:
        return {"pictures": len(picture_names(archive))}


def _kind(path: Path, question: _Question) -> Answer:
    return {"kind": media_type_of(path, question["name"])}


def _marks(path: Path, _question: _Question) -> Answer:
    return vars(pdf_marks(path))


def _letters(path: Path, question: _Question) -> Answer:
    return {"letters": locate(path, question["media_type"], page_of(question["page"])).letters}


def _sheets(path: Path, question: _Question) -> Answer:
    return {"sheets": [sheet_json(one) for one in read_sheets(path, question["media_type"])]}


def _searchable(path: Path, question: _Question) -> Answer:
    pages = [page_of(page) for page in question["pages"]]
    return {"level": searchable_pdf(path, Path(question["target"]), pages)}


def _rows(path: Path, question: _Question) -> Answer:
    """A line of JSON for each row: a long table goes through nobody's memory as a whole."""
    with Path(question["target"]).open("w", encoding="utf-8") as target:
        target.writelines(json.dumps(row) + "\n" for row in rows_of(path, question["name"]))
    return {}


_ANSWERS: dict[str, Callable[[Path, _Question], Answer]] = {
    PICTURE: _picture,
    PICTURES: _pictures,
    KIND: _kind,
    MARKS: _marks,
    LETTERS: _letters,
    SHEETS: _sheets,
    SEARCHABLE: _searchable,
    ROWS: _rows,
}
