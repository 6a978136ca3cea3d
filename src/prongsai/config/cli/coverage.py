"""Says of each obligation of a year whether what the public has meets it."""

import argparse
import json
import sys
from collections import Counter
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from prongsai.config.cli.problems import CommandProblem
from prongsai.monitoring.actions import holidays_of, seen
from prongsai.monitoring.queries import Looked, coverage
from prongsai.obligations.queries import obligations
from prongsai.obligations.results import OWED, Result
from prongsai.thai.dates import fiscal_year


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--year", type=int, help="fiscal year, Buddhist era (default: the present one)"
    )
    parser.add_argument("--instrument", help="only the duties of this one, such as ita-oit-2569")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(arguments: argparse.Namespace) -> int:
    today = localdate(timezone.now())
    year = arguments.year or fiscal_year(today)
    duties = [
        each
        for each in obligations(year=year)
        if arguments.instrument in (None, each.instrument.key)
    ]
    if not duties:
        asked = arguments.instrument or "any instrument"
        raise CommandProblem(f"no obligations of {asked} are known for the year {year}", status=2)
    found = coverage(duties, year=year, on=today, holidays=holidays_of(year))
    sys.stdout.write(_as_json(year, found) if arguments.json else _as_text(year, found))
    return 1 if any(each.result in OWED for each in found) else 0


def _as_json(year: int, found: list[Looked]) -> str:
    counts = Counter(each.result.value for each in found)
    rows: list[dict[str, Any]] = []
    for each in found:
        kept = vars(seen(each))
        rows.append(kept | {"due_date": str(kept["due_date"]) if kept["due_date"] else None})
    document = {"year": year, "counts": counts, "obligations": rows}
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


def _as_text(year: int, found: list[Looked]) -> str:
    lines = [
        f"{each.result.value:<15} {each.obligation.key:<24} {each.obligation.label_th}"
        for each in found
    ]
    counts = Counter(each.result for each in found)
    total = ", ".join(f"{counts[result]} {result.value}" for result in Result if counts[result])
    return "\n".join([*lines, f"{year}: {total}", ""])
