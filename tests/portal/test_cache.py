import gzip

import pytest

from prongsai.portal.cache import OVERHEAD, Address, Page, PageCache, packed_page

HOME = Address("/", "")


def page(size: int = 100, status: str = "200 OK") -> Page:
    return Page(status, [], 'W/"x"', b"x" * size)


def test_a_page_is_kept_while_the_head_stands_still() -> None:
    cache = PageCache()
    cache.get(7, HOME)
    cache.put(7, HOME, page())

    assert cache.get(7, HOME) == page()


@pytest.mark.parametrize("other_head", [8, 6])
def test_when_the_head_moves_every_page_goes_at_once(other_head: int) -> None:
    cache = PageCache()
    cache.get(7, HOME)
    cache.put(7, HOME, page())

    assert cache.get(other_head, HOME) is None
    assert cache.size == 0


def test_a_page_made_for_an_older_head_is_not_kept() -> None:
    cache = PageCache()
    cache.get(8, HOME)
    cache.put(7, HOME, page())

    assert cache.get(8, HOME) is None


def test_memory_is_bounded_and_the_page_not_asked_for_longest_goes_first() -> None:
    cache = PageCache(limit=8 * (OVERHEAD + 100))
    cache.get(1, HOME)
    for number in range(6):
        cache.put(1, Address(f"/p/{number}/", ""), page())
    cache.get(1, Address("/p/0/", ""))
    cache.put(1, Address("/p/6/", ""), page())

    kept = [number for number in range(7) if cache.get(1, Address(f"/p/{number}/", ""))]
    assert kept == [0, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/search?{}", "200 OK"), ("/p/{}/", "301 Moved Permanently"), ("/p/{}/", "410 Gone")],
)
def test_made_up_addresses_cannot_push_out_pages(address: str, status: str) -> None:
    cache = PageCache(limit=16 * (OVERHEAD + 100))
    cache.get(1, HOME)
    cache.put(1, HOME, page())
    for number in range(200):
        path, _, query = address.format(number).partition("?")
        cache.put(1, Address(path, query), page(status=status))

    assert cache.get(1, HOME) == page()
    assert cache.size <= 16 * (OVERHEAD + 100)


def test_a_page_that_would_fill_the_memory_is_not_kept() -> None:
    cache = PageCache(limit=100_000)
    cache.get(1, HOME)
    cache.put(1, HOME, page(size=90_000))

    assert cache.get(1, HOME) is None


def test_a_packed_page_has_a_validator_of_its_content() -> None:
    headers = [("Content-Type", "text/html"), ("Content-Length", "9"), ("Vary", "Accept-Language")]
    first = packed_page("200 OK", headers, "หน้าแรก".encode(), "public")
    second = packed_page("200 OK", headers, "หน้าสอง".encode(), "public")

    assert gzip.decompress(first.packed).decode() == "หน้าแรก"
    assert first.etag != second.etag
    assert dict(first.headers) == {
        "Content-Type": "text/html",
        "Cache-Control": "public",
        "ETag": first.etag,
        "Vary": "Accept-Encoding",
        "Content-Encoding": "gzip",
        "Content-Length": str(len(first.packed)),
    }
