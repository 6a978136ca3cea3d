"""Which unit answers for one that has ended, in a file: the portal, which reads no table of the office, shows it.

The worker writes it; without the file nothing has ended.
"""

import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class Successor:
    """The unit that is left, under the code of one that went into it."""

    code: str
    name_th: str
    name_en: str
    phone: str
    email: str


def standing(path: Path) -> int:
    """Another number after each change, 0 while there is no file: what shows successors is valid for one of them."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def successors(path: Path) -> dict[str, Successor]:
    """By the code of the unit that ended; empty where the file is not there or is no such file."""
    return _read(path, standing(path))


@lru_cache(maxsize=4)
def _read(path: Path, _standing: int) -> dict[str, Successor]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {code: Successor(**row) for code, row in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_successors(path: Path, rows: dict[str, Successor]) -> bool:
    """Whole or not at all; whether there was anything new. Nothing is written where nothing ever ended."""
    if successors(path) == rows:
        return False
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    text = json.dumps({code: asdict(row) for code, row in rows.items()}, ensure_ascii=False)
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
    return True
