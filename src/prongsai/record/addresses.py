"""The public addresses, in one table. Templates of the portal use it too, so that the office can preview them."""

import re
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from prongsai.record.tiles import Tile


class Address(NamedTuple):
    """A path with `{parts}`. Pages exist in each language; files, feeds and the log only once."""

    path: str
    has_languages: bool = True


ADDRESSES = {
    "home": Address("/"),
    "section": Address("/sections/{slug}/"),
    "item": Address("/p/{number}/"),
    "version": Address("/p/{number}/v/{version}/"),
    "history": Address("/p/{number}/history/"),
    "posting": Address("/p/{number}/posting/"),
    "compare": Address("/p/{number}/compare/"),
    "slot": Address("/p/{number}/files/{slot}/"),
    "proof": Address("/p/{number}/proof/"),
    "file": Address("/files/{sha256}/{name}", has_languages=False),
    "file_text": Address("/files/{sha256}/{name}/text"),
    "bundle": Address("/bundles/{bundle_id}/"),
    "search": Address("/search"),
    "transparency": Address("/transparency/"),
    "due_calendar": Address("/transparency/due.ics", has_languages=False),
    "withheld": Address("/transparency/withheld/"),
    "index": Address("/transparency/oia/index/"),
    "index_folder": Address("/transparency/oia/index/{folder}/"),
    "index_csv": Address("/transparency/oia/index.csv", has_languages=False),
    "instrument": Address("/transparency/{instrument}/"),
    "obligation": Address("/transparency/{instrument}/{item}/"),
    "log": Address("/log/"),
    "log_entry": Address("/log/entries/{seq}/"),
    "log_proof": Address("/log/entries/{seq}.json", has_languages=False),
    "log_checkpoint": Address("/log/checkpoint", has_languages=False),
    "log_key": Address("/log/key", has_languages=False),
    "log_tile": Address("/log/tile/{path}", has_languages=False),
    "log_edition": Address("/log/editions/{hash}", has_languages=False),
    "open_data": Address("/open-data/"),
    "catalog_jsonld": Address("/open-data/catalog.jsonld", has_languages=False),
    "catalog_turtle": Address("/open-data/catalog.ttl", has_languages=False),
    "ocds_releases": Address("/open-data/procurement/ocds.json", has_languages=False),
    "ocds_records": Address("/open-data/procurement/records.json", has_languages=False),
    "ocds_item": Address("/p/{number}/ocds.json", has_languages=False),
    "feed_atom": Address("/feeds/latest.atom", has_languages=False),
    "feed_json": Address("/feeds/latest.json", has_languages=False),
    "feed_section": Address("/feeds/sections/{slug}.atom", has_languages=False),
    "notices": Address("/notices/"),
    "notice": Address("/notices/{notice_id}/"),
    "notice_cap": Address("/notices/{notice_id}.cap.xml", has_languages=False),
    "notices_current": Address("/notices/current.json", has_languages=False),
    "notices_atom": Address("/notices/cap.atom", has_languages=False),
    "cases": Address("/cases/"),
    "report": Address("/report/"),
    "about": Address("/about/"),
    "contact": Address("/contact/"),
    "accessibility": Address("/accessibility/"),
    "privacy": Address("/privacy/"),
    "sitemap": Address("/sitemap.xml", has_languages=False),
    "api_docs": Address("/api/v1/docs", has_languages=False),
    "api_sections": Address("/api/v1/sections", has_languages=False),
    "api_list": Address("/api/v1/disclosures", has_languages=False),
    "api_item": Address("/api/v1/disclosures/{number}", has_languages=False),
    "api_coverage": Address("/api/v1/coverage", has_languages=False),
    "api_withheld": Address("/api/v1/withheld", has_languages=False),
    "api_search": Address("/api/v1/search", has_languages=False),
}
PREFIXES = {"th": "", "en": "/en"}
_PART = re.compile(r"\{(\w+)\}")
# A tile's path is the one part that has slashes of its own.
_SAFE = {"path": "/"}


def public_path(address_name: str, /, language: str = "th", **parts: Any) -> str:
    """The path of a public address.

    Parts that the path does not name become the query; empty ones (None and "") are left out. An unknown name
    or a missing part raises KeyError, so that a page never shows a broken link.
    """
    address = ADDRESSES[address_name]
    named = _PART.findall(address.path)
    quoted = {part: quote(str(parts[part]), safe=_SAFE.get(part, "")) for part in named}
    query = {
        key: value for key, value in parts.items() if key not in named and value not in (None, "")
    }
    prefix = PREFIXES.get(language, "") if address.has_languages else ""
    path = prefix + address.path.format(**quoted)
    return f"{path}?{urlencode(query, doseq=True)}" if query else path


def tile_path(tile: Tile) -> str:
    return public_path("log_tile", path=tile.path)
