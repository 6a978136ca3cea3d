"""One look at bytes that came: by the virus scanner, where one is set up, and then by the examination."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from prongsai.files import antivirus, places
from prongsai.files.examination.isolated import EXAMINER
from prongsai.files.models import StoredFile
from prongsai.files.refusals import Refused
from prongsai.files.rules import Read
from prongsai.files.states import Derivation, FileState


@dataclass(frozen=True)
class Seen:
    """What one look at the bytes found: what they say, why they may not come in, or that the scanner is away."""

    measured: places.Measured
    read: Read | None = None
    refusal: str = ""

    @property
    def state(self) -> FileState:
        if self.read is not None:
            return FileState.CLEAN
        return FileState.REFUSED if self.refusal else FileState.RECEIVED


def scanned(path: Path, measured: places.Measured) -> Seen | None:
    """None when nothing stands against reading it: it is clean, or no scanner is set up."""
    if not settings.VIRUS_SCANNER:
        return None
    try:
        virus = antivirus.virus_in(path, scanner=settings.VIRUS_SCANNER)
    except antivirus.ScannerUnavailable:
        return Seen(measured)
    return Seen(measured, refusal=str(Refused("virus", {"name": virus}))) if virus else None


def look_ahead(path: Path, read: Read) -> Seen:
    """What the whole look finds of a file of our own that was read already, for `actions.receive` to know.

    Touches no database.
    """
    measured = places.measure(path)
    return scanned(path, measured) or Seen(measured, read)


def examined(path: Path, stored: StoredFile, measured: places.Measured) -> Seen:
    """Raises `AllBusy`."""
    if stored.keeps_original:
        shutil.copyfile(path, places.original_beside(path))
    # The words of a searchable copy are those that were read of its scan; asking again would take a minute.
    is_copy = stored.derivation == Derivation.SEARCHABLE
    look = EXAMINER.look_only if is_copy else EXAMINER.read
    try:
        read = look(path, stored.name, seconds=settings.EXAMINATION_SECONDS)
    except Refused as refused:
        return Seen(measured, refusal=str(refused))
    # Pictures were redrawn: what is kept has another hash than what came.
    return Seen(places.measure(path), read)
