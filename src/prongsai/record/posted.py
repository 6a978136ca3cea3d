"""The certificate of posting that anybody can look up: from when to when, by which entries, and a proof."""

from dataclasses import dataclass
from datetime import date

from prongsai.record import queries
from prongsai.record.pages import UpdateNote
from prongsai.record.posting import Event, Posting, Stay, posting
from prongsai.record.queries import Proof
from prongsai.record.states import Action
from prongsai.thai.dates import BANGKOK


@dataclass(frozen=True)
class Posted:
    """`entries` are what happened until the day, oldest first; `proof` is that of the first of them."""

    on: date
    posting: Posting
    entries: tuple[UpdateNote, ...]
    proof: Proof | None

    @property
    def stays(self) -> tuple[tuple[Stay, str], ...]:
        """With the name of the act that ended each."""
        return tuple(
            (stay, str(Action(stay.ended_by).label) if stay.ended_by else "")
            for stay in self.posting.stays
        )


def posted(number: str, *, on: date) -> Posted | None:
    """As it stood at the end of that day in Thailand; None for what was not public by then."""
    entries = [each for each in reversed(queries.history(number)) if _day(each) <= on]
    found = posting((Event(each.action, each.at) for each in entries), minimum=0, on=on)
    if found is None:
        return None
    return Posted(on, found, tuple(entries), queries.proof(entries[0].seq))


def _day(entry: UpdateNote) -> date:
    return entry.at.astimezone(BANGKOK).date()
