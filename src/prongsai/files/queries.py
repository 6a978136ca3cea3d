"""What is known of a stored file, its bytes, and how far the machine is with reading it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

from django.db.models import Count, Q, QuerySet

from prongsai.files import places, rules
from prongsai.files.models import CheckedText, PageDraft, PageReading, StoredFile
from prongsai.files.rules import PageText, Sight, Word, with_reading
from prongsai.files.states import ON_THE_WAY, Derivation, FileState, ReadingState


@dataclass(frozen=True)
class Progress:
    """Pages that the machine was asked to read: how many, and how many of them it has read or given up."""

    asked: int
    read: int
    failed: int

    @property
    def waiting(self) -> int:
        return self.asked - self.read - self.failed

    @property
    def percent(self) -> int:
        """Of whole pages; 100 when there was nothing to read."""
        return 100 if not self.asked else 100 * (self.read + self.failed) // self.asked


def open_bytes(stored: StoredFile) -> BufferedReader:
    """The private bytes. FileNotFoundError when the file was refused, still waits, or is gone."""
    if stored.state != FileState.CLEAN:
        raise FileNotFoundError(stored.name)
    return places.open_place(stored.sha256)


def open_original(stored: StoredFile) -> BufferedReader:
    """The bytes as they came, for who weighs the evidence. FileNotFoundError where they were not to be kept."""
    if stored.state != FileState.CLEAN or not stored.keeps_original:
        raise FileNotFoundError(stored.name)
    return places.open_place(stored.original_sha256 or stored.sha256)


def with_originals(file_ids: Iterable[str]) -> set[str]:
    """Those of these files of which the picture is also kept as it came."""
    kept = StoredFile.objects.filter(pk__in=list(file_ids)).exclude(original_sha256="")
    return {str(pk) for pk in kept.values_list("pk", flat=True)}


def path_of(stored: StoredFile) -> Path:
    """Where the private bytes lie, for reading only. FileNotFoundError as of `open_bytes`."""
    path = places.path_of(stored.sha256)
    if stored.state != FileState.CLEAN or not path.exists():
        raise FileNotFoundError(stored.name)
    return path


def actual_sha256(stored: StoredFile) -> str:
    """The hash of what lies on disk now, which is empty when nothing does."""
    try:
        with open_bytes(stored) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def text_pages(stored: StoredFile, *, text_sha256: str = "") -> list[PageText]:
    """What the file says, page by page (sheet by sheet).

    With `text_sha256` the checked text of this hash (LookupError when there is none); without, as it was
    read when it came in, and what the machine has read since of pages without a text layer. What it has
    not read stays `none`.
    """
    if text_sha256:
        checked = checked_text(stored, text_sha256)
        return [PageText.from_json(page) for page in checked.pages]
    if stored.derivation == Derivation.SEARCHABLE and stored.derived_from:
        # Its words are those that were read of the scan, which says too how well and where they stand.
        return text_pages(stored.derived_from)
    return _as_read(stored)


def _as_read(stored: StoredFile) -> list[PageText]:
    pages = [PageText.from_json(page) for page in stored.text]
    if all(page.source != "none" and not page.has_pictures for page in pages):
        return pages
    found = _readings(stored).exclude(state=ReadingState.WAITING)
    known = {reading.number: reading for reading in found}
    return [_with_reading(page, known.get(page.number)) for page in pages]


def _with_reading(page: PageText, found: PageReading | None) -> PageText:
    if found is not None and found.looks_only:
        return replace(page, sights=_sights(found))
    if found is None or found.state != ReadingState.READ or page.source != "none":
        return page
    words = (Word(*row) for row in found.words)
    return with_reading(page, found.text, found.confidence, words, _sights(found))


def _sights(found: PageReading) -> tuple[Sight, ...]:
    if found.state == ReadingState.FAILED:
        return (Sight("unseen", 0.0, 0.0, 1.0, 1.0),)
    return tuple(Sight(*row) for row in found.sights)


def checked_text(stored: StoredFile, text_sha256: str) -> CheckedText:
    """The newest that somebody vouched for in these words. LookupError when nobody did."""
    checked = stored.checked_texts.filter(text_sha256=text_sha256).first()
    if checked is None:
        raise LookupError(f"{stored.pk} has no checked text {text_sha256}.")
    return checked


def _readings(stored: StoredFile) -> QuerySet[PageReading]:
    return PageReading.objects.filter(sha256=stored.sha256)


def reading_progress(stored: StoredFile) -> Progress:
    """How far the machine is with the pages of this file that have no text layer."""
    return progress_of([stored])[stored.sha256]


def progress_of(files: Iterable[StoredFile]) -> dict[str, Progress]:
    """The same of many files at once, by their hash."""
    hashes = {stored.sha256 for stored in files}
    rows = (
        PageReading.objects.filter(sha256__in=hashes, looks_only=False)
        .values("sha256")
        .order_by("sha256")
        .annotate(
            asked=Count("id"),
            read=Count("id", filter=Q(state=ReadingState.READ)),
            failed=Count("id", filter=Q(state=ReadingState.FAILED)),
        )
    )
    found = {row["sha256"]: Progress(row["asked"], row["read"], row["failed"]) for row in rows}
    return {sha256: found.get(sha256, Progress(0, 0, 0)) for sha256 in hashes}


def failed_pages(files: Iterable[StoredFile]) -> dict[str, list[int]]:
    """Numbers of the pages that the machine gave up, by the hash of their file; in order."""
    rows = PageReading.objects.filter(
        sha256__in={stored.sha256 for stored in files},
        state=ReadingState.FAILED,
        looks_only=False,
    )
    failed: dict[str, list[int]] = {}
    for sha256, number in rows.order_by("sha256", "number").values_list("sha256", "number"):
        failed.setdefault(sha256, []).append(number)
    return failed


def pages_to_look_at(files: Iterable[StoredFile]) -> int:
    """How many pages with a text of their own wait for the machine to look at their pictures."""
    hashes = {stored.sha256 for stored in files}
    waiting = PageReading.objects.filter(sha256__in=hashes, looks_only=True)
    return waiting.filter(state=ReadingState.WAITING).count()


def next_to_read() -> PageReading | None:
    """First pages of all files come before second ones, and somebody's first file before others' further ones."""
    waiting = PageReading.objects.filter(state=ReadingState.WAITING)
    return waiting.order_by("turn", "attempts", "asked_at", "id").first()


def files_being_read(person_id: int) -> int:
    """How many files that this person sent wait for the machine to read them."""
    waiting = PageReading.objects.filter(state=ReadingState.WAITING).values("sha256")
    sent = StoredFile.objects.filter(received_by=person_id, sha256__in=waiting)
    return sent.values("sha256").distinct().count()


def on_the_way() -> QuerySet[StoredFile]:
    """Files that wait for the virus scanner, or that somebody left half looked at; longest waiting first."""
    return StoredFile.objects.filter(state__in=ON_THE_WAY).order_by("received_at")


def is_vouched_for(stored: StoredFile, text_sha256: str) -> bool:
    """Whether somebody vouched for a text of this file with that hash, and it has this hash still."""
    try:
        pages = text_pages(stored, text_sha256=text_sha256)
    except LookupError:
        return False
    return rules.text_sha256(pages) == text_sha256


def page_drafts(stored: StoredFile, person_id: int) -> dict[int, PageDraft]:
    """What this person has typed of the pages, and not vouched for yet, by number."""
    rows = PageDraft.objects.filter(file=stored, person=person_id)
    return {draft.number: draft for draft in rows}
