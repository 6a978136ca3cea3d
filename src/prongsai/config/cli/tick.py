"""Does once what is due now: publishes, ends what has expired, indexes, and sweeps up after recalls."""

import argparse

from prongsai.config.work import Rounds


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults()


def run(arguments: argparse.Namespace) -> int:
    rounds = Rounds()
    while rounds.turn():
        pass
    return 0
