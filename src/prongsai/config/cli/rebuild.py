"""Makes what is shown of every item again from the entries of the record, and with --search the search index as well.

Entries, editions and signatures stay as they are. Stop the system first: pages that a running portal keeps in memory
and the worker's hold on the index would be in the way.
"""

import argparse
import json
import sys

from prongsai.config.cli.problems import CommandProblem
from prongsai.discovery.index import CannotIndex, Indexer
from prongsai.record.actions import rebuild

DAMAGED = "an entry or an edition is damaged, so nothing was changed; `prongsai verify` names it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--search", action="store_true", help="make the search index again as well")
    parser.add_argument("--json", action="store_true", help="print what was made as JSON")


def run(arguments: argparse.Namespace) -> int:
    made = {"items": _items()}
    if arguments.search:
        made["indexed"] = _indexed()
    if arguments.json:
        sys.stdout.write(f"{json.dumps(made)}\n")
    else:
        indexed = f", {made['indexed']} of them in the search index" if arguments.search else ""
        sys.stdout.write(f"{made['items']} items made again from their entries{indexed}\n")
    return 0


def _items() -> int:
    try:
        return rebuild()
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise CommandProblem(DAMAGED) from error


def _indexed() -> int:
    try:
        return Indexer().rebuild()
    except CannotIndex as error:
        raise CommandProblem(
            f"what is shown was made again, the search index was not: {error}"
        ) from error
