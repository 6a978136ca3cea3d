"""A citizen's browser without a network: asks the WSGI callable as the server does."""

import gzip
import io
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from prongsai.portal.site import Application, Headers


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.raw) if self["content-encoding"] == "gzip" else self.raw

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def __getitem__(self, name: str) -> str:
        return self.headers.get(name, "")


class Visitor:
    """Each request has its own environment; headers are given as `accept_encoding="gzip"`."""

    def __init__(self, site: Application) -> None:
        self.site = site

    def get(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        started: list[tuple[str, Headers]] = []
        chunks = self.site(
            _environ(address, method, headers), lambda *told: started.append(told[:2])
        )
        raw = _read(chunks)
        status, sent = started[-1]
        return Answer(int(status[:3]), {name.lower(): value for name, value in sent}, raw)


def _read(chunks: Iterable[bytes]) -> bytes:
    try:
        return b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()


def _environ(address: str, method: str, headers: dict[str, str]) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query.encode("utf-8").decode("latin-1"),
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
