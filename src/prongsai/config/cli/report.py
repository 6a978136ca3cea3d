"""Prints every number of the yearly report, counted again from the record and the trail of acts."""

import argparse
import json
import sys

from django.utils import timezone
from django.utils.timezone import localdate

from prongsai.config.cli.problems import CommandProblem
from prongsai.monitoring.reporting.figures import Figures, Report
from prongsai.monitoring.reporting.report import yearly_report
from prongsai.thai.dates import BUDDHIST_YEARS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("year", type=int, help="fiscal year, Buddhist era, such as 2569")
    parser.add_argument("--json", action="store_true", help="print everything as JSON")


def run(arguments: argparse.Namespace) -> int:
    year = arguments.year
    if year not in BUDDHIST_YEARS:
        raise CommandProblem(f"{year} is no year of the Buddhist era, such as 2569", status=2)
    try:
        made = yearly_report(year, on=localdate(timezone.now()))
    except ValueError as early:
        raise CommandProblem(str(early), status=2) from early
    sys.stdout.write(_as_json(made) if arguments.json else _as_text(made))
    return 0


def _as_json(made: Report) -> str:
    return f"{json.dumps(made.to_json(), ensure_ascii=False, indent=1)}\n"


def _as_text(made: Report) -> str:
    lines = [f"{made.span.year}: {made.span.first} – {made.span.last}"]
    lines += [f"{each.clause}\t{each.subject}: {each.done}" for each in made.clauses]
    for each in made.figures:
        lines += ["", each.title, each.counted, *_rows(each)]
    return "\n".join([*lines, ""])


def _rows(figures: Figures) -> list[str]:
    if not figures.rows:
        return [figures.nothing]
    return ["\t".join(map(str, row)) for row in (figures.header, *figures.rows)]
