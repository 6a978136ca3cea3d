"""Does once what is due now: publishes, ends what has expired, indexes, reads scans, and sweeps up after recalls."""

import argparse
import json
import sys
from dataclasses import asdict

from prongsai.config.work import Rounds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(arguments: argparse.Namespace) -> int:
    rounds = Rounds()
    try:
        while rounds.turn():
            rounds.rest()
    finally:
        rounds.stop()
    if arguments.json:
        sys.stdout.write(f"{json.dumps(asdict(rounds.done))}\n")
    return 0
