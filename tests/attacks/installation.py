"""A data folder and the processes that work on it, each with the rights of its own settings."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.product import PASSWORD, PRONGSAI, made_once, prepared_folder

ROOT = Path(__file__).parents[2]
APPROVED = 12
RECORD, OFFICE = "record/record.sqlite3", "office/office.sqlite3"


@dataclass(frozen=True)
class Installation:
    """`more` is further environment, such as the address of a PostgreSQL server."""

    data: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
        own = {"PRONGSAI_DATA": str(self.data), "PRONGSAI_DEMO_PASSWORD": PASSWORD}
        return kept | own | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | self.more

    def run(self, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        """One `prongsai` command."""
        return self._finish([*PRONGSAI, *words], self.environment, check=check)

    def python(self, side: str, code: str) -> subprocess.CompletedProcess[str]:
        """A Python program in a process with the settings (and so the rights) of that side."""
        settings = {"DJANGO_SETTINGS_MODULE": f"prongsai.config.settings.{side}"}
        program = f"import django; django.setup()\n{code}"
        command = [sys.executable, "-W", "ignore", "-c", program]
        return self._finish(command, self.environment | settings, check=False)

    def approve(self, how_many: int, *options: str) -> list[str]:
        """Submissions as officers and approvers would make them; answers their references."""
        command = [sys.executable, "-m", "tests.attacks.approved", str(how_many), *options]
        return self._finish(command, self.environment, check=True).stdout.split()

    @property
    def entries(self) -> int:
        """How many the record holds; looked at from outside, so that the look itself starts nothing."""
        return int(asked(self.data / RECORD, "SELECT count(*) FROM record_entry")[0][0])

    @property
    def states(self) -> dict[str, str]:
        """Of each submission, by its reference; looked at from outside as well."""
        rows = asked(self.data / OFFICE, "SELECT ref, state FROM approval_submission ORDER BY id")
        return {str(UUID(ref)): state for ref, state in rows}

    def approve_on(self) -> subprocess.Popen[str]:
        """The same, one after the other until its standard input ends; then it has answered the references."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.attacks.approved", "--go-on"],
            env=self.environment, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A `prongsai` command that goes on in the background, silently."""
        silent = subprocess.DEVNULL
        return subprocess.Popen(
            [*PRONGSAI, *words], env=self.environment, stdout=silent, stderr=silent
        )

    def _finish(
        self, command: list[str], environment: dict[str, str], *, check: bool
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, cwd=ROOT, timeout=300
        )
        if check and done.returncode:
            raise AssertionError(f"{command[3:]} ended with {done.returncode}: {done.stderr}")
        return done


def asked(database: Path, question: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=20)) as connection:
        return connection.execute(question).fetchall()


def approved_folder(place: Path) -> Path:
    """One in which so many submissions wait for the gate and nothing else; made once."""

    def make(data: Path) -> None:
        shutil.copytree(prepared_folder(place), data)
        Installation(data).approve(APPROVED)

    return made_once(place / "approved", make)
