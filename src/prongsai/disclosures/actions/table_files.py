"""The files of a long table are asked for, made by the worker, and laid into their slots; or it is said why not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import F

from prongsai.disclosures.actions.attaching import lay, revise
from prongsai.disclosures.actions.locking import asked_for, latest_content, locked, refuse_if_locked
from prongsai.disclosures.models import Disclosure, TableMaking
from prongsai.disclosures.states import MakingProblem
from prongsai.disclosures.tables.slots import TWIN_SLOTS, lacks_files
from prongsai.disclosures.tables.table import Table
from prongsai.files.actions import receive
from prongsai.files.looking import Seen
from prongsai.files.places import NamedUpload
from prongsai.files.states import FileState
from prongsai.organisation.actions import record_act
from prongsai.organisation.actors import Actor

MOST_ATTEMPTS = 3


@dataclass(frozen=True)
class Made:
    """A file that the worker has made: where it lies, what it shall be called, and what was seen of it."""

    path: Path
    name: str
    seen: Seen


def ask_for_files(*, disclosure: Disclosure, by: Actor, at: datetime) -> None:
    """Once more after a failure; nothing happens where they are there, or being made."""
    if not _lacks_files(disclosure):
        return
    with locked(disclosure, verb="ask_for_table_files", by=by, at=at) as row:
        refuse_if_locked(row)
        is_asked = TableMaking.objects.filter(disclosure=row, problem="").exists()
        if _lacks_files(row) and not is_asked:
            ask(row, by=by, at=at)
            record_act(by=by, at=at, verb="ask_for_table_files", subject=row.subject)


def ask(row: Disclosure, *, by: Actor, at: datetime) -> None:
    """Under the caller's lock; whoever asked before gives way to this one."""
    fresh = {"attempts": 0, "problem": "", "detail": ""} | asked_for(by=by, at=at)
    TableMaking.objects.update_or_create(disclosure=row, defaults=fresh)


def forget(row: Disclosure) -> None:
    """Under the caller's lock: there is nothing more to be made."""
    TableMaking.objects.filter(disclosure=row).delete()


@transaction.atomic
def begin_files(*, making: TableMaking) -> Table | None:
    """The table as it is now; None when there is nothing to make of it any more, or it was tried often enough.

    Counted before it is tried: what has killed its maker three times is not tried a fourth time.
    """
    row = Disclosure.objects.select_for_update().get(pk=making.pk)
    if not _lacks_files(row):
        forget(row)
        return None
    if making.attempts >= MOST_ATTEMPTS:
        fail_files(making=making, problem=MakingProblem.ENDED)
        return None
    TableMaking.objects.filter(pk=making.pk).update(attempts=F("attempts") + 1)
    return latest_content(row).table


def land_files(
    *, making: TableMaking, table: Table, made: Mapping[str, Made], at: datetime
) -> None:
    """In the name of who asked. What was made of a table that says something else by now is thrown away."""
    with locked(making.disclosure, verb="make_table_files", by=making.asker, at=at) as row:
        now = TableMaking.objects.filter(pk=making.pk, problem="").first()
        if now is None or not row.is_editable or latest_content(row).table != table:
            return
        by = now.asker
        if refusal := _laid(row, made, by=by, at=at):
            fail_files(making=now, problem=MakingProblem.REFUSED, detail=refusal)
            return
        revise(row, by=by, at=at)
        now.delete()
        details = {"form": table.form, "rows": len(table.rows)}
        record_act(by=by, at=at, verb="make_table_files", subject=row.subject, details=details)


def _laid(row: Disclosure, made: Mapping[str, Made], *, by: Actor, at: datetime) -> str:
    """Why one of them does not come in; empty when all lie in their slots."""
    received = {}
    for slot, _th, _en in TWIN_SLOTS:
        one = made[slot]
        with one.path.open("rb") as stream:
            upload = NamedUpload(one.name, stream)
            received[slot] = receive(upload=upload, by=by, at=at, seen=one.seen)
    refused = [each.refusal for each in received.values() if each.state != FileState.CLEAN]
    if refused:
        return refused[0]
    for slot, stored in received.items():
        lay(row, stored, slot, by=by, at=at)
    return ""


def fail_files(*, making: TableMaking, problem: MakingProblem, detail: str = "") -> None:
    """Somebody who saved the table anew meanwhile has asked for other files."""
    asked = TableMaking.objects.filter(pk=making.pk, asked_at=making.asked_at, problem="")
    asked.update(problem=problem, detail=detail)


def put_back_files(*, making: TableMaking) -> None:
    """What could not be tried to the end counts as no attempt."""
    asked = TableMaking.objects.filter(pk=making.pk, attempts__gt=0)
    asked.update(attempts=F("attempts") - 1)


def _lacks_files(disclosure: Disclosure) -> bool:
    return disclosure.latest is not None and lacks_files(disclosure.latest.content)
