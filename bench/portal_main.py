"""The command line of `bench/portal`, and the workloads that it runs side by side."""

import argparse
import io
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from bench.portal_load import Load, ask
from bench.portal_server import Server, fill, worker

CONNECTIONS, MANY = 16, 500
WORDS = ("ถนน", "งบประมาณ", "ประกวดราคา", "ขยะ", "น้ำท่วม", "แบบคำร้อง", "ลอยกระทง", "สวนสาธารณะ")
SHEET = re.compile(r'href="(/static/[^"]+\.css)"')
MIXED = 1000
ROUNDS = 6


@dataclass(frozen=True)
class Result:
    """One workload. `cpu_ms` is processor time of the server for one request."""

    name: str
    load: Load
    cpu_ms: float

    def line(self) -> str:
        load = self.load
        rate = f"{load.requests_per_second:>10,.0f}/s"
        times = f"p50 {load.p50_ms:>8.2f} ms  p99 {load.p99_ms:>8.2f} ms"
        return f"{self.name:<28}{rate}  {times}  cpu {self.cpu_ms:>6.3f} ms  errors {load.errors}"


def main(words: Sequence[str]) -> int:
    arguments = _arguments(words)
    if arguments.all:
        return _all(arguments)
    if not (arguments.url and arguments.urls):
        sys.stderr.write("bench/portal: give --url and --urls, or --all\n")
        return 2
    paths = Path(arguments.urls).read_text("utf-8").split()
    load = ask(arguments.url, paths, seconds=arguments.seconds, connections=arguments.connections)
    print(load.as_json() if arguments.json else Result("given addresses", load, 0).line())
    return 1 if load.errors else 0


def _arguments(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/portal")
    parser.add_argument("--url", help="where a portal listens")
    parser.add_argument("--urls", help="a file with a path on each line")
    parser.add_argument("--all", action="store_true", help="every workload on a record of its own")
    parser.add_argument("--items", type=int, default=10_000, help="how many items --all makes")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--connections", type=int, default=CONNECTIONS)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(words)


def _all(arguments: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory(prefix="prongsai-bench-") as folder:
        data = Path(folder)
        numbers = fill(data, arguments.items)
        results: list[Result] = []
        with Server(data) as server:
            idle = server.memory_mib()
            results += _cached(server, numbers, arguments.seconds)
            facts = {
                "memory_idle_mib": round(idle),
                "memory_loaded_mib": round(server.memory_mib()),
            }
            facts["publish_to_visible_ms"] = _publish_to_visible(server)
        with Server(data, cache_mb=0) as server:
            results += _uncached(server, numbers, arguments.seconds)
    _print(results, facts, as_json=arguments.json)
    return 1 if any(result.load.errors for result in results) else 0


def _cached(server: Server, numbers: Sequence[str], seconds: float) -> Iterator[Result]:
    sheet = SHEET.findall(server.get("/").decode("utf-8"))
    workloads = {
        "static file": sheet[:1],
        "home": ["/"],
        "section": ["/sections/procurement/"],
        "item": [f"/p/{numbers[-1]}/"],
        "mixed, 1,000 addresses": _mixed(numbers),
        "search, same words": _searches(),
    }
    for name, paths in workloads.items():
        yield _run(server, name, paths, seconds)
    yield _run(server, "home, 500 connections", ["/"], seconds, connections=MANY)


def _uncached(server: Server, numbers: Sequence[str], seconds: float) -> Iterator[Result]:
    workloads = {
        "home, made anew": ["/"],
        "section, made anew": ["/sections/procurement/"],
        "item, made anew": [f"/p/{number}/" for number in numbers[:: max(1, len(numbers) // 200)]],
        "search page, made anew": _searches(),
        "search for programs": [path.replace("/search", "/api/v1/search") for path in _searches()],
    }
    for name, paths in workloads.items():
        yield _run(server, name, paths, seconds)


def _run(
    server: Server,
    name: str,
    paths: Sequence[str],
    seconds: float,
    *,
    connections: int = CONNECTIONS,
) -> Result:
    _warm(server, paths)
    before = server.cpu_seconds()
    load = ask(server.url, paths, seconds=seconds, connections=connections)
    spent = server.cpu_seconds() - before
    return Result(name, load, round(spent / max(1, load.requests) * 1000, 3))


def _warm(server: Server, paths: Sequence[str]) -> None:
    """Ask until each worker has met each address: they share the connections, not the pages."""
    asked = 0
    while asked < ROUNDS * len(paths):
        asked += ask(server.url, paths, seconds=1, connections=CONNECTIONS).requests


def _mixed(numbers: Sequence[str]) -> list[str]:
    """80 % items, 10 % lists, 10 % home."""
    items = [f"/p/{number}/" for number in numbers[: MIXED * 8 // 10]]
    lists = [f"/sections/news/?page={page}" for page in range(1, MIXED // 10 + 1)]
    mixed = items + lists + ["/"] * (MIXED // 10)
    return [mixed[place * 397 % len(mixed)] for place in range(len(mixed))]


def _searches() -> list[str]:
    return [f"/search?q={quote(word)}" for word in WORDS]


def _publish_to_visible(server: Server) -> float:
    """From the end of the append to the first home page that shows it, asked by somebody who has just looked."""
    title = f"ประกาศวัดเวลา {time.time_ns()}"
    code = f"from bench.portal_record import publish; publish({title!r})"
    server.get("/")
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, env=worker(server.data), stdout=subprocess.PIPE) as publisher:
        appended = float((publisher.stdout or io.BytesIO()).readline())
        while title.encode() not in server.get("/"):
            time.sleep(0.001)
        seen = time.time()
    return round((seen - appended) * 1000, 1)


def _print(results: Sequence[Result], facts: dict[str, float], *, as_json: bool) -> None:
    if as_json:
        rows = [{"name": each.name, **asdict(each.load), "cpu_ms": each.cpu_ms} for each in results]
        print(json.dumps({"workloads": rows, **facts}, ensure_ascii=False))
        return
    for result in results:
        print(result.line())
    for name, value in facts.items():
        print(f"{name:<28}{value:>10}")
