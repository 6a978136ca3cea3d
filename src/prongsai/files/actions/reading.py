"""Pages that the machine reads one by one: asked for, begun, read or given up."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from prongsai.files.models import PageReading, StoredFile
from prongsai.files.queries import files_being_read
from prongsai.files.rules import IMAGES, PDF, Sight, Word
from prongsai.files.states import ReadingState

MOST_ATTEMPTS = 3


def ask_for_reading(*, stored: StoredFile, at: datetime) -> None:
    """Puts pages without a text layer, and those with pictures, on the machine's list, once for the same bytes."""
    has_pages = stored.media_type == PDF or stored.media_type in IMAGES
    unread = [
        (page["number"], page["source"] != "none")
        for page in stored.text
        if (page["source"] == "none" and has_pages) or page.get("has_pictures")
    ]
    # Whoever sends a hundred scans stands in their own way only.
    first = files_being_read(stored.received_by_id) if unread else 0
    PageReading.objects.bulk_create(
        (
            PageReading(
                sha256=stored.sha256,
                media_type=stored.media_type,
                number=number,
                looks_only=looks_only,
                turn=turn,
                asked_at=at,
            )
            for turn, (number, looks_only) in enumerate(unread, start=first)
        ),
        ignore_conflicts=True,
    )


def begin_reading(*, page: PageReading) -> None:
    """Counted before it is tried: whatever kills its reader three times is not tried a fourth time."""
    PageReading.objects.filter(pk=page.pk).update(attempts=F("attempts") + 1)


def put_back(*, page: PageReading) -> None:
    """It gave way to something more urgent, which is none of its attempts."""
    begun = PageReading.objects.filter(pk=page.pk, state=ReadingState.WAITING, attempts__gt=0)
    begun.update(attempts=F("attempts") - 1)


def finish_reading(
    *,
    page: PageReading,
    text: str,
    confidence: float,
    words: Sequence[Word],
    at: datetime,
    sights: Sequence[Sight] = (),
) -> None:
    """Keeps what was read. A second reader's answer about the same page is dropped."""
    rows = [
        [
            word.start,
            word.end,
            *(round(edge, 5) for edge in (word.left, word.top, word.right, word.bottom)),
            round(word.confidence, 3),
        ]
        for word in words
    ]
    PageReading.objects.filter(pk=page.pk, state=ReadingState.WAITING).update(
        state=ReadingState.READ,
        text=text,
        confidence=round(confidence, 3),
        words=rows,
        sights=[list(vars(sight).values()) for sight in sights],
        finished_at=at,
    )


def fail_reading(*, page: PageReading, problem: str, at: datetime) -> None:
    """Tried again up to three times in all; then the page stays unread, and somebody has to look at it."""
    waiting = PageReading.objects.filter(pk=page.pk, state=ReadingState.WAITING)
    # Another page's turn comes first: one that always breaks must not stand in the way of the others.
    waiting.filter(attempts__lt=MOST_ATTEMPTS).update(turn=F("turn") + 1, problem=problem[:200])
    waiting.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=ReadingState.FAILED, problem=problem[:200], finished_at=at
    )
