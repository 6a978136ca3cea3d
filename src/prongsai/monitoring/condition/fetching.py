"""Asks other sites whether a page is still there: politely, within bounds, and never a machine of our own network."""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from prongsai.monitoring.condition.answers import Answer, answered, wait_of
from prongsai.monitoring.condition.states import Outcome
from prongsai.publication.recalls.fetching import SAFE

# For each step, and for one whole request: a site that sends a letter now and then keeps nobody for hours.
SECONDS, SECONDS_IN_ALL = 8.0, 20.0
MOST_BYTES = 64 * 1024
MOST_HOPS = 5
# What else is below 1024 are doors for other things than pages.
_PORTS = frozenset({80, 443})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Of networks of one's own, which Python takes for public ones (RFC 3879, RFC 8215).
_OURS = (ip_network("fec0::/10"), ip_network("64:ff9b:1::/48"))
# How networks without IPv4 of their own name IPv4 addresses (RFC 6052).
_TRANSLATED = ip_network("64:ff9b::/96")
_FAILURES = (OSError, http.client.HTTPException, ValueError)
Address = IPv4Address | IPv6Address


class NotPublic(Exception):
    """It leads into a network that is not public, through a door that is not for pages, or round in circles."""


def is_public(address: Address, port: int) -> bool:
    """Whether a machine may be asked: none of our own network, nor the one on which this runs."""
    return (port in _PORTS or port >= 1024) and _is_global(address)


def _is_global(address: Address) -> bool:
    """An IPv4 address in other clothes counts as what it is without them."""
    inner = _inner(address)
    if inner is not None:
        return _is_global(inner)
    is_ours = any(address in network for network in _OURS)
    # What nobody has given out yet leads nowhere; the oldest of it holds IPv4 addresses of any network (::a.b.c.d).
    is_given = isinstance(address, IPv4Address) or not address.is_reserved
    return address.is_global and is_given and not address.is_multicast and not is_ours


def _inner(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if address in _TRANSLATED:
        return IPv4Address(address.packed[-4:])
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


@dataclass(frozen=True)
class Asker:
    """`name` is what we are called to others; `pause` is waited for between two requests.

    `reaches` says which machines may be asked.
    """

    name: str
    pause: Callable[[], None]
    reaches: Callable[[Address, int], bool] = is_public

    def ask(self, address: str) -> Answer:
        """HEAD, and GET where that is not understood; redirects are followed, each looked at like the first."""
        try:
            said = self._follow("HEAD", address)
            if said.outcome == Outcome.WELL or said.wait is not None or said.status == 429:
                return said
            self.pause()
            return self._follow("GET", address)
        except NotPublic:
            return Answer(Outcome.UNSURE)
        except _FAILURES:
            return Answer(Outcome.SILENT)

    def _follow(self, method: str, address: str) -> Answer:
        for hop in range(MOST_HOPS):
            if hop:
                self.pause()
            status, location, wait = self._once(method, _in_ascii(address))
            if status not in _REDIRECTS or not location:
                return answered(status, wait)
            address = urljoin(address, location)
        raise NotPublic(address)

    def _once(self, method: str, parts: SplitResult) -> tuple[int, str, timedelta | None]:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": self.name, "Accept": "*/*", "Accept-Encoding": "identity"}
        with self._connection(parts) as connection:
            connection.request(method, target, headers=headers | {"Connection": "close"})
            said = connection.getresponse()
            said.read(MOST_BYTES)
            wait = wait_of(said.getheader("Retry-After", ""))
            return said.status, said.getheader("Location", ""), wait

    @contextmanager
    def _connection(self, parts: SplitResult) -> Iterator[http.client.HTTPConnection]:
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise NotPublic(parts.scheme)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=SECONDS)
        # It is connected by us, to the very machine that was looked at: the name is not asked for again.
        there = self._reached(parts.hostname, port)
        if parts.scheme == "https":
            there = _in_tls(there, parts.hostname)
        connection.sock = there
        # Of the socket itself: the connection lets go of one that an answer is still read from.
        watch = Timer(SECONDS_IN_ALL, _cut, (there,))
        watch.start()
        try:
            if isinstance(there, ssl.SSLSocket):
                there.do_handshake()
            yield connection
        finally:
            watch.cancel()
            connection.close()

    def _reached(self, host: str, port: int) -> socket.socket:
        """Connected to one of the host's addresses. All of them must be public: one that is not tells of a trick."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [ip_address(str(to[0]).partition("%")[0]) for *_kind, to in found]
        if not addresses or not all(self.reaches(each, port) for each in addresses):
            raise NotPublic(host)
        failed = OSError(host)
        for family, kind, protocol, _name, to in found:
            there = socket.socket(family, kind, protocol)
            there.settimeout(SECONDS)
            try:
                there.connect(to)
            except OSError as error:
                there.close()
                failed = error
            else:
                return there
        raise failed


def _in_tls(there: socket.socket, host: str) -> ssl.SSLSocket:
    """Before the first word: its certificate must be of the name that was asked for, else ssl.SSLError, an OSError."""
    return ssl.create_default_context().wrap_socket(
        there, server_hostname=host, do_handshake_on_connect=False
    )


def _cut(there: socket.socket) -> None:
    """Whoever waits for it hears at once that nothing more comes."""
    with suppress(OSError):
        there.shutdown(socket.SHUT_RDWR)


def _in_ascii(address: str) -> SplitResult:
    parts = urlsplit(address)
    return parts._replace(
        path=quote(parts.path, safe=SAFE), query=quote(parts.query, safe=SAFE), fragment=""
    )
