"""Makes a long table's files in a process of its own: the typesetter takes a gigabyte, and gives it back by ending."""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from prongsai.disclosures.tables.making import ENDINGS
from prongsai.disclosures.tables.table import Table
from prongsai.files.confined import Answer, Fresh
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


class TableMaker(Fresh):
    """One table at a time."""

    def __init__(
        self,
        *,
        command: tuple[str, ...] = (sys.executable, "-m", "prongsai.disclosures.tables"),
        memory: int = MEMORY,
    ) -> None:
        super().__init__(command, memory=memory)

    def make(
        self, table: Table, *, body: str, target: Path, tell: Callable[[str], None]
    ) -> Mapping[str, Read]:
        """Writes `made_path(target, slot)` for each slot, and answers what an examination finds in it.

        Raises `CannotMake`, `MadeIsRefused` and `ConfinedFailed`.
        """
        question = {"table": table.to_json(), "body": body, "target": str(target.absolute())}

        def tell_step(said: Answer) -> None:
            tell(said["step"])

        answer = self.ask(question, seconds=SECONDS, tell=tell_step, environment=_FEW_THREADS)
        if "cannot" in answer:
            raise CannotMake(answer["cannot"])
        if "refused" in answer:
            raise MadeIsRefused(answer["refused"])
        return {slot: Read.from_json(read) for slot, read in answer["read"].items()}


def made_path(target: Path, slot: str) -> Path:
    return target.with_name(f"{target.name}.{ENDINGS[slot]}")
