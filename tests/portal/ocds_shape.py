"""What OCDS 1.1 asks of a release, stated here in our own table: names, required ones, closed lists, dates, ids.

Written from the standard's documentation; it is no copy of its JSON Schema, and looks only at what we use.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")
TAGS = {"planning", "tender", "award", "contract"}
# object -> required fields, all fields
FIELDS: Mapping[str, tuple[set[str], set[str]]] = {
    "release": (
        {"ocid", "id", "date", "tag", "initiationType"},
        {"language", "parties", "buyer", "planning", "tender", "awards", "contracts"},
    ),
    "parties": ({"id", "name", "roles"}, {"identifier", "address", "contactPoint"}),
    "buyer": ({"id", "name"}, set()),
    "planning": (set(), {"budget"}),
    "budget": (set(), {"description", "amount"}),
    "tender": (
        {"id"},
        {
            *("title", "status", "value", "procurementMethod", "procurementMethodDetails"),
            *("tenderPeriod", "contractPeriod", "documents"),
        },
    ),
    "documents": ({"id"}, {"title", "url", "datePublished", "format", "language"}),
    "awards": ({"id"}, {"title", "description", "status", "date", "value", "suppliers"}),
    "suppliers": ({"id", "name"}, set()),
    "contracts": (
        {"id", "awardID"},
        {"title", "status", "value", "dateSigned", "period"},
    ),
    "value": ({"amount", "currency"}, set()),
    "amount": ({"amount", "currency"}, set()),
    "tenderPeriod": (set(), {"startDate", "endDate"}),
    "contractPeriod": (set(), {"startDate", "endDate"}),
    "period": (set(), {"startDate", "endDate"}),
    "identifier": ({"id"}, {"legalName"}),
    "address": (set(), {"streetAddress", "countryName"}),
    "contactPoint": (set(), {"name", "telephone", "email"}),
}
LISTS: Mapping[tuple[str, str], set[str]] = {
    ("release", "initiationType"): {"tender"},
    ("tender", "status"): {"planned", "active", "cancelled", "complete"},
    ("tender", "procurementMethod"): {"open", "selective", "limited", "direct"},
    ("awards", "status"): {"active"},
    ("contracts", "status"): {"active"},
    ("value", "currency"): {"THB"},
    ("amount", "currency"): {"THB"},
}
MOMENTS = {"date", "dateSigned", "startDate", "endDate", "datePublished", "publishedDate"}


def faults(release: Mapping[str, Any]) -> list[str]:
    return [*_faults("release", release), *_loose_ends(release)]


def _faults(name: str, value: Mapping[str, Any]) -> Iterator[str]:
    required, others = FIELDS[name]
    yield from (f"{name}: no {each}" for each in required - value.keys())
    yield from (f"{name}: unknown {each}" for each in value.keys() - required - others)
    for key, inner in value.items():
        if inner in (None, "", [], {}):
            yield f"{name}.{key} is empty"
        if (name, key) in LISTS and inner not in LISTS[name, key]:
            yield f"{name}.{key} is {inner}"
        if key in MOMENTS and not MOMENT.fullmatch(inner):
            yield f"{name}.{key} is {inner}"
        for each in inner if isinstance(inner, list) else [inner]:
            if isinstance(each, dict):
                yield from _faults(key, each)


def _loose_ends(release: Mapping[str, Any]) -> Iterator[str]:
    """References that lead nowhere, parties that are named twice, numbers that are no numbers."""
    parties = [party["id"] for party in release["parties"]]
    named = [release["buyer"]["id"]]
    named += [each["id"] for award in release.get("awards", ()) for each in award["suppliers"]]
    awards = {award["id"] for award in release.get("awards", ())}
    if len(set(parties)) != len(parties) or set(named) != set(parties):
        yield "parties"
    if {each["awardID"] for each in release.get("contracts", ())} - awards:
        yield "awardID"
    if not release["tag"] or set(release["tag"]) - TAGS or "#" in release["id"]:
        yield "tag or id"
    if isinstance(release["tender"].get("value", {}).get("amount", 0), str):
        yield "amount"
