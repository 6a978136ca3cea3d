"""The whole product as its users meet it: three real processes over a data folder of their own."""

import base64
import fcntl
import hashlib
import hmac
import os
import shutil
import signal
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tests.postgres import free_port

PASSWORD = "ทดสอบ-prongsai-2569"
PRONGSAI = [sys.executable, "-m", "prongsai.config.cli.main"]


@dataclass
class Product:
    """`data` is its folder; `portal` and `office` are the addresses of its two sites.

    `behind` is how many seconds its clock goes behind that of the machine, in all its processes and commands.
    """

    data: Path
    behind: int = 0
    portal_port: int = field(default_factory=free_port)
    office_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def portal(self) -> str:
        return f"http://127.0.0.1:{self.portal_port}"

    @property
    def office(self) -> str:
        return f"http://127.0.0.1:{self.office_port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **{key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"},
            "PRONGSAI_DATA": str(self.data),
            "PORTAL_PORT": str(self.portal_port),
            "OFFICE_PORT": str(self.office_port),
            "PRONGSAI_DEMO_PASSWORD": PASSWORD,
            # Wall time, and other tests run beside.
            "PRONGSAI_EXAMINATION_SECONDS": "120",
            # Nobody outside hears of tests.
            "PRONGSAI_LINK_CHECKS": "off",
            **(_clock_behind(self.behind) if self.behind else {}),
        }

    def now(self) -> float:
        """By its own clock, in Unix seconds."""
        return time.time() - self.behind

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One `prongsai` command over this folder."""
        return subprocess.run(
            [*PRONGSAI, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=check,
            timeout=300,
        )

    def prepare(self) -> None:
        self.run("migrate")
        self.run("demo", "--chart-only")

    def start(self) -> None:
        with (self.data / "serve.log").open("ab") as log:
            self._start(log)
        for address in (f"{self.portal}/healthz", f"{self.office}/office/"):
            wait_until_it_answers(address)

    def start_office(self) -> None:
        """Without portal and worker, which cost two thirds of a start and then look all the time what is due."""
        office = [sys.executable, "-m", "granian", "prongsai.config.wsgi_office:application"]
        where = ["--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.office_port)]
        threads = ["--workers", "1", "--blocking-threads", "16", "--log-level", "error"]
        with (self.data / "serve.log").open("ab") as log:
            self._start(log, [*office, *where, *threads])
        wait_until_it_answers(f"{self.office}/office/")

    def _start(self, log: BinaryIO, command: Sequence[str] = (*PRONGSAI, "serve")) -> None:
        self.process = subprocess.Popen(command, env=self.environment, stderr=log, stdout=log)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(30)
            self.process = None

    def kill(self, name: str) -> None:
        """Kill -9 one of the children (portal, office, worker) with all its own children.

        One that just begins again after an earlier death is waited for.
        """
        deadline = time.monotonic() + 60
        while not (pids := self.pids(name)):
            assert time.monotonic() < deadline, f"{name} is not running:\n{self.log_tail()}"
            time.sleep(0.05)
        for pid in pids:
            # The death of the first takes the others along.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def log_tail(self) -> str:
        return (self.data / "serve.log").read_text(encoding="utf-8")[-2000:]

    def pids(self, name: str) -> list[int]:
        mark = {"worker": "main work", "portal": "wsgi_portal", "office": "wsgi_office"}[name]
        assert self.process
        return [pid for pid, line in command_lines() if mark in line and self.owns(pid)]

    def owns(self, pid: int) -> bool:
        """Whether the process works on this data folder, or for one that does: confined ones are told of none."""
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
            parent = (
                Path(f"/proc/{pid}/stat")
                .read_text("ascii", "replace")
                .rpartition(")")[2]
                .split()[1]
            )
            environment += Path(f"/proc/{parent}/environ").read_bytes()
        except OSError:
            return False
        return f"PRONGSAI_DATA={self.data}\0".encode() in environment


def _clock_behind(seconds: int) -> dict[str, str]:
    """See `tests/clock/sitecustomize.py`."""
    paths = [str(Path(__file__).with_name("clock")), os.environ.get("PYTHONPATH", "")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "SECONDS_BEHIND": str(seconds)}


def migrated_folder(place: Path) -> Path:
    """A data folder with empty databases; made once, by whichever process comes first."""

    def make(data: Path) -> None:
        Product(data).run("migrate")

    return made_once(place / "migrated", make)


def prepared_folder(place: Path) -> Path:
    """One with chart and accounts; made once, too."""

    def make(data: Path) -> None:
        shutil.copytree(migrated_folder(place), data)
        Product(data).run("demo", "--chart-only")

    return made_once(place / "prepared", make)


def made_once(data: Path, make: Callable[[Path], None]) -> Path:
    """By whichever process of this run comes first; the others wait for it."""
    with data.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            part = data.with_suffix(".part")
            shutil.rmtree(part, ignore_errors=True)
            make(part)
            part.rename(data)
    return data


def command_lines() -> list[tuple[int, str]]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append((int(path.parent.name), path.read_bytes().replace(b"\0", b" ").decode()))
        except OSError:
            continue
    return found


def wait_until_it_answers(address: str, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if status(address):
            return
        time.sleep(0.1)
    raise TimeoutError(f"{address} did not answer within {seconds:g} s")


def status(address: str) -> int:
    """The HTTP status of a GET, or 0 when nobody answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def text(address: str) -> str:
    """The body of a GET, whatever its status."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            return str(answer.read().decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        return error.read().decode("utf-8", "replace")


def totp(secret: str, *, now: float) -> str:
    """The six digits of RFC 6238 for a base32 secret at a moment (Unix seconds)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(now // 30)), hashlib.sha1)
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"
