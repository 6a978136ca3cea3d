"""Run as a program over a data folder: it has loaded everything and opened nothing, and is a worker for each line.

It tells the number of the process that it forked, and when that has ended, with which status.
"""

import os
import sys

import django

django.setup()

from prongsai.config.cli import work  # noqa: E402 -- Django must be set up first
from prongsai.config.cli.main import main  # noqa: E402 -- as above

WORDS = [work.__name__.rpartition(".")[2], "--until-idle"]


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for _line in sys.stdin:
        process = os.fork()
        if not process:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            sys.exit(main(WORDS))
        tell(process)
        tell(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
