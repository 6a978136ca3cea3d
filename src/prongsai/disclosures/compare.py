"""What changed between two contents, field by field, in words and paragraphs. Plain values; no database."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.translation import gettext as _

from prongsai.disclosures.body import body_text
from prongsai.disclosures.grounds import ground
from prongsai.disclosures.kinds import Detail, kind_of
from prongsai.disclosures.labels import LABELS, label_of
from prongsai.disclosures.spoken import spoken
from prongsai.thai.dates import format_date
from prongsai.thai.words import segment

Json = Mapping[str, Any]
Operation = Literal["equal", "insert", "delete", "gap"]
# Unchanged paragraphs around a change that are shown with it.
CONTEXT = 1
# Beyond this many pairs of equal words or paragraphs (a second or two) whole texts are shown instead.
MOST_PAIRS = 4_000_000
# Below this likeness two paragraphs are two texts, and words in common are chance.
ALIKE = 0.4
_ADDRESS = re.compile(r"((?:https?://|mailto:|tel:)[^\s)]+)")


@dataclass(frozen=True)
class Part:
    """`gap` stands for unchanged paragraphs that are left out."""

    operation: Operation
    text: str


Paragraph = tuple[Part, ...]


@dataclass(frozen=True)
class Change:
    """`field` as in a merge (`title`, `details.budget`), or `files.<slot>`."""

    field: str
    label: str
    what: Literal["added", "removed", "changed"]
    paragraphs: tuple[Paragraph, ...]


def changes(old: Json, new: Json, names: Mapping[str, str]) -> list[Change]:
    """`names` has the titles of sections, units and obligations by their slug, code and key."""
    before, after = readable(old, names), readable(new, names)
    # dict.fromkeys keeps the order of the form, which the reader knows.
    found = [
        Change(name, label_of(new["kind"], name), _what(there, here), paragraphs(there, here))
        for name in dict.fromkeys([*before, *after])
        if (there := before.get(name, "")) != (here := after.get(name, ""))
    ]
    return [*found, *_file_changes(old, new)]


def _what(old: str, new: str) -> Literal["added", "removed", "changed"]:
    return "changed" if old and new else "added" if new else "removed"


def readable(content: Json, names: Mapping[str, str]) -> dict[str, str]:
    """Each field as text that people read, in the form's order, the details last."""
    flat = {name: _value(content, name) for name in LABELS}
    details = content.get("details", {})
    for detail in kind_of(content["kind"]).details:
        flat[f"details.{detail.key}"] = details.get(detail.key)
    texts = {name: field_text(content["kind"], name, value, names) for name, value in flat.items()}
    return {name: text for name, text in texts.items() if text}


def _value(content: Json, name: str) -> Any:
    group, _dot, key = name.partition(".")
    return content.get(group, {}).get(key) if key else content.get(name)


def field_text(kind: str, name: str, value: Any, names: Mapping[str, str]) -> str:
    """One field's value in words; nothing for an empty one."""
    group, _dot, key = name.partition(".")
    detail = kind_of(kind).detail(key) if group == "details" else None
    if value in (None, "", []):
        return ""
    if detail is not None:
        return detail_text(detail, value)
    if name in _IN_WORDS:
        return _IN_WORDS[name](value, names)
    if name.endswith("_date"):
        return format_date(date.fromisoformat(value))
    return str(value)


_IN_WORDS: dict[str, Callable[[Any, Mapping[str, str]], str]] = {
    "body": lambda html, _names: body_text(html),
    "section": lambda slug, names: names.get(slug, slug),
    "unit": lambda code, names: names.get(code, code),
    "obligations": lambda keys, names: "\n".join(names.get(key, key) for key in keys),
    "withheld": lambda rows, _names: "\n".join(map(withheld_text, rows)),
    "official.signatories": lambda rows, _names: "\n".join(
        " ".join(filter(None, row.values())) for row in rows
    ),
}


def withheld_text(row: Json) -> str:
    """A withheld part in one line: what, on what ground, why, and until when."""
    known = ground(row["ground"])
    words = [row["part"], known.law if known else row["ground"], row["reason"]]
    if row["review_date"]:
        words.append(format_date(date.fromisoformat(row["review_date"])))
    return " – ".join(words)


def detail_text(detail: Detail, value: str) -> str:
    """A detail as people read it: a choice by its words, an amount with its thousands parted."""
    choice = detail.choice(value)
    if choice is not None:
        return spoken(choice.th, choice.en)
    if detail.type == "date":
        return format_date(date.fromisoformat(value))
    if detail.type in ("money", "int"):
        whole, dot, part = value.partition(".")
        return f"{int(whole):,}{dot}{part}"
    return value


def paragraphs(old: str, new: str) -> tuple[Paragraph, ...]:
    """The new text with what went and what came, paragraph by paragraph, then word by word."""
    before, after = old.split("\n"), new.split("\n")
    if _pairs(before, after) > MOST_PAIRS:
        return (*_whole("delete", before), *_whole("insert", after))
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    # Paragraphs first: word by word over a whole text would be slow and pair words far apart.
    shown: list[Paragraph] = []
    for place, (operation, first, last, start, end) in enumerate(steps):
        if operation == "equal":
            is_edge = (place == 0, place == len(steps) - 1)
            shown += _unchanged(before[first:last], *is_edge)
        else:
            shown += _changed(before[first:last], after[start:end])
    return tuple(shown)


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How often one of the old stands against its like among the new: what a comparison costs."""
    # Forty thousand equal short paragraphs, which fit into a body, would keep a reader for minutes.
    times = Counter(new)
    return sum(times[each] for each in old)


def _unchanged(texts: Sequence[str], is_first: bool, is_last: bool) -> list[Paragraph]:
    """Only the paragraphs beside a change, and a gap for the rest."""
    head = [] if is_first else list(texts[:CONTEXT])
    tail = [] if is_last else list(texts[max(len(head), len(texts) - CONTEXT) :])
    left_out = len(texts) - len(head) - len(tail)
    gap = [(Part("gap", "…"),)] if left_out else []
    return [*_whole("equal", head), *gap, *_whole("equal", tail)]


def _whole(operation: Operation, texts: Sequence[str]) -> list[Paragraph]:
    return [(Part(operation, text),) for text in texts if text]


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[Paragraph]:
    """Paragraphs are compared in pairs; those without a partner went or came whole."""
    paired = min(len(old), len(new))
    for there, here in zip(old[:paired], new[:paired], strict=True):
        yield words(there, here)
    yield from _whole("delete", old[paired:])
    yield from _whole("insert", new[paired:])


def words(old: str, new: str) -> Paragraph:
    """One paragraph by Thai words."""
    before, after = _words(old), _words(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # quick_ratio is an upper bound and cheap; ratio is exact and is asked only when that is promising.
    is_long = _pairs(before, after) > MOST_PAIRS
    if is_long or matcher.quick_ratio() < ALIKE or matcher.ratio() < ALIKE:
        return _parts(("delete", old), ("insert", new))
    parts: list[tuple[Operation, str]] = []
    for operation, first, last, start, end in matcher.get_opcodes():
        if operation == "equal":
            parts.append(("equal", "".join(before[first:last])))
        else:
            parts.append(("delete", "".join(before[first:last])))
            parts.append(("insert", "".join(after[start:end])))
    return _parts(*parts)


def _words(text: str) -> list[str]:
    """Segmented, but an address is one word: half of one tells nobody where it leads."""
    pieces = _ADDRESS.split(text)
    return [
        word
        for place, piece in enumerate(pieces)
        for word in ([piece] if place % 2 else segment(piece))
    ]


def _parts(*parts: tuple[Operation, str]) -> Paragraph:
    return tuple(Part(operation, text) for operation, text in parts if text)


def _file_changes(old: Json, new: Json) -> Iterator[Change]:
    before = {file["slot"]: file for file in old.get("files", ())}
    after = {file["slot"]: file for file in new.get("files", ())}
    kind = kind_of(new["kind"])
    for name in dict.fromkeys([*before, *after]):
        there, here = _file_text(before.get(name)), _file_text(after.get(name))
        if there != here:
            slot = kind.slot(name)
            label = spoken(slot.label_th, slot.label_en)
            parts = _parts(("delete", there), ("insert", here))
            yield Change(f"files.{name}", label, _what(there, here), (parts,))


def _file_text(file: Json | None) -> str:
    """The hashes tell two files of one name apart, and two texts of one file."""
    if file is None:
        return ""
    label = f"{file['label']} – " if file["label"] else ""
    named = f"{label}{file['name']} (SHA-256 {file['sha256'][:12]}…)"
    vouched = file.get("text_sha256", "")
    if not vouched:
        return named
    words = _("ข้อความที่ตรวจกับภาพแล้ว")
    return f"{named} – {words} {vouched[:12]}…"
