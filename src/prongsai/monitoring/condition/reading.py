"""Editions in use as plain values to judge, and what their PDFs tell programs that read aloud."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from prongsai.files.examination.accepted import BUSY, CannotLook, marks_of
from prongsai.files.models import StoredFile
from prongsai.files.pdf_marks import PdfMarks
from prongsai.files.rules import PDF
from prongsai.files.states import Derivation
from prongsai.monitoring.condition.outline import Document, outline_of
from prongsai.monitoring.condition.rules import Content, FileOf
from prongsai.record import blobs
from prongsai.record.models import Item
from prongsai.record.queries import Pages, editions, file_pages
from prongsai.record.rules import text_at

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Wanted:
    """One edition to look at; `pdfs` are those of its files that can be opened, by their place (from 1)."""

    number: str
    version: int
    unit_code: str
    content: Content
    pdfs: Mapping[int, Path]


def wanted(items: Iterable[Item]) -> list[Wanted]:
    """What is in use of these, read from the record. What a recall has erased is left out."""
    chosen = list(items)
    documents = editions(each.edition_hash for each in chosen)
    read = file_pages(documents.values())
    return [
        Wanted(
            each.number,
            each.version,
            each.unit_code,
            content_of(document, read),
            _pdfs(document),
        )
        for each in chosen
        if (document := documents.get(each.edition_hash)) is not None
    ]


def content_of(document: Document, read: Mapping[str, Pages]) -> Content:
    return Content(
        outline=outline_of(document),
        title_en=text_at(document, "title_en"),
        files=tuple(_file(each, read.get(each["sha256"], [])) for each in _files(document)),
    )


def with_marks(edition: Wanted) -> Content:
    """Opens its PDFs, each in the process that examines; touches no database. Raises `CannotLook` when all are busy."""
    files = list(edition.content.files)
    for place, path in edition.pdfs.items():
        files[place - 1] = replace(files[place - 1], marks=_marks(path))
    return replace(edition.content, files=tuple(files))


def _marks(path: Path) -> PdfMarks | None:
    try:
        return marks_of(path)
    except CannotLook as error:
        if error.reason == BUSY:
            raise
        logger.warning("could not look into a published PDF: %s", error)
        return None


def _file(file: Document, pages: Pages) -> FileOf:
    return FileOf(
        name=text_at(file, "name"),
        sources=tuple(str(page.get("source") or "none") for page in pages),
        is_verified=bool(file.get("text_sha256")),
    )


def _pdfs(document: Document) -> dict[int, Path]:
    """Without those that were covered here: nobody can tag them, and saved anew they would show what is covered."""
    files = {
        place: file["sha256"]
        for place, file in enumerate(_files(document), start=1)
        if text_at(file, "media_type") == PDF and blobs.size(file["sha256"]) is not None
    }
    ours = StoredFile.objects.filter(
        sha256__in=files.values(), derivation__in=(Derivation.REDACTED, Derivation.SEARCHABLE)
    )
    left = set(files.values()) - set(ours.values_list("sha256", flat=True))
    return {place: blobs.path_of(sha256) for place, sha256 in files.items() if sha256 in left}


def _files(document: Document) -> list[Document]:
    return list(document.get("files") or ())
