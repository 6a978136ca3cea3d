"""Compares the trail of acts with its mirror: what a chain alone cannot tell is that its newest links were cut off."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from prongsai.organisation import mirror
from prongsai.organisation.models import Act

PATIENCE = timedelta(minutes=10)
AT_ONCE = 500


def mirror_problems(folder: Path, *, at: datetime) -> list[str]:
    """What does not agree, each as an English sentence for `prongsai check`; the first of each kind only."""
    try:
        found = list(_wrong_lines(folder))
    except mirror.UnreadableLine as error:
        found = [f"the mirror of the trail has a line that is no act: {error}"]
    return [*found, *_missing(folder, at=at)]


def _wrong_lines(folder: Path) -> Iterator[str]:
    """Ends with the first wrong line: everything after it follows from it."""
    stream, expected = mirror.lines(folder), ""
    while batch := list(islice(stream, AT_ONCE)):
        ids = [line.id for line in batch]
        table = dict(Act.objects.filter(pk__in=ids).values_list("pk", "hash"))
        for line in batch:
            problem = _problem(line, expected, table.get(line.id))
            if problem:
                yield problem
                return
            expected = line.hash


def _problem(line: mirror.Line, expected: str, in_table: str | None) -> str:
    if not line.is_whole:
        return f"act {line.id} in the mirror of the trail was changed"
    if expected and line.previous_hash != expected:
        return f"act {line.id} in the mirror of the trail does not follow the one before it"
    if in_table is None:
        return f"act {line.id} is in the mirror of the trail but no longer in the table: acts were cut off"
    if in_table != line.hash:
        return f"act {line.id} in the table is another one than in the mirror of the trail"
    return ""


def _missing(folder: Path, *, at: datetime) -> Iterator[str]:
    with mirror.alone(folder):
        try:
            written = mirror.tail(folder)
        except mirror.UnreadableLine:
            return
    last = written[-1].id if written else 0
    late = Act.objects.filter(pk__gt=last, at__lt=at - PATIENCE).count()
    if late:
        yield f"{late} acts are not in the mirror of the trail; is there room on the disk?"
