"""The packages in which releases and records go out."""

from collections.abc import Iterable, Sequence
from typing import Any

from prongsai.portal.ocds.mapping import Buyer, Json, Source, releases

VERSION = "1.1"


def release_package(address: str, sources: Iterable[Source], buyer: Buyer) -> Json | None:
    """All that the sources say, oldest first; None when they say nothing, for a package has a release."""
    found = [release for source in sources for release in releases(source, buyer)]
    return {**_head(address, found, buyer), "releases": found} if found else None


def record_package(address: str, sources: Iterable[Source], buyer: Buyer) -> Json | None:
    """The same by process: what each table says of one, in the order of time."""
    by_process: dict[str, list[Json]] = {}
    for source in sources:
        for release in releases(source, buyer):
            by_process.setdefault(release["ocid"], []).append(release)
    found = [release for said in by_process.values() for release in said]
    records = [{"ocid": ocid, "releases": said} for ocid, said in by_process.items()]
    return {**_head(address, found, buyer), "records": records} if found else None


def _head(address: str, found: Sequence[Json], buyer: Buyer) -> dict[str, Any]:
    return {
        "uri": address,
        "version": VERSION,
        # Of what is in it, not of the clock: the same record gives the same bytes.
        "publishedDate": max((release["date"] for release in found), default=""),
        "publisher": {"name": buyer.name, "uri": f"{buyer.base}/"},
    }
