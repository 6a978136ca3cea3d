"""What follows from the entries of one number: pure functions from the truth to rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from prongsai.record.rules import text_at, value_at
from prongsai.record.statements import said, until
from prongsai.record.states import (
    CONTENT_ACTIONS,
    STATE_AFTER,
    Action,
    ItemState,
    Significance,
)

Row = dict[str, Any]


@dataclass(frozen=True)
class Past:
    """An entry with what its edition says; the document is None once a recall has erased it."""

    seq: int
    at: datetime
    action: str
    number: str
    version: int
    edition_hash: str
    document: Mapping[str, Any] | None


@dataclass(frozen=True)
class Projection:
    """The rows of one number: columns of Item, Version, PublishedFile, Withholding, Bundling, Said; keys of duties."""

    item: Row
    versions: tuple[Row, ...] = ()
    files: tuple[Row, ...] = ()
    obligations: tuple[str, ...] = ()
    withheld: tuple[Row, ...] = ()
    bundlings: tuple[Row, ...] = ()
    said: tuple[Row, ...] = ()


def projection(past: Sequence[Past]) -> Projection:
    """What a number stands for after these entries, which are all that it has, in their order."""
    last = past[-1]
    state = STATE_AFTER[Action(last.action)]
    # What a recall leaves must follow from entries alone: the editions are gone.
    if state == ItemState.RECALLED:
        return Projection(_outer_row(past), bundlings=_bundlings_before(past))
    contents = [each for each in past if each.action in CONTENT_ACTIONS and each.document]
    item = _outer_row(past) | _content_row(contents)
    if state == ItemState.CONSOLIDATED:
        item["redirect_number"] = text_at(last.document, "redirect_number")
    return Projection(
        item=item,
        versions=tuple(_version_row(each) for each in contents),
        files=tuple(chain.from_iterable(map(_file_rows, contents))),
        # An item out of use answers no obligation any more.
        obligations=_obligations(contents[-1]) if state == ItemState.CURRENT else (),
        withheld=_withheld_rows(contents[-1]) if state == ItemState.CURRENT else (),
        said=_said_rows(contents) if state == ItemState.CURRENT else (),
        bundlings=tuple(
            map(_bundling, (each for each in contents if value_at(each.document, "bundle")))
        ),
    )


def _bundling(past: Past) -> Row:
    said = value_at(past.document, "bundle")
    return {
        "number": past.number,
        "version": past.version,
        "at": past.at,
        "bundle": said["id"],
        "title": said["title"],
        "place": [member["key"] for member in said["members"]].index(said["key"]),
    }


def _bundlings_before(past: Sequence[Past]) -> tuple[Row, ...]:
    """A recall says again of which bundles the editions were that it erases; without the titles."""
    made = {each.version: each.at for each in past if each.action in CONTENT_ACTIONS}
    return tuple(
        {
            "number": past[-1].number,
            "version": said["version"],
            "at": made[said["version"]],
            "bundle": said["bundle"],
            "title": "",
            "place": said["place"],
        }
        for said in value_at(past[-1].document, "bundles") or ()
    )


def _is_major(past: Past) -> bool:
    """A first edition is always major."""
    return (
        past.action != Action.CORRECTED
        or text_at(past.document, "change.significance") != Significance.MINOR
    )


def _outer_row(past: Sequence[Past]) -> Row:
    """What is known of an item without reading any edition, and all that a tombstone keeps."""
    first, last = past[0], past[-1]
    # No words of an edition may stand in these columns: this is what lies in the table after a recall.
    return {
        "number": last.number,
        "state": str(STATE_AFTER[Action(last.action)]),
        "version": last.version,
        "edition_hash": last.edition_hash,
        "seq": last.seq,
        "kind": "",
        "top_section": "",
        "section": "",
        "unit_code": "",
        "unit_name_th": "",
        "unit_name_en": "",
        "title": "",
        "title_en": "",
        "summary": "",
        "fiscal_year": None,
        "file_count": 0,
        "first_published_at": first.at,
        "updated_at": last.at,
        "major_updated_at": last.at,
        "redirect_number": "",
    }


def _content_row(contents: Sequence[Past]) -> Row:
    """What the current edition says, and when the substance changed last."""
    current = contents[-1]
    document = current.document or {}
    majors = [each.at for each in contents if _is_major(each)]
    top = text_at(document, "section.top")
    return {
        "edition_hash": current.edition_hash,
        "kind": text_at(document, "kind"),
        "top_section": top,
        "section": text_at(document, "section.slug") or top,
        "unit_code": text_at(document, "unit.code"),
        "unit_name_th": text_at(document, "unit.name_th"),
        "unit_name_en": text_at(document, "unit.name_en"),
        "title": text_at(document, "title"),
        "title_en": text_at(document, "title_en"),
        "summary": text_at(document, "summary"),
        "fiscal_year": document.get("fiscal_year"),
        "file_count": len(document.get("files", ())),
        "major_updated_at": majors[-1],
    }


def _version_row(past: Past) -> Row:
    return {
        "number": past.number,
        "version": past.version,
        "seq": past.seq,
        "edition_hash": past.edition_hash,
        "at": past.at,
        "significance": str(Significance.MAJOR if _is_major(past) else Significance.MINOR),
        "note": text_at(past.document, "change.note"),
    }


def _file_rows(past: Past) -> list[Row]:
    files = (past.document or {}).get("files", ())
    return [
        {
            "number": past.number,
            "version": past.version,
            "slot": file["slot"],
            "position": position,
            "sha256": file["sha256"],
            "name": file["name"],
            "label": text_at(file, "label"),
            "media_type": file["media_type"],
            "size": file["size"],
            "pages": file.get("pages"),
        }
        for position, file in enumerate(files)
    ]


def _obligations(current: Past) -> tuple[str, ...]:
    """Each key once, in the order of the edition."""
    return tuple(dict.fromkeys((current.document or {}).get("obligations", ())))


def _withheld_rows(current: Past) -> tuple[Row, ...]:
    """Without the words that tell the part: those stand in the edition alone, where a recall erases them."""
    parts = (current.document or {}).get("withheld", ())
    return tuple(
        {
            "number": current.number,
            "position": position,
            "extent": text_at(part, "extent"),
            "ground": text_at(part, "ground.key"),
            "law_th": text_at(part, "ground.law_th"),
            "law_en": text_at(part, "ground.law_en"),
            "label_th": text_at(part, "ground.label_th"),
            "label_en": text_at(part, "ground.label_en"),
            "decided_date": date.fromisoformat(part["decided_date"]),
            "review_date": date.fromisoformat(part["review_date"])
            if part.get("review_date")
            else None,
        }
        for position, part in enumerate(parts)
    )


def _said_rows(contents: Sequence[Past]) -> tuple[Row, ...]:
    """A statement that is out of use says nothing any more."""
    document = contents[-1].document or {}
    found = said(document)
    if found is None:
        return ()
    common = {
        "number": contents[-1].number,
        "says": found.says,
        "fiscal_year": found.fiscal_year,
        "period": found.period,
        "first_date": found.first_date,
        "last_date": found.last_date,
        "about_number": found.about_number,
        "about_version": found.about_version,
        "review_date": until(document),
        "at": contents[0].at,
    }
    return tuple(
        common | {"position": position, "obligation_key": key}
        for position, key in enumerate(found.obligations or ("",))
    )
