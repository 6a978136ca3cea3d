"""Who may be the second of two people today, and who could be made one where nobody is."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from prongsai.disclosures.models import Disclosure
from prongsai.organisation.models import Appointment
from prongsai.screening.queries import other_screeners, possible_screeners


@dataclass(frozen=True)
class Seconds:
    """`screeners` may read it today; where there is none, `possible` are some who could be given the role."""

    screeners: tuple[Appointment, ...]
    possible: tuple[Appointment, ...]


def second_people(disclosure: Disclosure, *, than: Collection[int], on: date) -> Seconds:
    """Other than `than`, who spoke first, and than those who worked on the content."""
    screeners = tuple(other_screeners(disclosure, than=than, on=on))
    possible = () if screeners else possible_screeners(disclosure, than=than, on=on)
    return Seconds(screeners, tuple(possible))
