"""Items that were published as one bundle."""

from typing import Any

from prongsai.record import bundles
from prongsai.record.actions import Act, append_all
from prongsai.record.models import Entry
from tests.record.factories import BEGIN, content

BUNDLE = "11111111-2222-4333-8444-555555555555"
TITLE = "แผนดำเนินงานประจำปี 2570"


def together(*titles: str, bundle: str = BUNDLE, at: Any = BEGIN) -> list[Entry]:
    """Items of these titles, published as one bundle."""
    documents = [content(title=title) for title in titles]
    salts = [bundles.new_salt() for _each in titles]
    keys = [f"{bundle}:{n}" for n in range(len(titles))]
    digests = [bundles.digest(each, salt) for each, salt in zip(documents, salts, strict=True)]
    stated = bundles.statement(
        bundle_id=bundle, title=TITLE, members=list(zip(keys, digests, strict=True))
    )
    acts = [
        Act(
            "published",
            None,
            {**document, "bundle": bundles.of_member(stated, key=key, salt=salt)},
            key,
        )
        for document, key, salt in zip(documents, keys, salts, strict=True)
    ]
    return append_all(acts, at=at)
