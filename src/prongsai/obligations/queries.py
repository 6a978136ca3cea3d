"""What must be published, and by which law."""

from functools import cache
from importlib.resources import files

from prongsai.obligations.catalogue import Instrument, Obligation, read


# Read once a process: a changed file takes effect with the next start, when it is also checked.
@cache
def _all() -> tuple[Obligation, ...]:
    folder = files("prongsai.obligations").joinpath("data")
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    return read((name, folder.joinpath(name).read_text("utf-8")) for name in names)


@cache
def _by_key() -> dict[str, Obligation]:
    return {obligation.key: obligation for obligation in _all()}


def obligations(*, year: int | None = None) -> tuple[Obligation, ...]:
    """Standing ones and those of an assessment year (Buddhist era); every one without a year."""
    if year is None:
        return _all()
    return tuple(each for each in _all() if each.instrument.assessment_year in (None, year))


def offered() -> tuple[Obligation, ...]:
    """What new content is bound to: standing duties and the newest yearly list. Older ones count by their topics."""
    newest = max((each.assessment_year or 0 for each in instruments()), default=0)
    return obligations(year=newest)


def obligation(key: str) -> Obligation | None:
    """None for a key that no file knows, such as one from a list that was taken out."""
    return _by_key().get(key)


def obligation_at(instrument_key: str, slug: str) -> Obligation | None:
    """The one that stands at `/transparency/<instrument>/<slug>/`."""
    found = (_by_key().get(key) for key in (f"{instrument_key}-{slug}", slug))
    return next((each for each in found if each and each.instrument.key == instrument_key), None)


def instrument(key: str) -> Instrument | None:
    return next((each for each in instruments() if each.key == key), None)


def instruments() -> tuple[Instrument, ...]:
    """In the order of their files."""
    return tuple(dict.fromkeys(each.instrument for each in _all()))
