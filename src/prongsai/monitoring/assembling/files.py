"""Where a pack lies while it is made and afterwards: among what the worker clears up after a day by itself."""

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from prongsai.files import places
from prongsai.monitoring.assembling.making import Step, Stopped, Tell


def pack_path(ref: UUID) -> Path:
    return places.work_path(f"pack-{ref}.zip")


def step_path(ref: UUID) -> Path:
    """Where the worker says how far it is, for the office to read; taking it away calls the pack off."""
    return places.work_path(f"pack-{ref}.step")


def step_of(ref: UUID) -> Step | None:
    """None while nobody has begun."""
    try:
        return Step(**json.loads(step_path(ref).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        # Looked at in the very moment in which it is written or taken away.
        return None


def teller(ref: UUID) -> Tell:
    """Begins to tell; raises `Stopped` when somebody has taken the step away."""
    path = step_path(ref)
    path.write_text(json.dumps(asdict(Step("", 0, 0))), "utf-8")
    return partial(_tell, path)


def _tell(path: Path, step: Step) -> None:
    try:
        # Not made anew: between the question and the answer somebody may have taken it away.
        with path.open("r+", encoding="utf-8") as said:
            said.write(json.dumps(asdict(step)))
            said.truncate()
    except FileNotFoundError as error:
        raise Stopped from error


def member(ref: UUID, name: str) -> bytes | None:
    """A file of the pack; None when it is not there."""
    try:
        with ZipFile(pack_path(ref)) as pack:
            return pack.read(name)
    except (OSError, KeyError, BadZipFile):
        return None


def clear(ref: UUID) -> None:
    for path in (pack_path(ref), pack_path(ref).with_suffix(".draft"), step_path(ref)):
        path.unlink(missing_ok=True)
