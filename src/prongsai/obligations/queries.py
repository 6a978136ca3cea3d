"""What must be published, and by which law."""

import time
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from django.conf import settings

from prongsai.obligations.catalogue import Instrument, Obligation, Sheet, read_sheet
from prongsai.obligations.shelf import Catalogue, Shelf


@cache
def ours() -> tuple[Sheet, ...]:
    """What comes with the system, whatever a municipality has added."""
    folder = files("prongsai.obligations").joinpath("data")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return tuple(read_sheet(name, folder.joinpath(name).read_text("utf-8")) for name in names)


@lru_cache(maxsize=8)
def _shelf(folder: Path) -> Shelf:
    return Shelf(ours(), folder, time.monotonic)


def _standing() -> Catalogue:
    return _shelf(settings.OBLIGATIONS_FOLDER).catalogue()


def catalogue_stamp() -> int:
    """Another number whenever a file of the municipality's own has changed what holds, in this process."""
    return _shelf(settings.OBLIGATIONS_FOLDER).stamp()


def problems() -> tuple[str, ...]:
    """Which of the municipality's own files do not count as they are, and what to do."""
    return _standing().problems


def look_again() -> None:
    """This process has just changed the folder itself."""
    _shelf(settings.OBLIGATIONS_FOLDER).look_again()


def shelf_refusal(name: str, sheet: Sheet) -> str:
    """Why the sheet could not hold as the municipality's own file of that name; empty when it can."""
    return _shelf(settings.OBLIGATIONS_FOLDER).refusal(name, sheet)


def obligations(*, year: int | None = None) -> tuple[Obligation, ...]:
    """Standing ones and those of an assessment year (Buddhist era); every one without a year."""
    found = _standing().obligations
    if year is None:
        return found
    return tuple(each for each in found if each.instrument.assessment_year in (None, year))


def offered() -> tuple[Obligation, ...]:
    """What new content is bound to: standing duties and the newest yearly list. Older ones count by their topics."""
    newest = max((each.assessment_year or 0 for each in instruments()), default=0)
    return tuple(each for each in obligations(year=newest) if not is_followed(each.instrument))


def is_followed(instrument: Instrument) -> bool:
    """Whether another one took its place, which asks for the same anew."""
    return any(each.key == instrument.succeeded_by for each in instruments())


def by_topic(topic: str) -> tuple[Obligation, ...]:
    """The same duty in all instruments and years, also where an item took it in."""
    return tuple(each for each in obligations() if topic in (each.topic, *each.also_topics))


def keys_that_count(duty: Obligation) -> frozenset[str]:
    """Its own key, and those of other instruments that ask for the same topic: binding once is enough.

    Within one instrument keys stay apart, because it asks for both.
    """
    topics = {duty.topic, *duty.also_topics}
    others = {
        each.key
        for each in obligations()
        if each.topic in topics and each.instrument.key != duty.instrument.key
    }
    return frozenset({duty.key, *others})


def obligation(key: str) -> Obligation | None:
    """None for a key that no file knows, such as one from a list that was taken out."""
    return _standing().by_key.get(key)


def places() -> Mapping[str, int]:
    """By key where each duty stands in the order of laws and lists, and within them of their items."""
    return _standing().places


def obligation_at(instrument_key: str, slug: str) -> Obligation | None:
    """The one that stands at `/transparency/<instrument>/<slug>/`."""
    found = (obligation(key) for key in (f"{instrument_key}-{slug}", slug))
    return next((each for each in found if each and each.instrument.key == instrument_key), None)


def sheet(instrument_key: str) -> Sheet | None:
    """A law or list as it holds here; None for one that no file knows, or that asks for nothing."""
    found = (each for each in _standing().sheets if each.obligations)
    return next((each for each in found if each.instrument.key == instrument_key), None)


def instrument(key: str) -> Instrument | None:
    found = sheet(key)
    return found.instrument if found else None


def instruments() -> tuple[Instrument, ...]:
    """In the order of their keys; none that asks for nothing."""
    return _standing().instruments
