"""What the worker does for arrivals, some at a time, so that a batch of fifty holds nobody else up."""

import logging

from prongsai.intake.actions import begin_proposing, propose_for, sketch_file
from prongsai.intake.queries import ready_to_propose, ready_to_sketch

logger = logging.getLogger(__name__)
AT_A_TIME = 5
# A text that nobody foresaw; whatever is worse ends the worker, which starts again and counts.
UNFORESEEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def propose_what_is_read() -> int:
    """How many arrivals it dealt with; 0 when none was ready."""
    arrivals = ready_to_propose(AT_A_TIME)
    for arrival in arrivals:
        begin_proposing(arrival=arrival)
        try:
            propose_for(arrival=arrival)
        except UNFORESEEN as problem:
            logger.warning(
                "arrival %s could not be read now: %s", arrival.ref, type(problem).__name__
            )
    return len(arrivals)


def sketch_what_is_read() -> int:
    """How many files of drafts it sketched, so that what comes in later is compared with them."""
    files = ready_to_sketch(AT_A_TIME)
    for stored in files:
        sketch_file(stored=stored)
    return len(files)
