"""Asks the portal as a citizen would: over HTTP, without following redirects, over one connection."""

import http.client
from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit

from prongsai.publication.recalls.rules import Heard

SECONDS = 10.0
# No page is so large; of a file that is still there the beginning is proof enough.
MOST_BYTES = 4 * 1024 * 1024
SAFE = "/:?@!$&'()*+,;=%-._~[]"
HEADERS = {"User-Agent": "prongsai-recall-check", "Accept-Encoding": "identity"}
NOBODY = Heard(0)
_FAILURES = (OSError, http.client.HTTPException, ValueError)


def hear(origin: str, addresses: Iterable[str]) -> Iterator[Heard]:
    """One answer an address, in their order; status 0 when the portal does not answer."""
    connection = _connection(origin)
    is_silent = False
    for address in addresses:
        # Each would wait its whole time for a portal that is down; all of them are asked again soon.
        heard = NOBODY if is_silent else _heard(connection, address)
        is_silent = heard is NOBODY
        yield heard
    connection.close()


def _heard(connection: http.client.HTTPConnection, address: str) -> Heard:
    try:
        return _ask(connection, address)
    except _FAILURES:
        connection.close()
        return NOBODY


def _connection(origin: str) -> http.client.HTTPConnection:
    parts = urlsplit(origin)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    return kind(parts.hostname or "127.0.0.1", parts.port, timeout=SECONDS)


def _ask(connection: http.client.HTTPConnection, address: str) -> Heard:
    # As browsers do with Thai letters and blanks: else one such link would look like a portal that is down.
    connection.request("GET", quote(address, safe=SAFE), headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read(MOST_BYTES)
    # What was not read to its end would stand before the next answer.
    if not answer.isclosed():
        connection.close()
    return Heard(answer.status, body.decode("utf-8", "replace"))
