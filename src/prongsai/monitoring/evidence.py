"""What a citizen gets of one item in use, in plain values that rules can judge."""

from dataclasses import dataclass
from datetime import date

from prongsai.thai.periods import Stretch


@dataclass(frozen=True)
class FileSeen:
    """`format` is pdf, xlsx, csv …; `has_text` is False for a file of pictures whose text nobody has vouched for."""

    name: str
    format: str
    has_text: bool


@dataclass(frozen=True)
class Evidence:
    """`text` is all that can be read: title, summary, body, details and files, normalised and in lower case.

    Dates are those in Bangkok. `reviewed_date` is when the substance was last changed or said to be unchanged.
    `unreachable` are the item's page (its number) and its files (number and place, `2569-00001 #2`) that did not answer
    an anonymous reader well when last asked. Never a file's name: a recall could not erase it from observations.
    `dead_links` are places of links that are known to lead nowhere, counted from 1 in the order of the page.
    """

    number: str
    version: int
    title: str
    text: str
    published_date: date
    reviewed_date: date
    fiscal_year: int | None = None
    stretch: Stretch | None = None
    review_date: date | None = None
    as_of_date: date | None = None
    typed_date: date | None = None
    signed_date: date | None = None
    has_signatory: bool = False
    files: tuple[FileSeen, ...] = ()
    unreachable: tuple[str, ...] = ()
    dead_links: tuple[int, ...] = ()
