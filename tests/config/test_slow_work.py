"""Long work goes on beside the worker's turns, one task after the other, and a failure stops nothing."""

import threading
import time
from collections.abc import Callable

from prongsai.config.slow_work import SlowWork
from prongsai.files.tasks import SlowTask
from tests.factories import NOW


class Pile:
    """A source of tasks, and what became of each."""

    def __init__(self, *runs: Callable[[], object]) -> None:
        self.waiting = list(runs)
        self.ended: list[object] = []

    def __call__(self) -> SlowTask | None:
        if not self.waiting:
            return None
        run = self.waiting.pop(0)
        keep = self.ended.append
        return SlowTask("task", run, lambda got, at: keep(got), lambda error, at: keep(str(error)))


def turn_until(work: SlowWork, is_enough: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not is_enough():
        assert time.monotonic() < deadline
        work.turn(at=NOW)
        time.sleep(0.001)


def broken() -> object:
    raise ValueError("broken")


def test_tasks_are_done_in_order_and_a_failed_one_does_not_stop_the_rest() -> None:
    pile = Pile(lambda: 1, broken, lambda: 3)
    turn_until(SlowWork(pile), lambda: len(pile.ended) == 3)
    assert pile.ended == [1, "broken", 3]


def test_a_turn_does_not_wait_for_what_is_under_way() -> None:
    gate = threading.Event()
    pile = Pile(lambda: gate.wait(30))
    work = SlowWork(pile)
    assert work.turn(at=NOW)
    assert (work.turn(at=NOW), work.is_busy, pile.ended) == (False, True, [])
    gate.set()
    turn_until(work, lambda: bool(pile.ended))
    assert not work.is_busy


def test_two_lanes_do_not_wait_for_each_other() -> None:
    gate = threading.Event()
    long, short = Pile(lambda: gate.wait(30)), Pile(lambda: 1, lambda: 2)
    slow, quick = SlowWork(long), SlowWork(short)
    slow.turn(at=NOW)

    turn_until(quick, lambda: short.ended == [1, 2])

    assert (slow.is_busy, long.ended) == (True, [])
    gate.set()


def test_what_is_under_way_when_the_worker_stops_is_not_called_finished() -> None:
    gate = threading.Event()
    pile = Pile(lambda: gate.wait(30))
    work = SlowWork(pile)
    work.turn(at=NOW)
    work.stop()
    gate.set()
    assert pile.ended == []


def test_nothing_to_do_is_no_turn() -> None:
    assert not SlowWork(Pile()).turn(at=NOW)
