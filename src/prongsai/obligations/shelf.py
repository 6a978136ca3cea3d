"""Ours and the municipality's own files of duties as one catalogue, read anew when one of its own has changed."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from prongsai.obligations.catalogue import Instrument, Obligation, Sheet, read_sheet
from prongsai.organisation.rows import BadFile

logger = logging.getLogger(__name__)
# Seconds for which the folder is not looked at again.
PAUSE = 1.0
Mark = tuple[tuple[str, int, int, int], ...]


@dataclass(frozen=True)
class Catalogue:
    """In the order of the instruments' keys. `problems` say which own files do not count, and why."""

    sheets: tuple[Sheet, ...]
    problems: tuple[str, ...] = ()

    @cached_property
    def obligations(self) -> tuple[Obligation, ...]:
        return tuple(each for sheet in self.sheets for each in sheet.obligations)

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        return tuple(sheet.instrument for sheet in self.sheets if sheet.obligations)

    @cached_property
    def by_key(self) -> Mapping[str, Obligation]:
        return {each.key: each for each in self.obligations}

    @cached_property
    def places(self) -> Mapping[str, int]:
        return {each.key: place for place, each in enumerate(self.obligations)}


def joined(ours: Sequence[Sheet], own: Mapping[str, Sheet]) -> Catalogue:
    """An own file (by its name) stands beside ours, or in place of one of ours that has no higher edition."""
    standing = {sheet.instrument.key: sheet for sheet in ours}
    taken: dict[str, str] = {}
    problems: list[str] = []
    for name, sheet in sorted(own.items()):
        problem = _problem(sheet, standing, taken)
        if problem:
            problems.append(f"{name}: {problem}")
            continue
        standing[sheet.instrument.key] = sheet
        taken[sheet.instrument.key] = name
    return Catalogue(tuple(sheet for _key, sheet in sorted(standing.items())), tuple(problems))


def _problem(sheet: Sheet, standing: Mapping[str, Sheet], taken: Mapping[str, str]) -> str:
    """Why an own sheet cannot take its place; empty when it can."""
    key = sheet.instrument.key
    if key in taken:
        return f"{key} อยู่ในไฟล์ {taken[key]} แล้ว โปรดเก็บไว้ไฟล์เดียว"
    before = standing.get(key)
    if before and sheet.instrument.edition < before.instrument.edition:
        return (
            f"“edition” ของ {key} เก่ากว่าของระบบ ({before.instrument.edition}) "
            "โปรดเทียบกับของระบบ แล้วเพิ่ม “edition”"
        )
    strangers = {
        each.key for other in standing.values() if other is not before for each in other.obligations
    }
    twice = next((each.key for each in sheet.obligations if each.key in strangers), "")
    return f"“key” ซ้ำกับไฟล์อื่น: {twice}" if twice else ""


class Shelf:
    """Shared by the threads of one process. An own file that cannot be read leaves what it said before."""

    def __init__(self, ours: Sequence[Sheet], folder: Path, clock: Callable[[], float]) -> None:
        self._ours = tuple(ours)
        self._folder = folder
        self._clock = clock
        self._lock = Lock()
        self._until = 0.0
        self._mark: Mark | None = None
        self._own: dict[str, Sheet] = {}
        self._catalogue = joined(self._ours, {})
        self._stamp = 0

    def catalogue(self) -> Catalogue:
        """What holds now, at most a second behind the folder."""
        if self._clock() >= self._until:
            with self._lock:
                self._look()
        return self._catalogue

    def stamp(self) -> int:
        """Another number whenever the catalogue is another."""
        self.catalogue()
        return self._stamp

    def look_again(self) -> None:
        """With the next question, although the folder was looked at just now."""
        with self._lock:
            self._until = 0.0

    def refusal(self, name: str, sheet: Sheet) -> str:
        """Why a sheet could not take its place as the own file `name`, whatever lies there now; empty when it can."""
        self.catalogue()
        others = {key: own for key, own in self._own.items() if key != name}
        return next(iter(joined(self._ours, others | {name: sheet}).problems), "")

    def _look(self) -> None:
        if self._clock() < self._until:
            # Another thread was quicker.
            return
        try:
            self._compare(_mark(self._folder))
        except OSError as error:
            self._put(Catalogue(self._catalogue.sheets, (_told(str(self._folder), error),)))
        self._until = self._clock() + PAUSE

    def _compare(self, mark: Mark) -> None:
        # A file that could not be read may be whole now, and this process have been short of handles.
        if mark != self._mark or self._catalogue.problems:
            self._take(mark)
            self._mark = mark

    def _take(self, mark: Mark) -> None:
        problems: list[str] = []
        read: dict[str, Sheet] = {}
        for name, *_rest in mark:
            try:
                # Editors on Windows put a mark before the first letter.
                text = (self._folder / name).read_text("utf-8-sig")
                read[name] = read_sheet(name, text)
            except (OSError, UnicodeDecodeError, BadFile) as error:
                problems.append(_told(name, error))
                if name in self._own:
                    read[name] = self._own[name]
        self._own = read
        found = joined(self._ours, read)
        self._put(Catalogue(found.sheets, (*problems, *found.problems)))

    def _put(self, found: Catalogue) -> None:
        for problem in set(found.problems) - set(self._catalogue.problems):
            logger.error("obligations: %s", problem)
        if found != self._catalogue:
            self._catalogue = found
            self._stamp += 1


def _told(name: str, error: Exception) -> str:
    if isinstance(error, BadFile):
        return str(error)
    return f"{name}: อ่านไม่ได้ ({error}) โปรดตรวจสิทธิของไฟล์ และบันทึกเป็น UTF-8"


def _mark(folder: Path) -> Mark:
    """Which files lie there and as of when; nothing where there is no folder. Raises OSError."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(".toml"))
    except FileNotFoundError:
        return ()
    found = []
    for name in names:
        # One that is taken away meanwhile is gone with the next look.
        with suppress(FileNotFoundError):
            state = (folder / name).stat()
            found.append((name, state.st_mtime_ns, state.st_ino, state.st_size))
    return tuple(found)
