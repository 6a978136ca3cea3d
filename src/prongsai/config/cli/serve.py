"""Starts portal, office and worker, watches them, and stops them together. Ctrl-C ends all three."""

import argparse
import os
import subprocess
import sys

from prongsai.config.cli.problems import CommandProblem
from prongsai.config.databases import FILES, reader_environment, refuse_owner_as_reader
from prongsai.config.folders import DATA, make_folders
from prongsai.config.stamps import is_migrated, lost_files
from prongsai.config.supervisor import Child, Supervisor, port_is_free


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)"
    )
    parser.add_argument(
        "--demo", action="store_true", help="load the demonstration municipality on the first run"
    )


def run(arguments: argparse.Namespace) -> int:
    refuse_owner_as_reader(os.environ)
    make_folders()
    _refuse_half_a_folder()
    portal_port = _port("PORTAL_PORT", 8000)
    office_port = _port("OFFICE_PORT", 8001)
    if portal_port == office_port:
        raise CommandProblem("PORTAL_PORT and OFFICE_PORT must be two different ports", status=2)
    for port in (portal_port, office_port):
        if not port_is_free(arguments.host, port):
            raise CommandProblem(
                f"port {port} is in use; set PORTAL_PORT or OFFICE_PORT to a free one"
            )
    _prepare(demo=arguments.demo)
    supervisor = Supervisor(
        [
            Child(
                "portal",
                _granian("portal", arguments.host, portal_port, workers=2, threads=4),
                environment=reader_environment(os.environ),
            ),
            # One process: wrong second factors are counted in its memory (settings/office.py). With more
            # threads than may wait for files to be looked through (files/examination/isolated.py), for pictures of
            # pages and for slow uploads: a director's tap on an emergency notice must not stand behind them.
            Child("office", _granian("office", arguments.host, office_port, workers=1, threads=16)),
            Child("worker", [sys.executable, "-m", "prongsai.config.cli.main", "work"]),
        ]
    )
    sys.stderr.write(
        f"prongsai: portal http://{arguments.host}:{portal_port}/  office http://{arguments.host}:{office_port}/office/\n"
    )
    return supervisor.run()


def _refuse_half_a_folder() -> None:
    """An empty database in the place of one that was lost would look as if nothing had ever been there."""
    lost = lost_files()
    if lost and len(lost) < len(FILES):
        raise CommandProblem(
            f"{lost[0]} is gone while other databases are there; bring it back from a backup, "
            "or name an empty folder with PRONGSAI_DATA to begin anew"
        )
    if lost:
        sys.stderr.write(f"prongsai: the databases in {DATA} are gone; new ones are made\n")


def _prepare(*, demo: bool) -> None:
    """Migrations and demonstration run in processes of their own, so that this one stays small."""
    lost = lost_files()
    steps = [] if is_migrated() and not lost else ["migrate"]
    if demo and (lost or not (DATA / "demonstration.loaded").exists()):
        steps.append("demo")
    for step in steps:
        command = [sys.executable, "-m", "prongsai.config.cli.main", step]
        done = subprocess.run(command, check=False)  # noqa: S603 -- our own command
        if done.returncode:
            raise CommandProblem(f"`prongsai {step}` failed; its message is above")


def _port(variable: str, default: int) -> int:
    text = os.environ.get(variable, str(default))
    if not (text.isascii() and text.isdigit()) or not 0 < int(text) < 65536:
        raise CommandProblem(f"{variable} must be a port number, not {text!r}", status=2)
    return int(text)


def _granian(side: str, host: str, port: int, *, workers: int, threads: int) -> list[str]:
    return [
        sys.executable,
        "-m",
        "granian",
        f"prongsai.config.wsgi_{side}:application",
        # By ASGI the same view gave 60 answers a second, a fraction of WSGI (measured).
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(workers), "--blocking-threads", str(threads), "--backlog", "1024"),
        # Errors only: it would warn at each start of more threads than processors, which are meant.
        *("--log-level", "error", "--respawn-failed-workers"),
    ]
