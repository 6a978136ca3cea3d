"""A document on somebody's disk, read as the office would read it: pages without a text layer by machine."""

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from prongsai.config.cli.problems import CommandProblem
from prongsai.files.examination.isolated import EXAMINER
from prongsai.files.recognition.isolated import IsolatedReader, PageFailed
from prongsai.files.recognition.trained import MissingTrainedData
from prongsai.files.refusals import Refused
from prongsai.files.rules import IMAGES, OFFICE_FORMATS, PDF, PageText, Read, with_reading


def read_document(path: Path) -> Read:
    """Raises CommandProblem when it is no file, or may not come in. Unreadable pages keep the source `none`."""
    if not path.is_file():
        raise CommandProblem(f"{path} is not a file; name a document", status=2)
    try:
        read = _examined_copy(path)
    except Refused as refused:
        raise CommandProblem(f"{path.name} cannot be taken in: {refused}") from refused
    is_picture = read.media_type == PDF or read.media_type in IMAGES
    if not any(page.has_pictures or (is_picture and page.source == "none") for page in read.texts):
        return read
    try:
        return replace(read, texts=tuple(_recognised(path, read)))
    except MissingTrainedData:
        return read


def _examined_copy(path: Path) -> Read:
    """Pictures are rewritten while they are looked at; what lies on somebody's disk stays as it is."""
    with TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copyfile(path, copy)
        return EXAMINER.read(copy, path.name, seconds=settings.EXAMINATION_SECONDS)


def _recognised(path: Path, read: Read) -> Iterator[PageText]:
    with IsolatedReader() as reader:
        for page in read.texts:
            _tell_progress(page.number, len(read.texts))
            yield _read_page(reader, path, read, page)


def _read_page(reader: IsolatedReader, path: Path, read: Read, page: PageText) -> PageText:
    is_told = page.source != "none" or read.media_type in OFFICE_FORMATS
    if is_told and not page.has_pictures:
        return page
    try:
        seen = reader.page(path, read.media_type, page.number, looks_only=is_told)
    except PageFailed:
        return page
    if is_told:
        return replace(page, sights=seen.sights)
    return with_reading(page, seen.text, seen.confidence, seen.words, seen.sights)


def _tell_progress(number: int, whole: int) -> None:
    """To somebody who waits at a terminal; what is piped stays clean."""
    if sys.stderr.isatty():
        end = "\n" if number == whole else ""
        sys.stderr.write(f"\rreading page {number} of {whole}{end}")
