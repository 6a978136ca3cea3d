"""The words of the papers, read from `data/paper_texts.toml` and from the municipality's own file over it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from pathlib import Path
from string import Formatter

from prongsai.obligations.states import Confidence
from prongsai.organisation.rows import BadFile, Column, Row, Rows, parse

COLUMNS = {
    "key": Column(),
    "text": Column(),
    "source": Column(),
    "confidence": Column(choices=frozenset(Confidence.values)),
}
OWN_COLUMNS = COLUMNS | {"source": Column(default=""), "confidence": Column(default="")}
# Strangers believe what these say: words for the facts may change, facts may not.
PROVING = ("proof.", "certificate.", "form.publisher.mark")
# Thai digits too.
_FIGURES = re.compile(r"\d+")
_own: dict[str, str] = {}
_edited: ContextVar[Mapping[str, str]] = ContextVar("edited_paper_texts", default={})  # noqa: B039 -- nobody changes it


def phrase(key: str, /, **words: object) -> str:
    """What an administrator last wrote for this key, else the municipality's file, else ours. Unknown: KeyError."""
    return (_edited.get().get(key) or unedited(key)).format(**words)


def unedited(key: str) -> str:
    """The text of this key, braces and all, as files have it. An unknown key raises KeyError."""
    ours = _ours()[key]
    return _own.get(key, ours)


@contextmanager
def edited(texts: Mapping[str, str]) -> Iterator[None]:
    """Inside, these texts stand before those of the files."""
    token = _edited.set(texts)
    try:
        yield
    finally:
        _edited.reset(token)


def keys() -> list[str]:
    return list(_ours())


def source_of(key: str) -> str:
    """Where our text comes from."""
    return str(_rows()[key]["source"])


def confidence_of(key: str) -> Confidence:
    """How it was learnt that it is so written elsewhere."""
    return Confidence(_rows()[key]["confidence"])


def words_in(key: str) -> list[str]:
    """What a text of this key may have in braces."""
    return sorted(_words(_ours()[key]))


def wrong_words(key: str, text: str) -> list[str]:
    """What in this text could not be filled; a pair of braces that is not whole comes back as “{”."""
    try:
        return sorted(_words(text) - _words(_ours()[key]))
    except ValueError:
        return ["{"]


def changed_facts(key: str, text: str) -> list[str]:
    """What this text of a proof leaves out in braces, and which figures of its own it adds; nothing of other papers."""
    if not key.startswith(PROVING):
        return []
    ours = _ours()[key]
    return [
        *(f"{{{word}}}" for word in sorted(_words(ours) - _words(text))),
        *_own_figures(key, text),
    ]


def _own_figures(key: str, text: str) -> list[str]:
    """Dates, numbers and days come from the record alone; “SHA-256” is a name."""
    known = set(_FIGURES.findall(_ours()[key]))
    return [each for each in dict.fromkeys(_FIGURES.findall(text)) if each not in known]


def use_own_texts(path: Path) -> None:
    """From now on the texts of this file stand before ours; a file that is not there changes nothing.

    Raises `BadFile` for an unknown key, and for words in braces that ours does not have.
    """
    _own.clear()
    if not path.exists():
        return
    rows = parse(path.read_text(encoding="utf-8"), name=path.name)
    found = rows.table("texts", OWN_COLUMNS)
    rows.refuse_repeats("texts", found, "key")
    for index, row in enumerate(found):
        _check(rows, index, row)
    _own.update({row["key"]: row["text"] for row in found})


def _check(rows: Rows, index: int, row: Row) -> None:
    ours = _ours()
    if row["key"] not in ours:
        raise rows.error("texts", index, f"ไม่รู้จัก “{row['key']}” โปรดตรวจตัวสะกด")
    try:
        strange = sorted(_words(row["text"]) - _words(ours[row["key"]]))
    except ValueError as error:
        raise rows.error("texts", index, f"วงเล็บปีกกาไม่ครบคู่ ({error})") from error
    if strange:
        known = ", ".join(f"{{{word}}}" for word in sorted(_words(ours[row["key"]]))) or "ไม่มี"
        raise rows.error("texts", index, f"ใช้ {{{strange[0]}}} ไม่ได้ ใช้ได้คือ {known}")


def _words(text: str) -> set[str]:
    """What stands in braces, with whatever is written behind it: `{a.b}` is not `{a}`."""
    found = set()
    for _text, name, form, conversion in Formatter().parse(text):
        if name is not None:
            found.add(
                name + (f":{form}" if form else "") + (f"!{conversion}" if conversion else "")
            )
    return found


@cache
def _ours() -> Mapping[str, str]:
    return {key: row["text"] for key, row in _rows().items()}


@cache
def _rows() -> Mapping[str, Row]:
    text = files("prongsai.publication").joinpath("data/paper_texts.toml").read_text("utf-8")
    rows = parse(text, name="paper_texts.toml")
    found = rows.table("texts", COLUMNS)
    rows.refuse_repeats("texts", found, "key")
    if not found:
        raise BadFile("paper_texts.toml: ไม่มี [[texts]] สักรายการ")
    return {row["key"]: row for row in found}
