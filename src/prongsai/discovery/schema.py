"""The index's fields, and what of an item goes into which."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import tantivy

from prongsai.discovery.analysis import GRAM, folded, grams, joined, words
from prongsai.thai.normalise import normalise

NUMBER = "number"
MARK = "mark"
FOLDED = "folded"
FISCAL_YEAR = "fiscal_year"
FIRST_AT, UPDATED_AT = "first_published_at", "updated_at"
NAMES = ("top_section", "section", "unit_code", "kind")
# The number under which the index keeps how far it has followed the record; no item has it.
MARK_NUMBER = "mark"

_TERMS = "terms"
_GRAMS = "grams"


class Part(NamedTuple):
    """A part of an item that is searched: `main` is all that the item itself says, its title too."""

    name: str
    weight: float

    @property
    def words(self) -> str:
        return f"{self.name}_words"

    @property
    def grams(self) -> str:
        return f"{self.name}_grams"


TITLE = Part("title", 1.0)
MAIN = Part("main", 1.0)
FILES = Part("files", 0.5)
PARTS = (TITLE, MAIN, FILES)
# Half was at or near the best in every collection; fusing ranks was worse (measured).
GRAM_WEIGHT = 0.5


class _Analysed(NamedTuple):
    words: list[str]
    joined: str


@dataclass(frozen=True)
class Searchable:
    """An item as search sees it. Texts are as they are shown; the fields below are filters."""

    number: str
    title: str = ""
    main: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    top_section: str = ""
    section: str = ""
    unit_code: str = ""
    kind: str = ""
    fiscal_year: int | None = None
    first_published_at: datetime | None = None
    updated_at: datetime | None = None


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(NUMBER, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field(MARK, stored=True, tokenizer_name="raw", index_option="basic")
    # Frequencies for the score, and no positions: nothing asks for words in a row.
    for part in PARTS:
        builder.add_text_field(part.words, tokenizer_name=_TERMS, index_option="freq")
        builder.add_text_field(part.grams, tokenizer_name=_GRAMS, index_option="freq")
    builder.add_text_field(FOLDED, tokenizer_name=_TERMS, index_option="basic")
    for name in NAMES:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(FISCAL_YEAR, indexed=True, fast=True)
    for name in (FIRST_AT, UPDATED_AT):
        builder.add_date_field(name, indexed=True, fast=True)
    return builder.build()


SCHEMA = _schema()


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder, made empty when there is none. Raises ValueError when it has other fields."""
    index = tantivy.Index(SCHEMA, path=str(folder))
    for name, tokenizer in (
        (_TERMS, tantivy.Tokenizer.whitespace()),
        (_GRAMS, tantivy.Tokenizer.ngram(GRAM, GRAM)),
    ):
        index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(tokenizer).build())
    # Our readers reload when the signature has changed; a thread of Tantivy's own would watch the disk.
    index.config_reader("manual")
    return index


def row(searchable: Searchable) -> tantivy.Document:
    """The item as a row of the index: terms, no readable text."""
    fields: dict[str, object] = {NUMBER: searchable.number}
    fields |= {name: getattr(searchable, name) for name in NAMES}
    for name in (FISCAL_YEAR, FIRST_AT, UPDATED_AT):
        if (value := getattr(searchable, name)) is not None:
            fields[name] = value
    title = (searchable.title,) if searchable.title else ()
    _fill(fields, TITLE, title)
    seen = _fill(fields, MAIN, (*title, *searchable.main))
    seen += _fill(fields, FILES, searchable.files)
    fields[FOLDED] = [_folded_terms(each) for each in seen]
    return tantivy.Document(**fields)


def mark_row(mark: str) -> tantivy.Document:
    return tantivy.Document(**{NUMBER: MARK_NUMBER, MARK: mark})


def _fill(fields: dict[str, object], part: Part, texts: tuple[str, ...]) -> list[_Analysed]:
    seen = [_analysed(text) for text in texts]
    fields[part.words] = [" ".join(each.words) for each in seen]
    fields[part.grams] = [each.joined for each in seen]
    return seen


def _analysed(text: str) -> _Analysed:
    normalised = normalise(text)
    return _Analysed(words(normalised), joined(normalised))


def _folded_terms(seen: _Analysed) -> str:
    """Words and pieces in one field; a piece that holds a space would fall apart, and is left out."""
    terms = {folded(word) for word in seen.words}
    terms.update(gram for gram in grams(folded(seen.joined)) if " " not in gram)
    return " ".join(terms)
