"""A proxy on the loopback that leads to the portal and nowhere else, so that a browser behind it loads nothing more."""

import http.client
import select
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import SplitResult, urlsplit

Place = tuple[str, str, int]
SECONDS = 10.0
PORTS = {"http": 80, "https": 443}
# Of one page, file or picture.
MOST_BYTES = 32 * 1024 * 1024
_AT_ONCE = 1 << 16
# Ends with each connection, or is said anew by us.
_NOT_HANDED_ON = frozenset(
    {"connection", "keep-alive", "proxy-authenticate", "te", "trailer", "transfer-encoding"}
    | {"upgrade", "content-length", "date", "server", "strict-transport-security"}
)
# Beside the portal's own: a picture needs no script.
_NO_SCRIPTS = ("Content-Security-Policy", "script-src 'none'")
_HANDED_ON = ("Accept", "Accept-Language", "User-Agent")


class Way(ThreadingHTTPServer):
    """`place` is the only one that it leads to."""

    daemon_threads = True

    def __init__(self, place: Place) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.place = place


class Door(BaseHTTPRequestHandler):
    timeout = SECONDS
    server: Way

    def do_GET(self) -> None:
        scheme, host, port = self.server.place
        path = path_within(self.server.place, self.path)
        if path is None or scheme != "http":
            self.send_error(403)
            return
        answer = _asked(http.client.HTTPConnection(host, port, timeout=SECONDS), path, self.headers)
        if answer is None:
            self.send_error(502)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in [*headers, _NO_SCRIPTS, ("Content-Length", str(len(body)))]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        """What is said inside is encrypted; only where it goes can be seen."""
        scheme, host, port = self.server.place
        if scheme != "https" or self.path != f"{host}:{port}":
            self.send_error(403)
            return
        with suppress(OSError), socket.create_connection((host, port), timeout=SECONDS) as there:
            self.send_response(200)
            self.end_headers()
            _join(self.connection, there)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing: what a browser tries by itself is no news."""


@contextmanager
def way_to(origin: str) -> Iterator[str]:
    """Gives the proxy's address for as long as it is needed."""
    server = Way(_place_of(urlsplit(origin)))
    # Asked twenty times a second whether it is over: nobody waits half a second for that.
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def path_within(place: Place, address: str) -> str | None:
    """What to ask the portal for; None for an address that is not the portal's, or none at all."""
    try:
        wanted = urlsplit(address)
        is_portal = _place_of(wanted) == place
    except ValueError:
        return None
    if not is_portal:
        return None
    path = wanted.path or "/"
    return f"{path}?{wanted.query}" if wanted.query else path


def _place_of(parts: SplitResult) -> Place:
    return (parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0))


def _asked(
    connection: http.client.HTTPConnection, path: str, headers: Message
) -> tuple[int, list[tuple[str, str]], bytes] | None:
    asked = {name: headers[name] for name in _HANDED_ON if name in headers}
    try:
        connection.request("GET", path, headers=asked)
        answer = connection.getresponse()
        said = [each for each in answer.getheaders() if each[0].lower() not in _NOT_HANDED_ON]
        return answer.status, said, answer.read(MOST_BYTES)
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()


def _join(here: socket.socket, there: socket.socket) -> None:
    """Until one of them ends, or nothing is said for a while."""
    other = {here: there, there: here}
    while ready := select.select(list(other), [], [], SECONDS)[0]:
        for one in ready:
            said = one.recv(_AT_ONCE)
            if not said:
                return
            other[one].sendall(said)
