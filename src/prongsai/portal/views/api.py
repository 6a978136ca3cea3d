"""The read API: what the pages say, for programs. Fields may be added, never renamed."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse

from prongsai.portal.filters import LIST_FIELDS, narrowing
from prongsai.portal.paging import page_number
from prongsai.portal.views.withheld import chosen_ground
from prongsai.record import queries
from prongsai.record.addresses import public_path
from prongsai.record.models import Entry, Item
from prongsai.record.sections import sections as all_sections
from prongsai.record.withheld import Line, register
from prongsai.thai.dates import BANGKOK

MOST_ENTRIES = 500
DEFAULT_ENTRIES = 50


def answer(content: dict[str, Any], status: int = 200) -> JsonResponse:
    return JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})


def sections(request: HttpRequest) -> JsonResponse:
    rows = [
        {
            "slug": each.slug,
            "clause": each.clause,
            "title": {"th": each.title_th, "en": each.title_en},
            "url": public_url("section", slug=each.slug),
            "feed": public_url("feed_section", slug=each.slug),
        }
        for each in all_sections()
    ]
    return answer({"sections": rows})


def disclosures(request: HttpRequest) -> JsonResponse:
    section = request.GET.get("section") or None
    page = page_number(request.GET.get("page", ""))
    chosen = narrowing(request.GET, LIST_FIELDS)
    listing = queries.section_listing(section, **chosen, page=page)
    rows = [_row(each) for each in listing.items]
    return answer(
        {"total": listing.total, "page": listing.page, "pages": listing.pages, "disclosures": rows}
    )


def disclosure(request: HttpRequest, number: str) -> JsonResponse:
    """The edition's public JSON, without its salt, and where it stands in the log."""
    page = queries.page(number)
    if page is None:
        return gone_or_unknown(number)
    content = {key: value for key, value in page.document.items() if key != "salt"}
    log = {
        "seq": page.place.seq,
        "leaf_hash": page.place.leaf_hash,
        "edition_hash": page.place.edition_hash,
    }
    if "bundle" in content:
        content["bundle"] = _bundle(content["bundle"])
    content |= {"state": page.state.value, "url": item_url(number), "log": log}
    content["files"] = [{**file, "url": _file_url(file)} for file in content.get("files") or []]
    return answer(content)


def _bundle(said: dict[str, Any]) -> dict[str, Any]:
    """What the edition says of the items that it was published with, without the salt, and where they stand."""
    bare = {key: value for key, value in said.items() if key != "salt"}
    return bare | {"url": public_url("bundle", bundle_id=said["id"])}


def entries(request: HttpRequest) -> JsonResponse:
    """Entries from `from` on, oldest first, so that a follower can go on where it stopped."""
    first = _whole_number(request.GET.get("from", ""), 0)
    limit = min(_whole_number(request.GET.get("limit", ""), DEFAULT_ENTRIES), MOST_ENTRIES)
    rows = Entry.objects.filter(seq__gte=first).order_by("seq")[:limit]
    return answer({"size": queries.head() + 1, "entries": [_entry(each) for each in rows]})


def withheld(request: HttpRequest) -> JsonResponse:
    """The register of withheld parts, newest order first."""
    found = register(ground=chosen_ground(request), page=page_number(request.GET.get("page", "")))
    rows = [_line(each) for each in found.lines]
    return answer(
        {"total": found.total, "page": found.page, "pages": found.pages, "withheld": rows}
    )


def _line(line: Line) -> dict[str, Any]:
    part = line.part
    return {
        "number": part.number,
        "title": line.item.title,
        "extent": part.extent,
        "ground": part.ground,
        "law": {"th": part.law_th, "en": part.law_en},
        "label": {"th": part.label_th, "en": part.label_en},
        "decided_date": part.decided_date.isoformat(),
        "review_date": part.review_date.isoformat() if part.review_date else None,
        "url": item_url(part.number),
    }


def gone_or_unknown(number: str) -> JsonResponse:
    """410 with what is left of a recalled item, 404 for every other number."""
    tombstone = queries.tombstone(number)
    if tombstone is None:
        return answer({"error": "not_found", "message": f"ไม่มีรายการ {number}"}, status=404)
    return answer(
        {
            "error": "recalled",
            "number": number,
            "state": "recalled",
            "reason": tombstone.reason,
            "recalled_at": tombstone.recalled_at.astimezone(BANGKOK).isoformat(),
            "log": {"seq": tombstone.seq, "leaf_hash": tombstone.leaf_hash},
        },
        status=410,
    )


def _row(row: Item) -> dict[str, Any]:
    return {
        "number": row.number,
        "version": row.version,
        "title": row.title,
        "title_en": row.title_en,
        "summary": row.summary,
        "kind": row.kind,
        "section": row.section,
        "unit": row.unit_code,
        "fiscal_year": row.fiscal_year,
        "first_published_at": row.first_published_at.astimezone(BANGKOK).isoformat(),
        "updated_at": row.updated_at.astimezone(BANGKOK).isoformat(),
        "url": item_url(row.number),
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {**json.loads(queries.entry_leaf(entry)), "leaf_hash": entry.leaf_hash}


def item_url(number: str) -> str:
    return public_url("item", number=number)


def public_url(name: str, /, **parts: Any) -> str:
    return settings.PORTAL_URL + public_path(name, **parts)


def _file_url(file: dict[str, Any]) -> str:
    return public_url("file", sha256=file["sha256"], name=file["name"])


def _whole_number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else default
