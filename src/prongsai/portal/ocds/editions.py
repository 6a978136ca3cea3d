"""Which current editions have a table of procurement."""

import json
from collections.abc import Iterator

from prongsai.portal.ocds.mapping import STAGES, Source
from prongsai.record import queries
from prongsai.record.models import Edition, Item
from prongsai.record.states import ItemState

_AT_ONCE = 500


def sources() -> Iterator[Source]:
    """Oldest first, so that what is said later stands behind what was said before."""
    items = Item.objects.listed().filter(kind="procurement").order_by("updated_at", "number")
    rows = list(items.values_list("number", "version", "edition_hash"))
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        texts = _texts([hash_ for _number, _version, hash_ in some])
        for number, version, hash_ in some:
            if hash_ in texts:
                yield from _source(number, version, texts[hash_])


def source_of(number: str) -> Source | None:
    """Of one item that is in use; None when it has no such table."""
    page = queries.page(number)
    if page is None or page.state != ItemState.CURRENT:
        return None
    source = Source(number, page.version, page.document)
    return source if source.form in STAGES else None


def _texts(hashes: list[str]) -> dict[str, str]:
    """Only those that have a table at all: most editions have none, and need not be read."""
    found = Edition.objects.filter(hash__in=hashes, canonical__contains='"table":{')
    return {hash_: text for hash_, text in found.values_list("hash", "canonical") if text}


def _source(number: str, version: int, text: str) -> Iterator[Source]:
    source = Source(number, version, json.loads(text))
    if source.form in STAGES:
        yield source
