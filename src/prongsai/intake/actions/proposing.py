"""What the machine adds to an arrival: proposals, and a sketch to find duplicates by. Neither is content."""

from typing import Any

from django.db import transaction
from django.db.models import F

from prongsai.files.models import StoredFile
from prongsai.files.queries import text_pages
from prongsai.files.states import FileState
from prongsai.intake import likeness
from prongsai.intake.models import Arrival, Sketch, SketchBand
from prongsai.intake.noting import VERSION, Json, noted
from prongsai.intake.proposals.propose import propose
from prongsai.intake.states import ArrivalState
from prongsai.obligations.queries import offered
from prongsai.organisation.models import Unit

MOST_ATTEMPTS = 3
_TOO_SHORT = likeness.Sketch(b"", frozenset(), year=None, years=frozenset(), length=0)


def begin_proposing(*, arrival: Arrival) -> None:
    """Counted before it is tried: a text that kills its reader three times is left to people."""
    Arrival.objects.filter(pk=arrival.pk).update(attempts=F("attempts") + 1)
    arrival.attempts += 1


def propose_for(*, arrival: Arrival) -> None:
    """Proposes once the file is clean and read; a refused file refuses its arrival. A second answer is dropped."""
    if arrival.file.state == FileState.REFUSED:
        _move(arrival, ArrivalState.REFUSED)
        return
    # Before people see it: by the sketch they learn what is there already.
    sketch_file(stored=arrival.file)
    kept = _unread() if arrival.attempts > MOST_ATTEMPTS else _proposals(arrival.file)
    _move(arrival, ArrivalState.PROPOSED, proposals=kept)


def _move(arrival: Arrival, state: ArrivalState, **fields: Json) -> None:
    waiting = Arrival.objects.filter(pk=arrival.pk, state=ArrivalState.READING)
    waiting.update(state=state, **fields)
    arrival.refresh_from_db()


def _unread() -> Json:
    warning = {"code": "no_text", "values": {}}
    return {"version": VERSION, "notes": [], "warnings": [warning]}


def _proposals(stored: StoredFile) -> Json:
    pages = text_pages(stored)
    return noted(propose(pages, units=list(Unit.objects.all()), obligations=offered()), pages)


def _sketched(found: likeness.Sketch) -> dict[str, Any]:
    return {
        "signature": found.signature,
        "numbers": sorted(found.numbers),
        "year": found.year,
        "years": sorted(found.years),
        "length": found.length,
    }


@transaction.atomic
def sketch_file(*, stored: StoredFile) -> None:
    """Once for the same bytes. A text too short to compare is remembered as such."""
    pages = text_pages(stored)
    is_scanned = any(page.source == "ocr" for page in pages)
    found = likeness.sketch(likeness.text_of([page.text for page in pages]), is_scanned=is_scanned)
    row, is_new = Sketch.objects.get_or_create(
        sha256=stored.sha256,
        defaults=_sketched(found or _TOO_SHORT) | {"is_scanned": is_scanned},
    )
    if is_new and found:
        SketchBand.objects.bulk_create(
            SketchBand(sketch=row, value=value) for value in likeness.bands(found)
        )
