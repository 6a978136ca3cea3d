"""Finished pages in memory, valid for one head of the record and one standing of emergency notices.

Nothing here is ever purged: when either moves, every older page is dropped at once, and what is
shown next is made anew. So a publication, and a recall too, is in force with the next request.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple

LIMIT = 64 * 1024 * 1024
# What anybody can make up (queries, wrong addresses that redirect) shares a quarter of the room.
SHARE_OF_QUERIES = 4
# Level 4 packs Thai pages within 4 % of level 6 in half the time.
PACKING = 4
# Roughly what headers and objects take beside the bytes.
OVERHEAD = 1024

Headers = list[tuple[str, str]]


class Address(NamedTuple):
    """The path and its known query: what a page is stored under."""

    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Page:
    """An answer ready to be sent: `packed` is the gzip of the body, `headers` those of that form of it."""

    status: str
    headers: Headers
    etag: str
    packed: bytes

    @property
    def size(self) -> int:
        return len(self.packed) + OVERHEAD


def packed_page(status: str, headers: Headers, body: bytes, cache_control: str) -> Page:
    """The page with its validator; headers that belong to one transmission are replaced by our own."""
    # No time in the packed bytes: all workers must answer alike.
    packed = gzip.compress(body, PACKING, mtime=0)
    # Weak, because the packed and the unpacked form share it (RFC 9110, 8.8.1).
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    replaced = {"content-length", "content-encoding", "etag", "vary", "cache-control"}
    kept = [pair for pair in headers if pair[0].lower() not in replaced]
    ours = [
        ("Cache-Control", cache_control),
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        ("Content-Encoding", "gzip"),
        ("Content-Length", str(len(packed))),
    ]
    return Page(status, kept + ours, etag, packed)


class _Shelf:
    """Pages within a limit of bytes; the one not asked for longest goes first."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.pages: OrderedDict[Address, Page] = OrderedDict()

    def get(self, address: Address) -> Page | None:
        page = self.pages.get(address)
        if page is not None:
            self.pages.move_to_end(address)
        return page

    def put(self, address: Address, page: Page) -> None:
        # Two threads may have made the same page; the first stays.
        if page.size > self.limit // 4 or address in self.pages:
            return
        self.pages[address] = page
        self.size += page.size
        while self.size > self.limit:
            self.size -= self.pages.popitem(last=False)[1].size

    def clear(self) -> None:
        self.pages.clear()
        self.size = 0


class PageCache:
    """Shared by the threads of one process."""

    def __init__(self, limit: int = LIMIT) -> None:
        room_for_queries = limit // SHARE_OF_QUERIES
        self._lock = Lock()
        self._head: Hashable | None = None
        self._plain = _Shelf(limit - room_for_queries)
        self._made_up = _Shelf(room_for_queries)

    @property
    def size(self) -> int:
        return self._plain.size + self._made_up.size

    def get(self, head: Hashable, address: Address) -> Page | None:
        with self._lock:
            if head != self._head:
                self._move_to(head)
                return None
            return self._plain.get(address) or self._made_up.get(address)

    def put(self, head: Hashable, address: Address, page: Page) -> None:
        """Keep a page that was made after that head was read; the head may have moved since."""
        with self._lock:
            if head != self._head:
                return
            is_plain = not address.query and page.status.startswith("200")
            (self._plain if is_plain else self._made_up).put(address, page)

    def _move_to(self, head: Hashable) -> None:
        self._head = head
        self._plain.clear()
        self._made_up.clear()
