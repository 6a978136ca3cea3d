"""Workers that begin at once, forked from `forking`: one of its own needs longer to begin than to publish."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.attacks.installation import ROOT, Installation

Parent = subprocess.Popen[bytes]


@dataclass
class Forked:
    """A worker, in the words of `subprocess.Popen`."""

    parent: Parent
    pid: int
    returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and is_told(self.parent, seconds=0):
            self.returncode = told(self.parent)
        return self.returncode

    def wait(self, seconds: float = 60) -> int:
        assert self.returncode is not None or is_told(self.parent, seconds)
        return self.poll() or 0

    def kill(self) -> None:
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Workers:
    """One after the other."""

    parent: Parent

    def start(self) -> Forked:
        assert self.parent.stdin
        self.parent.stdin.write(b"\n")
        return Forked(self.parent, told(self.parent))


@contextmanager
def workers(installation: Installation) -> Iterator[Workers]:
    settings = {"DJANGO_SETTINGS_MODULE": "prongsai.config.settings.worker"}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.resilience.forking"],
        env=installation.environment | settings, cwd=ROOT,
        # Unbuffered: what was told and not yet read is still to be seen from outside.
        bufsize=0, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    ) as parent:  # fmt: skip
        yield Workers(parent)


def is_told(parent: Parent, seconds: float) -> bool:
    return bool(select.select([parent.stdout], [], [], seconds)[0])


def told(parent: Parent) -> int:
    assert parent.stdout
    return int(parent.stdout.readline())
