"""Search: one question in, one page of items that are listed now out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from prongsai.discovery.analysis import clean_query, folded_terms, query_terms
from prongsai.discovery.hits import Highlight, Hit, hits, plain_hit
from prongsai.discovery.opened import Openings
from prongsai.discovery.ranking import Filters, Ranked, Ranking
from prongsai.discovery.reader import Reader, View
from prongsai.discovery.snippets import Finder, Piece
from prongsai.record.models import Entry, Item
from prongsai.record.queries import head, section_items

__all__ = ["Filters", "Highlight", "Hit", "Piece", "SearchAnswer", "indexed_seq", "search"]

PER_PAGE = 20
MAXIMUM_PER_PAGE = 100
# Nobody reads on; a robot that asks for page one million must not make us rank that far.
MAXIMUM_RANK = 10_000


@dataclass(frozen=True)
class SearchAnswer:
    """One page of hits, at most `per_page`; a page beyond the ends is the nearest one.

    `is_second_chance`: found only by leaving tone marks out of account. `indexed_seq` is the entry of the
    record up to which search knows (-1 without an index), `head` the record's last. `facets` counts items per
    value of a field.
    """

    query: str
    total: int = 0
    hits: tuple[Hit, ...] = ()
    page: int = 1
    per_page: int = PER_PAGE
    took_ms: float = 0.0
    is_second_chance: bool = False
    indexed_seq: int = -1
    head: int = -1
    facets: Mapping[str, Mapping[Any, int]] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        return max(1, ceil(min(self.total, MAXIMUM_RANK) / self.per_page))

    @property
    def is_behind(self) -> bool:
        """Whether the record holds what search does not know yet."""
        return self.indexed_seq != self.head


class _Asked(NamedTuple):
    text: str
    filters: Filters
    page: int
    per_page: int
    with_facets: bool
    at_head: int


@cache
def _reader(root: str) -> Reader:
    return Reader(Path(root))


@cache
def _openings(_root: str) -> Openings:
    return Openings()


def reader() -> Reader:
    """This process's reader of the index."""
    return _reader(str(settings.SEARCH_ROOT))


def indexed_seq() -> int:
    """The last entry of the record that search knows; -1 when none."""
    return reader().indexed_seq()


def search(
    query: str,
    *,
    filters: Filters | None = None,
    page: int = 1,
    per_page: int = PER_PAGE,
    with_facets: bool = False,
) -> SearchAnswer:
    """The items for what a person typed, best first; for an empty query all items, newest first."""
    began = time.perf_counter()
    per_page = min(max(per_page, 1), MAXIMUM_PER_PAGE)
    text, filters = clean_query(query), filters or Filters()
    asked = _Asked(text, filters, max(page, 1), per_page, with_facets, at_head=head())
    view = reader().view()
    answer = _matching(asked, view) if asked.text else _newest(asked)
    return replace(
        answer,
        took_ms=(time.perf_counter() - began) * 1000,
        indexed_seq=view.mark.seq if view else -1,
        head=asked.at_head,
    )


def _newest(asked: _Asked) -> SearchAnswer:
    filters = asked.filters
    items = section_items(
        filters.section or None, year=filters.year, units=filters.units, kind=filters.kind
    )
    total = items.count()
    answer = SearchAnswer("", total, page=asked.page, per_page=asked.per_page)
    shown = min(asked.page, answer.pages)
    start = (shown - 1) * asked.per_page
    found = tuple(plain_hit(each) for each in items[start : start + asked.per_page])
    return replace(answer, hits=found, page=shown)


def _matching(asked: _Asked, view: View | None) -> SearchAnswer:
    nothing = SearchAnswer(asked.text, per_page=asked.per_page)
    if view is None:
        return nothing
    is_behind = view.mark.seq != asked.at_head
    # What is new waits for the index; what was withdrawn may not.
    hidden = _no_longer_listed(view.mark.seq) if is_behind else ()
    ranking = Ranking(view, asked.filters, hidden)
    ranked, shown = _page(ranking, asked)
    if ranked is None:
        return nothing
    terms = folded_terms(asked.text) if ranked.is_second_chance else query_terms(asked.text)
    finder = Finder(terms, is_folded=ranked.is_second_chance)
    openings = _openings(str(settings.SEARCH_ROOT))
    found = hits(ranked.rows, finder, openings, at_head=asked.at_head)
    return replace(
        nothing,
        total=ranked.total - (len(ranked.rows) - len(found)),
        hits=found,
        page=shown,
        is_second_chance=ranked.is_second_chance,
        facets=ranking.facets(ranked.query) if asked.with_facets else {},
    )


def _page(ranking: Ranking, asked: _Asked) -> tuple[Ranked | None, int]:
    """The page that was asked for, or the last one."""
    size = asked.per_page
    shown = min(asked.page, MAXIMUM_RANK // size)
    ranked = ranking.ranked(asked.text, offset=(shown - 1) * size, limit=size)
    if ranked and ranked.total and not ranked.rows:
        shown = ceil(min(ranked.total, MAXIMUM_RANK) / size)
        ranked = ranking.ranked(asked.text, offset=(shown - 1) * size, limit=size)
    return ranked, shown


def _no_longer_listed(indexed: int) -> list[str]:
    """Numbers that the record has changed since the index last looked, and that lists show no more."""
    changed = set(Entry.objects.filter(seq__gt=indexed).values_list("number", flat=True))
    listed = Item.objects.listed().filter(number__in=changed).values_list("number", flat=True)
    return sorted(changed - set(listed))
