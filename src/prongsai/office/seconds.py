"""Who may be the second of two people today, and who could be made one where nobody is."""

from dataclasses import dataclass

from prongsai.disclosures.models import Disclosure
from prongsai.office.desk import Desk
from prongsai.organisation.models import Appointment
from prongsai.screening.queries import other_screeners, possible_screeners


@dataclass(frozen=True)
class Seconds:
    """`screeners` may read it today; where there is none, `possible` are some who could be given the role."""

    screeners: tuple[Appointment, ...]
    possible: tuple[Appointment, ...]


def second_people(disclosure: Disclosure, desk: Desk) -> Seconds:
    """Other than whoever sits at the desk and than those who worked on the content."""
    screeners = tuple(other_screeners(disclosure, than=desk.person.pk, on=desk.on))
    possible = () if screeners else possible_screeners(disclosure, than=desk.person.pk, on=desk.on)
    return Seconds(screeners, tuple(possible))
