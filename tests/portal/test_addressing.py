import pytest
from django.urls import Resolver404, resolve

from prongsai.portal.addressing import LONGEST_VALUE, is_cacheable, known_query

HASH = "a" * 64


@pytest.mark.parametrize(
    ("path", "is_kept"),
    [
        ("/", True),
        ("/en/p/2569-00001/", True),
        ("/log/tile/0/000", True),
        (f"/files/{HASH}/a.pdf/text", True),
        (f"/files/{HASH}/a.pdf", False),
        ("/static/prongsai/portal.css", False),
        ("/healthz", False),
        ("/readyz", False),
    ],
)
def test_what_follows_from_the_record_alone_is_cacheable(path: str, is_kept: bool) -> None:
    assert is_cacheable(path) is is_kept


@pytest.mark.parametrize(
    ("path", "query", "known"),
    [
        ("/", "utm_source=x", ""),
        ("/p/2569-00001/", "page=2", ""),
        ("/sections/news/", "page=2&year=2569", "year=2569&page=2"),
        ("/sections/news/", "page=&year=+2569+&junk=1", "year=2569"),
        ("/en/sections/news/", "kind=news", "kind=news"),
        ("/sections/news/", "year=1&year=2", "year=1"),
        ("/search", "q=%E0%B8%96%E0%B8%99%E0%B8%99&q2=x", "q=%E0%B8%96%E0%B8%99%E0%B8%99"),
        ("/api/v1/search", "limit=5&q=a", "q=a&limit=5"),
        ("/sections/news/", "&".join(f"a{n}=1" for n in range(50)), ""),
        ("/sections/news/", "unit=%00works%0a", "unit=works"),
        ("/sections/news/", "", ""),
    ],
)
def test_a_page_has_one_spelling_of_its_query(path: str, query: str, known: str) -> None:
    assert known_query(path, query) == known


def test_thai_without_percent_signs_is_understood() -> None:
    as_wsgi_hands_it_over = "q=ถนน".encode().decode("latin-1")

    assert known_query("/search", as_wsgi_hands_it_over) == "q=%E0%B8%96%E0%B8%99%E0%B8%99"


def test_a_value_has_a_longest_length() -> None:
    assert known_query("/search", "q=" + "a" * 5000) == "q=" + "a" * LONGEST_VALUE


@pytest.mark.parametrize("spelling", ["01", "0001", "1.0", "+1", "-1", "1" * 11, "๑"])
def test_a_number_in_an_address_has_one_spelling(spelling: str) -> None:
    """With zeros before it, one page would have endlessly many addresses to keep."""
    with pytest.raises(Resolver404):
        resolve(f"/p/2569-00001/v/{spelling}/", "prongsai.config.urls.portal")


def test_the_one_spelling_is_known() -> None:
    found = resolve("/p/2569-00001/v/10/", "prongsai.config.urls.portal")

    assert found.kwargs == {"number": "2569-00001", "version": 10}
