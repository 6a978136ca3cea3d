"""A portal process of its own over a record with one of everything."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.postgres import free_port
from tests.product import wait_until_it_answers

REPOSITORY = Path(__file__).resolve().parents[2]
GRANIAN = ("--interface", "wsgi", "--workers", "1", "--log-level", "warning")


@dataclass
class ServedPortal:
    """`numbers` names the items of `tests.portal.showcase`."""

    data: Path
    port: int = field(default_factory=free_port)
    numbers: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.numbers = json.loads(self._python("worker", "-m", "tests.portal.showcase"))
        self.serve()

    def serve(self) -> None:
        """Over what is in the folder."""
        command = [sys.executable, "-m", "granian", "prongsai.config.wsgi_portal:application"]
        self.process = subprocess.Popen(
            [*command, *GRANIAN, "--host", "127.0.0.1", "--port", str(self.port)],
            env=self._environment("portal"),
        )
        wait_until_it_answers(f"{self.address}/healthz")

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(20)

    def _python(self, settings: str, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            env=self._environment(settings),
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    def _environment(self, settings: str) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": f"prongsai.config.settings.{settings}",
            "PRONGSAI_DATA": str(self.data),
            "PORTAL_PORT": str(self.port),
        }
