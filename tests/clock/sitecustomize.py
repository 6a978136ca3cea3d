"""Python looks for this module when it starts: with `tests/clock` in PYTHONPATH a program lives some seconds behind.

The product itself has no such setting: whoever can move its clock writes the record's times.
"""

import os
from datetime import UTC, datetime, timedelta

import time_machine

# A confined child is given no such words, and keeps the machine's clock.
BEHIND = timedelta(seconds=int(os.environ.get("SECONDS_BEHIND", "0")))

if BEHIND:
    # Moments and days, never how long something takes: time.monotonic stays as it is.
    time_machine.travel(datetime.now(UTC) - BEHIND, tick=True).start()
