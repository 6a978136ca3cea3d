"""From terms to ranked rows of the index: what lists an item, and what puts it first.

Score = BM25 of words + half of BM25 of pieces of three letters, in title, in all that the item says, and, for
half, in its files. Listing follows `rules.least_grams`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import tantivy

from prongsai.discovery.analysis import Terms, folded_terms, query_terms
from prongsai.discovery.reader import View
from prongsai.discovery.rules import SHORT_QUERY, asks_for_all_words, is_telling, least_grams
from prongsai.discovery.schema import (
    FILES,
    FISCAL_YEAR,
    FOLDED,
    GRAM_WEIGHT,
    MAIN,
    MARK_NUMBER,
    NAMES,
    NUMBER,
    PARTS,
    SCHEMA,
)

MUST, SHOULD, MUST_NOT = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
Query = tantivy.Query
Clause = tuple[tantivy.Occur, Query]
# A long query is judged by this many of its rarest pieces, so that its cost does not grow with it.
MOST_TELLING = 48
# A number that somebody wrote into the address may be larger than the index can hold.
LAST_YEAR = 9999


@dataclass(frozen=True)
class Filters:
    """Only items with all of these. `section` is the slug of a top section or of one below it."""

    section: str = ""
    year: int | None = None
    # Codes, any of which fits; none is all.
    units: tuple[str, ...] = ()
    kind: str = ""


class Row(NamedTuple):
    number: str
    score: float


@dataclass(frozen=True)
class Ranked:
    """One page of rows, how many there are in all, and whether small marks had to be left out of account."""

    total: int
    rows: tuple[Row, ...]
    query: Query
    is_second_chance: bool = False


class Ranking:
    """One question to one state of the index."""

    def __init__(self, view: View, filters: Filters, hidden: Iterable[str] = ()) -> None:
        self.searcher = view.searcher
        self.restrictions = [*_filter_clauses(filters), *_hiding_clauses(hidden)]

    def ranked(self, text: str, *, offset: int, limit: int) -> Ranked | None:
        """The items for a query; None when it holds nothing that could be searched for."""
        terms = query_terms(text)
        if not terms:
            return None
        first = self._page(self._listing(terms), _scoring(terms), offset, limit)
        if first.total:
            return first
        # Only where nothing was found: folding loses more on clean text than it wins (measured).
        terms = folded_terms(text)
        second = self._page(self._folded_listing(terms), _folded_clauses(terms), offset, limit)
        return replace(second, is_second_chance=True) if second.total else first

    def facets(self, query: Query) -> dict[str, dict[str | int, int]]:
        """How many of the items each value of a field has."""
        asked = {name: {"terms": {"field": name, "size": 100}} for name in (*NAMES, FISCAL_YEAR)}
        answer = self.searcher.aggregate(query, asked)
        return {name: _counts(answer[name]["buckets"]) for name in asked}

    def _page(self, listing: Query, scoring: list[Clause], offset: int, limit: int) -> Ranked:
        # What lists an item must not rank it as well: its score is nought.
        query = self._within([(MUST, Query.const_score_query(listing, 0.0)), *scoring])
        found = self.searcher.search(query, limit, count=True, offset=offset)
        rows = (
            Row(str(self.searcher.doc(address).get_first(NUMBER)), score)
            for score, address in found.hits
        )
        return Ranked(_counted(found), tuple(rows), query)

    def _within(self, clauses: list[Clause]) -> Query:
        # The mark is a row of the index, but no item.
        mark = (MUST_NOT, Query.term_query(SCHEMA, NUMBER, MARK_NUMBER, "basic"))
        return Query.boolean_query([*clauses, *self.restrictions, mark])

    def _count(self, query: Query) -> int:
        return _counted(self.searcher.search(self._within([(MUST, query)]), 1, count=True))

    def _listing(self, terms: Terms) -> Query:
        """Items that hold all words, or all pieces in their files, or enough of the pieces themselves."""
        pieces = self._telling(MAIN.grams, terms.telling_grams)
        whole = [_all_words(terms.words)] if terms.words else []
        is_whole_enough = asks_for_all_words(len(terms.words)) and self._count(whole[0]) > 0
        if pieces and terms.letters <= SHORT_QUERY:
            in_files = _at_least(FILES.grams, pieces, len(pieces))
            is_whole_enough = is_whole_enough or self._count(in_files) > 0
            whole.append(in_files)
        least = self._least(MAIN.grams, pieces, terms.letters, all_of_them=is_whole_enough)
        near = [] if least is None else [_at_least(MAIN.grams, pieces, least)]
        return _any([*whole, *near])

    def _least(
        self, field: str, pieces: list[str], letters: int, *, all_of_them: bool = False
    ) -> int | None:
        if not pieces or all_of_them:
            return len(pieces) or None
        best = self._best(field, pieces)
        return least_grams(asked=len(pieces), best=best, letters=letters)

    def _folded_listing(self, terms: Terms) -> Query:
        pieces = self._telling(FOLDED, terms.telling_grams or terms.words)
        least = self._least(FOLDED, pieces, terms.letters)
        return Query.empty_query() if least is None else _at_least(FOLDED, pieces, least)

    def _telling(self, field: str, grams: Sequence[str]) -> list[str]:
        """The pieces that tell items apart, rarest first; all of them when none does."""
        documents = self.searcher.num_docs
        counted = [(self.searcher.doc_freq(field, gram), gram) for gram in grams]
        telling = sorted(pair for pair in counted if is_telling(pair[0], documents))
        return [gram for _count, gram in telling or counted][:MOST_TELLING]

    def _best(self, field: str, pieces: list[str]) -> int:
        """How many of the pieces the item holds that holds most of them."""
        query = _any(Query.const_score_query(_term(field, piece), 1.0) for piece in pieces)
        hits = self.searcher.search(self._within([(MUST, query)]), 1, count=False).hits
        return round(hits[0][0]) if hits else 0


def _counted(result: tantivy.SearchResult) -> int:
    return result.count or 0  # type: ignore[attr-defined]  # missing from the stubs


def _term(field: str, text: str) -> Query:
    return Query.term_query(SCHEMA, field, text, "freq")


def _any(queries: Iterable[Query]) -> Query:
    return Query.boolean_query([(SHOULD, query) for query in queries])


def _at_least(field: str, pieces: list[str], least: int) -> Query:
    terms = [_term(field, piece) for piece in pieces]
    if least >= len(terms):
        return Query.boolean_query([(MUST, term) for term in terms])
    return Query.boolean_query([(SHOULD, term) for term in terms], least)


def _all_words(words: Sequence[str]) -> Query:
    """Each word somewhere in the item or its files."""
    anywhere = (_any(_term(part.words, word) for part in (MAIN, FILES)) for word in words)
    return Query.boolean_query([(MUST, each) for each in anywhere])


def _scoring(terms: Terms) -> list[Clause]:
    scored = []
    for part in PARTS:
        scored += [(part.weight, _term(part.words, word)) for word in terms.words]
        scored += [(part.weight * GRAM_WEIGHT, _term(part.grams, gram)) for gram in terms.grams]
    return [(SHOULD, Query.boost_query(query, weight)) for weight, query in scored]


def _folded_clauses(terms: Terms) -> list[Clause]:
    return [(SHOULD, _term(FOLDED, term)) for term in (*terms.words, *terms.grams)]


def _filter_clauses(filters: Filters) -> list[Clause]:
    clauses = []
    if filters.section:
        clauses.append(_any(_basic(name, filters.section) for name in ("top_section", "section")))
    if filters.units:
        clauses.append(_any(_basic("unit_code", code) for code in filters.units))
    if filters.kind:
        clauses.append(_basic("kind", filters.kind))
    if filters.year is not None:
        clauses.append(Query.term_query(SCHEMA, FISCAL_YEAR, min(max(filters.year, 0), LAST_YEAR)))
    return [(MUST, Query.const_score_query(clause, 0.0)) for clause in clauses]


def _hiding_clauses(numbers: Iterable[str]) -> list[Clause]:
    hidden = list(numbers)
    return [(MUST_NOT, Query.term_set_query(SCHEMA, NUMBER, hidden))] if hidden else []


def _counts(buckets: list[dict[str, Any]]) -> dict[str | int, int]:
    """Without the empty value, which stands for "none"; whole numbers come back as floats."""
    pairs = ((bucket["key"], bucket["doc_count"]) for bucket in buckets)
    return {int(key) if isinstance(key, float) else key: n for key, n in pairs if key != ""}


def _basic(field: str, text: str) -> Query:
    return Query.term_query(SCHEMA, field, text, "basic")
