"""A portal to measure: granian over a record of its own, and what it costs in processor time and memory."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
WORKERS, THREADS = 2, 4


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`cache_mb` 0 measures pages that are made anew each time."""

    data: Path
    cache_mb: int = 64
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> "Server":
        words = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port))
        sizes = ("--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--backlog", "1024")
        command = [sys.executable, "-m", "granian", "prongsai.config.wsgi_portal:application"]
        self.process = subprocess.Popen(
            [*command, *words, *sizes, "--log-level", "error"], env=self._environment()
        )
        self._wait()
        return self

    def __exit__(self, *_told: object) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "prongsai.config.settings.portal",
            "PRONGSAI_DATA": str(self.data),
            "PRONGSAI_PAGE_CACHE_MB": str(self.cache_mb),
            "PORTAL_PORT": str(self.port),
        }

    def _wait(self) -> None:
        for _ in range(200):
            try:
                self.get("/healthz")
            except urllib.error.URLError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("The portal did not answer within 20 seconds.")

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:  # our own server
            return bytes(answer.read())

    def cpu_seconds(self) -> float:
        """Processor time of the server and its workers so far."""
        return sum(cpu_seconds(pid) for pid in self._pids())

    def memory_mib(self) -> float:
        """Proportional set size of all its processes."""
        return sum(_pss(pid) for pid in self._pids()) / 1024

    def _pids(self) -> list[int]:
        if self.process is None:
            return []
        pids = [self.process.pid]
        for pid in pids:
            pids += _children(pid)
        return pids


def _children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(word) for task in tasks for word in task.read_text().split()]


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _pss(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def fill(data: Path, items: int) -> list[str]:
    """Make the record in a process of its own; answers the numbers of its items."""
    code = f"from bench.portal_record import run; run({items})"
    done = subprocess.run(
        [sys.executable, "-c", code], env=worker(data), stdout=subprocess.PIPE, check=True
    )
    numbers: list[str] = json.loads(done.stdout)
    return numbers


def worker(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "prongsai.config.settings.worker",
        "PRONGSAI_DATA": str(data),
        "PRONGSAI_LOG_LEVEL": "WARNING",
    }
