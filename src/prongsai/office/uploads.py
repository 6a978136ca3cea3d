"""Several files at once: each is received and attached by itself, so that one refusal spoils nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from prongsai.disclosures.actions import attach, attach_when_clean
from prongsai.disclosures.models import Disclosure
from prongsai.files.actions import receive
from prongsai.files.places import Upload
from prongsai.files.states import ON_THE_WAY
from prongsai.organisation.actors import Actor
from prongsai.organisation.refusals import CannotAct

MOVES = {"up": -1, "down": 1}


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
