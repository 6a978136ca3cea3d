"""Every public address that carries an item, while the record still knows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from prongsai.publication.recalls.states import Carrier
from prongsai.record.addresses import PREFIXES, public_path
from prongsai.record.models import Entry, Item, PublishedFile

LANGUAGES = tuple(PREFIXES)


@dataclass(frozen=True)
class Carried:
    """One address; `is_shared`: the bytes there belong to another item as well and stay for that one."""

    address: str
    carrier: Carrier
    is_shared: bool = False


def carried_at(number: str) -> list[Carried]:
    """Pages of each version, files and their texts, then the lists in which it may stand; each address once."""
    item = Item.objects.filter(number=number).first()
    if item is None:
        return []
    found = [*_pages(number), *_files(number), *_lists(item)]
    return list({each.address: each for each in found}.values())


def shared_files(number: str) -> dict[str, list[str]]:
    """SHA-256 -> the other numbers that show the same bytes."""
    mine = PublishedFile.objects.filter(number=number).values("sha256")
    others = PublishedFile.objects.filter(sha256__in=mine).exclude(number=number)
    found: dict[str, list[str]] = {}
    for sha256, other in others.order_by("number").values_list("sha256", "number").distinct():
        found.setdefault(sha256, []).append(other)
    return found


def _pages(number: str) -> Iterator[Carried]:
    entries = Entry.objects.filter(number=number).order_by("seq")
    rows = list(entries.values_list("version", "edition_id"))
    slots = PublishedFile.objects.filter(number=number).order_by("slot")
    names: list[tuple[str, dict[str, Any]]] = [
        (name, {}) for name in ("item", "history", "posting", "proof")
    ]
    names += [("compare", {})]
    names += [("version", {"version": version}) for version in sorted({row[0] for row in rows})]
    names += [("slot", {"slot": slot}) for slot in slots.values_list("slot", flat=True).distinct()]
    for language in LANGUAGES:
        for name, parts in names:
            yield _page(public_path(name, language, number=number, **parts))
    yield _page(public_path("api_item", number=number))
    if Item.objects.filter(number=number, kind="procurement").exists():
        yield _page(public_path("ocds_item", number=number))
    for _version, edition in rows:
        yield _page(public_path("log_edition", hash=edition))


def _page(address: str) -> Carried:
    return Carried(address, Carrier.PAGE)


def _files(number: str) -> Iterator[Carried]:
    shared = shared_files(number)
    rows = PublishedFile.objects.filter(number=number).order_by("sha256", "name")
    for sha256, name in rows.values_list("sha256", "name").distinct():
        for language in LANGUAGES:
            text = public_path("file_text", language, sha256=sha256, name=name)
            yield Carried(text, Carrier.FILE, sha256 in shared)
        yield Carried(public_path("file", sha256=sha256, name=name), Carrier.FILE, sha256 in shared)


def _lists(item: Item) -> Iterator[Carried]:
    for language in LANGUAGES:
        yield _list(public_path("home", language))
        yield _list(public_path("withheld", language))
        if item.title:
            yield _list(public_path("search", language, q=item.title[:200]))
    for name in ("feed_atom", "feed_json", "sitemap", "api_list", "api_withheld"):
        yield _list(public_path(name))
    if item.kind == "procurement":
        yield _list(public_path("ocds_releases"))
        yield _list(public_path("ocds_records"))
    if item.title:
        yield _list(public_path("api_search", q=item.title[:200]))
    for slug in dict.fromkeys(filter(None, (item.top_section, item.section))):
        yield from _section(slug)


def _section(slug: str) -> Iterator[Carried]:
    for language in LANGUAGES:
        yield _list(public_path("section", language, slug=slug))
    yield _list(public_path("feed_section", slug=slug))


def _list(address: str) -> Carried:
    return Carried(address, Carrier.LIST)
