"""Tables that were looked at lately: to read a long one takes seconds, and its screen is asked for again and again.

Bytes under a path never change, for the path is their hash.
"""

from functools import lru_cache
from pathlib import Path

from prongsai.files.examination.accepted import read_sheets
from prongsai.files.redaction.grid import Sheet
from prongsai.files.rules import PageText
from prongsai.screening.located import Own
from prongsai.screening.redacting.offers import Offer, TableSurface, offers, table_surface

# Several officers at once, and no more memory than a few long tables take.
_TABLES, _SHEETS = 2, 4


@lru_cache(maxsize=_TABLES)
def sheets_of(path: Path, media_type: str) -> tuple[Sheet, ...]:
    """Raises `CannotRedact` and `CannotLook`."""
    return tuple(read_sheets(path, media_type))


@lru_cache(maxsize=_SHEETS)
def surface_of_sheet(path: Path, media_type: str, page: PageText) -> TableSurface:
    """Raises `CannotRedact`. Pages of no sheet, such as the properties of a file, are seen nowhere."""
    known = (sheet for sheet in sheets_of(path, media_type) if sheet.number == page.number)
    return table_surface(next(known, Sheet(page.number, "")), page)


@lru_cache(maxsize=_SHEETS)
def offers_of_sheet(
    path: Path, media_type: str, page: PageText, own: Own, rules: str
) -> tuple[Offer, ...]:
    """`rules` is the version of the detectors, whose findings these are."""
    return tuple(offers(surface_of_sheet(path, media_type, page), own))
