"""What changed between two contents, field by field, in words and paragraphs. Plain values; no database."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from prongsai.disclosures.body import body_text
from prongsai.disclosures.grounds import ground
from prongsai.disclosures.kinds import Detail, kind_of
from prongsai.disclosures.labels import LABELS, label_of
from prongsai.disclosures.tables.public import table_text
from prongsai.disclosures.tables.table import Table
from prongsai.organisation.spoken import spoken
from prongsai.record.states import Says
from prongsai.thai.dates import format_date
from prongsai.thai.differences import Paragraph, paragraphs, parts

Json = Mapping[str, Any]


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


def statement_text(said: Json) -> str:
    """What is said, and of which item in which version."""
    about = f"{said['about_number']} v{said['about_version']}" if said.get("about_number") else ""
    return f"{Says(said['says']).label} {about}".strip()


_IN_WORDS: dict[str, Callable[[Any, Mapping[str, str]], str]] = {
    "body": lambda html, _names: body_text(html),
    "section": lambda slug, names: names.get(slug, slug),
    "unit": lambda code, names: names.get(code, code),
    "obligations": lambda keys, names: "\n".join(names.get(key, key) for key in keys),
    "table": lambda table, _names: table_text(Table.from_json(table)),
    "statement": lambda said, _names: statement_text(said),
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


def _file_changes(old: Json, new: Json) -> Iterator[Change]:
    before = {file["slot"]: file for file in old.get("files", ())}
    after = {file["slot"]: file for file in new.get("files", ())}
    kind = kind_of(new["kind"])
    for name in dict.fromkeys([*before, *after]):
        there, here = _file_text(before.get(name)), _file_text(after.get(name))
        if there != here:
            slot = kind.slot(name)
            label = spoken(slot.label_th, slot.label_en)
            whole = parts(("delete", there), ("insert", here))
            yield Change(f"files.{name}", label, _what(there, here), (whole,))


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
