"""Asks a server for a list of addresses again and again: with wrk when it is there, else by itself."""

import asyncio
import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

ACCEPT = "gzip"
# wrk asks in turn; each of its threads starts elsewhere in the list. Errors are connections, timeouts, statuses ≥ 400.
SCRIPT = """
local paths, at = {}, 0
function setup(thread) started = (started or 0) + 1; thread:set("offset", started * 397) end
function init(args)
  for line in io.lines(args[1]) do paths[#paths + 1] = line end
  at = offset
end
function request()
  at = at + 1
  return wrk.format("GET", paths[at % #paths + 1], {["Accept-Encoding"] = "gzip"})
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %.3f %.3f %d\\n", summary.requests, summary.duration,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.timeout + e.status))
end
"""


@dataclass(frozen=True)
class Load:
    """What a run showed. Times in milliseconds; `client` says who asked."""

    requests: int
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    errors: int
    client: str

    def as_json(self) -> str:
        return json.dumps(asdict(self))


def ask(url: str, paths: Sequence[str], *, seconds: float, connections: int) -> Load:
    """The paths in turn over keep-alive connections."""
    if shutil.which("wrk"):
        return _ask_with_wrk(url, paths, seconds=seconds, connections=connections)
    return asyncio.run(_ask_alone(url, paths, seconds=seconds, connections=connections))


def _ask_with_wrk(url: str, paths: Sequence[str], *, seconds: float, connections: int) -> Load:
    with tempfile.TemporaryDirectory() as folder:
        script, listed = Path(folder, "ask.lua"), Path(folder, "paths")
        script.write_text(SCRIPT)
        listed.write_text("\n".join(paths) + "\n")
        threads = str(min(2, connections))
        words = ["wrk", "-t", threads, "-c", str(connections), "-d", f"{max(1, round(seconds))}s"]
        command = [*words, "--timeout", "10s", "-s", str(script), url, "--", str(listed)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    line = next(line for line in told.splitlines() if line.startswith("RESULT"))
    requests, duration, p50, p99, errors = (float(word) for word in line.split()[1:])
    return Load(int(requests), round(requests / duration * 1e6, 1), p50, p99, int(errors), "wrk")


class _Tally:
    """What the connections of our own client saw."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = paths
        self.next = count()
        self.times: list[float] = []
        self.errors = 0

    def path(self) -> str:
        return self.paths[next(self.next) % len(self.paths)]


async def _ask_alone(url: str, paths: Sequence[str], *, seconds: float, connections: int) -> Load:
    tally = _Tally(paths)
    began = time.perf_counter()
    until = began + seconds
    await asyncio.gather(*(_one_connection(url, tally, until) for _ in range(connections)))
    took = time.perf_counter() - began
    times = sorted(tally.times) or [0.0]
    p50, p99 = (round(times[int(len(times) * share)] * 1000, 3) for share in (0.5, 0.99))
    rate = round(len(tally.times) / took, 1)
    return Load(len(tally.times), rate, p50, p99, tally.errors, "asyncio (wrk is not installed)")


async def _one_connection(url: str, tally: _Tally, until: float) -> None:
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port or 80)
    head = f"Host: {place.netloc}\r\nAccept-Encoding: {ACCEPT}\r\n\r\n"
    while (began := time.perf_counter()) < until:
        writer.write(f"GET {tally.path()} HTTP/1.1\r\n{head}".encode())
        try:
            is_good = await _read_answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            tally.errors += 1
            return
        tally.errors += not is_good
        tally.times.append(time.perf_counter() - began)
    writer.close()


async def _read_answer(reader: asyncio.StreamReader) -> bool:
    """Reads one answer with a Content-Length; whether its status is below 400."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    lengths = [line for line in head.split("\r\n") if line.startswith("content-length:")]
    if lengths:
        await reader.readexactly(int(lengths[0].partition(":")[2]))
    return int(head.split(" ", 2)[1]) < 400
