"""How long an original is kept whose redacted copy goes out: data, for a municipality may decide otherwise."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files


@cache
def _years() -> int:
    text = files("prongsai.screening").joinpath("data/keeping/originals.toml").read_text("utf-8")
    return int(tomllib.loads(text)["years"])


def keep_until(day: date) -> date:
    """The day from which an original that was redacted on `day` need not be kept."""
    last = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return last.replace(year=day.year + _years())
