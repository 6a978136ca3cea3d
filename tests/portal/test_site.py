from collections.abc import Iterable

import pytest

from prongsai.portal.cache import PageCache
from prongsai.portal.site import CACHE_CONTROL, CachedSite, Environ, StartResponse
from tests.portal.visitor import Visitor


class Counting:
    """A site that says how often it was asked, and what the record's head was then."""

    def __init__(self, status: str = "200 OK", **headers: str) -> None:
        self.status = status
        self.headers = list(headers.items())
        self.asked: list[str] = []
        self.head: int | None = 1

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.asked.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        start_response(self.status, [("Content-Type", "text/html"), *self.headers])
        return [f"page of head {self.head}".encode()]

    def visitor(self) -> Visitor:
        return Visitor(CachedSite(self, lambda: self.head, PageCache()))


def test_the_second_visitor_is_answered_from_memory() -> None:
    site = Counting()
    visitor = site.visitor()

    answers = [visitor.get("/").text, visitor.get("/", accept_encoding="gzip").text]

    assert answers == ["page of head 1", "page of head 1"]
    assert site.asked == ["/?"]


def test_a_publication_is_visible_with_the_next_request() -> None:
    site = Counting()
    visitor = site.visitor()
    visitor.get("/")
    site.head = 2

    assert visitor.get("/").text == "page of head 2"


def test_answers_may_be_kept_for_half_a_minute_and_longer_when_we_are_down() -> None:
    answer = Counting().visitor().get("/", accept_encoding="gzip")

    assert answer["cache-control"] == CACHE_CONTROL
    assert answer["vary"] == "Accept-Encoding"
    assert answer["content-encoding"] == "gzip"
    assert answer["content-length"] == str(len(answer.raw))


def test_whoever_has_the_page_gets_no_body() -> None:
    visitor = Counting().visitor()
    etag = visitor.get("/")["etag"]

    answer = visitor.get("/", if_none_match=f'"other", {etag}')

    assert (answer.status, answer.raw, answer["etag"]) == (304, b"", etag)


def test_a_client_without_gzip_gets_plain_bytes() -> None:
    answer = Counting().visitor().get("/")

    assert (answer["content-encoding"], answer.raw) == ("", b"page of head 1")
    assert answer["content-length"] == "14"


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_head_has_headers_and_no_body(encoding: str) -> None:
    visitor = Counting().visitor()
    whole = visitor.get("/", accept_encoding=encoding)
    answer = visitor.get("/", method="HEAD", accept_encoding=encoding)

    assert answer.raw == b""
    assert answer.headers == whole.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_other_methods_are_refused_before_anything_is_made(method: str) -> None:
    site = Counting()
    answer = site.visitor().get("/", method=method)

    assert (answer.status, answer["allow"], site.asked) == (405, "GET, HEAD", [])


@pytest.mark.parametrize(
    ("site", "address"),
    [
        (Counting("404 Not Found"), "/p/2569-99999/"),
        (Counting("500 Internal Server Error"), "/"),
        (Counting("200 OK", **{"Cache-Control": "no-store"}), "/search?q=a"),
        (Counting(), "/healthz"),
    ],
)
def test_what_must_not_be_kept_is_made_each_time(site: Counting, address: str) -> None:
    visitor = site.visitor()
    first, second = visitor.get(address), visitor.get(address)

    assert len(site.asked) == 2
    assert first.headers == second.headers
    assert first.status == int(site.status[:3])


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_without_a_record_nothing_is_kept_or_shown_from_memory(method: str) -> None:
    site = Counting()
    visitor = site.visitor()
    visitor.get("/")
    site.head = None
    visitor.get("/", method=method)
    visitor.get("/", method=method)

    assert len(site.asked) == 3


def test_the_view_sees_the_query_that_its_page_is_kept_under() -> None:
    site = Counting()
    visitor = site.visitor()
    visitor.get("/sections/news/?utm=1&page=2&year=2569")
    visitor.get("/sections/news/?year=2569&page=2")
    visitor.get("/?fbclid=1")

    assert site.asked == ["/sections/news/?year=2569&page=2", "/?"]


def test_a_head_request_first_fills_the_memory_with_the_whole_page() -> None:
    site = Counting()
    visitor = site.visitor()
    visitor.get("/", method="HEAD")

    assert visitor.get("/").text == "page of head 1"
    assert site.asked == ["/?"]
