"""The worker's part: the files of one long table after the other."""

import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from prongsai.disclosures.actions.table_files import (
    Made,
    begin_files,
    fail_files,
    land_files,
    put_back_files,
)
from prongsai.disclosures.models import TableMaking
from prongsai.disclosures.states import MakingProblem
from prongsai.disclosures.tables.catalogue import table_form
from prongsai.disclosures.tables.isolated import CannotMake, MadeIsRefused, TableMaker, made_path
from prongsai.disclosures.tables.making import ENDINGS, file_name
from prongsai.disclosures.tables.table import Table
from prongsai.files import antivirus, places
from prongsai.files.looking import look_ahead
from prongsai.files.states import FileState
from prongsai.files.tasks import SlowTask

SECONDS_BETWEEN_LOOKS = 1.0
# Until the virus scanner is asked again about files that take a minute to make.
SECONDS_WITHOUT_SCANNER = 60.0
SCANNING = "scanning"


class NoScanner(Exception):
    """The virus scanner does not answer, and nothing is laid anywhere without its word."""


class TableFiles:
    """Asked for the next table."""

    def __init__(self, maker: TableMaker) -> None:
        self._maker = maker
        self._next_look = 0.0

    def __call__(self) -> SlowTask | None:
        if time.monotonic() < self._next_look:
            return None
        self._next_look = time.monotonic() + SECONDS_BETWEEN_LOOKS
        for making in TableMaking.objects.under_way().select_related("disclosure"):
            table = begin_files(making=making)
            if table is not None:
                return self._task(making, table)
        return None

    def _task(self, making: TableMaking, table: Table) -> SlowTask:
        target = places.work_path(f"table-{uuid4()}")
        return SlowTask(
            name=f"make the table of {making.disclosure.ref}",
            run=partial(self._make, making, table, target),
            done=partial(_made, making, table, target),
            failed=partial(self._not_made, making, target),
        )

    def _make(self, making: TableMaking, table: Table, target: Path) -> Mapping[str, Made]:
        # Asked before the long part: what the scanner does not look at is laid nowhere.
        if settings.VIRUS_SCANNER and not antivirus.answers(scanner=settings.VIRUS_SCANNER):
            raise NoScanner
        tell = partial(_tell, step_path(making))
        body = settings.MUNICIPALITY["name_th"]
        read = self._maker.make(table, body=body, target=target, tell=tell)
        form = table_form(table.form)
        assert form is not None  # noqa: S101 -- the maker has found it
        made = {}
        for slot in ENDINGS:
            path, name = made_path(target, slot), file_name(form, table, slot)
            made[slot] = Made(path, name, look_ahead(path, read[slot]))
        if any(each.seen.state == FileState.RECEIVED for each in made.values()):
            raise NoScanner
        return made

    def _not_made(self, making: TableMaking, target: Path, error: Exception, _at: datetime) -> None:
        """Begun again at the next look, until it was tried often enough."""
        _tidy(making, target)
        if isinstance(error, CannotMake):
            fail_files(making=making, problem=MakingProblem.CANNOT_SET, detail=str(error))
        elif isinstance(error, MadeIsRefused):
            fail_files(making=making, problem=MakingProblem.REFUSED, detail=str(error))
        elif isinstance(error, NoScanner):
            put_back_files(making=making)
            _tell(step_path(making), SCANNING)
            self._next_look = time.monotonic() + SECONDS_WITHOUT_SCANNER


def _made(
    making: TableMaking, table: Table, target: Path, made: Mapping[str, Made], at: datetime
) -> None:
    try:
        land_files(making=making, table=table, made=made, at=at)
    finally:
        _tidy(making, target)


def step_path(making: TableMaking) -> Path:
    """Where the worker says how far it is, for the office to read."""
    return places.work_path(f"table-{making.pk}.step")


def step_of(making: TableMaking) -> str:
    """`isolated.SETTING` or `CHECKING`, `SCANNING` while the scanner is away; empty while nobody has begun."""
    try:
        return step_path(making).read_text("ascii")
    except OSError:
        # Looked at in the very moment in which it is taken away.
        return ""


def _tell(path: Path, step: str) -> None:
    path.write_text(step, "ascii")


def _tidy(making: TableMaking, target: Path) -> None:
    for path in (step_path(making), *(made_path(target, slot) for slot in ENDINGS)):
        with suppress(FileNotFoundError):
            path.unlink()
