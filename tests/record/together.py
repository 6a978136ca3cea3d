"""Items that were published as one bundle."""

from collections.abc import Sequence
from typing import Any

from prongsai.record import bundles
from prongsai.record.actions import Act, append_all
from prongsai.record.models import Entry
from tests.record.factories import BEGIN, content, correction

BUNDLE = "11111111-2222-4333-8444-555555555555"
TITLE = "แผนดำเนินงานประจำปี 2570"


def together(*titles: str, bundle: str = BUNDLE, at: Any = BEGIN) -> list[Entry]:
    """Items of these titles, published as one bundle."""
    return append_all(bundled_acts(*titles, bundle=bundle), at=at)


def bundled_acts(*members: str | bundles.Base, bundle: str = BUNDLE) -> list[Act]:
    """A bundle of new items of these titles, and of corrections written on these editions."""
    papers = documents(members, bundle)
    keys = [each["bundle"]["key"] for each in papers]
    return [
        Act("published", None, paper, key)
        if isinstance(each, str)
        else Act("corrected", each.number, paper, key)
        for each, paper, key in zip(members, papers, keys, strict=True)
    ]


def documents(members: Sequence[str | bundles.Base], bundle: str = BUNDLE) -> list[dict[str, Any]]:
    """What the editions of these members say."""
    bare = [
        content(title=each) if isinstance(each, str) else correction(title=f"แก้ {each.number}")
        for each in members
    ]
    written_on = [None if isinstance(each, str) else each for each in members]
    return stated(bare, written_on, bundle)


def stated(
    bare: Sequence[dict[str, Any]],
    written_on: Sequence[bundles.Base | None],
    bundle: str = BUNDLE,
) -> list[dict[str, Any]]:
    """These contents, each with what it says of the others."""
    salts = [bundles.new_salt() for _each in bare]
    rows = [
        bundles.Member(f"{bundle}:{n}", bundles.digest(each, salt, base), base)
        for n, (each, salt, base) in enumerate(zip(bare, salts, written_on, strict=True))
    ]
    said = bundles.statement(bundle_id=bundle, title=TITLE, members=rows)
    return [
        {**each, "bundle": bundles.of_member(said, key=row.key, salt=salt)}
        for each, row, salt in zip(bare, rows, salts, strict=True)
    ]
