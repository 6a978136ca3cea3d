"""A portal that knows some addresses and no others."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@contextmanager
def portal_that_knows(beginnings: Collection[str]) -> Iterator[str]:
    """Answers 200 to paths that begin so and 404 to others; gives its address."""

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            is_known = self.path.startswith(tuple(beginnings))
            self.send_response(200 if is_known else 404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with serving(Door) as address:
        yield address


@contextmanager
def serving(door: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """Gives the address at which it answers."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), door)
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
