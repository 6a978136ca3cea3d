"""Children that die at once, will not go, or never stop talking."""

import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from prongsai.config.supervisor import LONGEST_PAUSE, Child, Supervisor, port_is_free

SUPERVISE = textwrap.dedent(
    """
    import sys
    from prongsai.config import supervisor
    supervisor.PATIENCE = 0.5
    children = [supervisor.Child(f"child{n}", [sys.executable, "-c", p]) for n, p in enumerate(sys.argv[1:])]
    sys.exit(supervisor.Supervisor(children).run())
    """
)
# One write each: several children talk into one pipe, and a word of one must not fall into another's line.
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " import os; os.write(1, b'ready\\n'); time.sleep(60)"
)
OBEDIENT = "import os, time; os.write(1, b'ready\\n'); time.sleep(60)"
FLOOD = "import os; os.write(1, b'ready\\n')\nwhile True: print('x' * 1000)"


def supervise(*programs: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, *programs],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def quick(name: str, program: str) -> Child:
    return Child(name, [sys.executable, "-c", program])


def died(child: Child) -> None:
    """Start it and look until its death has been noticed."""
    child.start_again = 0.0
    child.look_after()
    assert child.process
    child.process.wait(60)
    child.look_after()


def test_a_child_that_dies_at_once_waits_twice_as_long_each_time(
    capsys: pytest.CaptureFixture[str],
) -> None:
    child = quick("worker", "raise SystemExit(3)")
    for _ in range(3):
        died(child)

    assert capsys.readouterr().err == "".join(
        f"prongsai: worker ended with status 3; starting it again in {pause} s\n"
        for pause in (1, 2, 4)
    )


def test_no_child_waits_longer_than_half_a_minute() -> None:
    child = quick("worker", "")
    child.pause = LONGEST_PAUSE - 1

    died(child)

    assert child.pause == LONGEST_PAUSE == 30


def test_a_child_that_waits_is_not_started_before_its_time() -> None:
    child = quick("worker", "")
    died(child)

    child.look_after()

    assert child.process is None
    assert child.start_again > time.monotonic()


def test_a_child_that_ran_for_a_while_starts_again_soon() -> None:
    child = quick("worker", "")
    child.pause = 16.0
    child.start()
    assert child.process
    child.process.wait(60)
    child.started -= 11

    child.look_after()

    assert child.pause == 0.5


def test_the_signal_that_killed_a_child_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    died(quick("portal", "import os; os.kill(os.getpid(), 11)"))

    assert capsys.readouterr().err == (
        "prongsai: portal was killed by signal 11; starting it again in 1 s\n"
    )


def test_a_child_has_the_environment_that_it_was_given(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    program = f"import os, pathlib; pathlib.Path({str(seen)!r}).write_text(repr(dict(os.environ)))"
    child = Child("portal", [sys.executable, "-c", program], environment={"LC_CTYPE": "C.UTF-8"})

    died(child)

    assert seen.read_text() == "{'LC_CTYPE': 'C.UTF-8'}"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_child_that_will_not_go_is_killed_when_patience_ends(number: signal.Signals) -> None:
    parent = supervise(STUBBORN, OBEDIENT)
    assert parent.stdout
    assert [parent.stdout.readline() for _ in range(2)] == ["ready\n"] * 2
    began = time.monotonic()

    parent.send_signal(number)
    _, errors = parent.communicate(timeout=60)

    assert (parent.returncode, errors) == (0, "")
    assert 0.4 < time.monotonic() - began < 14


def test_a_child_that_floods_its_output_can_be_stopped() -> None:
    parent = supervise(FLOOD)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"

    parent.terminate()
    out, errors = parent.communicate(timeout=60)

    assert (parent.returncode, errors) == (0, "")
    assert set(out) == {"x", "\n"}


def test_without_children_a_supervisor_stops_when_it_is_told() -> None:
    supervisor = Supervisor([])
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    supervisor.stopping = True
    try:
        assert supervisor.run() == 0
    finally:
        for number, handler in zip((signal.SIGINT, signal.SIGTERM), before, strict=True):
            signal.signal(number, handler)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_a_free_port_is_free_on_either_kind_of_address(host: str) -> None:
    assert port_is_free(host, 0)
