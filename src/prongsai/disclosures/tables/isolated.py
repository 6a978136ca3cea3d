"""Makes a long table's files in a process of its own: the typesetter takes a gigabyte, and gives it back by ending."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from prongsai.disclosures.tables.making import ENDINGS
from prongsai.disclosures.tables.table import Table
from prongsai.files.confined import Answer, Confined
from prongsai.files.rules import Read

# Address space, which is more than what is used: two thousand rows of sixteen columns hold 1.2 GB while they are set.
MEMORY = 3 * 1024 * 1024 * 1024
# Half a minute is enough for two thousand rows of few words on a machine that has nothing else to do.
SECONDS = 600.0
SETTING, CHECKING = "setting", "checking"
# Else each thread of each library reserves room of its own.
_FEW_THREADS = MappingProxyType({"RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2"})


class CannotMake(Exception):
    """A text has a sign that no typeface has, or is too long; the sentence says so and what to do."""


class MadeIsRefused(Exception):
    """What came out is no file that may come in, such as one of too many pages; the sentence says why."""


class TableMaker:
    """One table at a time, each in a fresh process, which is nice."""

    def __init__(
        self,
        *,
        command: tuple[str, ...] = (sys.executable, "-m", "prongsai.disclosures.tables"),
        memory: int = MEMORY,
    ) -> None:
        self._command, self._memory = command, memory
        self._confined: Confined | None = None

    def make(
        self, table: Table, *, body: str, target: Path, tell: Callable[[str], None]
    ) -> Mapping[str, Read]:
        """Writes `made_path(target, slot)` for each slot, and answers what an examination finds in it.

        Raises `CannotMake`, `MadeIsRefused` and `ConfinedFailed`.
        """
        confined = Confined(self._command, memory=self._memory, most=1, environment=_FEW_THREADS)
        self._confined = confined
        question = {"table": table.to_json(), "body": body, "target": str(target.absolute())}

        def tell_step(said: Answer) -> None:
            tell(said["step"])

        try:
            answer = confined.ask(question, seconds=SECONDS, tell=tell_step)
        finally:
            self._confined = None
            confined.close()
        if "cannot" in answer:
            raise CannotMake(answer["cannot"])
        if "refused" in answer:
            raise MadeIsRefused(answer["refused"])
        return {slot: Read.from_json(read) for slot, read in answer["read"].items()}

    def abort(self) -> None:
        """Ends what is under way, from another thread: it fails as `ended`."""
        confined = self._confined
        if confined:
            confined.abort()

    @property
    def resident(self) -> int:
        """Bytes of memory that the table under way holds now."""
        confined = self._confined
        return confined.resident if confined else 0


def made_path(target: Path, slot: str) -> Path:
    return target.with_name(f"{target.name}.{ENDINGS[slot]}")
