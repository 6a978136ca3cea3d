"""Whether something takes little of the processor, whatever else the machine has to do."""

import gc
import time
from collections.abc import Callable


def is_done_within(seconds: float, act: Callable[[], object]) -> bool:
    """Whether one of three times takes less of the processor: a machine is slow for a moment, a slow rule each time.

    What thousands of other tests have left is not looked through for garbage meanwhile.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        return any(_seconds(act) < seconds for _try in range(3))
    finally:
        if collects:
            gc.enable()


def _seconds(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began
