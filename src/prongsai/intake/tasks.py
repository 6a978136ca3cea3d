"""What the worker does for arrivals, some at a time, so that a batch of fifty holds nobody else up."""

import logging

from prongsai.intake.actions import begin_proposing, propose_for, sketch_file
from prongsai.intake.queries import ready_to_propose, ready_to_sketch

logger = logging.getLogger(__name__)
AT_A_TIME = 5
# A text that nobody foresaw; whatever is worse ends the worker, which starts again and counts.
UNFORESEEN = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def propose_what_is_read() -> int:
    """How many arrivals and files it dealt with; 0 when nothing was ready."""
    files = ready_to_sketch(AT_A_TIME)
    for stored in files:
        sketch_file(stored=stored)
    arrivals = ready_to_propose(AT_A_TIME)
    for arrival in arrivals:
        begin_proposing(arrival=arrival)
        try:
            propose_for(arrival=arrival)
        except UNFORESEEN as problem:
            logger.warning(
                "arrival %s could not be read now: %s", arrival.ref, type(problem).__name__
            )
    return len(files) + len(arrivals)
