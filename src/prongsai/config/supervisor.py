"""Keeps a few child processes running: starts them, restarts what dies and says so, stops them together."""

import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from types import FrameType

from prongsai.config.lifeline import die_with_parent

LONGEST_PAUSE = 30.0
STEADY_AFTER = 10.0
PATIENCE = 15.0


def port_is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        # Servers set it too; without it a port that was left a moment ago would seem taken (TIME_WAIT).
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@dataclass
class Child:
    """One process to keep running. Seconds on the monotonic clock say when it started and may start again."""

    name: str
    command: list[str]
    environment: dict[str, str] | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    start_again: float = 0.0
    pause: float = 0.5

    def start(self) -> None:
        # The commands are our own; the parent has one thread, which makes preexec_fn safe.
        self.process = subprocess.Popen(  # noqa: S603
            self.command,
            env=self.environment,
            preexec_fn=_end_with_us,  # noqa: PLW1509
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start the child if it is time to, and notice when it has died."""
        if self.process is None:
            if time.monotonic() >= self.start_again:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        lived = time.monotonic() - self.started
        # What ran for a while met an accident; what dies at once will die again.
        self.pause = 0.5 if lived > STEADY_AFTER else min(self.pause * 2, LONGEST_PAUSE)
        self.start_again = time.monotonic() + self.pause
        self.process = None
        sys.stderr.write(
            f"prongsai: {self.name} {_how_it_ended(status)}; starting it again in {self.pause:g} s\n"
        )


class Supervisor:
    """Runs children until SIGINT or SIGTERM, then ends them in order and waits."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.stopping = False

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        while not self.stopping:
            for child in self.children:
                child.look_after()
            time.sleep(0.1)
        self._end_all()
        return 0

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _how_it_ended(status: int) -> str:
    return f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"


def _end_with_us() -> None:
    die_with_parent(signal.SIGTERM)
