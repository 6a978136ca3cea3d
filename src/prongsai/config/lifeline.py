"""Children do not outlive their parent, however it ends: an orphan would keep the port and serve what is old."""

import ctypes
import multiprocessing
import signal
import sys

# From <sys/prctl.h>.
PR_SET_PDEATHSIG = 1


def die_with_parent(number: signal.Signals) -> None:
    """Have the system send this process the signal when its parent dies (Linux; elsewhere it is left running)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, number)


def die_with_server() -> None:
    """For a module that the workers of a server load: its sudden death takes them along."""
    if multiprocessing.parent_process() is not None:
        die_with_parent(signal.SIGKILL)
