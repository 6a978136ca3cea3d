"""The site as a WSGI callable: finished pages are answered here, before Django is asked."""

import gzip
from collections.abc import Callable, Hashable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from prongsai.portal.addressing import is_cacheable, known_query
from prongsai.portal.cache import Address, Headers, Page, PageCache, packed_page

# Copies elsewhere ask again after half a minute, and show the old page for one more while they do (RFC 5861).
# When no server answers an old page may stand in for five minutes: it may have been recalled meanwhile.
CACHE_CONTROL = "public, max-age=30, stale-while-revalidate=60, stale-if-error=300"
# What is said of an emergency is asked for each time; whoever has it already is told so in a few bytes.
ASKED_EACH_TIME = "no-cache"
NOTICES = ("/notices/", "/en/notices/")
# A 404 is not kept: anybody can make up addresses, and a later entry may answer them.
STORED = ("200", "301", "410")
# The portal only shows; nothing here can be changed by a request.
SAFE_METHODS = frozenset({"GET", "HEAD"})
REFUSAL = [("Allow", "GET, HEAD"), ("Content-Length", "0")]

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
# What pages are valid for: the record's head, with whatever else they show. None when the record cannot be read.
Standing = Callable[[], Hashable | None]


class CachedSite:
    """Answers GET and HEAD of cacheable addresses from memory while what they show stands still."""

    def __init__(self, site: Application, head: Standing, cache: PageCache | None = None) -> None:
        self.site = site
        self.head = head
        self.cache = cache or PageCache()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] not in SAFE_METHODS:
            # Refused before a page is made: a POST must not be a way round the memory.
            start_response("405 Method Not Allowed", REFUSAL)
            return []
        # An unknown host is Django's to refuse, so that no kept page answers in its place.
        if not is_cacheable(path) or not _is_our_host(environ.get("HTTP_HOST", "")):
            return self.site(environ, start_response)
        address = Address(path, known_query(path, environ.get("QUERY_STRING", "")))
        # The view sees the very query that its page is stored under.
        environ["QUERY_STRING"] = address.query
        # Before the page is made: one that is newer than its head goes with it, one that is older would stay.
        head = self.head()
        page = self.cache.get(head, address) if head is not None else None
        if page is None:
            return self._made(head, address, environ, start_response)
        return _answered(page, environ, start_response)

    def _made(
        self,
        head: Hashable | None,
        address: Address,
        environ: Environ,
        start_response: StartResponse,
    ) -> Iterable[bytes]:
        # A HEAD makes the whole page too, so that one kept page answers both.
        environ["REQUEST_METHOD"], method = "GET", environ["REQUEST_METHOD"]
        status, headers, body = _captured(self.site, environ)
        environ["REQUEST_METHOD"] = method
        is_stored = status.startswith(STORED) and "no-store" not in _value(headers, "cache-control")
        if head is None or not is_stored:
            start_response(status, headers)
            return [] if method == "HEAD" else [body]
        control = ASKED_EACH_TIME if address.path.startswith(NOTICES) else CACHE_CONTROL
        page = packed_page(status, headers, body, control)
        self.cache.put(head, address, page)
        return _answered(page, environ, start_response)


@lru_cache(maxsize=64)
def _is_our_host(host: str) -> bool:
    """Whether the settings name it. A client of HTTP/1.0 says none, and is answered."""
    return not host or validate_host(split_domain_port(host)[0], settings.ALLOWED_HOSTS)


def _captured(site: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    """What the site answers, whole."""
    started: list[tuple[str, Headers]] = []

    def start_response(status: str, headers: Headers, _exc_info: object = None) -> None:
        started.append((status, headers))

    chunks = site(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    status, headers = started[-1]
    return status, headers, body


def _answered(page: Page, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    # A substring is enough: the tag is long, and a false match would need our own digest.
    is_known = page.etag in environ.get("HTTP_IF_NONE_MATCH", "")
    if is_known and page.status.startswith("200"):
        start_response("304 Not Modified", _validators(page))
        return []
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        start_response(page.status, list(page.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.packed]
    return _answered_unpacked(page, environ, start_response)


def _answered_unpacked(
    page: Page, environ: Environ, start_response: StartResponse
) -> Iterable[bytes]:
    """For the rare client that does not take gzip."""
    body = gzip.decompress(page.packed)
    form = {"Content-Encoding", "Content-Length"}
    headers = [pair for pair in page.headers if pair[0] not in form]
    start_response(page.status, [*headers, ("Content-Length", str(len(body)))])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _validators(page: Page) -> Headers:
    return [pair for pair in page.headers if pair[0] in {"ETag", "Cache-Control", "Vary"}]


def _value(headers: Headers, name: str) -> str:
    return next((value for key, value in headers if key.lower() == name), "")
