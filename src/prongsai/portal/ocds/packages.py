"""The packages in which releases and records go out."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from ocdsmerge import Merger

from prongsai.portal.ocds.mapping import Buyer, Json, Source, releases

VERSION = "1.1"


@cache
def release_schema() -> Mapping[str, Any]:
    """The standard's own, which says how releases merge: else it would be fetched from the standard's site."""
    path = files("prongsai.portal.ocds").joinpath("data/release-schema.json")
    schema: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return schema


@cache
def _merger() -> Merger:
    return Merger(release_schema())


def release_package(address: str, sources: Iterable[Source], buyer: Buyer) -> Json | None:
    """All that the sources say, oldest first; None when they say nothing, for a package has a release."""
    found = [release for source in sources for release in releases(source, buyer)]
    return {**_head(address, found, buyer), "releases": found} if found else None


def record_package(address: str, sources: Iterable[Source], buyer: Buyer) -> Json | None:
    """The same by process: what each table says of one, in the order of time, and what that comes to."""
    by_process: dict[str, list[Json]] = {}
    for source in sources:
        for release in releases(source, buyer):
            by_process.setdefault(release["ocid"], []).append(release)
    found = [release for said in by_process.values() for release in said]
    records = [_record(ocid, said) for ocid, said in by_process.items()]
    return {**_head(address, found, buyer), "records": records} if found else None


def _record(ocid: str, said: list[Json]) -> Json:
    return {
        "ocid": ocid,
        "releases": said,
        "compiledRelease": _merger().create_compiled_release(said),
    }


def _head(address: str, found: Sequence[Json], buyer: Buyer) -> dict[str, Any]:
    return {
        "uri": address,
        "version": VERSION,
        # Of what is in it, not of the clock: the same record gives the same bytes.
        "publishedDate": max((release["date"] for release in found), default=""),
        "publisher": {"name": buyer.name, "uri": f"{buyer.base}/"},
    }
