"""The command line of `bench/office_load`: builds the town, starts the product, lets people in, and counts."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import psycopg

from bench.office_browser import Log
from bench.office_people import Colleague
from bench.portal_server import cpu_seconds
from tests.postgres import start_server
from tests.product import Product

PEOPLE = (
    *("officer-administration", "officer-disaster", "officer", "officer-supplies", "webmaster"),
    *("officer-construction", "officer-environment", "officer-schools", "officer-community"),
    *("head-administration", "head-disaster", "head", "head-supplies", "head-construction"),
    *("head-environment", "head-schools", "head-community", "director-clerk", "director"),
    *("director-finance", "director-works", "director-health", "director-education"),
    *("director-welfare", "deputy", "clerk", "mayor", "screener", "second-screener", "auditor"),
)
# The drafts that several write at belong to the units of the first four; the webmaster helps every unit.
SHARING = PEOPLE[:4]


@dataclass
class Town(Product):
    """`more` is further environment, such as the address of a PostgreSQL server."""

    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"PRONGSAI_LOG_LEVEL": "WARNING"} | self.more

    def program(self, module: str, *words: str, told: str = "") -> Any:
        """The JSON that a program of ours prints, with the worker's settings."""
        settings = {"DJANGO_SETTINGS_MODULE": "prongsai.config.settings.worker"}
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", module, *words],
            env=self.environment | settings,
            input=told,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)


def main(words: Sequence[str]) -> int:
    arguments = _arguments(words)
    chosen = ("sqlite", "postgresql") if arguments.database == "both" else (arguments.database,)
    results = [_run(database, arguments) for database in chosen]
    if arguments.json:
        print(json.dumps(results, ensure_ascii=False))
    return 1 if any(result["errors"] or result["lost"] for result in results) else 0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/office_load")
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--people", type=int, default=len(PEOPLE))
    parser.add_argument("--works", type=int, default=500, help="disclosures that were sent")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(words)


def _run(database: str, arguments: argparse.Namespace) -> dict[str, Any]:
    with (
        tempfile.TemporaryDirectory(prefix="prongsai-office-") as folder,
        _server(database) as more,
    ):
        town = Town(data=Path(folder) / "data", more=more)
        town.prepare()
        shared = town.program("bench.office_town", str(arguments.works))
        town.start()
        try:
            log, people, spent = _at_work(town, shared, arguments)
        finally:
            town.stop()
        found = _result(database, town, log, people)
        found["cpu_ms"] = round(spent / max(1, found["all"]["requests"]) * 1000, 1)
    if not arguments.json:
        _print(found)
    return found


def _cpu(town: Town) -> float:
    """Seconds of processor time that the office's process has had."""
    return sum(cpu_seconds(pid) for pid in town.pids("office"))


@contextmanager
def _server(database: str) -> Iterator[dict[str, str]]:
    """A PostgreSQL server that writes to its disk before it answers, as one in use does."""
    if database == "sqlite":
        yield {}
        return
    with tempfile.TemporaryDirectory(prefix="prongsai-postgres-") as folder:
        server = start_server(Path(folder), durable=True)
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("CREATE ROLE prongsai_reader LOGIN")
        try:
            yield {
                "PRONGSAI_DATABASE": server.url,
                "PRONGSAI_DATABASE_READER": "prongsai_reader",
            }
        finally:
            server.stop()


def _at_work(
    town: Town, shared: Sequence[str], arguments: argparse.Namespace
) -> tuple[Log, list[Colleague], float]:
    """And how many seconds of processor time the office had while they worked."""
    log = Log()
    names = PEOPLE[: arguments.people]
    people = [
        Colleague(who, town.office, log, _shared_by(who, shared), seed)
        for seed, who in enumerate(names)
    ]
    for one in people:
        one.browser.sign_in()
    log.is_measuring, before = True, _cpu(town)
    end = time.monotonic() + arguments.seconds
    hands = [Thread(target=one.work_until, args=(end,)) for one in people]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return log, people, _cpu(town) - before


def _shared_by(who: str, shared: Sequence[str]) -> tuple[str, ...]:
    if who == "webmaster":
        return tuple(shared)
    return (shared[SHARING.index(who)],) if who in SHARING else ()


def _result(database: str, town: Town, log: Log, people: Sequence[Colleague]) -> dict[str, Any]:
    saves = [each for one in people for each in one.written.saves]
    signed = [each for one in people for each in one.written.signed]
    told = json.dumps({"saves": saves, "signed": signed}, ensure_ascii=False)
    return {
        "database": database,
        "people": len(people),
        "pages": {name: _spread(log.times[name]) for name in sorted(log.times)},
        "all": _spread([each for times in log.times.values() for each in times]),
        "errors": log.errors,
        "refusals": log.refusals,
        "saves": len(saves),
        "conflicts_told": sum(one.written.told for one in people),
        "given_up": sum(one.written.given_up for one in people),
        "signed": len(signed),
        "lost": town.program("bench.office_check", told=told),
        "load": round(os.getloadavg()[0], 2),
    }


def _spread(times: Sequence[float]) -> dict[str, float]:
    ordered = sorted(times)
    places = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    at = {name: ordered[int(len(ordered) * share)] for name, share in places.items()}
    return {"requests": len(ordered)} | {f"{name}_ms": round(ms, 1) for name, ms in at.items()}


def _print(found: dict[str, Any]) -> None:
    print(
        f"{found['database']}: {found['people']} people, load {found['load']}, "
        f"{found['cpu_ms']} ms of the office's processor a page"
    )
    for name, row in [*found["pages"].items(), ("all pages", found["all"])]:
        figures = "  ".join(f"{at} {row[f'{at}_ms']:>7.1f} ms" for at in ("p50", "p95", "p99"))
        print(f"  {name:<12}{row['requests']:>6}  {figures}")
    for name in ("saves", "conflicts_told", "given_up", "signed"):
        print(f"  {name:<16}{found[name]:>5}")
    for name in ("errors", "refusals", "lost"):
        print(f"  {name:<16}{len(found[name]):>5}")
        for line in found[name][:5]:
            print(f"    {line}")
