"""Other people's sites, on this machine: what they answer, and what they were asked."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

Answer = tuple[int, Mapping[str, str]]


@dataclass
class Site:
    """`answers` are by "METHOD /path"; everything else is 404. `asked` is what came, with who asked."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def address(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def site(**answers: Answer) -> Iterator[Site]:
    made = Site()

    class Door(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            made.asked.append(f"{self.command} {self.path}")
            made.names.add(self.headers.get("User-Agent", ""))
            status, headers = made.answers.get(f"{self.command} {self.path}", (404, {}))
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        do_GET = do_HEAD = _answer  # noqa: N815 -- as the library asks for them

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    made.port = server.server_port
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """Nobody listens there."""
    with socket.socket() as there:
        there.bind(("127.0.0.1", 0))
        return int(there.getsockname()[1])
