"""A throw-away office in which one table after the other is saved, in both ways, and the time that each takes."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 -- Django must be set up first

from prongsai.disclosures.actions import set_table  # noqa: E402 -- as above
from prongsai.disclosures.models import Disclosure  # noqa: E402 -- as above
from prongsai.disclosures.tables.catalogue import table_form  # noqa: E402 -- as above
from prongsai.disclosures.tables.isolated import TableMaker  # noqa: E402 -- as above
from prongsai.disclosures.tables.table import Table  # noqa: E402 -- as above
from prongsai.disclosures.tasks import TableFiles  # noqa: E402 -- as above
from prongsai.files.examination.isolated import EXAMINER  # noqa: E402 -- as above
from tests.disclosures.factories import disclosure  # noqa: E402 -- as above
from tests.disclosures.test_tables import example  # noqa: E402 -- as above
from tests.factories import actor  # noqa: E402 -- as above

FORMS = ("skr1", "ita-procurement")
AT = datetime(2026, 3, 16, 3, 0, tzinfo=UTC)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bench/tables", description=__doc__)
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args(words)
    call_command("migrate", verbosity=0)
    # Ready, as in an office that has run for a while.
    EXAMINER.start()
    report = [_measured(key, arguments.rows) for key in FORMS]
    if arguments.json:
        sys.stdout.write(f"{json.dumps(report)}\n")
    for each in [] if arguments.json else report:
        sys.stdout.write("  ".join(f"{name}: {value}" for name, value in each.items()) + "\n")
    return 0


def _measured(key: str, rows: int) -> dict[str, Any]:
    table = _table(key, rows)
    work, at_once = disclosure("procurement"), disclosure("procurement")
    saved = _timed(lambda: _save(work, table))
    task = TableFiles(TableMaker())()
    if task is None:
        return {"form": key, "rows": rows, "request_s": saved}
    begun = time.monotonic()
    made = task.run()
    run = round(time.monotonic() - begun, 2)
    return {
        "form": key,
        "rows": rows,
        "request_s": saved,
        "worker_s": run,
        "worker_turn_s": _timed(lambda: task.done(made, AT)),
        "request_at_once_s": _timed(lambda: _save(at_once, table, at_once=True)),
    }


def _table(key: str, rows: int) -> Table:
    """The form's example again and again, with texts that are not quite alike."""
    form, row = table_form(key), example(key)
    columns = form.columns if form else ()
    texts = [each.key for each in columns if each.type == "text" and not each.pattern]
    several = [
        {**row, **{key: f"{row[key]} {number}" for key in texts if key in row}}
        for number in range(rows)
    ]
    return Table(key, tuple(several), fiscal_year=2569, period="ตุลาคม 2568")


def _save(work: Disclosure, table: Table, *, at_once: bool = False) -> None:
    set_table(
        disclosure=work,
        table=table,
        base_sequence=2,
        by=actor(),
        at=AT,
        at_once=at_once,
    )


def _timed(act: Callable[[], Any]) -> float:
    begun = time.monotonic()
    act()
    return round(time.monotonic() - begun, 2)
