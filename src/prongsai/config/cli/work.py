"""The background worker: publishes what is approved and due, and keeps the search index at the record's head."""

import argparse
import signal
import time
from types import FrameType

from prongsai.config.work import Rounds

PAUSE = 0.2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--until-idle", action="store_true", help="stop when nothing is due any more"
    )


def run(arguments: argparse.Namespace) -> int:
    stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    # The turn that has begun is finished, so that a restart cuts no publication in two.
    signal.signal(signal.SIGTERM, stop)
    rounds = Rounds()
    while not stopping:
        busy = rounds.turn()
        if arguments.until_idle and not busy:
            return 0
        if not busy:
            time.sleep(PAUSE)
    return 0
