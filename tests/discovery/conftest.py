"""An index of the test's own, beside a record of the test's own."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from prongsai.discovery.index import Indexer
from prongsai.discovery.ranking import Filters, Ranking
from prongsai.discovery.reader import Mark, View
from prongsai.discovery.schema import FOLDED, PARTS, Searchable, open_index
from prongsai.discovery.writing import fill
from tests.record.conftest import data, migrated  # noqa: F401 -- fixtures of the record, used by name


@pytest.fixture
def indexer(data: Path, settings: Any) -> Indexer:  # noqa: F811 -- the fixture above
    settings.SEARCH_ROOT = data / "record" / "search"
    return Indexer()


@pytest.fixture
def view(tmp_path: Path) -> Callable[[Iterable[Searchable]], View]:
    """Makes an index of these rows, without a record."""

    def make(rows: Iterable[Searchable]) -> View:
        fill(tmp_path, rows, Mark())
        index = open_index(tmp_path)
        index.reload()
        return View(index.searcher(), Mark())

    return make


def numbers(view: View, text: str, filters: Filters | None = None, limit: int = 100) -> list[str]:
    """The numbers that are listed for a query, best first."""
    ranked = Ranking(view, filters or Filters()).ranked(text, offset=0, limit=limit)
    assert ranked is not None
    assert ranked.total >= len(ranked.rows)
    return [row.number for row in ranked.rows]


def all_terms(view: View) -> set[str]:
    """Every term on the disk, of rows that are deleted too."""
    fields = [name for part in PARTS for name in (part.words, part.grams)]
    return {
        term
        for field in (*fields, FOLDED)
        for term, _count in view.searcher.terms_with_prefix(field, "")
    }
