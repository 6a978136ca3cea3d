"""Pictures of the portal's pages by Chromium, with a profile of its own, no way but to the portal, and little time."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from prongsai.monitoring.assembling.portal_only import way_to

WIDTH, HEIGHT = 1280, 800
# A page that loads for longer is taken as it is then; a browser that is not done after that is ended.
LOADING, SECONDS = 15.0, 30.0
PREFIX = "prongsai-camera-"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    *("--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--lang=th"),
    *("--disable-extensions", "--disable-sync", "--disable-default-apps", "--disable-breakpad"),
    *("--disable-background-networking", "--disable-component-update", "--disable-quic"),
    # Else it would go past the proxy to whatever answers on this machine.
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    f"--window-size={WIDTH},{HEIGHT}",
    f"--timeout={LOADING * 1000:.0f}",
)


class CannotPicture(Exception):
    """No picture of this page came out."""


def remove_leftovers(*, before: float) -> None:
    """Profiles that a killed worker could not take away, last written before that moment (seconds of the epoch)."""
    for path in Path(gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            if path.stat().st_mtime < before:
                shutil.rmtree(path, ignore_errors=True)


def find(wanted: str) -> str | None:
    """The program that is set, or the first known one; None where there is none, or none is wanted (`off`)."""
    if wanted == "off":
        return None
    names = (wanted,) if wanted else NAMES
    return next((found for name in names if (found := shutil.which(name))), None)


class Camera:
    """One page at a time. `sandbox` False is for machines on which the browser cannot shut itself in."""

    def __init__(self, program: str, *, sandbox: bool) -> None:
        self._program = program
        self._sandbox = sandbox
        self._running: subprocess.Popen[bytes] | None = None
        self._proxy = self._origin = ""

    @property
    def may_run(self) -> bool:
        """Chromium keeps its sandbox from the system's administrator: as root it runs only where that is allowed."""
        return not self._sandbox or os.geteuid() != 0

    @contextmanager
    def looking_at(self, origin: str) -> Iterator[None]:
        """Pictures are taken inside, of this portal alone."""
        with way_to(origin) as self._proxy:
            self._origin = origin
            yield

    def picture(self, path: str) -> bytes:
        """A PNG of the first screen of a page. Raises `CannotPicture`."""
        # In the system's own folder: Chromium makes a socket in it, whose path must be short.
        with TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as own:
            target = Path(own, "picture.png")
            self._run(Path(own), target, f"{self._origin}{path}")
            try:
                return target.read_bytes()
            except OSError as error:
                raise CannotPicture(path) from error

    def abort(self) -> None:
        """Ends what is under way, from another thread."""
        running = self._running
        if running:
            _end(running)

    def _run(self, own: Path, target: Path, address: str) -> None:
        sandbox = () if self._sandbox else ("--no-sandbox",)
        said = (f"--user-data-dir={own / 'profile'}", f"--proxy-server={self._proxy}")
        command = (
            *_nice(),
            self._program,
            *FLAGS,
            *sandbox,
            *said,
            f"--screenshot={target}",
            address,
        )
        try:
            self._running = subprocess.Popen(  # noqa: S603 -- a program that the administrator names
                command,
                env=_environment(own),
                cwd=own,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            self._running.wait(SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotPicture(address) from error
        finally:
            running, self._running = self._running, None
            if running:
                _end(running)


def _nice() -> tuple[str, ...]:
    """Citizens, and whoever publishes, come first."""
    nice = shutil.which("nice")
    return (nice, "-n", "10") if nice else ()


def _environment(own: Path) -> dict[str, str]:
    """It is told nothing of us: no key, no password, no folder but its own."""
    paths = dict.fromkeys(("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), str(own))
    return {
        "PATH": os.pathsep.join(os.get_exec_path()),
        "LANG": "C.UTF-8",
        "TZ": "Asia/Bangkok",
        **paths,
    }


def _end(process: subprocess.Popen[bytes]) -> None:
    """With all the processes that it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
