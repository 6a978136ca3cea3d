"""The data folder and its secrets belong to one system user."""

import os
import stat
import subprocess
import sys
from pathlib import Path

MAKE = "from prongsai.config.folders import secret; print(secret('key'))"


def make_secret(folder: Path) -> str:
    environment = {**os.environ, "PRONGSAI_DATA": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", MAKE], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first, second = make_secret(tmp_path / "var"), make_secret(tmp_path / "var")

    path = tmp_path / "var/secrets/key"
    assert first == second
    assert len(first) == 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_processes_that_start_together_agree_on_a_secret(tmp_path: Path) -> None:
    environment = {**os.environ, "PRONGSAI_DATA": str(tmp_path)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE], env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]

    assert len({process.communicate()[0] for process in running}) == 1
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["key"]
