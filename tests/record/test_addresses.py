import pytest
from django.template import Context, Template
from django.utils.translation import override

from prongsai.record.addresses import ADDRESSES, public_path, tile_path
from prongsai.record.tiles import Tile


@pytest.mark.parametrize(
    ("name", "language", "parts", "path"),
    [
        ("home", "th", {}, "/"),
        ("home", "en", {}, "/en/"),
        ("item", "th", {"number": "2569-00001"}, "/p/2569-00001/"),
        ("version", "en", {"number": "2569-00001", "version": 2}, "/en/p/2569-00001/v/2/"),
        (
            "search",
            "th",
            {"q": "น้ำท่วม", "page": None, "kind": ""},
            "/search?q=%E0%B8%99%E0%B9%89%E0%B8%B3%E0%B8%97%E0%B9%88%E0%B8%A7%E0%B8%A1",
        ),
        (
            "section",
            "th",
            {"slug": "news", "year": 2570, "page": 2},
            "/sections/news/?year=2570&page=2",
        ),
        ("section", "th", {"slug": "news", "unit": ["a", "b"]}, "/sections/news/?unit=a&unit=b"),
        ("file", "en", {"sha256": "ab", "name": "ก/?.pdf"}, "/files/ab/%E0%B8%81%2F%3F.pdf"),
        ("log_checkpoint", "en", {}, "/log/checkpoint"),
        ("item", "fr", {"number": "2569-00001"}, "/p/2569-00001/"),
    ],
)
def test_an_address_is_written(
    name: str, language: str, parts: dict[str, object], path: str
) -> None:
    assert public_path(name, language, **parts) == path


def test_a_tile_keeps_the_slashes_of_its_path() -> None:
    assert tile_path(Tile(0, 1234067, 8)) == "/log/tile/0/x001/x234/067.p/8"


@pytest.mark.parametrize(("name", "parts"), [("nowhere", {}), ("item", {"version": 2})])
def test_a_broken_link_is_an_error_not_a_link(name: str, parts: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        public_path(name, **parts)


def test_no_two_addresses_are_the_same() -> None:
    paths = [address.path for address in ADDRESSES.values()]

    assert len(set(paths)) == len(paths)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ('{% address "item" number=number %}', "/en/p/2569-00001/"),
        ('{% address "item" number=number language="th" %}', "/p/2569-00001/"),
        ('{% address "file" sha256="ab" name="a b" %}', "/files/ab/a%20b"),
        ('{% address "search" q="a&b" kind="law" %}', "/en/search?q=a%26b&amp;kind=law"),
    ],
)
def test_a_template_writes_addresses_in_the_language_of_its_page(written: str, path: str) -> None:
    template = Template("{% load addresses %}" + written)

    with override("en"):
        assert template.render(Context({"number": "2569-00001"})) == path


def test_without_a_language_a_template_writes_thai_addresses() -> None:
    with override(None):
        assert Template('{% load addresses %}{% address "home" %}').render(Context()) == "/"
