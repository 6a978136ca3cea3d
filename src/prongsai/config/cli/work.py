"""The background worker: publishes what is approved and due, and keeps the search index at the record's head."""

import argparse
import signal
import time
from types import FrameType

from prongsai.config.work import PAUSE, Rounds


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
    try:
        while not stopping:
            is_busy = rounds.turn()
            if arguments.until_idle and not is_busy:
                break
            if is_busy:
                rounds.rest()
            else:
                time.sleep(PAUSE)
    finally:
        rounds.stop()
    return 0
