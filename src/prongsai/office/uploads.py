"""Several files at once: each is received and attached by itself, so that one refusal spoils nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from io import BufferedReader

from django.http import FileResponse

from prongsai.disclosures.actions import attach, attach_when_clean
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.models import StoredFile
from prongsai.files.places import Upload
from prongsai.files.queries import open_bytes
from prongsai.files.rules import IMAGES, PDF
from prongsai.files.states import ON_THE_WAY
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct

MOVES = {"up": -1, "down": 1}
# What a browser may show by itself; everything else is only saved.
SHOWN = IMAGES | {PDF}
# No inline styles: a browser's own page about a picture goes without, and shows it all the same.
LOCKED_DOWN = "default-src 'none'; img-src 'self'; object-src 'self'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Taken:
    """What became of one upload: the slot it lies in now, why it was not taken, or that it waits for the scanner."""

    name: str
    slot: str = ""
    refusal: str = ""
    is_waiting: bool = False


@dataclass(frozen=True)
class Wish:
    """Where files are to lie, and whether pictures are also kept as they came, as evidence."""

    disclosure: Disclosure
    slot: str = ""
    keeps_original: bool = False


def take_in(uploads: Iterable[Upload], wish: Wish, *, by: Actor, at: datetime) -> list[Taken]:
    """A named slot takes the first file; the others lie in the next free ones."""
    return [
        _take(upload, wish if place == 0 else replace(wish, slot=""), by=by, at=at)
        for place, upload in enumerate(uploads)
    ]


def _take(upload: Upload, wish: Wish, *, by: Actor, at: datetime) -> Taken:
    name = upload.name or ""
    disclosure, slot = wish.disclosure, wish.slot
    try:
        stored = receive(upload=upload, by=by, at=at, keeps_original=wish.keeps_original)
        if stored.refusal:
            return Taken(name, refusal=stored.refusal)
        if stored.state in ON_THE_WAY:
            attach_when_clean(disclosure=disclosure, file=stored, slot=slot, by=by, at=at)
            return Taken(name, is_waiting=True)
        attachment = attach(disclosure=disclosure, file=stored, slot=slot, by=by, at=at)
    except CannotAct as refusal:
        return Taken(name, refusal=str(refusal))
    return Taken(name, slot=attachment.slot)


def moved(disclosure: Disclosure, slot: str, by_places: int) -> list[str]:
    """The slots in order, with one of them moved; an unknown slot moves nothing."""
    slots = [one.slot for one in disclosure.attachments.present()]
    if slot not in slots:
        return slots
    place = slots.index(slot)
    # Held at the ends: a place before the first would count from the back.
    to = min(max(place + by_places, 0), len(slots) - 1)
    slots.insert(to, slots.pop(place))
    return slots


def private_file(stored: StoredFile) -> FileResponse:
    """The private bytes, for this reader only, with nothing in them that a browser would run."""
    response = FileResponse(
        open_bytes(stored),
        as_attachment=stored.media_type not in SHOWN,
        filename=stored.name,
        content_type=stored.media_type,
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = LOCKED_DOWN
    return response


def private_original(stored: StoredFile, stream: BufferedReader) -> FileResponse:
    """Only saved, never shown: it is what nobody has looked through, under a name that says so."""
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=f"original-{stored.name}",
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = LOCKED_DOWN
    return response
