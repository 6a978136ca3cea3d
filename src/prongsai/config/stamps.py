"""Tells without starting Django whether the databases have all migrations, so that a second start is quick."""

import hashlib
import os
from pathlib import Path

from prongsai.config.databases import FILES
from prongsai.config.folders import DATA, REPOSITORY

STAMP = DATA / "migrated"
SOURCE = REPOSITORY / "src/prongsai"


def is_migrated() -> bool:
    """Whether `mark_migrated` was called with these very migrations, packages and database."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == _digest()


def lost_files() -> list[Path]:
    """Databases that were made in this folder once and are not there any more; never any on PostgreSQL."""
    if os.environ.get("PRONGSAI_DATABASE") or not STAMP.exists():
        return []
    return [path for path in FILES.values() if not path.exists()]


def mark_migrated() -> None:
    STAMP.write_text(_digest(), encoding="ascii")


def _digest() -> str:
    """Our migrations and triggers, the locked packages (which bring migrations of their own), and which database."""
    names = ("PRONGSAI_DATABASE", "PRONGSAI_DATABASE_READER")
    digest = hashlib.sha256("\n".join(os.environ.get(name, "") for name in names).encode())
    for path in _sources():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _sources() -> list[Path]:
    triggers = [SOURCE / "organisation/append_only.py", SOURCE / "record/triggers.py"]
    return [
        REPOSITORY / "requirements/base.txt",
        *triggers,
        *sorted(SOURCE.glob("*/migrations/*.py")),
    ]
