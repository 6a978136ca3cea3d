"""The supervisor keeps children running and takes them along when it ends."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time
from pathlib import Path

from prongsai.config.supervisor import port_is_free

PARENT = textwrap.dedent(
    """
    import sys
    from prongsai.config.supervisor import Child, Supervisor
    program = "import os, pathlib, sys, time; pathlib.Path(sys.argv[1]).write_text(str(os.getpid())); time.sleep(60)"
    Supervisor([Child("sleeper", [sys.executable, "-c", program, sys.argv[1]])]).run()
    """
)


def start(pid_file: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, str(pid_file)], stderr=subprocess.PIPE, text=True
    )


def child_pid(pid_file: Path, *, other_than: int = 0) -> int:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        text = pid_file.read_text() if pid_file.exists() else ""
        if text and int(text) != other_than:
            return int(text)
        time.sleep(0.05)
    raise AssertionError("the child did not start")


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_child_that_dies_is_started_again_and_it_is_said(tmp_path: Path) -> None:
    parent = start(tmp_path / "pid")
    first = child_pid(tmp_path / "pid")

    os.kill(first, signal.SIGKILL)
    second = child_pid(tmp_path / "pid", other_than=first)
    parent.terminate()

    assert "sleeper was killed by signal 9; starting it again" in parent.communicate(timeout=60)[1]
    assert is_gone(second)


def test_a_supervisor_that_is_killed_leaves_no_child_behind(tmp_path: Path) -> None:
    parent = start(tmp_path / "pid")
    child = child_pid(tmp_path / "pid")

    parent.kill()
    parent.communicate()

    assert is_gone(child)


def test_a_port_in_use_is_noticed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert not port_is_free("127.0.0.1", taken.getsockname()[1])
